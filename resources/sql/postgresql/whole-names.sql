-- What the numbers in the vectors of indexes mean: operator classes, whether they are their types' own and which types these
-- are; and collations, as SQL too.
SELECT 'o' AS kind, o.oid, o.opcname, o.opcdefault::text, o.opcintype
  FROM pg_catalog.pg_opclass o
UNION ALL
SELECT 'c', l.oid, l.collname,
       CASE WHEN n.nspname <> 'pg_catalog' THEN pg_catalog.quote_ident (n.nspname) || '.' ELSE '' END
       || pg_catalog.quote_ident (l.collname), NULL
  FROM pg_catalog.pg_collation l
  JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace
 ORDER BY kind, oid

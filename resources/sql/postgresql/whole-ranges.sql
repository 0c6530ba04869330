-- Range types with their options as CREATE TYPE takes them. A column that an older server lacks is that of "older": names
-- inside the LATERAL mean the catalog's own where it has them.
SELECT t.oid, t.typarray, n.nspname, t.typname,
       'AS RANGE (' || pg_catalog.concat_ws (', ',
         'subtype = ' || pg_catalog.format_type (r.rngsubtype, NULL),
         'multirange_type_name = ' || pg_catalog.quote_ident (mn.nspname) || '.' || pg_catalog.quote_ident (m.typname),
         CASE WHEN NOT o.opcdefault
              THEN 'subtype_opclass = ' || pg_catalog.quote_ident (opn.nspname) || '.' || pg_catalog.quote_ident (o.opcname) END,
         CASE WHEN r.rngcollation <> s.typcollation
              THEN 'collation = ' || pg_catalog.quote_ident (ln.nspname) || '.' || pg_catalog.quote_ident (l.collname) END,
         'canonical = ' || NULLIF (r.rngcanonical, 0)::pg_catalog.regproc::text,
         'subtype_diff = ' || NULLIF (r.rngsubdiff, 0)::pg_catalog.regproc::text) || ')',
       d.description, m.oid, m.typarray
  FROM (SELECT 0::pg_catalog.oid AS rngmultitypid) AS older
 CROSS JOIN LATERAL (SELECT r.*, rngmultitypid AS multirange FROM pg_catalog.pg_range r) AS r
  JOIN pg_catalog.pg_type t ON t.oid = r.rngtypid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype
  JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc
  JOIN pg_catalog.pg_namespace opn ON opn.oid = o.opcnamespace
  LEFT JOIN pg_catalog.pg_type m ON m.oid = r.multirange
  LEFT JOIN pg_catalog.pg_namespace mn ON mn.oid = m.typnamespace
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = r.rngcollation
  LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = t.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass
 WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname, t.typname

-- Composite types, a row for each attribute, or one where there is none.
SELECT t.oid, t.typarray, c.oid, n.nspname, t.typname, d.description, a.attname,
       pg_catalog.format_type (a.atttypid, a.atttypmod),
       CASE WHEN a.attcollation <> b.typcollation AND ln.nspname <> 'pg_catalog'
            THEN pg_catalog.quote_ident (ln.nspname) || '.' || pg_catalog.quote_ident (l.collname)
            WHEN a.attcollation <> b.typcollation THEN pg_catalog.quote_ident (l.collname) END,
       ad.description
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_type t ON t.oid = c.reltype
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_catalog.pg_type b ON b.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
  LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = t.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass
  LEFT JOIN pg_catalog.pg_description ad ON ad.objoid = c.oid AND ad.objsubid = a.attnum
                                        AND ad.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
 WHERE c.relkind = 'c'
   AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname, t.typname, a.attnum

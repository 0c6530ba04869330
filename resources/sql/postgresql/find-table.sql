-- Whether the table $2 is in the schema $1 (NULL: visible without one), and how wide its first column is.
SELECT (SELECT a.atttypmod - 4
          FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = c.oid
           AND a.attnum = 1
           AND a.atttypid IN ('pg_catalog.varchar'::pg_catalog.regtype, 'pg_catalog.bpchar'::pg_catalog.regtype)
           AND a.atttypmod > 4)
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relname = $2::text
   AND c.relkind IN ('r', 'p')
   AND (n.nspname = $1::text OR ($1::text IS NULL AND pg_catalog.pg_table_is_visible(c.oid)))
 ORDER BY n.nspname

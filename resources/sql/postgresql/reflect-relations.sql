-- Tables, views, sequences: $1 a schema, $2 a relation, or NULL each.
SELECT n.nspname, c.relname, c.relkind, c.relispartition, pg_catalog.obj_description (c.oid, 'pg_class')
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
   AND ((n.nspname = $1::text)
        OR ($1::text IS NULL AND $2::text IS NULL AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema')
        OR ($1::text IS NULL AND $2::text IS NOT NULL AND pg_catalog.pg_table_is_visible (c.oid)))
   AND ($2::text IS NULL OR c.relname = $2::text)
 ORDER BY n.nspname, c.relname

-- The default schema first, or NULL where none of the search path is there; then all of them.
SELECT 0, pg_catalog.current_schema ()
UNION ALL
SELECT 1, n.nspname::text
  FROM pg_catalog.pg_namespace n
 WHERE n.nspname NOT LIKE 'pg\_%'
 ORDER BY 1, 2

-- Which sessions wait for a lock on the table $2 of the schema $1, and whether their name is $3.
SELECT l.pid,
       coalesce(a.application_name = $3, FALSE)::int
  FROM pg_catalog.pg_locks l
  JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
  JOIN pg_catalog.pg_class c ON c.oid = l.relation
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT l.granted
   AND l.locktype = 'relation'
   AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())
   AND n.nspname = $1
   AND c.relname = $2
 ORDER BY l.pid

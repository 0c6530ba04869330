-- Ends the sessions whose application_name is $1.
SELECT pg_catalog.pg_terminate_backend(a.pid)
  FROM pg_catalog.pg_stat_activity a
 WHERE a.application_name = $1
 ORDER BY a.pid

-- Scratch databases ($1: how their names begin) to which nobody is connected, with their owners as the comment says.
SELECT d.datname, pg_catalog.shobj_description(d.oid, 'pg_database')
FROM pg_catalog.pg_database AS d
WHERE pg_catalog.starts_with(d.datname, $1)
  AND pg_catalog.shobj_description(d.oid, 'pg_database') IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_stat_activity AS a WHERE a.datid = d.oid)
ORDER BY d.datname

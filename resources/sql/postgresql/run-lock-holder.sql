-- Who holds the run lock of the key $1; for how long, in the words $2.
SELECT pg_catalog.concat_ws(', ', 'pid ' || a.pid,
                            nullif(a.application_name, ''),
                            a.usename || coalesce('@' || a.client_hostname, '@' || pg_catalog.host(a.client_addr), ''),
                            pg_catalog.format($2::text, extract(epoch FROM pg_catalog.clock_timestamp() - a.backend_start)::int))
  FROM pg_catalog.pg_locks l
  JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
  JOIN pg_catalog.pg_database d ON d.oid = l.database
 WHERE l.locktype = 'advisory'
   AND l.granted
   AND l.objsubid = 1
   AND d.datname = pg_catalog.current_database()
   AND (l.classid::bigint << 32 | l.objid::bigint) = $1::bigint
 ORDER BY a.pid

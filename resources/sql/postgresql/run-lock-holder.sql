-- Who holds the run lock of the key $1.
SELECT pg_catalog.format('pid %s, %s, %s%s, since %s',
                         a.pid, nullif(a.application_name, ''), a.usename,
                         coalesce('@' || pg_catalog.host(a.client_addr), ''),
                         pg_catalog.to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS'))
  FROM pg_catalog.pg_locks l
  JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
  JOIN pg_catalog.pg_database d ON d.oid = l.database
 WHERE l.locktype = 'advisory'
   AND l.granted
   AND l.objsubid = 1
   AND d.datname = pg_catalog.current_database()
   AND (l.classid::bigint << 32 | l.objid::bigint) = $1::bigint
 ORDER BY a.pid

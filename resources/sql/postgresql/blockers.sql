-- Who blocks the session with the process id $1, and with what.
SELECT pg_catalog.format('blocked by pid %s (%s, %s%s), %s for %s s: %s',
                         a.pid, coalesce(nullif(a.application_name, ''), 'no name'), a.usename,
                         coalesce('@' || pg_catalog.host(a.client_addr), ''), a.state,
                         extract(epoch FROM pg_catalog.now() - a.state_change)::int,
                         pg_catalog.left(pg_catalog.regexp_replace(a.query, '\s+', ' ', 'g'), 80))
  FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids($1::int)) AS b (pid)
  JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid
 ORDER BY a.pid

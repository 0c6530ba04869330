-- Who blocks the session with the process id $1, and with what: in the words $2, and $3 for a state that is hidden.
SELECT pg_catalog.format($2::text,
                         a.pid,
                         pg_catalog.concat_ws(', ', nullif(a.application_name, ''),
                                              a.usename || coalesce('@' || pg_catalog.host(a.client_addr), '')),
                         coalesce(a.state, $3::text),
                         coalesce(extract(epoch FROM pg_catalog.clock_timestamp() - a.state_change)::int::text, '?'),
                         pg_catalog.left(pg_catalog.btrim(pg_catalog.regexp_replace(a.query, '\s+', ' ', 'g')), 80))
  FROM (SELECT DISTINCT pid FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids($1::int)) AS u (pid)) AS b
  JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid
 ORDER BY a.pid

-- Targets for statistics of an index's expressions: number, target, ... as a JSON list.
SELECT x.oid, pg_catalog.json_agg (u.n ORDER BY a.attnum, u.place)
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class x ON x.oid = a.attrelid
 CROSS JOIN LATERAL pg_catalog.unnest (ARRAY[a.attnum::text, a.attstattarget::text]) WITH ORDINALITY AS u (n, place)
 WHERE a.attstattarget >= 0 AND a.attnum > 0 AND a.attrelid >= 16384 AND x.relkind IN ('i', 'I')
 GROUP BY x.oid
 ORDER BY x.oid

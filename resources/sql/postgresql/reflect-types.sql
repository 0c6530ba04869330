-- Enumerations and domains of all schemas, as columns of any may have their types. Lists are JSON.
SELECT t.typtype, n.nspname, t.typname, pg_catalog.format_type (t.oid, NULL), pg_catalog.pg_type_is_visible (t.oid),
       (SELECT pg_catalog.json_agg (e.enumlabel ORDER BY e.enumsortorder)
          FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid),
       pg_catalog.format_type (NULLIF (t.typbasetype, 0), t.typtypmod), t.typnotnull, t.typdefault,
       (SELECT l.collname FROM pg_catalog.pg_collation l
          JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
         WHERE l.oid = t.typcollation AND t.typcollation <> b.typcollation),
       k.conname, pg_catalog.pg_get_constraintdef (k.oid, true)
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN LATERAL (SELECT c.oid, c.conname FROM pg_catalog.pg_constraint c
                      WHERE c.contypid = t.oid AND c.contype = 'c' ORDER BY c.conname LIMIT 1) AS k ON true
 WHERE t.typtype IN ('e', 'd')
   AND n.nspname <> 'information_schema'
   AND n.nspname <> 'pg_catalog'
 ORDER BY n.nspname, t.typname

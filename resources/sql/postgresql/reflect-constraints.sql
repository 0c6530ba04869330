-- Constraints, but NOT NULL: $1 a schema, $2 a relation, or NULL each. Lists are JSON.
SELECT n.nspname, c.relname, k.conname, k.contype, pg_catalog.pg_get_constraintdef (k.oid, true),
       (SELECT pg_catalog.json_agg (a.attname ORDER BY u.place)
          FROM pg_catalog.unnest (k.conkey) WITH ORDINALITY AS u (number, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number),
       (SELECT pg_catalog.json_agg (a.attname ORDER BY u.place)
          FROM pg_catalog.unnest (k.confkey) WITH ORDINALITY AS u (number, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number),
       rn.nspname, r.relname, NOT pg_catalog.pg_table_is_visible (r.oid),
       k.confdeltype, k.confupdtype, k.confmatchtype, k.condeferrable, k.condeferred, k.convalidated, k.connoinherit,
       (SELECT pg_catalog.json_agg (a.attname ORDER BY u.place)
          FROM pg_catalog.unnest (i.indkey::int2[]) WITH ORDINALITY AS u (number, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.number
         WHERE u.place > i.indnkeyatts),
       pg_catalog.to_jsonb (i) ->> 'indnullsnotdistinct',
       pg_catalog.obj_description (k.oid, 'pg_constraint')
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid
  LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid AND k.contype = 'f'
  LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
  LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u')
 WHERE k.contype IN ('p', 'u', 'f', 'c', 'x')
   AND ((n.nspname = $1::text)
        OR ($1::text IS NULL AND $2::text IS NULL AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema')
        OR ($1::text IS NULL AND $2::text IS NOT NULL AND pg_catalog.pg_table_is_visible (c.oid)))
   AND ($2::text IS NULL OR c.relname = $2::text)
 ORDER BY n.nspname, c.relname, k.conname

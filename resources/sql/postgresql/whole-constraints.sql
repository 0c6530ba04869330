-- Constraints of tables: from the third column on to the twentieth as reflect-constraints.sql has them, and "n", named NOT
-- NULLs, from PostgreSQL 18 on. What a foreign key adds to itself for each partition that it refers to is not here. A column
-- that an older server lacks is that of "older": names inside the LATERAL mean the catalog's own where it has them.
SELECT k.conrelid, k.oid, k.conname, k.contype, pg_catalog.pg_get_constraintdef (k.oid),
       (SELECT pg_catalog.json_agg (a.attname ORDER BY u.place)
          FROM pg_catalog.unnest (k.conkey) WITH ORDINALITY AS u (number, place)
          JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.number),
       CASE WHEN k.contype = 'f' THEN
         (SELECT pg_catalog.json_agg (a.attname ORDER BY u.place)
            FROM pg_catalog.unnest (k.confkey) WITH ORDINALITY AS u (number, place)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.number) END,
       rn.nspname, r.relname, true,
       k.confdeltype, k.confupdtype, k.confmatchtype, k.condeferrable, k.condeferred, k.convalidated, k.connoinherit,
       CASE WHEN i.indnatts > i.indnkeyatts THEN
         (SELECT pg_catalog.json_agg (a.attname ORDER BY u.place)
            FROM pg_catalog.unnest (i.indkey::int2[]) WITH ORDINALITY AS u (number, place)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.number
           WHERE u.place > i.indnkeyatts) END,
       i.nulls_not_distinct::text, d.description,
       k.conparentid <> 0 OR (k.coninhcount > 0 AND NOT k.conislocal), k.conindid
  FROM (SELECT false AS indnullsnotdistinct) AS older
 CROSS JOIN pg_catalog.pg_constraint k
  JOIN pg_catalog.pg_class c ON c.oid = k.conrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_constraint p ON p.oid = k.conparentid
  LEFT JOIN pg_catalog.pg_class r ON r.oid = k.confrelid AND k.contype = 'f'
  LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
  LEFT JOIN LATERAL (SELECT i.*, indnullsnotdistinct AS nulls_not_distinct
                       FROM pg_catalog.pg_index i WHERE i.indexrelid = k.conindid) AS i ON k.contype IN ('p', 'u')
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = k.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
 WHERE k.contype IN ('p', 'u', 'f', 'c', 'x', 'n') AND (p.oid IS NULL OR p.conrelid <> k.conrelid)
   AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY k.conrelid, k.conname

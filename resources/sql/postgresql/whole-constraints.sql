-- Constraints of tables: from the third column on to the twentieth as reflect-constraints.sql has them, but for columns and
-- the table referred to, which are given by number, and "n", named NOT NULLs, from PostgreSQL 18 on. What a foreign key adds to itself for each partition
-- that it refers to is not here. A column that an older server lacks is that of "older": names inside the LATERAL mean the
-- catalog's own where it has them. The definition of a key is asked for only where it can't be put together from the rest.
SELECT k.conrelid, k.oid, k.conname, k.contype,
       CASE WHEN x.reloptions IS NULL AND s.spcname IS NULL
            THEN CASE WHEN k.contype NOT IN ('p', 'u') OR k.period THEN pg_catalog.pg_get_constraintdef (k.oid) END
            ELSE pg_catalog.regexp_replace (pg_catalog.pg_get_constraintdef (k.oid),
                   '((?: DEFERRABLE)?(?: INITIALLY DEFERRED)?)$',
                   COALESCE ((SELECT ' WITH (' || pg_catalog.string_agg (pg_catalog.replace (u, '=', '=''') || '''', ', ') || ')'
                                FROM pg_catalog.unnest (x.reloptions) AS u), '')
                   || COALESCE (' USING INDEX TABLESPACE ' || pg_catalog.quote_ident (s.spcname), '') || '\1') END,
       k.conkey, k.confkey, NULL, NULL, true,
       k.confdeltype, k.confupdtype, k.confmatchtype, k.condeferrable, k.condeferred, k.convalidated, k.connoinherit,
       CASE WHEN i.indnatts > i.indnkeyatts THEN
         (SELECT pg_catalog.json_agg (a.attname ORDER BY u.place)
            FROM pg_catalog.unnest (i.indkey::int2[]) WITH ORDINALITY AS u (number, place)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = u.number
           WHERE u.place > i.indnkeyatts) END,
       i.nulls_not_distinct::text, d.description,
       k.conparentid <> 0 OR (k.coninhcount > 0 AND NOT k.conislocal), k.conindid, k.confrelid
  FROM (SELECT false AS indnullsnotdistinct, false AS conperiod) AS older
 CROSS JOIN LATERAL (SELECT k.*, conperiod AS period FROM pg_catalog.pg_constraint k) AS k
  LEFT JOIN pg_catalog.pg_constraint p ON p.oid = k.conparentid
  LEFT JOIN LATERAL (SELECT i.*, indnullsnotdistinct AS nulls_not_distinct FROM pg_catalog.pg_index i) AS i
         ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u')
  LEFT JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = x.reltablespace
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = k.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
 WHERE k.contype IN ('p', 'u', 'f', 'c', 'x', 'n') AND k.conrelid >= 16384 AND (p.oid IS NULL OR p.conrelid <> k.conrelid)
 ORDER BY k.conrelid, k.conname

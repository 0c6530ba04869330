-- Indexes, but those of primary keys: from the third column on to the twelfth as reflect-indexes.sql has them, but
-- whether a constraint has it, which is known by then. Elements come
-- as the catalog's vectors, expressions among them as a JSON list. The whole definition takes the server as long as all the
-- rest: it is asked for only where it can't be put together from these. A column that an older server lacks is that of "older":
-- names inside the LATERAL mean the catalog's own where it has them.
SELECT i.indrelid, x.oid, x.relname, i.indisunique, m.amname, pg_catalog.pg_get_expr (i.indpred, i.indrelid),
       CASE WHEN x.reloptions IS NOT NULL THEN pg_catalog.array_to_json (x.reloptions) END, s.spcname,
       i.nulls_not_distinct::text, false, i.indisvalid, d.description,
       i.indnkeyatts, i.indkey, i.indoption, i.indclass, i.indcollation,
       CASE WHEN i.indexprs IS NOT NULL THEN
         (SELECT pg_catalog.json_agg (pg_catalog.pg_get_indexdef (i.indexrelid, e.place, true) ORDER BY e.place)
            FROM pg_catalog.generate_series (1, i.indnkeyatts::int) AS e (place) WHERE i.indkey[e.place - 1] = 0) END,
       CASE WHEN m.amname NOT IN ('btree', 'hash') OR i.indexprs IS NOT NULL OR x.reloptions IS NOT NULL
                 OR i.indclass::oid[] && ARRAY (SELECT o.oid FROM pg_catalog.pg_opclass o WHERE NOT o.opcdefault)
            THEN pg_catalog.pg_get_indexdef (i.indexrelid) END,
       x.relispartition, x.relkind
  FROM (SELECT false AS indnullsnotdistinct) AS older
 CROSS JOIN LATERAL (SELECT i.*, indnullsnotdistinct AS nulls_not_distinct FROM pg_catalog.pg_index i) AS i
  JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  JOIN pg_catalog.pg_am m ON m.oid = x.relam
  LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = x.reltablespace
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = x.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
 WHERE i.indrelid >= 16384 AND x.relnamespace <> 'pg_toast'::pg_catalog.regnamespace AND NOT i.indisprimary
 ORDER BY i.indrelid, x.relname

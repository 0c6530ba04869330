-- Indexes, but those of primary keys; a row for each element: from the third column on to the eighteenth as
-- reflect-indexes.sql has them. A column that an older server lacks is that of "older": names inside the LATERAL mean the
-- catalog's own where it has them.
SELECT c.oid, x.oid, x.relname, i.indisunique, m.amname, pg_catalog.pg_get_expr (i.indpred, i.indrelid),
       pg_catalog.array_to_json (x.reloptions), s.spcname, i.nulls_not_distinct::text,
       k.oid IS NOT NULL, i.indisvalid, d.description, e.place <= i.indnkeyatts, a.attname,
       CASE WHEN a.attname IS NOT NULL THEN pg_catalog.quote_ident (a.attname)
            ELSE pg_catalog.pg_get_indexdef (i.indexrelid, e.place, true) END,
       i.indoption[e.place - 1],
       CASE WHEN NOT o.opcdefault THEN o.opcname END,
       CASE WHEN i.indcollation[e.place - 1] <> COALESCE (a.attcollation, 0) AND i.indcollation[e.place - 1] <> 0
            THEN l.collname END,
       CASE WHEN e.place = 1 AND k.oid IS NULL THEN pg_catalog.pg_get_indexdef (i.indexrelid) END, x.relispartition
  FROM (SELECT false AS indnullsnotdistinct) AS older
 CROSS JOIN pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 CROSS JOIN LATERAL (SELECT i.*, indnullsnotdistinct AS nulls_not_distinct
                       FROM pg_catalog.pg_index i WHERE i.indrelid = c.oid AND NOT i.indisprimary) AS i
  JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  JOIN pg_catalog.pg_am m ON m.oid = x.relam
 CROSS JOIN LATERAL pg_catalog.generate_series (1, i.indnatts::int) AS e (place)
  LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('u', 'x')
  LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = x.reltablespace
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[e.place - 1] AND a.attnum <> 0
  LEFT JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[e.place - 1] AND e.place <= i.indnkeyatts
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = i.indcollation[e.place - 1] AND e.place <= i.indnkeyatts
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = x.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
 WHERE c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
   AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY c.oid, x.relname, e.place

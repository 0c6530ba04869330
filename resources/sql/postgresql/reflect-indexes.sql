-- Indexes, but those of primary keys; a row for each element: $1 a schema, $2 a relation, or NULL each.
SELECT n.nspname, c.relname, x.relname, i.indisunique, m.amname, pg_catalog.pg_get_expr (i.indpred, i.indrelid),
       pg_catalog.array_to_json (x.reloptions), s.spcname, pg_catalog.to_jsonb (i) ->> 'indnullsnotdistinct',
       EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = i.indexrelid AND k.conrelid = i.indrelid),
       i.indisvalid, pg_catalog.obj_description (x.oid, 'pg_class'), e.place <= i.indnkeyatts, a.attname,
       pg_catalog.pg_get_indexdef (i.indexrelid, e.place, true), i.indoption[e.place - 1],
       CASE WHEN NOT o.opcdefault THEN o.opcname END,
       CASE WHEN i.indcollation[e.place - 1] <> COALESCE (a.attcollation, 0) AND i.indcollation[e.place - 1] <> 0
            THEN l.collname END
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND NOT i.indisprimary
  JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  JOIN pg_catalog.pg_am m ON m.oid = x.relam
 CROSS JOIN LATERAL pg_catalog.generate_series (1, i.indnatts::int) AS e (place)
  LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = x.reltablespace
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[e.place - 1] AND a.attnum <> 0
  LEFT JOIN pg_catalog.pg_opclass o ON o.oid = i.indclass[e.place - 1] AND e.place <= i.indnkeyatts
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = i.indcollation[e.place - 1] AND e.place <= i.indnkeyatts
 WHERE c.relkind IN ('r', 'p', 'm', 'f')
   AND ((n.nspname = $1::text)
        OR ($1::text IS NULL AND $2::text IS NULL AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema')
        OR ($1::text IS NULL AND $2::text IS NOT NULL AND pg_catalog.pg_table_is_visible (c.oid)))
   AND ($2::text IS NULL OR c.relname = $2::text)
 ORDER BY n.nspname, c.relname, x.relname, e.place

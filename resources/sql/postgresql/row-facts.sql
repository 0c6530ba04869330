-- What the server knows of the rows of some tables, and of some columns ($3, NULL: of the table): a row for each value that it
-- keeps, the most common ones first. Values of any type are compared as texts.
SELECT w.place, CASE WHEN c.reltuples <= 0 AND c.relpages = 0 THEN -1 ELSE c.reltuples END,
       s.null_frac, s.n_distinct, s.avg_width, v.is_common, v.value
  FROM ROWS FROM (pg_catalog.unnest ($1::text[]), pg_catalog.unnest ($2::text[]), pg_catalog.unnest ($3::text[]))
       WITH ORDINALITY AS w (nspname, relname, attname, place)
  JOIN pg_catalog.pg_namespace n ON n.nspname = w.nspname
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.relname
  LEFT JOIN LATERAL (SELECT p.null_frac, p.n_distinct, p.avg_width,
                            (p.most_common_vals::text::text[])[1:1000] AS common,
                            (p.histogram_bounds::text::text[])[1:1000] AS others
                       FROM pg_catalog.pg_stats p
                      WHERE p.schemaname = w.nspname AND p.tablename = w.relname AND p.attname = w.attname
                      ORDER BY p.inherited DESC
                      LIMIT 1) AS s ON true
  LEFT JOIN LATERAL (SELECT true AS is_common, u.value, u.place FROM pg_catalog.unnest (s.common) WITH ORDINALITY AS u (value, place)
                      UNION ALL
                     SELECT false, u.value, u.place FROM pg_catalog.unnest (s.others) WITH ORDINALITY AS u (value, place)) AS v ON true
 ORDER BY w.place, v.is_common DESC, v.place

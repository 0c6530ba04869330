-- Extended statistics; their columns by name, as the server has them in the order of the table, which is no matter.
SELECT s.stxrelid, s.oid, n.nspname, s.stxname,
       COALESCE (pg_catalog.replace (pg_catalog.pg_get_statisticsobjdef (s.oid), ' ON ' || k.was, ' ON ' || k.sorted),
                 pg_catalog.pg_get_statisticsobjdef (s.oid)), d.description
  FROM pg_catalog.pg_statistic_ext s
  JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
  LEFT JOIN LATERAL (SELECT pg_catalog.string_agg (pg_catalog.quote_ident (a.attname), ', ' ORDER BY a.attnum) AS was,
                            pg_catalog.string_agg (pg_catalog.quote_ident (a.attname), ', ' ORDER BY a.attname) AS sorted
                       FROM pg_catalog.pg_attribute a
                      WHERE a.attrelid = s.stxrelid AND a.attnum = ANY (s.stxkeys)) AS k ON true
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = s.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass
 WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname, s.stxname

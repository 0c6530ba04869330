-- Extended statistics.
SELECT s.stxrelid, s.oid, n.nspname, s.stxname, pg_catalog.pg_get_statisticsobjdef (s.oid), d.description
  FROM pg_catalog.pg_statistic_ext s
  JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = s.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass
 WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname, s.stxname

-- Functions and procedures.
SELECT p.oid, n.nspname, p.proname, p.prokind, pg_catalog.oidvectortypes (p.proargtypes),
       pg_catalog.btrim (pg_catalog.pg_get_functiondef (p.oid), E' \n'), pg_catalog.pg_get_function_result (p.oid),
       pg_catalog.pg_get_function_arguments (p.oid), d.description
  FROM pg_catalog.pg_proc p
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = p.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass
 WHERE p.prokind <> 'a'
   AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
   -- Those that a range type brings along have no language of a person's.
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i
                    WHERE i.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND i.objid = p.oid AND i.deptype = 'i')
 ORDER BY n.nspname, p.proname, 5

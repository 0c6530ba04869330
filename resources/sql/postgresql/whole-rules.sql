-- Rules, but those that make a view.
SELECT r.ev_class, r.oid, r.rulename, pg_catalog.btrim (pg_catalog.pg_get_ruledef (r.oid), ' ;'), r.ev_enabled, d.description
  FROM pg_catalog.pg_rewrite r
  JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = r.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
 WHERE r.rulename <> '_RETURN'
   AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY r.ev_class, r.rulename

-- Triggers; up to PostgreSQL 14 those that a partition has from its parent count as the server's own.
SELECT t.tgrelid, t.oid, t.tgname, pg_catalog.pg_get_triggerdef (t.oid), t.tgenabled, t.tgconstraint <> 0,
       t.tgfoid::pg_catalog.regproc, t.tgparentid <> 0, d.description
  FROM pg_catalog.pg_trigger t
  JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = t.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_trigger'::pg_catalog.regclass
 WHERE (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstrrelid = 0 AND t.tgconstraint = 0))
   AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY t.tgrelid, t.tgname

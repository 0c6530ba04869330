-- Schemas that are not the system's. What PostgreSQL says of a new database's public is no comment of anybody's.
SELECT n.oid, n.nspname,
       CASE WHEN n.nspname <> 'public' OR d.description <> 'standard public schema' THEN d.description END
  FROM pg_catalog.pg_namespace n
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = n.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
 WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname

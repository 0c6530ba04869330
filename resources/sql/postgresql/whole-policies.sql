-- Policies; the roles are a JSON list.
SELECT p.polrelid, p.oid, p.polname, p.polcmd, NOT p.polpermissive,
       (SELECT pg_catalog.json_agg (COALESCE (a.rolname, 'PUBLIC') ORDER BY a.rolname)
          FROM pg_catalog.unnest (p.polroles) AS u (role)
          LEFT JOIN pg_catalog.pg_roles a ON a.oid = u.role),
       pg_catalog.pg_get_expr (p.polqual, p.polrelid), pg_catalog.pg_get_expr (p.polwithcheck, p.polrelid), d.description
  FROM pg_catalog.pg_policy p
  JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = p.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_policy'::pg_catalog.regclass
 WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY p.polrelid, p.polname

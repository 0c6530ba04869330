-- What roles have decided of objects that they will make, as it differs from what these have by themselves: of all schemas,
-- or of one, where it comes on top. The role that looks has no name.
SELECT n.nspname,
       CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES'
                            WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS' END,
       NULLIF (pg_catalog.pg_get_userbyid (d.defaclrole), CURRENT_USER), p.grantee, p.privilege, p.is_grantable, p.is_revoked,
       n.oid
  FROM pg_catalog.pg_default_acl d
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
 CROSS JOIN LATERAL
       (SELECT CASE WHEN e.grantee = 0 THEN '' ELSE pg_catalog.pg_get_userbyid (e.grantee)::text END AS grantee,
               e.privilege_type AS privilege, pg_catalog.bool_or (e.is_grantable AND e.is_now) AS is_grantable,
               NOT pg_catalog.bool_or (e.is_now) AS is_revoked
          FROM (SELECT NULLIF (grantee, d.defaclrole) AS grantee, privilege_type,
                       is_grantable AND grantee <> d.defaclrole AS is_grantable, true AS is_now
                  FROM pg_catalog.aclexplode (d.defaclacl)
                UNION ALL
                SELECT NULLIF (grantee, grantor), privilege_type, false, false
                  FROM pg_catalog.aclexplode (CASE WHEN d.defaclnamespace = 0 THEN
                         pg_catalog.acldefault (CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END::"char",
                                                d.defaclrole) END)) AS e
         GROUP BY e.grantee, e.privilege_type
        HAVING pg_catalog.bool_or (e.is_now) <> pg_catalog.bool_or (NOT e.is_now)
            OR pg_catalog.bool_or (e.is_grantable AND e.is_now)) AS p
 ORDER BY n.nspname NULLS FIRST, d.defaclobjtype, pg_catalog.pg_get_userbyid (d.defaclrole), p.grantee COLLATE "C" NULLS FIRST, p.privilege COLLATE "C"

-- Privileges that differ from those that a new object has by itself, or by its extension: of the owner (no grantee), of all
-- (an empty one), of others. Who granted them does not count. The sequence of an identity column is part of that.
SELECT o.catalog, COALESCE (o.holder, o.number) AS object, o.part, o.holder IS NOT NULL,
       p.grantee, p.privilege, p.is_grantable, p.is_revoked
  FROM (SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid AS catalog, c.oid AS number, 0 AS place,
               a.attname AS part, c.relowner AS owner, c.relacl AS acl,
               pg_catalog.acldefault (CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner) AS usual,
               a.attrelid AS holder
          FROM pg_catalog.pg_class c
          LEFT JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
                                          AND d.objsubid = 0 AND d.deptype = 'i' AND c.relkind = 'S'
                                          AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
          LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
         WHERE c.relacl IS NOT NULL AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND c.oid >= 16384
        UNION ALL
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, a.attrelid, a.attnum, a.attname, c.relowner, a.attacl, NULL, NULL
          FROM pg_catalog.pg_attribute a
          JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
         WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND a.attrelid >= 16384
        UNION ALL
        SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, f.oid, 0, NULL, f.proowner, f.proacl,
               pg_catalog.acldefault ('f', f.proowner), NULL
          FROM pg_catalog.pg_proc f
         WHERE f.proacl IS NOT NULL AND f.oid >= 16384
        UNION ALL
        SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, 0, NULL, t.typowner, t.typacl,
               pg_catalog.acldefault ('T', t.typowner), NULL
          FROM pg_catalog.pg_type t
         WHERE t.typacl IS NOT NULL AND t.typtype <> 'm' AND t.oid >= 16384
        UNION ALL
        SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, n.oid, 0, NULL, n.nspowner, n.nspacl,
               pg_catalog.acldefault ('n', n.nspowner), NULL
          FROM pg_catalog.pg_namespace n
         WHERE n.nspacl IS NOT NULL AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema') AS o
  LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = o.catalog AND i.objoid = o.number AND i.objsubid = o.place
 CROSS JOIN LATERAL
       (SELECT CASE WHEN e.grantee = 0 THEN '' ELSE pg_catalog.pg_get_userbyid (e.grantee)::text END AS grantee,
               e.privilege_type AS privilege, pg_catalog.bool_or (e.is_grantable AND e.is_now) AS is_grantable,
               NOT pg_catalog.bool_or (e.is_now) AS is_revoked
          FROM (SELECT NULLIF (grantee, o.owner) AS grantee, privilege_type,
                       is_grantable AND grantee <> o.owner AS is_grantable, true AS is_now
                  FROM pg_catalog.aclexplode (o.acl)
                UNION ALL
                SELECT NULLIF (grantee, grantor), privilege_type, is_grantable AND grantee <> grantor, false
                  FROM pg_catalog.aclexplode (COALESCE (i.initprivs, o.usual))) AS e
         GROUP BY e.grantee, e.privilege_type
        HAVING pg_catalog.bool_or (e.is_now) <> pg_catalog.bool_or (NOT e.is_now)
            OR pg_catalog.bool_or (e.is_grantable AND e.is_now) <> pg_catalog.bool_or (e.is_grantable AND NOT e.is_now)) AS p
 ORDER BY o.catalog, object, o.part NULLS FIRST, o.holder NULLS FIRST, p.grantee COLLATE "C" NULLS FIRST, p.privilege COLLATE "C"

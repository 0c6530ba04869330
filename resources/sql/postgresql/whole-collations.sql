-- Collations with their options as CREATE COLLATION takes them; what they are called differs with the versions.
SELECT l.oid, n.nspname, l.collname,
       pg_catalog.format ('(provider = %s, %s%s%s)',
         CASE l.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
         CASE WHEN l.collprovider <> 'c'
              THEN pg_catalog.format ('locale = %L', COALESCE (j ->> 'colllocale', j ->> 'colliculocale', j ->> 'collcollate'))
              WHEN j ->> 'collcollate' = j ->> 'collctype' THEN pg_catalog.format ('locale = %L', j ->> 'collcollate')
              ELSE pg_catalog.format ('lc_collate = %L, lc_ctype = %L', j ->> 'collcollate', j ->> 'collctype') END,
         CASE WHEN NOT l.collisdeterministic THEN ', deterministic = false' END,
         ', rules = ' || pg_catalog.quote_literal (j ->> 'collicurules')),
       d.description
  FROM pg_catalog.pg_collation l
  JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace
 CROSS JOIN LATERAL pg_catalog.to_jsonb (l) AS j
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = l.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_collation'::pg_catalog.regclass
 WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname, l.collname

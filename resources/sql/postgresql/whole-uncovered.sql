-- What there is of kinds that are not covered, one of them by name: a person's own, so neither the server's (numbers below
-- 16384) nor an extension's. Not everybody may read the numbers of subscriptions.
SELECT o.kind, pg_catalog.min (o.name), pg_catalog.count (*)
  FROM (SELECT 'access method' AS kind, 'pg_catalog.pg_am'::pg_catalog.regclass AS catalog, oid, amname::text AS name
          FROM pg_catalog.pg_am
        UNION ALL
        SELECT 'base type', 'pg_catalog.pg_type'::pg_catalog.regclass, oid, pg_catalog.format_type (oid, NULL)
          FROM pg_catalog.pg_type WHERE typtype IN ('b', 'p') AND typcategory <> 'A'
        UNION ALL
        SELECT 'cast', 'pg_catalog.pg_cast'::pg_catalog.regclass, oid,
               pg_catalog.format_type (castsource, NULL) || ' AS ' || pg_catalog.format_type (casttarget, NULL)
          FROM pg_catalog.pg_cast
        UNION ALL
        SELECT 'conversion', 'pg_catalog.pg_conversion'::pg_catalog.regclass, oid, conname
          FROM pg_catalog.pg_conversion
        UNION ALL
        SELECT 'default privilege', 'pg_catalog.pg_default_acl'::pg_catalog.regclass, oid,
               pg_catalog.pg_get_userbyid (defaclrole)
          FROM pg_catalog.pg_default_acl
        UNION ALL
        SELECT 'event trigger', 'pg_catalog.pg_event_trigger'::pg_catalog.regclass, oid, evtname
          FROM pg_catalog.pg_event_trigger
        UNION ALL
        SELECT 'foreign data wrapper', 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, oid, fdwname
          FROM pg_catalog.pg_foreign_data_wrapper
        UNION ALL
        SELECT 'foreign server', 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, oid, srvname
          FROM pg_catalog.pg_foreign_server
        UNION ALL
        SELECT 'foreign table', 'pg_catalog.pg_class'::pg_catalog.regclass, oid, oid::pg_catalog.regclass::text
          FROM pg_catalog.pg_class WHERE relkind = 'f'
        UNION ALL
        SELECT 'language', 'pg_catalog.pg_language'::pg_catalog.regclass, oid, lanname
          FROM pg_catalog.pg_language
        UNION ALL
        SELECT 'large object', 'pg_catalog.pg_largeobject_metadata'::pg_catalog.regclass, oid, oid::text
          FROM pg_catalog.pg_largeobject_metadata
        UNION ALL
        SELECT 'operator', 'pg_catalog.pg_operator'::pg_catalog.regclass, oid, oid::pg_catalog.regoperator::text
          FROM pg_catalog.pg_operator
        UNION ALL
        SELECT 'operator class', 'pg_catalog.pg_opclass'::pg_catalog.regclass, oid, opcname
          FROM pg_catalog.pg_opclass
        UNION ALL
        SELECT 'operator family', 'pg_catalog.pg_opfamily'::pg_catalog.regclass, oid, opfname
          FROM pg_catalog.pg_opfamily
        UNION ALL
        SELECT 'privilege', 'pg_catalog.pg_class'::pg_catalog.regclass, oid, oid::pg_catalog.regclass::text
          FROM pg_catalog.pg_class WHERE relacl IS NOT NULL
        UNION ALL
        SELECT 'privilege', 'pg_catalog.pg_class'::pg_catalog.regclass, attrelid,
               attrelid::pg_catalog.regclass || '.' || pg_catalog.quote_ident (attname)
          FROM pg_catalog.pg_attribute WHERE attacl IS NOT NULL
        UNION ALL
        SELECT 'privilege', 'pg_catalog.pg_proc'::pg_catalog.regclass, oid, oid::pg_catalog.regprocedure::text
          FROM pg_catalog.pg_proc WHERE proacl IS NOT NULL
        UNION ALL
        SELECT 'privilege', 'pg_catalog.pg_type'::pg_catalog.regclass, oid, oid::pg_catalog.regtype::text
          FROM pg_catalog.pg_type WHERE typacl IS NOT NULL
        UNION ALL
        SELECT 'privilege', 'pg_catalog.pg_namespace'::pg_catalog.regclass, oid, nspname
          FROM pg_catalog.pg_namespace WHERE nspacl IS NOT NULL AND nspname NOT LIKE 'pg\_%'
        UNION ALL
        SELECT 'publication', 'pg_catalog.pg_publication'::pg_catalog.regclass, oid, pubname
          FROM pg_catalog.pg_publication
        UNION ALL
        SELECT 'security label', classoid, objoid, label FROM pg_catalog.pg_seclabel
        UNION ALL
        SELECT 'subscription', 'pg_catalog.pg_subscription'::pg_catalog.regclass, 16384, subname
          FROM pg_catalog.pg_subscription
         WHERE subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database ())
        UNION ALL
        SELECT 'text search configuration', 'pg_catalog.pg_ts_config'::pg_catalog.regclass, oid, cfgname
          FROM pg_catalog.pg_ts_config
        UNION ALL
        SELECT 'text search dictionary', 'pg_catalog.pg_ts_dict'::pg_catalog.regclass, oid, dictname
          FROM pg_catalog.pg_ts_dict
        UNION ALL
        SELECT 'text search parser', 'pg_catalog.pg_ts_parser'::pg_catalog.regclass, oid, prsname
          FROM pg_catalog.pg_ts_parser
        UNION ALL
        SELECT 'text search template', 'pg_catalog.pg_ts_template'::pg_catalog.regclass, oid, tmplname
          FROM pg_catalog.pg_ts_template
        UNION ALL
        SELECT 'transform', 'pg_catalog.pg_transform'::pg_catalog.regclass, oid, pg_catalog.format_type (trftype, NULL)
          FROM pg_catalog.pg_transform
        UNION ALL
        SELECT 'user mapping', 'pg_catalog.pg_user_mapping'::pg_catalog.regclass, umid,
               COALESCE (usename, 'public') || ' on ' || srvname
          FROM pg_catalog.pg_user_mappings) AS o (kind, catalog, number, name)
 WHERE o.number >= 16384
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = o.catalog AND d.objid = o.number AND d.deptype IN ('e', 'i'))
 GROUP BY o.kind
 ORDER BY o.kind

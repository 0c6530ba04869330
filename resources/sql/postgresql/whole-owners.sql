-- Whose the objects are that are not of the role that looks; of the kinds that may have to be made anew.
SELECT o.catalog, o.number, pg_catalog.pg_get_userbyid (o.owner)
  FROM (SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid AS catalog, c.oid AS number, c.relowner AS owner
          FROM pg_catalog.pg_class c
         WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.oid >= 16384
        UNION ALL
        SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, f.oid, f.proowner
          FROM pg_catalog.pg_proc f
         WHERE f.oid >= 16384
        UNION ALL
        SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, t.typowner
          FROM pg_catalog.pg_type t
         WHERE t.oid >= 16384
           AND (t.typtype IN ('e', 'd', 'r')
                OR (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid))
        UNION ALL
        SELECT 'pg_catalog.pg_collation'::pg_catalog.regclass, l.oid, l.collowner
          FROM pg_catalog.pg_collation l
         WHERE l.oid >= 16384
        UNION ALL
        SELECT 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, s.oid, s.stxowner
          FROM pg_catalog.pg_statistic_ext s) AS o
 WHERE o.owner <> (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = CURRENT_USER)
 ORDER BY o.catalog, o.number

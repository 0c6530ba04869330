-- What belongs to an extension, and what it is called where texts may name it.
SELECT d.refobjid, d.classid, d.objid,
       CASE d.classid
         WHEN 'pg_catalog.pg_type'::pg_catalog.regclass
           THEN (SELECT t.typname FROM pg_catalog.pg_type t WHERE t.oid = d.objid)
         WHEN 'pg_catalog.pg_proc'::pg_catalog.regclass
           THEN (SELECT p.proname FROM pg_catalog.pg_proc p WHERE p.oid = d.objid)
         WHEN 'pg_catalog.pg_operator'::pg_catalog.regclass
           THEN (SELECT o.oprname FROM pg_catalog.pg_operator o WHERE o.oid = d.objid)
         WHEN 'pg_catalog.pg_opclass'::pg_catalog.regclass
           THEN (SELECT c.opcname FROM pg_catalog.pg_opclass c WHERE c.oid = d.objid)
         WHEN 'pg_catalog.pg_collation'::pg_catalog.regclass
           THEN (SELECT l.collname FROM pg_catalog.pg_collation l WHERE l.oid = d.objid)
         WHEN 'pg_catalog.pg_class'::pg_catalog.regclass
           THEN (SELECT r.relname FROM pg_catalog.pg_class r WHERE r.oid = d.objid)
       END
  FROM pg_catalog.pg_depend d
 WHERE d.deptype = 'e' AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
   AND d.refobjid >= 16384
 ORDER BY d.refobjid, d.classid, d.objid

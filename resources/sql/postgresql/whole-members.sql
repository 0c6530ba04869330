-- What belongs to an extension.
SELECT d.refobjid, d.classid, d.objid
  FROM pg_catalog.pg_depend d
 WHERE d.deptype = 'e' AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
   AND d.refobjid >= 16384
 ORDER BY d.refobjid, d.classid, d.objid

-- What needs what. A part that goes with its whole is said where the whole is an object of its own: a partition's parent,
-- a table with statistics; not a column with its sequence, as the column may need that too.
SELECT d.classid, d.objid, d.refclassid, d.refobjid
  FROM pg_catalog.pg_depend d
 WHERE (d.deptype = 'n'
        OR (d.deptype = 'a' AND (d.refobjsubid = 0 OR d.classid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass)))
   AND d.objid >= 16384
   AND (d.refobjid >= 16384 OR d.refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass)
 ORDER BY d.classid, d.objid, d.refclassid, d.refobjid

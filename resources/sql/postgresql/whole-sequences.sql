-- Sequences and the columns that own them; that of an identity column says so by "i".
SELECT c.oid, n.nspname, c.relname, d.description, pg_catalog.format_type (q.seqtypid, NULL), q.seqstart, q.seqincrement,
       q.seqmin, q.seqmax, q.seqcache, q.seqcycle, c.relpersistence, o.deptype, r.oid, r.relname, a.attnum, a.attname, a.attidentity
  FROM pg_catalog.pg_sequence q
  JOIN pg_catalog.pg_class c ON c.oid = q.seqrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_depend o ON o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND o.objid = c.oid
                                  AND o.objsubid = 0 AND o.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                  AND o.deptype IN ('a', 'i')
  LEFT JOIN pg_catalog.pg_class r ON r.oid = o.refobjid
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = o.refobjid AND a.attnum = o.refobjsubid
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
 WHERE c.relpersistence <> 't'
   AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname, c.relname

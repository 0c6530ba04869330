-- Extensions that a person made: numbers below 16384 are those that every new database has. A comment is
-- a person's where it is not the extension's own.
SELECT e.oid, n.nspname, e.extname, e.extversion,
       CASE WHEN d.description IS DISTINCT FROM a.comment THEN d.description END
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
  LEFT JOIN pg_catalog.pg_available_extensions () AS a ON a.name = e.extname
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = e.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_extension'::pg_catalog.regclass
 WHERE e.oid >= 16384
 ORDER BY e.extname

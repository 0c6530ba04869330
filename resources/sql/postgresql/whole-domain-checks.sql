-- The checks of domains; a NOT NULL, from PostgreSQL 17 a constraint too, is the domain's.
SELECT k.contypid, k.oid, k.conname, pg_catalog.pg_get_constraintdef (k.oid), d.description
  FROM pg_catalog.pg_constraint k
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = k.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
 WHERE k.contypid <> 0 AND k.contype = 'c'
 ORDER BY k.contypid, k.conname

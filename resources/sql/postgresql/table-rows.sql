-- How many rows the server thinks that a table has; -1 where it has not looked yet. No row: there is no such table.
SELECT CASE WHEN c.reltuples < 0 OR c.reltuples = 0 AND c.relpages = 0 THEN -1 ELSE c.reltuples::pg_catalog.int8 END
  FROM pg_catalog.pg_class AS c
 WHERE c.oid = pg_catalog.to_regclass($1)

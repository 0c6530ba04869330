-- The columns of the table $1, as written, that hold values: generated ones do not. No row: there is no such table.
SELECT a.attname
  FROM pg_catalog.pg_attribute AS a
 WHERE a.attrelid = pg_catalog.to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
 ORDER BY a.attnum

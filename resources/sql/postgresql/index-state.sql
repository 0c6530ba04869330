-- Whether an index is there ($1 as written in SQL) and whether its build ended well.
SELECT i.indisvalid AND i.indisready
FROM pg_catalog.pg_index i
WHERE i.indexrelid = pg_catalog.to_regclass($1)

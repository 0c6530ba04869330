-- The columns of the table $1 that hold values: generated and hidden ones do not. No row: there is no such table.
SELECT name FROM pragma_table_info ($1) ORDER BY cid

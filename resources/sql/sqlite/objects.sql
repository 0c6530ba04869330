-- Everything that has a name of its own, with its CREATE, as it was made: $1 a table, or NULL for all.
SELECT m.type, m.name, m.tbl_name, m.sql
  FROM main.sqlite_master AS m
 WHERE m.name NOT LIKE 'sqlite~_%' ESCAPE '~'
   AND ($1 IS NULL OR m.type IN ('view', 'trigger') OR m.tbl_name = $1 COLLATE NOCASE)
 ORDER BY m.rowid

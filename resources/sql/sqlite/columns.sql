-- The columns of tables, hidden ones of virtual tables left out: $1 a table, or NULL for all. $2: 1 of views too, 0 of no views,
-- - of no virtual tables either, as nobody may know their modules. Tables come as they were made, each with its columns
-- in their order: to sort thousands of rows by names would take as long again. $3: 1 of all tables, 0 of none but virtual ones.
SELECT m.name, x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden
  FROM main.sqlite_master AS m
  JOIN pragma_table_xinfo (m.name, 'main') AS x
 WHERE (m.type = 'table' OR (m.type = 'view' AND $2 = '1'))
   AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~'
   AND ($2 <> '-' OR m.sql NOT LIKE 'CREATE VIRTUAL %')
   AND ($3 = '1' OR m.type = 'view' OR m.sql LIKE 'CREATE VIRTUAL %')
   AND ($1 IS NULL OR m.name = $1 COLLATE NOCASE)
   AND x.hidden <> 1
 ORDER BY m.rowid

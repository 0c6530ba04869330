-- Virtual tables, and the tables in which they keep their data.
SELECT l.name, l.type
  FROM pragma_table_list AS l
 WHERE l.schema = 'main'
   AND l.type IN ('virtual', 'shadow')
 ORDER BY l.name

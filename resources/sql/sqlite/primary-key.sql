-- The columns of a table's primary key, in its order.
SELECT x.name
  FROM pragma_table_info ($1, 'main') AS x
 WHERE x.pk > 0
 ORDER BY x.pk

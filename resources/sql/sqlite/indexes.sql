-- What indexes hold, those that constraints made too: $1 a table, or NULL for all.
SELECT m.name, l.name, l."unique", l.origin, l.partial, x.name, x."desc", x.coll
  FROM main.sqlite_master AS m
  JOIN pragma_index_list (m.name, 'main') AS l
  JOIN pragma_index_xinfo (l.name, 'main') AS x
 WHERE m.type = 'table'
   AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~'
   AND ($1 IS NULL OR m.name = $1 COLLATE NOCASE)
   AND x.key = 1
 ORDER BY m.name, l.name, x.seqno

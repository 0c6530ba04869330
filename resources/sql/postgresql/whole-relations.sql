-- Tables and views with all that is no column, constraint or index. Lists are JSON.
SELECT c.oid, n.nspname, c.relname, c.relkind, c.relispartition, d.description, c.reltype, t.typarray, c.relpersistence,
       CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef (c.oid) END,
       pg_catalog.pg_get_expr (c.relpartbound, c.oid),
       h.parents,
       CASE WHEN c.reloptions IS NOT NULL OR o.reloptions IS NOT NULL THEN
         pg_catalog.array_to_json (c.reloptions || ARRAY (SELECT 'toast.' || u FROM pg_catalog.unnest (o.reloptions) AS u)) END,
       s.spcname, NULLIF (m.amname, 'heap'), c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
       CASE WHEN c.relreplident = 'i' THEN
         (SELECT x.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
           WHERE i.indrelid = c.oid AND i.indisreplident) END,
       c.relispopulated, pg_catalog.format_type (NULLIF (c.reloftype, 0), NULL),
       CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.btrim (pg_catalog.pg_get_viewdef (c.oid), ' ;') END, w.oid, x.relname
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_type t ON t.oid = c.reltype
  LEFT JOIN (SELECT h.inhrelid,
                    pg_catalog.json_agg (pg_catalog.quote_ident (pn.nspname) || '.' || pg_catalog.quote_ident (p.relname)
                                         ORDER BY h.inhseqno) AS parents
               FROM pg_catalog.pg_inherits h
               JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
               JOIN pg_catalog.pg_namespace pn ON pn.oid = p.relnamespace
              GROUP BY h.inhrelid) AS h ON h.inhrelid = c.oid
  LEFT JOIN pg_catalog.pg_class o ON o.oid = c.reltoastrelid
  LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
  LEFT JOIN pg_catalog.pg_am m ON m.oid = c.relam
  LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisclustered
  LEFT JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  LEFT JOIN pg_catalog.pg_rewrite w ON w.ev_class = c.oid AND w.rulename = '_RETURN'
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
 WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relpersistence <> 't'
   AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname, c.relname

-- Columns of tables and views: the first ten are as reflect-columns.sql has them. A column that an older server lacks is that
-- of "older": names inside the LATERAL mean the catalog's own where it has them. An expression that names no column is told
-- faster without its table. The type of a domain is what it is made of.
SELECT c.oid, e.oid, a.attname, pg_catalog.format_type (a.atttypid, a.atttypmod), a.attnotnull,
       pg_catalog.pg_get_expr (e.adbin, CASE WHEN a.attgenerated <> '' THEN e.adrelid ELSE 0 END), a.attgenerated, a.attidentity,
       CASE WHEN a.attcollation <> t.typcollation THEN l.collname END, d.description,
       CASE WHEN a.attstorage <> t.typstorage
            THEN CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END END,
       CASE a.compression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END,
       NULLIF (a.attstattarget, -1), a.attinhcount > 0 AND NOT a.attislocal,
       CASE WHEN a.attoptions[1] NOT LIKE 'pg\_attver=%' OR a.attoptions[2] IS NOT NULL THEN
         (SELECT pg_catalog.json_agg (u.o ORDER BY u.place) FROM pg_catalog.unnest (a.attoptions) WITH ORDINALITY AS u (o, place)
           WHERE u.o NOT LIKE 'pg\_attver=%') END,
       CASE WHEN a.attcollation <> t.typcollation AND n.nspname <> 'pg_catalog'
            THEN pg_catalog.quote_ident (n.nspname) || '.' || pg_catalog.quote_ident (l.collname)
            WHEN a.attcollation <> t.typcollation THEN pg_catalog.quote_ident (l.collname) END,
       a.attnum, a.attcollation, COALESCE (NULLIF (t.typbasetype, 0), t.oid)
  FROM (SELECT ''::text AS attcompression) AS older
 CROSS JOIN pg_catalog.pg_class c
 CROSS JOIN LATERAL (SELECT a.*, attcompression::text AS compression
                       FROM pg_catalog.pg_attribute a
                      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS a
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_attrdef e ON e.adrelid = c.oid AND e.adnum = a.attnum
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = c.oid AND d.objsubid = a.attnum
                                       AND d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass
 WHERE c.relkind IN ('r', 'p', 'v', 'm') AND c.relpersistence <> 't' AND c.oid >= 16384
 ORDER BY c.oid, a.attnum

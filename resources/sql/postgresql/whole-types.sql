-- Enumerations and domains; the first twelve columns are those of reflect-types.sql. Lists are JSON.
SELECT t.typtype, n.nspname, t.typname, pg_catalog.format_type (t.oid, NULL), pg_catalog.pg_type_is_visible (t.oid),
       (SELECT pg_catalog.json_agg (e.enumlabel ORDER BY e.enumsortorder)
          FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid),
       pg_catalog.format_type (NULLIF (t.typbasetype, 0), t.typtypmod), t.typnotnull, t.typdefault,
       CASE WHEN t.typcollation <> b.typcollation THEN l.collname END,
       k.conname, pg_catalog.pg_get_constraintdef (k.oid),
       t.oid, t.typarray, d.description,
       CASE WHEN t.typcollation <> b.typcollation AND ln.nspname <> 'pg_catalog'
            THEN pg_catalog.quote_ident (ln.nspname) || '.' || pg_catalog.quote_ident (l.collname)
            WHEN t.typcollation <> b.typcollation THEN pg_catalog.quote_ident (l.collname) END
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = t.typcollation
  LEFT JOIN pg_catalog.pg_namespace ln ON ln.oid = l.collnamespace
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = t.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_type'::pg_catalog.regclass
  LEFT JOIN LATERAL (SELECT c.oid, c.conname FROM pg_catalog.pg_constraint c
                      WHERE c.contypid = t.oid AND c.contype = 'c' ORDER BY c.conname LIMIT 1) AS k ON true
 WHERE t.typtype IN ('e', 'd')
   AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname, t.typname

-- Columns with the sequence of an identity: $1 a schema, $2 a relation, or NULL each.
SELECT n.nspname, c.relname, a.attname, pg_catalog.format_type (a.atttypid, a.atttypmod), a.attnotnull,
       pg_catalog.pg_get_expr (d.adbin, d.adrelid), a.attgenerated, a.attidentity,
       CASE WHEN a.attcollation <> t.typcollation THEN l.collname END,
       pg_catalog.col_description (c.oid, a.attnum),
       s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  LEFT JOIN pg_catalog.pg_collation l ON l.oid = a.attcollation
  LEFT JOIN pg_catalog.pg_depend o ON a.attidentity <> '' AND o.refobjid = c.oid AND o.refobjsubid = a.attnum
                                      AND o.deptype = 'i' AND o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                                      AND o.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
  LEFT JOIN pg_catalog.pg_sequence s ON s.seqrelid = o.objid
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
   AND ((n.nspname = $1::text)
        OR ($1::text IS NULL AND $2::text IS NULL AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema')
        OR ($1::text IS NULL AND $2::text IS NOT NULL AND pg_catalog.pg_table_is_visible (c.oid)))
   AND ($2::text IS NULL OR c.relname = $2::text)
 ORDER BY n.nspname, c.relname, a.attnum

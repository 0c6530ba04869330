-- The schema that the unqualified name $1 means: where it is found, or else where it would be made.
SELECT COALESCE((SELECT n.nspname
                 FROM pg_catalog.pg_class c
                 JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE c.oid = pg_catalog.to_regclass(pg_catalog.quote_ident($1))),
                pg_catalog.current_schema())

-- Aggregates with their options as CREATE AGGREGATE takes them behind the name.
SELECT p.oid, n.nspname, p.proname, COALESCE (NULLIF (pg_catalog.pg_get_function_identity_arguments (p.oid), ''), '*'),
       '(' || COALESCE (NULLIF (pg_catalog.pg_get_function_arguments (p.oid), ''), '*') || ') ('
       || pg_catalog.concat_ws (', ',
         'sfunc = ' || a.aggtransfn::pg_catalog.regproc::text,
         'stype = ' || pg_catalog.format_type (a.aggtranstype, NULL),
         'sspace = ' || NULLIF (a.aggtransspace, 0),
         'finalfunc = ' || NULLIF (a.aggfinalfn, 0)::pg_catalog.regproc::text,
         CASE WHEN a.aggfinalextra THEN 'finalfunc_extra' END,
         CASE WHEN a.aggfinalfn <> 0 AND a.aggfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::"char"
              THEN 'finalfunc_modify = '
                   || CASE a.aggfinalmodify WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable' ELSE 'read_write' END END,
         'combinefunc = ' || NULLIF (a.aggcombinefn, 0)::pg_catalog.regproc::text,
         'serialfunc = ' || NULLIF (a.aggserialfn, 0)::pg_catalog.regproc::text,
         'deserialfunc = ' || NULLIF (a.aggdeserialfn, 0)::pg_catalog.regproc::text,
         'initcond = ' || pg_catalog.quote_literal (a.agginitval),
         'msfunc = ' || NULLIF (a.aggmtransfn, 0)::pg_catalog.regproc::text,
         'minvfunc = ' || NULLIF (a.aggminvtransfn, 0)::pg_catalog.regproc::text,
         'mstype = ' || pg_catalog.format_type (NULLIF (a.aggmtranstype, 0), NULL),
         'msspace = ' || NULLIF (a.aggmtransspace, 0),
         'mfinalfunc = ' || NULLIF (a.aggmfinalfn, 0)::pg_catalog.regproc::text,
         CASE WHEN a.aggmfinalextra THEN 'mfinalfunc_extra' END,
         CASE WHEN a.aggmfinalfn <> 0 AND a.aggmfinalmodify <> CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::"char"
              THEN 'mfinalfunc_modify = '
                   || CASE a.aggmfinalmodify WHEN 'r' THEN 'read_only' WHEN 's' THEN 'shareable' ELSE 'read_write' END END,
         'minitcond = ' || pg_catalog.quote_literal (a.aggminitval),
         'sortop = operator(' || pg_catalog.quote_ident (qn.nspname) || '.' || q.oprname || ')',
         CASE WHEN p.proparallel <> 'u'
              THEN 'parallel = ' || CASE p.proparallel WHEN 's' THEN 'safe' ELSE 'restricted' END END,
         CASE WHEN a.aggkind = 'h' THEN 'hypothetical' END) || ')',
       d.description
  FROM pg_catalog.pg_aggregate a
  JOIN pg_catalog.pg_proc p ON p.oid = a.aggfnoid
  JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
  LEFT JOIN pg_catalog.pg_operator q ON q.oid = a.aggsortop
  LEFT JOIN pg_catalog.pg_namespace qn ON qn.oid = q.oprnamespace
  LEFT JOIN pg_catalog.pg_description d ON d.objoid = p.oid AND d.objsubid = 0
                                       AND d.classoid = 'pg_catalog.pg_proc'::pg_catalog.regclass
 WHERE n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'
 ORDER BY n.nspname, p.proname, 4

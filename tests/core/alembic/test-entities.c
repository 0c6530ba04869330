/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What op.create_entity() and its like come to. The statements are those of alembic_utils. */

#include "config.h"

#include <string.h>

#include "core/engine/collect.h"

static const char prelude[] =
  "from alembic import op\n"
  "from alembic_utils.exceptions import AlembicUtilsException\n"
  "from alembic_utils.pg_extension import PGExtension\n"
  "from alembic_utils.pg_function import PGFunction\n"
  "from alembic_utils.pg_grant_table import PGGrantTable\n"
  "from alembic_utils.pg_materialized_view import PGMaterializedView\n"
  "from alembic_utils.pg_policy import PGPolicy\n"
  "from alembic_utils.pg_trigger import PGTrigger\n"
  "from alembic_utils.pg_view import PGView\n";

static const struct { const char *name; const char *script; const char *statements; } cases[] = {
  { "extension",
    "e = PGExtension(schema='public', signature='\"uuid-ossp\"')\n"
    "op.create_entity(e)\n"
    "op.drop_entity(e)\n"
    "op.drop_entity(e, cascade=True)\n"
    "try:\n"
    "    op.replace_entity(e)\n"
    "except NotImplementedError as error:\n"
    "    op.execute('no%s' % error)\n",
    "CREATE EXTENSION \"uuid-ossp\" WITH SCHEMA \"public\";;\n"
    "DROP EXTENSION \"uuid-ossp\";\n"
    "DROP EXTENSION \"uuid-ossp\" CASCADE;\n"
    "no;\n" },
  { "function-plpgsql",
    "e = PGFunction('public', ' f (a text DEFAULT 1, b  int)', \"\"\" returns text as $$ declare x int := 5; begin a::b; c:d; \\\\:e; end $$ language 'plpgsql'; \"\"\")\n"
    "op.create_entity(e)\n"
    "op.replace_entity(e)\n"
    "op.drop_entity(e)\n"
    "op.drop_entity(e, cascade=True)\n"
    "op.execute(e.identity.replace(':', ''))\n",
    "CREATE FUNCTION \"public\".\"f\"(a text DEFAULT 1, b int) returns text as $$ declare x int := 5; begin a::b; c:d; :e; end $$ language 'plpgsql';\n"
    "CREATE OR REPLACE FUNCTION \"public\".\"f\"(a text DEFAULT 1, b int) returns text as $$ declare x int := 5; begin a::b; c:d; :e; end $$ language 'plpgsql';\n"
    "DROP FUNCTION \"public\".\"f\"(a text, b int);\n"
    "DROP FUNCTION \"public\".\"f\"(a text, b int) cascade;\n"
    "PGFunction public.f (a text DEFAULT 1, b int);\n" },
  { "function-sql",
    "e = PGFunction('my.schema', 'g()', \"returns text language sql as $$ select ':x'::text $$\")\n"
    "op.create_entity(e)\n"
    "op.replace_entity(e)\n"
    "op.drop_entity(e)\n"
    "op.drop_entity(e, cascade=True)\n"
    "op.execute(e.identity.replace(':', ''))\n",
    "CREATE FUNCTION \"my\".\"schema\".\"g\"() returns text language sql as $$ select ':x'::text $$;\n"
    "CREATE OR REPLACE FUNCTION \"my\".\"schema\".\"g\"() returns text language sql as $$ select ':x'::text $$;\n"
    "DROP FUNCTION \"my\".\"schema\".\"g\"();\n"
    "DROP FUNCTION \"my\".\"schema\".\"g\"() cascade;\n"
    "PGFunction my.schema.g();\n" },
  { "function-without-brackets",
    "e = PGFunction('public', 'f', 'returns int')\n"
    "for what in (op.create_entity, op.drop_entity):\n"
    "    try:\n"
    "        what(e)\n"
    "    except (TypeError, ValueError) as error:\n"
    "        op.execute(str(error))\n",
    "not enough values to unpack (expected 2, got 1);\n"
    "'NoneType' object is not subscriptable;\n" },
  { "trigger",
    "e = PGTrigger('other', 'tr', '  AFTER INSERT on t\\n FOR EACH ROW EXECUTE FUNCTION f();', '\"public\".t',\n"
    "              is_constraint=True)\n"
    "op.create_entity(e)\n"
    "op.replace_entity(e)\n"
    "op.drop_entity(e)\n"
    "op.drop_entity(e, cascade=True)\n"
    "op.execute(e.identity.replace(':', ''))\n",
    "CREATE CONSTRAINT TRIGGER \"tr\" AFTER INSERT ON other.t FOR EACH ROW EXECUTE FUNCTION f();\n"
    "DROP TRIGGER IF EXISTS \"tr\" ON public.t;;\n"
    "CREATE CONSTRAINT TRIGGER \"tr\" AFTER INSERT ON other.t FOR EACH ROW EXECUTE FUNCTION f();\n"
    "DROP TRIGGER \"tr\" ON public.t;\n"
    "DROP TRIGGER \"tr\" ON public.t cascade;\n"
    "PGTrigger other.tr True public.t;\n" },
  { "trigger-that-is-none",
    "try:\n"
    "    op.create_entity(PGTrigger('a', 'b', 'c', 'd'))\n"
    "except AlembicUtilsException as error:\n"
    "    op.execute(str(error))\n",
    "Failed to parse SQL into PGTrigger.definition \"\"\"c\"\"\";\n" },
  { "view",
    "e = PGView('public', ' my  view', ' select 1, now()::date; ')\n"
    "op.create_entity(e)\n"
    "op.replace_entity(e)\n"
    "op.drop_entity(e)\n"
    "op.drop_entity(e, cascade=True)\n"
    "op.execute(e.identity.replace(':', ''))\n"
    "e.definition = 'select 2'\n"
    "op.create_entity(e)\n",
    "CREATE VIEW \"public\".\"my view\" AS select 1, now()::date;;\n"
    "do $$\n"
    "            begin\n"
    "                CREATE OR REPLACE VIEW \"public\".\"my view\" AS select 1, now()::date;\n"
    "\n"
    "            exception when others then\n"
    "                DROP VIEW IF EXISTS \"public\".\"my view\";\n"
    "\n"
    "                CREATE VIEW \"public\".\"my view\" AS select 1, now()::date;\n"
    "            end;\n"
    "        $$ language 'plpgsql';\n"
    "DROP VIEW \"public\".\"my view\";\n"
    "DROP VIEW \"public\".\"my view\" cascade;\n"
    "PGView public.my view;\n"
    "CREATE VIEW \"public\".\"my view\" AS select 2;;\n" },
  { "materialized-view",
    "e = PGMaterializedView('x', 'mv', 'select 1;', with_data=False)\n"
    "op.create_entity(e)\n"
    "op.replace_entity(e)\n"
    "op.drop_entity(e)\n"
    "op.drop_entity(e, cascade=True)\n"
    "op.execute(e.identity.replace(':', ''))\n"
    "op.create_entity(PGMaterializedView('x', 'mv', 'select 2'))\n",
    "CREATE MATERIALIZED VIEW \"x\".\"mv\" AS select 1 WITH NO DATA;;\n"
    "DROP MATERIALIZED VIEW IF EXISTS \"x\".\"mv\";;\n"
    "CREATE MATERIALIZED VIEW \"x\".\"mv\" AS select 1 WITH NO DATA;\n"
    "DROP MATERIALIZED VIEW \"x\".\"mv\";\n"
    "DROP MATERIALIZED VIEW \"x\".\"mv\" cascade;\n"
    "PGMaterializedView x.mv;\n"
    "CREATE MATERIALIZED VIEW \"x\".\"mv\" AS select 2 WITH  DATA;;\n" },
  { "policy",
    "e = PGPolicy('public', 'p', \"for select using (a = 'b:c')\", on_entity='t')\n"
    "op.create_entity(e)\n"
    "op.replace_entity(e)\n"
    "op.drop_entity(e)\n"
    "op.drop_entity(e, cascade=True)\n"
    "op.execute(e.identity.replace(':', ''))\n",
    "CREATE POLICY p on public.t for select using (a = 'b:c');\n"
    "DROP POLICY IF EXISTS p on public.t;;\n"
    "CREATE POLICY p on public.t for select using (a = 'b:c');;\n"
    "DROP POLICY p on public.t;\n"
    "DROP POLICY p on public.t cascade;\n"
    "PGPolicy public.p public.t;\n" },
  { "grant",
    "e = PGGrantTable('public', 't', '\"r\"', 'SELECT', columns=['b', 'a'], with_grant_option=True)\n"
    "op.create_entity(e)\n"
    "op.replace_entity(e)\n"
    "op.drop_entity(e)\n"
    "op.drop_entity(e, cascade=True)\n"
    "op.execute(e.identity.replace(':', ''))\n",
    "GRANT SELECT ( a, b ) ON \"public\".\"t\" TO \"r\"  WITH GRANT OPTION;\n"
    "REVOKE SELECT ON \"public\".\"t\" FROM \"r\";\n"
    "GRANT SELECT ( a, b ) ON \"public\".\"t\" TO \"r\"  WITH GRANT OPTION;\n"
    "REVOKE SELECT ON \"public\".\"t\" FROM \"r\";\n"
    "REVOKE SELECT ON \"public\".\"t\" FROM \"r\";\n"
    "PGGrantTable public.t.r.SELECT;\n" },
  { "grant-without-columns",
    "for grant in ('SELECT', 'DELETE', 'ALL'):\n"
    "    try:\n"
    "        op.create_entity(PGGrantTable('public', 't', 'r', grant))\n"
    "    except (AlembicUtilsException, ValueError) as error:\n"
    "        op.execute(str(error))\n",
    "When grant type is SELECT a value must be provided for columns;\n"
    "GRANT DELETE  ON \"public\".\"t\" TO \"r\";\n"
    "'ALL' is not a valid PGGrantTableChoice;\n" },
  { "from-sql",
    "op.create_entity(PGFunction.from_sql('create or replace function public.\"f\"(a int) RETURNS int as $$ 1 $$;'))\n"
    "op.create_entity(PGView.from_sql('create view s.\"V\" (a, b) as select 1, 2;'))\n"
    "op.create_entity(PGMaterializedView.from_sql('create materialized view s.m as select 1 with no data;'))\n"
    "op.create_entity(PGMaterializedView.from_sql('create materialized view s.m as select 1 with data'))\n"
    "op.create_entity(PGPolicy.from_sql('create policy p on t for select using (a)'))\n"
    "op.create_entity(PGTrigger.from_sql('create constraint trigger x after insert on t for each row execute function f()'))\n"
    "try:\n"
    "    PGView.from_sql('select 1')\n"
    "except AlembicUtilsException as error:\n"
    "    op.execute(str(error))\n",
    "CREATE FUNCTION \"public\".\"f\"(a int) returns int as $$ 1 $$;\n"
    "CREATE VIEW \"s\".\"V\" AS select 1, 2;;\n"
    "CREATE MATERIALIZED VIEW \"s\".\"m\" AS s WITH NO DATA;;\n"
    "CREATE MATERIALIZED VIEW \"s\".\"m\" AS select 1 WITH  DATA;;\n"
    "CREATE POLICY p on public.t for select using (a);\n"
    "CREATE CONSTRAINT TRIGGER \"x\" after insert ON public.t for each row execute function f();\n"
    "Failed to parse SQL into PGView \"\"\"select 1\"\"\";\n" },
  { "no-entity",
    "try:\n"
    "    op.create_entity('x')\n"
    "except AttributeError as error:\n"
    "    op.execute(str(error))\n",
    "'str' object has no attribute 'to_sql_statement_create';\n" },
};

/* The statements, each ended by a semicolon and a line; or how it failed. New. */
static char *
render (StrataDialect  dialect,
        const char    *before,
        const char    *script)
{
  const StrataCollectOptions options = {
    .dialect = dialect, .is_offline = TRUE, .parameters = STRATA_PARAMETERS_NAMED, .has_literal_binds = TRUE,
  };
  g_auto(GStrv) lines = g_strsplit (script, "\n", -1);
  g_autofree char *body = g_strjoinv ("\n    ", lines);
  g_autofree char *text = g_strconcat (before, "def upgrade():\n    ", body, "\n", NULL);
  g_autoptr(StrataEvaluateFailure) failure = NULL;
  g_autoptr(GString) out = g_string_new (NULL);
  gboolean has_varied;
  g_autoptr(GArray) collected = strata_collect_script ("test.py", text, strlen (text), "upgrade", &options, NULL, &has_varied,
                                                       &failure);

  for (guint i = 0; collected != NULL && i < collected->len; i++)
    g_string_append_printf (out, "%s;\n", g_array_index (collected, StrataCollected, i).text);
  if (failure != NULL)
    g_string_printf (out, "refused %s: %s", failure->code, failure->message);

  return g_strdup (out->str);
}

static void
test_statements (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  for (guint j = 0; j < 2; j++)
    {
      g_autofree char *text = render (j == 0 ? STRATA_DIALECT_POSTGRESQL : STRATA_DIALECT_SQLITE, prelude, cases[i].script);

      g_assert_cmpstr (text, ==, cases[i].statements);
    }
}

static void
test_needs_import (void)
{
  g_autofree char *text = render (STRATA_DIALECT_POSTGRESQL, "from alembic import op\n", "op.create_entity(1)");

  g_assert_true (g_str_has_prefix (text, "refused needs-python:"));
}

static void
test_derived (void)
{
  g_autofree char *text = render (STRATA_DIALECT_POSTGRESQL, prelude, "class Mine(PGView):\n    pass\n");

  g_assert_true (g_str_has_prefix (text, "refused needs-python:"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/alembic/entities/", cases[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_statements);
    }
  g_test_add_func ("/alembic/entities/needs-import", test_needs_import);
  g_test_add_func ("/alembic/entities/derived", test_derived);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "app/editor/sql-text.h"
#include "app/support.h"

typedef struct
{
  SupportSample  sample;
  StrataSession *session;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  target)
{
  support_sample_set_up (&self->sample, target);
  self->session = support_sample_open (&self->sample);
}

static void
tear_down (Fixture       *self,
           gconstpointer  target)
{
  strata_session_close (self->session);
  pump_until_finalized (self->session);
  support_sample_tear_down (&self->sample, target);
}

static gpointer
answer (StrataWorkspace   *workspace,
        StrataConnection  *connection,
        gpointer           data,
        GCancellable      *cancellable,
        GError           **error)
{
  g_autoptr(StrataListing) listing = strata_workspace_list_sql (workspace, data, cancellable, error);

  return listing != NULL ? strata_sql_text_new (listing) : NULL;
}

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static StrataSqlText *
make (Fixture              *self,
      StrataListingRequest  request)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  StrataSqlText *sql;

  request.graph = strata_session_get_snapshot (self->session)->graph;
  strata_session_ask_async (self->session, STRATA_ASK_FILES, answer, &request, NULL,
                            (GDestroyNotify) strata_sql_text_free, NULL, on_done, &result);
  pump_until (result != NULL);
  sql = strata_session_ask_finish (self->session, result, &error);
  g_assert_no_error (error);

  return sql;
}

/* What stands beside the line that begins so; every line has something, if only nothing. */
static StrataSqlLine
find_line (const StrataSqlText *sql,
           const char          *start)
{
  g_auto(GStrv) lines = g_strsplit (sql->text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines) - 1, ==, sql->lines->len);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], start))
      return g_array_index (sql->lines, StrataSqlLine, i);

  g_error ("“%s” is no line of this:\n%s", start, sql->text);
}

static void
test_one (Fixture       *self,
          gconstpointer  data)
{
  g_autoptr(StrataSqlText) sql = make (self, (StrataListingRequest) { .to = "1b7d93c5e044" });

  g_assert_true (g_str_has_prefix (sql->text, "BEGIN IMMEDIATE;\n\nCREATE TABLE categories (\n"));
  g_assert_true (g_str_has_suffix (sql->text, "\n\nCOMMIT;\n"));
  g_assert_cmpuint (find_line (sql, "CREATE TABLE products").number, ==, 2);
  g_assert_cmpuint (find_line (sql, "CREATE TABLE products").file_line, ==, 13);
  g_assert_cmpuint (find_line (sql, "    name").number, ==, 0);
  g_assert_cmpuint (find_line (sql, "UPDATE alembic_version").number, ==, 0);
  g_assert_cmpuint (sql->n_statements, ==, 3);
  g_assert_cmpuint (sql->n_transactions, ==, 1);
}

static void
test_alone (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(StrataSqlText) sql = make (self, (StrataListingRequest) { .to = "7d18e5c2f9a6" });

  g_assert_true (g_str_has_prefix (sql->text, "-- Outside of a transaction"));
  g_assert_cmpuint (find_line (sql, "VACUUM;").number, ==, 1);
  find_line (sql, "BEGIN IMMEDIATE;");
}

static void
test_between (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(StrataSqlText) sql = make (self, (StrataListingRequest) { .from = "8c4e1f60a2d7", .to = "f7216d0ec84b" });

  g_assert_cmpuint (sql->n_steps, ==, 7);
  g_assert_true (sql->goes_up);
  g_assert_false (sql->goes_down);
  find_line (sql, "-- Running upgrade 8c4e1f60a2d7 -> 1b7d93c5e044");
}

static void
test_python (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(StrataSqlText) sql = NULL;

  support_sample_write (&self->sample, "versions/dddd_d.py",
                        "import requests\nrevision = 'dddd'\ndown_revision = '7d18e5c2f9a6'\n"
                        "def upgrade():\n    requests.get('http://a')\n");
  strata_session_reload (self->session);
  pump_until (strata_graph_find (strata_session_get_snapshot (self->session)->graph, "dddd") != STRATA_NO_NODE);

  sql = make (self, (StrataListingRequest) { .to = "dddd" });
  g_assert_true (sql->needs_python);
}

static void
test_large (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(GString) script = g_string_new ("-- x\n--\n-- Revision: dddd\n-- Revises: 7d18e5c2f9a6\n\n-- strata:upgrade\n");
  g_autoptr(StrataSqlText) sql = NULL;

  for (guint i = 0; i < 100 * 1000; i++)
    g_string_append (script, "INSERT INTO t VALUES (1, 'x');\n");
  support_sample_write (&self->sample, "versions/dddd_d.sql", script->str);
  strata_session_reload (self->session);
  pump_until (strata_graph_find (strata_session_get_snapshot (self->session)->graph, "dddd") != STRATA_NO_NODE);

  sql = make (self, (StrataListingRequest) { .to = "dddd" });
  g_assert_cmpuint (sql->n_statements, ==, 100 * 1000);
  g_assert_cmpuint (strlen (sql->text), <, 2 * 1024 * 1024);
  find_line (sql, "-- The rest is too long");
}

#define add(path, test) g_test_add ("/editor/sql-text/" path, Fixture, "8c4e1f60a2d7", set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  add ("one", test_one);
  add ("alone", test_alone);
  add ("between", test_between);
  add ("python", test_python);
  add ("large", test_large);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/compare.h"

#include <string.h>

#include "core/database/postgresql-fixture.h"
#include "core/workspace/autogenerate.h"
#include "core/workspace/fixture.h"

#define LEFT "SELECT count (*) FROM pg_database WHERE datname LIKE 'strata\\_scratch\\_%'"
#define SCHEMA "CREATE EXTENSION pgcrypto;\nCREATE TYPE mood AS ENUM ('sad', 'glad');\n" \
  "CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, m mood DEFAULT 'glad');\n" \
  "CREATE VIEW moods AS SELECT m FROM users;\n"

static const StrataSideOptions usual = STRATA_SIDE_OPTIONS_INIT;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, "test");
  g_autoptr(StrataUrl) url = test_server_dup_url (server, "postgres");
  g_autofree char *text = strata_url_to_string (url);

  execute (connection, "DROP SCHEMA IF EXISTS app CASCADE");
  execute (connection, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  self->folder = test_folder_new ();
  self->url = g_strdup (text);
  test_folder_write (self->folder, "strata.ini", "[strata]\nschema = schema.sql\n");
  test_folder_write (self->folder, "schema.sql", SCHEMA);
  test_folder_write (self->folder, "versions/aaaa_a.sql", SCRIPT ("aaaa", "", SCHEMA, ""));
  self->workspace = fixture_open_as (self, NULL, self->url, NULL);
}

static void
assert_same (StrataComparison *comparison,
             GError           *error)
{
  g_assert_no_error (error);
  for (guint i = 0; i < strata_diff_get_n (comparison->diff); i++)
    {
      g_autofree char *title = strata_difference_dup_title (strata_diff_get (comparison->diff, i), NULL);

      g_error ("%s", title);
    }
}

static void
assert_nothing_left (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, "test");
  g_autofree char *n = ask (connection, LEFT);

  g_assert_cmpstr (n, ==, "0");
}

static void
test_check (Fixture       *self,
            gconstpointer  data)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataComparison) drift = NULL;
      g_autoptr(StrataComparison) declared = NULL;

      fixture_run (self, STRATA_RUN_UPGRADE, "heads");
      drift = strata_workspace_find_drift (self->workspace, &usual, NULL, &error);
      assert_same (drift, error);
      declared = strata_workspace_check_declared (self->workspace, &usual, NULL, &error);
      assert_same (declared, error);
      g_assert_true ((declared->from->picture == declared->to->picture) == (i == 1));
      g_assert_true ((drift->from->picture == drift->to->picture) == (i == 1));
    }
  assert_nothing_left ();
}

/* Where the database's sessions look for what has no schema, those of the scratch database do too. */
static void
test_search_path (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, "test");
  const StrataSide file = { STRATA_SIDE_DECLARED };
  g_autoptr(StrataTakenSide) side = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *dump = NULL;

  execute (connection, "ALTER DATABASE postgres SET search_path = app, public");
  test_folder_write (self->folder, "schema.sql", "CREATE SCHEMA app; CREATE TABLE lamps (id int);");
  side = strata_workspace_take_side (self->workspace, &file, &usual, NULL, &error);
  execute (connection, "ALTER DATABASE postgres RESET search_path");
  g_assert_no_error (error);
  dump = strata_taken_side_dup_dump (side);
  g_assert_nonnull (strstr (dump, "CREATE TABLE app.lamps ("));
}

static void
test_broken (Fixture       *self,
             gconstpointer  data)
{
  static const struct { const char *sql; int code; const char *says; } cases[] = {
    { "CREATE TABLE t (id int);\nDROP ROLE ana;", STRATA_ERROR_REFUSED, "schema.sql:2:1: " },
    { "CREATE TABLE t (id nonsense);", STRATA_ERROR_BAD_INPUT, "type \"nonsense\" does not exist" },
    { "CREATE EXTENSION nowhere_to_be_found;", STRATA_ERROR_BAD_INPUT, "scratch_url" },
    { "\n\\connect other", STRATA_ERROR_BAD_INPUT, "schema.sql:2:" },
  };
  const StrataSide declared = { STRATA_SIDE_DECLARED };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      test_folder_write (self->folder, "schema.sql", cases[i].sql);
      g_assert_null (strata_workspace_take_side (self->workspace, &declared, &usual, NULL, &error));
      g_assert_error (error, STRATA_ERROR, cases[i].code);
      assert_says (error, cases[i].says);
    }
  assert_nothing_left ();
}

/* What comes along because a part needs it is as much to be looked at. */
static void
test_part_needs (Fixture       *self,
                 gconstpointer  data)
{
  const StrataNewRevision options = { .message = "part" };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataAutogenerate) generated = NULL;
  g_autoptr(StrataRevision) revision = NULL;
  g_autofree gboolean *chosen = NULL;
  g_autofree char *text = NULL;
  StrataComparison *comparison;

  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  test_folder_write (self->folder, "schema.sql",
                     "CREATE EXTENSION pgcrypto;\nCREATE TYPE mood AS ENUM ('sad', 'glad');\n"
                     "CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, m mood DEFAULT 'glad', n text NOT NULL);\n"
                     "CREATE VIEW moods AS SELECT m, n FROM users;\n");
  comparison = strata_workspace_check_declared (self->workspace, &usual, NULL, &error);
  g_assert_no_error (error);
  chosen = g_new0 (gboolean, strata_diff_get_n (comparison->diff));
  for (guint i = 0; i < strata_diff_get_n (comparison->diff); i++)
    chosen[i] = strata_diff_get (comparison->diff, i)->part == NULL;

  generated = strata_autogenerate_new (self->workspace, comparison, chosen, &usual, FALSE, NULL, &error);
  g_assert_no_error (error);
  revision = strata_autogenerate_write (generated, &options, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (strata_revision_get_path (revision), &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "-- please review: NOT NULL without a default fails where the table has rows\n"
                            "ALTER TABLE public.users ADD COLUMN n text NOT NULL;"));
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  TestFolder *home = fixture_private_home ();
  g_autofree char *reason = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  server = test_server_start ("postgresql", NULL, &reason);
  if (server == NULL)
    {
      g_print ("1..0 # SKIP %s\n", reason);
      return 0;
    }

  ADD ("/workspace/compare-postgresql/check", test_check);
  ADD ("/workspace/compare-postgresql/search-path", test_search_path);
  ADD ("/workspace/compare-postgresql/broken", test_broken);
  ADD ("/workspace/compare-postgresql/part-needs", test_part_needs);

  status = g_test_run ();
  test_server_free (server);
  test_folder_free (home);

  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/preview.h"

#include "core/database/postgresql-fixture.h"
#include "core/workspace/fixture.h"

static StrataPreview *
preview (Fixture    *self,
         const char *target)
{
  const char *targets[] = { target, NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  g_autoptr(StrataConnection) connection = fixture_connect (self, FALSE);
  g_autoptr(GError) error = NULL;
  StrataPreview *result;

  options.targets = targets;
  result = strata_workspace_preview (self->workspace, connection, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_no_error (result->refusal);

  return result;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, "test");
  g_autoptr(StrataUrl) url = test_server_dup_url (server, "postgres");
  g_autofree char *text = strata_url_to_string (url);

  execute (connection, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  execute (connection, "CREATE TABLE lamps (id int, watt int)");
  execute (connection, "CREATE TABLE \"Old lamps\" (id int)");
  execute (connection, "INSERT INTO lamps SELECT i, CASE WHEN i < 4 THEN i END FROM generate_series (1, 10) AS i");

  self->folder = test_folder_new ();
  self->url = g_strdup (text);
  test_folder_write (self->folder, "strata.ini", "[strata]\n");
  test_folder_write (self->folder, "versions/aaaa_a.sql",
                     SCRIPT ("aaaa", "",
                             "ALTER TABLE public.lamps DROP COLUMN watt;\n"
                             "DROP TABLE \"Old lamps\", nowhere;\nTRUNCATE lamps;", ""));
  self->workspace = fixture_open_as (self, NULL, self->url, NULL);
}

static const StrataPreviewLoss *
get_loss (StrataPreview *preview,
          guint          index)
{
  return g_ptr_array_index (preview->losses, index);
}

static void
test_counts (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(StrataPreview) up = preview (self, "heads");

  g_assert_cmpint (up->first_run, ==, STRATA_FIRST_RUN_STRANGE);
  g_assert_cmpuint (up->losses->len, ==, 4);
  g_assert_cmpint (get_loss (up, 0)->known, ==, STRATA_ROWS_COUNTED);
  g_assert_cmpint (get_loss (up, 0)->rows, ==, 3);
  g_assert_cmpint (get_loss (up, 1)->known, ==, STRATA_ROWS_COUNTED);
  g_assert_cmpint (get_loss (up, 1)->rows, ==, 0);
  g_assert_cmpint (get_loss (up, 2)->known, ==, STRATA_ROWS_NOT_THERE);
  g_assert_cmpint (get_loss (up, 3)->rows, ==, 10);
}

/* Somebody holds the table: neither the person nor the holder is made to wait. */
static void
test_locked (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(StrataConnection) other = open_as (TRUE, "other");

  execute (other, "BEGIN");
  execute (other, "LOCK TABLE lamps IN ACCESS EXCLUSIVE MODE");
  {
    g_autoptr(StrataPreview) up = preview (self, "heads");

    g_assert_cmpint (get_loss (up, 0)->known, ==, STRATA_ROWS_UNKNOWN);
    g_assert_true (strata_preview_loss_is_real (get_loss (up, 0)));
    g_assert_cmpint (get_loss (up, 1)->known, ==, STRATA_ROWS_COUNTED);
  }
  execute (other, "ROLLBACK");
}

static void
test_estimate (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, "test");
  g_autoptr(StrataPreview) up = NULL;

  execute (connection, "INSERT INTO lamps SELECT i, i FROM generate_series (1, 300000) AS i");
  execute (connection, "ANALYZE lamps");
  up = preview (self, "heads");

  g_assert_cmpint (get_loss (up, 3)->known, ==, STRATA_ROWS_ESTIMATED);
  g_assert_cmpint (get_loss (up, 3)->rows, >, 200000);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, fixture_tear_down)

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

  ADD ("/workspace/preview-postgresql/counts", test_counts);
  ADD ("/workspace/preview-postgresql/locked", test_locked);
  ADD ("/workspace/preview-postgresql/estimate", test_estimate);

  status = g_test_run ();
  test_server_free (server);
  test_folder_free (home);

  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/status.h"

#include "core/workspace/check.h"
#include "core/workspace/fixture.h"
#include "core/workspace/log.h"

static StrataStatus *
read_status (Fixture *self)
{
  g_autoptr(StrataConnection) connection = fixture_connect (self, FALSE);

  return strata_workspace_read_status (self->workspace, connection, NULL, NULL);
}

static void
assert_verifies (StrataStatus *status,
                 int           code,
                 const char   *words)
{
  g_autoptr(GError) error = NULL;

  if (words == NULL)
    {
      g_assert_true (strata_status_verify (status, &error));
      g_assert_no_error (error);
      return;
    }

  g_assert_false (strata_status_verify (status, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, STRATA_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_missing (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(StrataStatus) status = read_status (self);
  g_autofree char *path = test_folder_path (self->folder, "app.db");

  g_assert_true (status->missing);
  g_assert_no_error (status->error);
  g_assert_cmpuint (status->n_applied, ==, 0);
  g_assert_cmpuint (strata_plan_get_n_steps (status->pending), ==, 2);
  g_assert_null (status->last);
  g_assert_null (status->branch);
  g_assert_false (status->several_heads);
  g_assert_cmpstr (status->heads[0], ==, "bbbb");
  assert_verifies (status, STRATA_ERROR_PENDING, "2 revisions are pending");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_offline (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(StrataStatus) status = strata_workspace_read_status (self->workspace, NULL, NULL, NULL);
  g_autoptr(StrataStatus) unreachable = NULL;
  g_autoptr(GError) why = g_error_new_literal (STRATA_ERROR, STRATA_ERROR_CANNOT_CONNECT, "no route");

  g_assert_null (status->applied);
  g_assert_null (status->pending);
  g_assert_null (status->server);
  g_assert_cmpstr (status->heads[0], ==, "bbbb");
  assert_verifies (status, 0, NULL);

  unreachable = strata_workspace_read_status (self->workspace, NULL, why, NULL);
  assert_verifies (unreachable, STRATA_ERROR_CANNOT_CONNECT, "no route");
}

static void
test_applied (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(StrataStatus) half = NULL;
  g_autoptr(StrataStatus) whole = NULL;

  fixture_run (self, STRATA_RUN_UPGRADE, "aaaa");
  half = read_status (self);
  g_assert_false (half->missing);
  g_assert_true (g_str_has_prefix (half->server, "SQLite "));
  g_assert_cmpuint (half->n_applied, ==, 1);
  g_assert_cmpstr (half->last->revision, ==, "aaaa");
  g_assert_false (strata_status_is_up_to_date (half));
  assert_verifies (half, STRATA_ERROR_PENDING, "1 revision is pending");

  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  whole = read_status (self);
  g_assert_cmpuint (whole->n_applied, ==, 2);
  g_assert_true (strata_status_is_up_to_date (whole));
  assert_verifies (whole, 0, NULL);
}

static void
test_edited (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(StrataLedgerEntry) entry = NULL;
  g_autoptr(StrataLedgerEntry) none = NULL;
  g_autoptr(StrataStatus) status = NULL;
  g_autoptr(GPtrArray) log = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  test_folder_write (self->folder, "versions/bbbb_b.sql", SCRIPT ("bbbb", "aaaa", "CREATE TABLE b (x, y);", "DROP TABLE b;"));
  fixture_open (self);
  status = read_status (self);
  g_assert_cmpuint (status->applied->edited->len, ==, 1);
  assert_verifies (status, STRATA_ERROR_FINDINGS, "strata show bbbb --edited");

  connection = fixture_connect (self, FALSE);
  entry = strata_workspace_find_applied (self->workspace, connection, "bbbb", NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (entry->script, "CREATE TABLE b (x);"));
  text = strata_workspace_read_script (g_ptr_array_index (strata_project_get_revisions (strata_workspace_get_project (self->workspace)), 1),
                                       &error);
  g_assert_nonnull (strstr (text, "CREATE TABLE b (x, y);"));

  none = strata_workspace_find_applied (self->workspace, connection, "cccc", NULL, &error);
  g_assert_null (none);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FAILED);
  g_clear_error (&error);

  log = strata_workspace_read_log (self->workspace, connection, 1, NULL, &error);
  g_assert_cmpuint (log->len, ==, 1);
}

static void
test_unknown (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(StrataStatus) status = NULL;

  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  fixture_remove (self, "versions/bbbb_b.sql");
  fixture_open (self);
  status = read_status (self);
  g_assert_cmpstr (status->applied->unknown[0], ==, "bbbb");
  g_assert_cmpuint (status->lost->found->len, ==, 1);
  g_assert_cmpuint (status->n_applied, ==, 1);
  g_assert_null (status->pending);
  assert_verifies (status, STRATA_ERROR_UNKNOWN_REVISION, "bbbb");
}

/* Two heads are an accident, also where only one of them has a name. */
static void
test_heads (Fixture       *self,
            gconstpointer  data)
{
  static const char * const labels[] = { "", "-- Branch labels: side\n" };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autofree char *text = g_strconcat ("-- C\n--\n-- Revision: cccc\n-- Revises: aaaa\n", labels[i],
                                           "\n-- strata:upgrade\n", NULL);
      g_autoptr(StrataStatus) status = NULL;

      test_folder_write (self->folder, "versions/cccc_c.sql", text);
      fixture_open (self);
      status = read_status (self);
      g_assert_true (status->several_heads);
      assert_verifies (status, STRATA_ERROR_SEVERAL_HEADS, "bbbb, cccc");
    }
}

/* Where each has a branch label of its own they are meant. */
static void
test_labelled_heads (Fixture       *self,
                     gconstpointer  data)
{
  g_autoptr(StrataStatus) status = NULL;

  test_folder_write (self->folder, "versions/aaaa_a.sql",
                     "-- A\n--\n-- Revision: aaaa\n-- Revises:\n-- Branch labels: one\n\n-- strata:upgrade\n");
  test_folder_write (self->folder, "versions/cccc_c.sql",
                     "-- C\n--\n-- Revision: cccc\n-- Revises:\n-- Branch labels: two\n\n-- strata:upgrade\n");
  fixture_open (self);
  status = read_status (self);
  g_assert_cmpuint (g_strv_length (status->heads), ==, 2);
  g_assert_false (status->several_heads);
}

static void
test_files (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(StrataStatus) status = NULL;
  g_autoptr(GError) error = NULL;

  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  g_assert_true (strata_workspace_require_files (self->workspace, &error));

  test_folder_write (self->folder, "versions/bbbb_b.sql", SCRIPT ("bbbb", "aaaa", "CREATE TABLE b (x);\n-- strata:sideways", ""));
  fixture_open (self);
  status = read_status (self);
  g_assert_cmpuint (status->findings->len, ==, 0);
  strata_status_check_files (status, self->workspace);
  g_assert_true (test_has_finding (status->findings, "sql-unknown-marker", "sideways"));
  assert_verifies (status, STRATA_ERROR_FINDINGS, "1 error");

  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *name = g_strdup_printf ("versions/%u.sql", i);

      test_folder_write (self->folder, name, "SELECT 1;\n");
    }
  fixture_open (self);
  g_assert_false (strata_workspace_require_files (self->workspace, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FINDINGS);
  g_assert_nonnull (strstr (error->message, "7 errors"));
  g_assert_nonnull (strstr (error->message, "4.sql:1:1"));
  g_assert_null (strstr (error->message, "5.sql"));
}

static void
test_pending_files (Fixture       *self,
                    gconstpointer  data)
{
  g_autoptr(StrataStatus) status = NULL;
  const StrataFinding *finding;

  test_folder_write (self->folder, "versions/bbbb_b.sql", SCRIPT ("bbbb", "aaaa", "SELECT 1;\nVACUUM;", "SELECT 'open;"));
  test_folder_write (self->folder, "versions/cccc_c.sql", SCRIPT ("cccc", "gone", "SELECT 1;", ""));
  fixture_open (self);
  status = read_status (self);
  g_assert_cmpuint (strata_plan_get_n_steps (status->pending), ==, 2);
  g_assert_cmpstr (status->left_out[0], ==, "cccc");
  g_assert_null (status->left_out[1]);
  g_assert_false (strata_status_is_up_to_date (status));
  g_assert_true (test_has_finding (status->findings, "missing-revision", "gone"));
  g_assert_true (test_has_finding (status->findings, "sql-transaction", "VACUUM cannot run"));
  g_assert_true (test_has_finding (status->findings, "sql-statements", "never ends"));
  finding = g_ptr_array_index (status->findings, status->findings->len - 1);
  g_assert_cmpuint (strata_finding_get_place (finding).column, ==, 8);

  fixture_run (self, STRATA_RUN_UPGRADE, "aaaa");
  strata_status_free (g_steal_pointer (&status));
  test_folder_write (self->folder, "versions/bbbb_b.sql", SCRIPT ("bbbb", "aaaa", "SELECT 1;", ""));
  fixture_open (self);
  status = read_status (self);
  g_assert_cmpuint (status->findings->len, ==, 1);
}

#define ADD(name, function) \
  g_test_add ("/workspace/status/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_autoptr(TestFolder) home = fixture_private_home ();

  g_test_init (&argc, &argv, NULL);

  ADD ("missing", test_missing);
  ADD ("offline", test_offline);
  ADD ("applied", test_applied);
  ADD ("edited", test_edited);
  ADD ("unknown", test_unknown);
  ADD ("heads", test_heads);
  ADD ("labelled-heads", test_labelled_heads);
  ADD ("files", test_files);
  ADD ("pending-files", test_pending_files);

  return g_test_run ();
}

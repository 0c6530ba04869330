/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/lost.h"

#include "core/workspace/fixture.h"

/* The database is at cccc and dddd, which stand on bbbb; the folder ends at aaaa. */
static GStrv
lose_three (Fixture *self)
{
  GStrv rows = g_strsplit ("cccc dddd", " ", -1);

  test_folder_write (self->folder, "versions/cccc_c.sql", SCRIPT ("cccc", "bbbb", "CREATE TABLE c (x);", "DROP TABLE c;"));
  test_folder_write (self->folder, "versions/dddd_d.sql", SCRIPT ("dddd", "bbbb", "CREATE TABLE d (x);", "DROP TABLE d;"));
  fixture_open (self);
  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  fixture_remove (self, "versions/bbbb_b.sql");
  fixture_remove (self, "versions/cccc_c.sql");
  fixture_remove (self, "versions/dddd_d.sql");
  fixture_open (self);

  return rows;
}

static StrataLost *
find (Fixture             *self,
      const char * const  *ids)
{
  g_autoptr(StrataConnection) connection = fixture_connect (self, FALSE);
  g_autoptr(GError) error = NULL;
  StrataLost *lost = strata_workspace_find_lost (self->workspace, connection, ids, NULL, &error);

  g_assert_no_error (error);

  return lost;
}

static void
test_ledger (Fixture       *self,
             gconstpointer  data)
{
  g_auto(GStrv) rows = lose_three (self);
  g_autoptr(StrataLost) lost = find (self, (const char * const *) rows);
  g_auto(GStrv) before = NULL;
  g_auto(GStrv) steps = NULL;
  g_autofree char *words = NULL;

  g_assert_cmpuint (lost->found->len, ==, 3);
  g_assert_null (lost->missing[0]);
  words = strata_lost_revision_describe (g_ptr_array_index (lost->found, 0));
  g_assert_cmpstr (words, ==, "in the ledger, as it was applied");

  before = strata_workspace_rows_before (self->workspace, lost, (const char * const *) rows);
  g_assert_cmpstr (before[0], ==, "aaaa");
  g_assert_null (before[1]);
  steps = strata_workspace_steps_before (self->workspace, lost, (const char * const *) rows);
  g_assert_cmpuint (g_strv_length (steps), ==, 2);
  g_assert_cmpstr (steps[0], ==, "cccc@aaaa");
  g_assert_cmpstr (steps[1], ==, "dddd@aaaa");
}

static void
test_graft (Fixture       *self,
            gconstpointer  data)
{
  g_auto(GStrv) rows = lose_three (self);
  g_autoptr(StrataLost) lost = find (self, (const char * const *) rows);
  g_autofree char *folder = test_folder_path (self->folder, "found/deeper");
  g_autofree char *under_a_file = test_folder_path (self->folder, "strata.ini/x");
  g_autofree char *usual = strata_lost_dup_folder ();
  g_autoptr(GError) error = NULL;

  g_assert_false (strata_workspace_graft (self->workspace, lost, under_a_file, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FAILED);
  g_clear_error (&error);

  g_assert_true (strata_workspace_graft (self->workspace, lost, folder, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (strata_graph_get_n_nodes (strata_workspace_get_graph (self->workspace)), ==, 4);
  g_assert_cmpuint (strata_project_get_revisions (strata_workspace_get_project (self->workspace))->len, ==, 1);
  g_assert_true (g_str_has_suffix (usual, "/strata/rescue"));

  /* Every step of it is there. */
  fixture_run (self, STRATA_RUN_DOWNGRADE, "aaaa");
}

static void
test_missing (Fixture       *self,
              gconstpointer  data)
{
  const char *ids[] = { "zzzz", "aaaa", "yyyy", "zzzz", NULL };
  g_autoptr(StrataLost) lost = find (self, ids);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *missing = g_strjoinv (" ", lost->missing);

  g_assert_cmpstr (missing, ==, "yyyy zzzz");
  g_assert_cmpuint (lost->found->len, ==, 0);

  g_cancellable_cancel (cancellable);
  g_assert_null (strata_workspace_find_lost (self->workspace, NULL, ids, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A lost revision whose parent nobody knows leads to base. */
static void
test_no_ancestor (Fixture       *self,
                  gconstpointer  data)
{
  const char *rows[] = { "aaaa", "zzzz", NULL };
  g_autoptr(StrataLost) lost = find (self, rows);
  g_auto(GStrv) before = strata_workspace_rows_before (self->workspace, lost, rows);
  g_auto(GStrv) steps = strata_workspace_steps_before (self->workspace, lost, rows);

  g_assert_cmpstr (before[0], ==, "aaaa");
  g_assert_null (before[1]);
  g_assert_cmpstr (steps[0], ==, "zzzz@base");
  g_assert_null (steps[1]);
}

static void
test_words (void)
{
  char *none[] = { NULL };
  char *two[] = { (char *) "feature/x", (char *) "v1", NULL };
  const struct
  {
    char      **refs;
    int         days;
    const char *words;
  } cases[] = {
    { none, 0, "in commit 0123456789ab, on no branch any more, by Ana, today" },
    { two, 1, "on feature/x, v1, by Ana, yesterday" },
    { two, 30, "on feature/x, v1, by Ana, 30 days ago" },
  };
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GDateTime) authored = g_date_time_add_days (now, -cases[i].days);
      const StrataLostRevision lost = {
        .commit = (char *) "0123456789abcdef0123456789abcdef01234567",
        .author = (char *) "Ana",
        .authored = authored,
        .refs = cases[i].refs,
      };
      g_autofree char *words = strata_lost_revision_describe (&lost);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

#define ADD(name, function) \
  g_test_add ("/workspace/lost/" name, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_autoptr(TestFolder) home = fixture_private_home ();

  g_test_init (&argc, &argv, NULL);

  ADD ("ledger", test_ledger);
  ADD ("graft", test_graft);
  ADD ("missing", test_missing);
  ADD ("no-ancestor", test_no_ancestor);
  g_test_add_func ("/workspace/lost/words", test_words);

  return g_test_run ();
}

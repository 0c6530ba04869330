/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comparing as the window does it: rows by object, ticks, and what stands in the way. */

#include "config.h"

#include <string.h>

#include "app/state/compare-job.h"
#include "app/support.h"

#define DDL "CREATE TABLE lamps (id INTEGER PRIMARY KEY, name TEXT);\nCREATE INDEX lamps_name ON lamps (name);\n" \
            "CREATE TABLE shades (id INTEGER PRIMARY KEY);\n"

typedef struct
{
  StrataSession         *session;
  StrataDifferences     *differences;
  StrataCompareObstacle  obstacle;
  GError                *error;
  gboolean               done;
} Fixture;

static void
on_compared (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *self = user_data;

  self->differences = strata_compare_finish (STRATA_SESSION (source), result, &self->obstacle, &self->error);
  self->done = TRUE;
}

static void
compare (Fixture        *self,
         SupportSample  *sample,
         StrataSideKind  from,
         const char     *file)
{
  g_autofree char *path = g_build_filename (sample->folder, file, NULL);

  self->session = support_sample_open (sample);
  strata_compare_async (self->session, strata_compare_question_new (from, NULL, STRATA_SIDE_FILE, path), NULL, on_compared, self);
  pump_until (self->done);
}

static void
fixture_close (Fixture *self)
{
  g_clear_object (&self->differences);
  g_clear_error (&self->error);
  strata_session_close (self->session);
  pump_until_finalized (self->session);
}

/* "+table lamps" for what comes, members below with a space; a tick is *, one that some have is /. */
static char *
describe (Fixture *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->differences)); i++)
    {
      g_autoptr(StrataDifferenceItem) item = g_list_model_get_item (G_LIST_MODEL (self->differences), i);
      const StrataDifferenceFacts *facts = strata_difference_item_get_facts (item);

      g_string_append_printf (text, "%s%s%s\n", facts->is_member ? " " : "",
                              strata_difference_item_get_ticked (item)   ? "*"
                              : strata_difference_item_get_partly (item) ? "/"
                                                                         : "",
                              facts->title);
    }

  return g_string_free (text, FALSE);
}

static void
assert_rows (Fixture    *self,
             const char *expected)
{
  g_autofree char *found = describe (self);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_rows (SupportSample *sample,
           gconstpointer  data)
{
  Fixture fixture = { NULL, };
  g_autofree gboolean *chosen = NULL;

  support_sample_write (sample, "lamps.sql", DDL);
  compare (&fixture, sample, STRATA_SIDE_EMPTY, "lamps.sql");
  g_assert_no_error (fixture.error);
  g_assert_cmpuint (strata_differences_get_n (fixture.differences), ==, 3);
  assert_rows (&fixture, "table lamps\n add table lamps\n add index lamps_name of lamps\nadd table shades\n");

  strata_differences_tick (fixture.differences, 2, TRUE);
  assert_rows (&fixture, "/table lamps\n add table lamps\n *add index lamps_name of lamps\nadd table shades\n");
  strata_differences_tick (fixture.differences, 0, TRUE);
  assert_rows (&fixture, "*table lamps\n *add table lamps\n *add index lamps_name of lamps\nadd table shades\n");
  g_assert_cmpuint (strata_differences_get_n_ticked (fixture.differences), ==, 2);
  chosen = strata_differences_dup_chosen (fixture.differences);
  g_assert_cmpint (chosen[0] + chosen[1] + chosen[2], ==, 2);

  strata_differences_tick_all (fixture.differences, TRUE);
  assert_rows (&fixture, "*table lamps\n *add table lamps\n *add index lamps_name of lamps\n*add table shades\n");
  strata_differences_tick_all (fixture.differences, FALSE);
  g_assert_cmpuint (strata_differences_get_n_ticked (fixture.differences), ==, 0);
  fixture_close (&fixture);
}

static void
test_fails (SupportSample *sample,
            gconstpointer  data)
{
  Fixture fixture = { NULL, };

  support_sample_write (sample, "lamps.sql", "CREATE TABEL lamps (id);\n");
  compare (&fixture, sample, STRATA_SIDE_DATABASE, "lamps.sql");
  g_assert_nonnull (fixture.error);
  g_assert_cmpint (fixture.obstacle, ==, STRATA_COMPARE_FAILS);
  g_assert_nonnull (strstr (fixture.error->message, "TABEL"));
  fixture_close (&fixture);
}

static void
test_refused (SupportSample *sample,
              gconstpointer  data)
{
  Fixture fixture = { NULL, };

  support_sample_write (sample, "lamps.sql", "ATTACH 'x.db' AS other;\n");
  compare (&fixture, sample, STRATA_SIDE_DATABASE, "lamps.sql");
  g_assert_nonnull (fixture.error);
  g_assert_cmpint (fixture.obstacle, ==, STRATA_COMPARE_FORBIDDEN);
  fixture_close (&fixture);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);
  support_sample_add ("/state/differences/rows", "head", test_rows);
  support_sample_add ("/state/differences/fails", "head", test_fails);
  support_sample_add ("/state/differences/refused", "head", test_refused);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/rename-memory.h"

#include <string.h>

#include "core/workspace/compare.h"
#include "core/workspace/fixture.h"
#include "core/workspace/rename-words.h"

static void
add (Fixture    *self,
     const char *text)
{
  const char *texts[] = { text, NULL };
  g_autoptr(GError) error = NULL;

  strata_rename_memory_add (strata_workspace_get_project (self->workspace), texts, &error);
  g_assert_no_error (error);
}

static void
assert_has (Fixture    *self,
            const char *is)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) lines = strata_rename_memory_read (strata_workspace_get_project (self->workspace), &error);
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  joined = g_strjoinv (" ", lines);
  g_assert_cmpstr (joined, ==, is);
}

static void
test_add (Fixture       *self,
          gconstpointer  data)
{
  assert_has (self, "");
  add (self, "users.name=users.title");
  assert_has (self, "users.name=title");
  add (self, "app.users=people");
  add (self, "users.name!=other");
  assert_has (self, "app.users=people users.name!=other users.name=title");
  /* The newest counts, whichever way round it is said. */
  add (self, "users.name=nom");
  assert_has (self, "app.users=people users.name!=other users.name=nom");
  add (self, "users.nom!=name");
  assert_has (self, "app.users=people users.name!=other users.nom!=name");
  add (self, "users.other=name");
  assert_has (self, "app.users=people users.nom!=name users.other=name");
}

static void
test_file (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *path = test_folder_path (self->folder, STRATA_RENAME_MEMORY);
  g_autofree char *text = NULL;

  test_folder_write (self->folder, STRATA_RENAME_MEMORY, "# ours\r\n\r\nb=c\r\n# the end");
  add (self, "b=c");
  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "# ours\r\n\r\nb=c\r\n# the end");
  add (self, "b.x=y");
  g_clear_pointer (&text, g_free);
  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "# ours\n\nb.x=y\nb=c\n# the end\n");
}

static void
test_broken (Fixture       *self,
             gconstpointer  data)
{
  const char *texts[] = { "a=b", NULL };
  StrataProject *project = strata_workspace_get_project (self->workspace);
  g_autoptr(GError) error = NULL;

  test_folder_write (self->folder, STRATA_RENAME_MEMORY, "a=b\n<<<<<<< HEAD\n");
  g_assert_null (strata_rename_memory_read (project, &error));
  g_assert_nonnull (strstr (error->message, "strata.renames:2: "));
  g_clear_error (&error);
  g_assert_false (strata_rename_memory_add (project, texts, &error));
  g_assert_nonnull (error);
}

/* Names that change hands are there before and after: both halves are kept, and count where each is what the other was. */
static void
test_swap (Fixture       *self,
           gconstpointer  data)
{
  const char *texts[] = { "t.a=b", "t.c=d", "t.b=a", NULL };

  g_assert_true (strata_rename_memory_add (strata_workspace_get_project (self->workspace), texts, NULL));
  assert_has (self, "t.a=b t.b=a t.c=d");
}

static guint
count_renames (Fixture    *self,
               const char *schema)
{
  const StrataSideOptions options = STRATA_SIDE_OPTIONS_INIT;
  const StrataSide from = { STRATA_SIDE_DATABASE }, to = { STRATA_SIDE_DECLARED };
  g_autoptr(StrataComparison) comparison = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  test_folder_write (self->folder, "schema.sql", schema);
  comparison = strata_workspace_compare (self->workspace, &from, &to, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < strata_diff_get_n (comparison->diff); i++)
    n += strata_diff_get (comparison->diff, i)->kind == STRATA_DIFFERENCE_RENAMED;

  return n;
}

static void
test_swapped (Fixture       *self,
              gconstpointer  data)
{
  test_folder_write (self->folder, "strata.ini", "[strata]\nurl = sqlite:///app.db\nschema = schema.sql\n");
  test_folder_write (self->folder, STRATA_RENAME_MEMORY, "old=new\nnew=old\n");
  test_folder_write (self->folder, "versions/a1_x.sql", "-- x\n--\n-- Revision: a1\n-- Revises:\n\n-- strata:upgrade\n"
                     "CREATE TABLE old (a TEXT, b INTEGER);\nCREATE TABLE new (c TEXT);\n\n-- strata:downgrade\nDROP TABLE old;\n");
  fixture_open (self);
  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  g_assert_cmpuint (count_renames (self, "CREATE TABLE new (a TEXT, b INTEGER);\nCREATE TABLE old (c TEXT);\n"), ==, 2);
  g_assert_cmpuint (count_renames (self, "CREATE TABLE old (a TEXT, b INTEGER);\nCREATE TABLE new (c TEXT, d TEXT);\n"), ==, 0);
}

/* All that compares looks at it. */
static void
test_compare (Fixture       *self,
              gconstpointer  data)
{
  const StrataSideOptions options = STRATA_SIDE_OPTIONS_INIT;
  const StrataSide from = { STRATA_SIDE_DATABASE }, to = { STRATA_SIDE_DECLARED };
  const char *other[] = { "a!=c", NULL };
  g_autoptr(StrataComparison) comparison = NULL;
  g_autoptr(StrataComparison) decided = NULL;
  g_autoptr(GError) error = NULL;

  test_folder_write (self->folder, "strata.ini", "[strata]\nurl = sqlite:///app.db\nschema = schema.sql\n");
  test_folder_write (self->folder, "schema.sql", "CREATE TABLE b (x);\nCREATE TABLE c (x);\n");
  fixture_open (self);
  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  add (self, "a=c");

  comparison = strata_workspace_compare (self->workspace, &from, &to, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_diff_get_n (comparison->diff), ==, 1);
  g_assert_cmpint (strata_diff_get (comparison->diff, 0)->kind, ==, STRATA_DIFFERENCE_RENAMED);

  decided = strata_comparison_decide (comparison, other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_diff_get_n (decided->diff), ==, 2);
  g_assert_cmpuint (strata_diff_get_guesses (decided->diff)->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/workspace/rename-memory/add", Fixture, NULL, fixture_set_up, test_add, fixture_tear_down);
  g_test_add ("/workspace/rename-memory/file", Fixture, NULL, fixture_set_up, test_file, fixture_tear_down);
  g_test_add ("/workspace/rename-memory/broken", Fixture, NULL, fixture_set_up, test_broken, fixture_tear_down);
  g_test_add ("/workspace/rename-memory/swapped", Fixture, NULL, fixture_set_up, test_swapped, fixture_tear_down);
  g_test_add ("/workspace/rename-memory/swap", Fixture, NULL, fixture_set_up, test_swap, fixture_tear_down);
  g_test_add ("/workspace/rename-memory/compare", Fixture, NULL, fixture_set_up, test_compare, fixture_tear_down);

  return g_test_run ();
}

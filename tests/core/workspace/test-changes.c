/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/changes.h"
#include "core/workspace/fixture.h"

static char *
dup_changes (Fixture    *self,
             const char *from,
             const char *to)
{
  const StrataSideOptions options = STRATA_SIDE_OPTIONS_INIT;
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataComparison) comparison = strata_workspace_find_changes (self->workspace, from, to, &options, NULL, &error);
  GString *text = g_string_new (NULL);

  if (comparison == NULL)
    {
      g_string_append (text, error->message);
      return g_string_free (text, FALSE);
    }

  for (guint i = 0; i < strata_diff_get_n (comparison->diff); i++)
    {
      g_autofree char *title = strata_difference_dup_title (strata_diff_get (comparison->diff, i), NULL);

      g_string_append_printf (text, "%s\n", title);
    }

  return g_string_free (text, FALSE);
}

static void
assert_changes (Fixture    *self,
                const char *from,
                const char *to,
                const char *expected)
{
  g_autofree char *found = dup_changes (self, from, to);

  g_assert_cmpstr (found, ==, expected);
}

/* Of one revision, of the first one, of the way between two, and back. The project's own database is not asked. */
static void
test_find (Fixture       *self,
           gconstpointer  data)
{
  assert_changes (self, NULL, "aaaa", "add table a\n");
  assert_changes (self, NULL, "bbbb", "add table b\n");
  assert_changes (self, "aaaa", "bbbb", "add table b\n");
  assert_changes (self, "bbbb", "aaaa", "drop table b\n");
  assert_changes (self, NULL, "cccc", "No revision “cccc” is in the folder");
}

/* What the statements rename, there and back; two branches know only what is alike. */
static void
test_renames (Fixture       *self,
              gconstpointer  data)
{
  test_folder_write (self->folder, "versions/cccc_c.sql",
                     SCRIPT ("cccc", "bbbb", "ALTER TABLE a RENAME TO other;\nALTER TABLE b RENAME x TO z;", ""));
  test_folder_write (self->folder, "versions/dddd_d.sql", SCRIPT ("dddd", "bbbb", "DROP TABLE b;\nCREATE TABLE c (x);", ""));
  test_folder_write (self->folder, "versions/eeee_e.sql", SCRIPT ("eeee", "bbbb", "ALTER TABLE a RENAME TO aa;", ""));
  fixture_open (self);
  assert_changes (self, NULL, "cccc", "rename table a to other\nrename column b.x to z\n");
  assert_changes (self, "aaaa", "cccc", "rename table a to other\nadd table b\n");
  assert_changes (self, "cccc", "bbbb", "rename table other to a\nrename column b.z to x\n");
  assert_changes (self, NULL, "dddd", "drop table b\nadd table c\n");
  assert_changes (self, "eeee", "bbbb", "rename table aa to a\n");
}

/* The words of the server, and where; nothing of it is left. */
static void
test_fails (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *found = NULL;

  test_folder_write (self->folder, "versions/cccc_c.sql", SCRIPT ("cccc", "bbbb", "CREATE TABLE a (x);", ""));
  fixture_open (self);
  found = dup_changes (self, NULL, "cccc");
  g_assert_nonnull (strstr (found, "table a already exists"));
}

static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *found = NULL;

  test_folder_write (self->folder, "versions/cccc_c.sql", SCRIPT ("cccc", "bbbb", "ATTACH 'x.db' AS other;", ""));
  fixture_open (self);
  found = dup_changes (self, NULL, "cccc");
  g_assert_nonnull (strstr (found, "ATTACH"));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(TestFolder) home = NULL;

  g_test_init (&argc, &argv, NULL);
  home = fixture_private_home ();
  g_test_add ("/workspace/changes/renames", Fixture, NULL, fixture_set_up, test_renames, fixture_tear_down);
  g_test_add ("/workspace/changes/find", Fixture, NULL, fixture_set_up, test_find, fixture_tear_down);
  g_test_add ("/workspace/changes/fails", Fixture, NULL, fixture_set_up, test_fails, fixture_tear_down);
  g_test_add ("/workspace/changes/refused", Fixture, NULL, fixture_set_up, test_refused, fixture_tear_down);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The right database, or a question: every env-shapes/NAME.shape is a small Alembic project after what public
 * projects do, with what must come of it. tests/peers/test-env-shapes.py holds the same files to the real Alembic.  A
 * line that says what it is about, then parts, each after a line "--- NAME": files of the project by their names;
 * "environment", variables; "-x", arguments; "url", the database ("?": a question; "{}" is the project's folder);
 * "because", the reason; "conflict", a database that another source names; "may ask": a question is no mistake
 * either. */

#include "config.h"

#include "core/project/database-choice.h"

#include "core/base/files.h"
#include "folder.h"

#define MARK "--- "

typedef struct
{
  GStrv names;
  GStrv texts;
} Shape;

static void
shape_clear (Shape *shape)
{
  g_strfreev (shape->names);
  g_strfreev (shape->texts);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shape, shape_clear)

static Shape
shape_read (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *text = strata_file_read (path, NULL, &error);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr(GStrvBuilder) texts = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;

  g_assert_no_error (error);
  parts = g_strsplit (text, "\n" MARK, -1);
  for (guint i = 1; parts[i] != NULL; i++)
    {
      char *end = strchr (parts[i], '\n');
      g_autofree char *name = end != NULL ? g_strndup (parts[i], end - parts[i]) : g_strdup (parts[i]);

      g_strv_builder_add (names, g_strstrip (name));
      g_strv_builder_add (texts, end != NULL ? end + 1 : "");
    }

  return (Shape) { g_strv_builder_end (names), g_strv_builder_end (texts) };
}

/* A part without the line end behind it, with the folder in the place of "{}"; NULL where there is none. */
static char *
shape_dup (const Shape *shape,
           const char  *name,
           const char  *folder)
{
  for (guint i = 0; shape->names[i] != NULL; i++)
    {
      g_auto(GStrv) pieces = NULL;

      if (!g_str_equal (shape->names[i], name))
        continue;

      pieces = g_strsplit (shape->texts[i], "{}", -1);
      return g_strchomp (g_strjoinv (folder, pieces));
    }

  return NULL;
}

static GStrv
shape_dup_lines (const Shape *shape,
                 const char  *name)
{
  g_autofree char *text = shape_dup (shape, name, "");

  return g_strsplit (text != NULL ? text : "", "\n", -1);
}

static void
write_files (const Shape *shape,
             TestFolder  *folder)
{
  static const char * const others[] = { "-x", "because", "conflict", "environment", "may ask", "url", NULL };

  for (guint i = 0; shape->names[i] != NULL; i++)
    if (!g_strv_contains (others, shape->names[i]))
      test_folder_write (folder, shape->names[i], shape->texts[i]);
}

/* As it is shown, with its password behind it: the one thing that is not shown. */
static char *
describe (StrataUrl *url)
{
  g_autofree char *shown = url != NULL ? strata_url_to_string (url) : g_strdup ("?");

  return g_strdup_printf ("%s, password %s", shown, url != NULL ? strata_url_get_password (url) : NULL);
}

static void
assert_url (StrataUrl  *url,
            const char *expected)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataUrl) parsed = g_str_equal (expected, "?") ? NULL : strata_url_parse (expected, &error);
  g_autofree char *ours = describe (url);
  g_autofree char *theirs = describe (parsed);

  g_assert_no_error (error);
  g_assert_cmpstr (ours, ==, theirs);
}

static StrataDatabaseChoice *
choose (const Shape *shape,
        TestFolder  *folder)
{
  g_auto(GStrv) environment = shape_dup_lines (shape, "environment");
  g_auto(GStrv) x_args = shape_dup_lines (shape, "-x");
  StrataProjectRequest open = { .folder = folder, .environ = (const char * const *) environment };
  StrataDatabaseRequest request = { .environ = (const char * const *) environment };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProject) project = NULL;
  StrataDatabaseChoice *choice;

  open.x_args = *x_args != NULL ? (const char * const *) x_args : NULL;
  project = strata_project_open (&open, &error);
  g_assert_no_error (error);
  test_print_findings (strata_project_get_findings (project));
  choice = strata_project_choose_database (project, &request, &error);
  g_assert_no_error (error);

  return choice;
}

static void
check_conflict (const Shape          *shape,
                TestFolder           *folder,
                StrataDatabaseChoice *choice)
{
  GPtrArray *conflicts = strata_database_choice_get_conflicts (choice);
  g_autofree char *expected = shape_dup (shape, "conflict", folder);

  g_assert_cmpuint (conflicts->len, ==, expected != NULL ? 1 : 0);
  if (expected != NULL)
    assert_url (((StrataDatabaseCandidate *) g_ptr_array_index (conflicts, 0))->url, expected);
}

static void
test_shape (gconstpointer data)
{
  g_auto(Shape) shape = shape_read (data);
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *expected = shape_dup (&shape, "url", folder);
  g_autofree char *because = shape_dup (&shape, "because", folder);
  g_autofree char *may_ask = shape_dup (&shape, "may ask", folder);
  g_autoptr(StrataDatabaseChoice) choice = NULL;
  g_autofree char *shown = NULL;
  StrataUrl *url;

  write_files (&shape, folder);
  choice = choose (&shape, folder);
  url = strata_database_choice_get_url (choice);
  shown = describe (url);
  g_test_message ("%s: %s", shown, strata_database_choice_get_reason (choice));

  if (may_ask != NULL && url == NULL)
    return;

  assert_url (url, expected);
  if (because != NULL)
    g_assert_cmpstr (strata_database_choice_get_reason (choice), ==, because);
  check_conflict (&shape, folder, choice);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) directory = NULL;
  const char *name;

  g_test_init (&argc, &argv, NULL);

  folder = g_test_build_filename (G_TEST_DIST, "core", "project", "env-shapes", NULL);
  directory = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (directory);
  while ((name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_suffix (name, ".shape"))
      {
        g_autofree char *test = g_strndup (name, strlen (name) - strlen (".shape"));
        g_autofree char *test_path = g_strconcat ("/project/env-shapes/", test, NULL);

        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
        g_test_add_data_func (test_path, g_ptr_array_index (paths, paths->len - 1), test_shape);
      }

  /* A folder that was not found must not pass for one that is all well. */
  g_assert_cmpuint (paths->len, >=, 60);

  return g_test_run ();
}

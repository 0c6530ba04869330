/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/version-files.h"

#include "core/revision/revision.h"
#include "folder.h"

#define SQL(id) "-- " id "\n--\n-- Revision: " id "\n-- Revises:\n\n-- strata:upgrade\n\n-- strata:downgrade\n"
#define PY(id)  "\"\"\"" id "\"\"\"\nrevision = '" id "'\ndown_revision = None\n"

/* Names below the folder, with blanks between. */
static char *
list (TestFolder         *folder,
      const char * const *locations,
      gboolean            recursive,
      gboolean            sourceless,
      GPtrArray          *findings)
{
  g_autoptr(GPtrArray) absolute = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) paths = NULL;
  g_autoptr(GString) names = g_string_new (NULL);
  StrataSettings settings = { .recursive_version_locations = recursive, .sourceless = sourceless };

  for (guint i = 0; locations[i] != NULL; i++)
    g_ptr_array_add (absolute, test_folder_path (folder, locations[i]));
  g_ptr_array_add (absolute, NULL);
  settings.version_locations = (GStrv) absolute->pdata;

  paths = strata_version_files_list (&settings, findings);
  for (guint i = 0; i < paths->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                            (char *) g_ptr_array_index (paths, i) + strlen (folder) + 1);

  return g_string_free (g_steal_pointer (&names), FALSE);
}

/* Files to make, locations, what is listed; "r" lists sub-folders too, "s" compiled scripts. */
static const struct
{
  const char *files[12];
  const char *locations[4];
  const char *flags;
  const char *listed;
  guint       n_findings;
} cases[] = {
  { { "v/" }, { "v" }, "", "", 0 },
  { { "v/b.sql", "v/a.py", "v/c.py", "v/B.sql" }, { "v" }, "", "v/B.sql v/a.py v/b.sql v/c.py", 0 },
  { { "v/__init__.py", "v/.#a.py", "v/.a.sql", "v/a.txt", "v/a.py~", "v/a.pyc", "v/__init__x.py", "v/.h.py" },
    { "v" }, "", "v/.h.py", 0 },
  { { "v/d.py/x.py", "v/e/b.py", "v/a.py" }, { "v" }, "", "v/a.py", 0 },
  { { "v/z.py", "v/d/b.py", "v/d/a/c.py", "v/.h/x.py", "v/__pycache__/y.py" }, { "v" }, "r",
    "v/z.py v/d/b.py v/d/a/c.py", 0 },
  { { "b/1.py", "a/2.py" }, { "b", "a" }, "", "b/1.py a/2.py", 0 },
  { { "v/1.py" }, { "v", "v" }, "", "v/1.py", 1 },
  { { "v/1.py", "v/d/2.py" }, { "v", "v/d" }, "r", "v/1.py v/d/2.py", 1 },
  { { "v/1.py" }, { "missing", "v" }, "", "v/1.py", 1 },
  { { "v/1.py" }, { "v/1.py" }, "", "", 1 },
  { { "v/a.py", "v/a.pyc", "v/b.pyc" }, { "v" }, "s", "v/a.py v/b.pyc", 0 },
};

static void
test_list (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TestFolder) folder = test_folder_new ();
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      g_autofree char *names = NULL;

      for (guint j = 0; cases[i].files[j] != NULL; j++)
        test_folder_write (folder, cases[i].files[j], "");

      names = list (folder, cases[i].locations, strchr (cases[i].flags, 'r') != NULL,
                    strchr (cases[i].flags, 's') != NULL, findings);
      test_print_findings (findings);
      g_assert_cmpstr (names, ==, cases[i].listed);
      g_assert_cmpuint (findings->len, ==, cases[i].n_findings);
    }
}

/* A link counts as what it leads to, once; it leads nowhere, to a folder or round in a circle without harm. */
static void
test_links (void)
{
  static const char * const locations[] = { "v", NULL };
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autofree char *names = NULL;

  test_folder_write (folder, "v/b.py", "");
  test_folder_write (folder, "elsewhere/x.py", "");
  test_folder_write (folder, "elsewhere/notes.txt", "");
  test_folder_link (folder, "../elsewhere/x.py", "v/a.py");
  test_folder_link (folder, "b.py", "v/again.py");
  test_folder_link (folder, "../elsewhere/notes.txt", "v/c.py");
  test_folder_link (folder, "nothing.py", "v/d.py");
  test_folder_link (folder, "circle.py", "v/circle.py");
  test_folder_link (folder, "..", "v/up");

  names = list (folder, locations, TRUE, FALSE, findings);
  g_assert_cmpstr (names, ==, "elsewhere/x.py v/b.py");
  g_assert_true (test_has_finding (findings, "loaded-twice", "File loaded twice! ignoring."));
  g_assert_true (test_has_finding (findings, "file-unreadable", NULL));
  g_assert_cmpuint (findings->len, ==, 3);
}

static void
test_rights (void)
{
  static const char * const locations[] = { "v", NULL };
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autofree char *versions = test_folder_path (folder, "v");
  g_autofree char *names = NULL;

  test_let_rights_bind ();
  test_folder_write (folder, "v/a.py", "");
  g_assert_cmpint (chmod (versions, 0), ==, 0);
  names = list (folder, locations, FALSE, FALSE, findings);
  g_assert_cmpstr (names, ==, "");
  g_assert_true (test_has_finding (findings, "folder-unreadable", NULL));
  chmod (versions, 0700);
}

static GPtrArray *
read_all (TestFolder *folder,
          gboolean    sql_may_be_data,
          GPtrArray  *findings)
{
  g_autofree char *location = test_folder_path (folder, "v");
  char *locations[] = { location, NULL };
  StrataSettings settings = { .version_locations = locations };
  g_autoptr(GPtrArray) paths = strata_version_files_list (&settings, findings);

  return strata_version_files_read (&settings, paths, sql_may_be_data, findings);
}

static void
test_read (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GPtrArray) revisions = NULL;
  g_autoptr(GPtrArray) lenient = NULL;
  g_autofree char *fifo = test_folder_path (folder, "v/e.sql");
  guint n_findings;

  test_folder_write (folder, "v/a.sql", SQL ("a"));
  test_folder_write (folder, "v/b.py", PY ("b"));
  test_folder_write (folder, "v/c.sql", "INSERT INTO t VALUES (1);\n");
  test_folder_write (folder, "v/x.py", "\x7f" "ELF\x01\xff\xfe");
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);

  revisions = read_all (folder, FALSE, findings);
  test_print_findings (findings);
  g_assert_cmpuint (revisions->len, ==, 2);
  g_assert_cmpstr (strata_revision_get_id (g_ptr_array_index (revisions, 0)), ==, "a");
  g_assert_cmpstr (strata_revision_get_id (g_ptr_array_index (revisions, 1)), ==, "b");
  g_assert_true (test_has_finding (findings, "file-unreadable", "is not a file"));
  g_assert_true (test_has_finding (findings, "sql-no-header", NULL));
  n_findings = findings->len;

  lenient = read_all (folder, TRUE, findings);
  g_assert_cmpuint (lenient->len, ==, 2);
  g_assert_cmpuint (findings->len, ==, 2 * n_findings - 1);
}

/* More than one thread's worth: still in file order, findings too. */
static void
test_many (void)
{
  enum { N = 3000 };
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GPtrArray) revisions = NULL;

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *name = g_strdup_printf ("v/%05u.sql", i);
      g_autofree char *text = i % 100 == 0 ? g_strdup ("x") : g_strdup_printf ("-- Revision: %05u\n-- Revises:\n", i);

      test_folder_write (folder, name, text);
    }

  revisions = read_all (folder, FALSE, findings);
  g_assert_cmpuint (revisions->len, ==, N - N / 100);
  for (guint i = 1; i < revisions->len; i++)
    g_assert_cmpstr (strata_revision_get_id (g_ptr_array_index (revisions, i - 1)), <,
                     strata_revision_get_id (g_ptr_array_index (revisions, i)));
  for (guint i = 1; i < findings->len; i++)
    g_assert_cmpstr (strata_finding_get_place (g_ptr_array_index (findings, i - 1)).file, <=,
                     strata_finding_get_place (g_ptr_array_index (findings, i)).file);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/version-files/list", test_list);
  g_test_add_func ("/project/version-files/links", test_links);
  g_test_add_func ("/project/version-files/rights", test_rights);
  g_test_add_func ("/project/version-files/read", test_read);
  g_test_add_func ("/project/version-files/many", test_many);

  return g_test_run ();
}

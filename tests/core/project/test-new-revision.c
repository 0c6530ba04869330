/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/new-revision.h"

#include <glib/gstdio.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "folder.h"

#define SQL(id, down, more) \
  "-- Revision " id "\n--\n-- Revision: " id "\n-- Revises: " down "\n" more \
  "\n-- strata:upgrade\n\n-- strata:downgrade\n"

static StrataProject *
open_project (TestFolder *folder)
{
  StrataProjectRequest request = { .folder = folder };
  g_autoptr(GError) error = NULL;
  StrataProject *project = strata_project_open (&request, &error);

  g_assert_no_error (error);

  return project;
}

/* a ── b ── c (label main)   d (label side): heads c and d */
static TestFolder *
branched_folder (void)
{
  TestFolder *folder = test_folder_new ();

  test_folder_write (folder, "strata.ini", "[strata]\nversion_locations =\n  one\n  two\n");
  test_folder_write (folder, "one/aaaa.sql", SQL ("aaaa", "", ""));
  test_folder_write (folder, "one/bbbb.sql", SQL ("bbbb", "aaaa", ""));
  test_folder_write (folder, "one/cccc.sql", SQL ("cccc", "bbbb", "-- Branch labels: main\n"));
  test_folder_write (folder, "two/dddd.sql", SQL ("dddd", "", "-- Branch labels: side\n"));

  return folder;
}

static char *
describe (TestFolder     *folder,
          StrataRevision *revision)
{
  g_autofree char *down = g_strjoinv (",", (GStrv) strata_revision_get_down_revisions (revision));
  g_autofree char *depends = g_strjoinv (",", (GStrv) strata_revision_get_depends_on (revision));
  g_autofree char *labels = g_strjoinv (",", (GStrv) strata_revision_get_branch_labels (revision));

  return g_strdup_printf ("%s < %s | %s | %s | %s", strata_revision_get_id (revision), down, depends, labels,
                          strata_revision_get_path (revision) + strlen (folder) + 1);
}

static const char * const side_only[] = { "side", NULL };
static const char * const by_id[] = { "bbb", NULL };
static const char * const fresh[] = { "fresh", NULL };

/* What is asked in the branched folder, and what is made. */
static const struct
{
  const char        *name;
  StrataNewRevision  options;
  const char        *made;
} cases[] = {
  { "on a branch", { .rev_id = "n", .message = "Add x", .head = "main@head" }, "n < cccc |  |  | one/n_add_x.sql" },
  { "by partial id", { .rev_id = "n", .head = "ccc" }, "n < cccc |  |  | one/n.sql" },
  { "of the other location", { .rev_id = "n", .head = "dddd" }, "n < dddd |  |  | two/n.sql" },
  { "new root", { .rev_id = "n", .head = "base", .version_path = "two", .branch_labels = fresh },
    "n <  |  | fresh | two/n.sql" },
  { "spliced", { .rev_id = "n", .head = "aaaa", .splice = TRUE }, "n < aaaa |  |  | one/n.sql" },
  { "merge by heads", { .rev_id = "n", .head = "heads" }, "n < cccc,dddd |  |  | one/n.sql" },
  { "depends on a label", { .rev_id = "n", .head = "cccc", .depends_on = side_only },
    "n < cccc | side |  | one/n.sql" },
  { "depends on a partial id", { .rev_id = "n", .head = "dddd", .depends_on = by_id },
    "n < dddd | bbbb |  | two/n.sql" },
};

static void
test_made (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TestFolder) folder = branched_folder ();
      g_autoptr(StrataProject) project = open_project (folder);
      g_autoptr(StrataProject) again = NULL;
      g_autoptr(StrataRevision) revision = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *made = NULL;

      g_test_message ("%s", cases[i].name);
      revision = strata_project_create_revision (project, &cases[i].options, &error);
      g_assert_no_error (error);
      made = describe (folder, revision);
      g_assert_cmpstr (made, ==, cases[i].made);

      again = open_project (folder);
      test_print_findings (strata_project_get_findings (again));
      g_assert_cmpuint (strata_project_get_findings (again)->len, ==, 0);
      g_assert_cmpuint (strata_project_get_revisions (again)->len, ==, 5);
    }
}

static const char * const taken[] = { "side", NULL };
static const char * const bad_label[] = { "a,b", NULL };
static const char * const nowhere[] = { "zzzz", NULL };
static const char * const too_many[] = { "heads", NULL };

/* What is refused there, in Alembic's words. */
static const struct
{
  StrataNewRevision  options;
  int                code;
  const char        *words;
} refusals[] = {
  { { .rev_id = "n" }, STRATA_ERROR_SEVERAL_HEADS,
    "Multiple heads are present; please specify the head revision on which the new revision should be based, or "
    "perform a merge. (cccc, dddd)" },
  { { .rev_id = "n", .head = "aaaa" }, STRATA_ERROR_INVALID_TARGET,
    "Revision aaaa is not a head revision; please specify --splice to create a new branch from this revision" },
  { { .rev_id = "n", .head = "zzzz" }, STRATA_ERROR_UNKNOWN_REVISION, "Can't locate revision identified by 'zzzz'" },
  { { .rev_id = "a-b", .head = "cccc" }, STRATA_ERROR_USAGE,
    "Character(s) '-' not allowed in revision identifier 'a-b'" },
  { { .rev_id = "head", .head = "cccc" }, STRATA_ERROR_USAGE, "can't be a revision identifier" },
  { { .rev_id = "a/b", .head = "cccc" }, STRATA_ERROR_USAGE, "can't be a revision identifier" },
  { { .rev_id = "", .head = "cccc" }, STRATA_ERROR_USAGE, "can't be a revision identifier" },
  { { .rev_id = "012345678901234567890123456789012", .head = "cccc" }, STRATA_ERROR_USAGE, "32 characters" },
  { { .rev_id = "aaaa", .head = "cccc" }, STRATA_ERROR_EXISTS, "Revision aaaa is present more than once" },
  { { .rev_id = "n", .head = "cccc", .branch_labels = taken }, STRATA_ERROR_EXISTS,
    "Branch name 'side' in revision n already used by revision dddd" },
  { { .rev_id = "n", .head = "cccc", .branch_labels = bad_label }, STRATA_ERROR_USAGE, "can't be a branch label" },
  { { .rev_id = "n", .head = "cccc", .depends_on = nowhere }, STRATA_ERROR_UNKNOWN_REVISION, "zzzz" },
  { { .rev_id = "n", .head = "cccc", .depends_on = too_many }, STRATA_ERROR_INVALID_TARGET, "names 2 revisions" },
  { { .rev_id = "n", .head = "base" }, STRATA_ERROR_USAGE,
    "Multiple version locations present, please specify --version-path" },
  { { .rev_id = "n", .head = "cccc", .version_path = "three" }, STRATA_ERROR_USAGE,
    "Path three is not represented in current version locations" },
  { { .rev_id = "n", .head = "cccc", .format = "py" }, STRATA_ERROR_USAGE, ".py" },
  { { .rev_id = "n", .head = "cccc", .format = "rb" }, STRATA_ERROR_USAGE, "There is no format “rb”" },
};

static void
test_refused (void)
{
  g_autoptr(TestFolder) folder = branched_folder ();
  g_autoptr(StrataProject) project = open_project (folder);
  g_autoptr(StrataProject) again = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataRevision) revision = strata_project_create_revision (project, &refusals[i].options, &error);

      g_assert_null (revision);
      g_test_message ("%s", error->message);
      g_assert_error (error, STRATA_ERROR, refusals[i].code);
      g_assert_nonnull (strstr (error->message, refusals[i].words));
    }

  again = open_project (folder);
  g_assert_cmpuint (strata_project_get_revisions (again)->len, ==, 4);
}

static void
test_first (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;
  g_autoptr(StrataRevision) revision = NULL;
  g_autoptr(GDateTime) created = g_date_time_new_utc (2026, 3, 9, 7, 5, 3);
  StrataNewRevision options = { .message = "First\n\nRevision: of all", .created = created };
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;

  test_folder_write (folder, "strata.ini", "[strata]\ntimezone = Europe/Berlin\n"
                     "file_template = %%(year)d/%%(month).2d_%%(rev)s_%%(slug)s\nrecursive_version_locations = true\n");
  project = open_project (folder);
  revision = strata_project_create_revision (project, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (strata_revision_get_id (revision)), ==, 12);
  expected = g_strdup_printf ("%s/versions/2026/03_%s_first_revision_of_all.sql", folder,
                              strata_revision_get_id (revision));
  g_assert_cmpstr (strata_revision_get_path (revision), ==, expected);
  g_assert_cmpstr (strata_revision_get_message (revision), ==, "First");
  g_assert_cmpstr (strata_revision_get_created (revision), ==, "2026-03-09 08:05:03+01:00");
  text = strata_file_read (expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, "-- First\n"));
}

static void
test_no_words (void)
{
  static const char * const messages[] = { "", "...", "_" };
  static const char * const names[] = { "n.sql", "n.sql", "n__.sql" };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr(TestFolder) folder = test_folder_new ();
      g_autoptr(StrataProject) project = NULL;
      g_autoptr(StrataRevision) revision = NULL;
      StrataNewRevision options = { .rev_id = "n", .message = messages[i] };
      g_autoptr(GError) error = NULL;
      g_autofree char *name = NULL;

      test_folder_write (folder, "strata.ini", "");
      project = open_project (folder);
      revision = strata_project_create_revision (project, &options, &error);
      g_assert_no_error (error);
      name = g_path_get_basename (strata_revision_get_path (revision));
      g_assert_cmpstr (name, ==, names[i]);
    }
}

/* A file that is there is never written over, whoever made it meanwhile. */
static void
test_existing_file (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;
  g_autofree char *path = test_folder_path (folder, "versions/n_x.sql");
  StrataNewRevision options = { .rev_id = "n", .message = "x" };
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  test_folder_write (folder, "strata.ini", "");
  project = open_project (folder);
  test_folder_write (folder, "versions/n_x.sql", "mine");
  g_assert_null (strata_project_create_revision (project, &options, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_EXISTS);
  text = strata_file_read (path, NULL, NULL);
  g_assert_cmpstr (text, ==, "mine");
}

static void
test_bad_settings (void)
{
  static const struct
  {
    const char *key;
    const char *words;
  } settings[] = {
    { "timezone = Nowhere/Land", "Can't locate timezone: Nowhere/Land" },
    { "file_template = %%(nothing)s", "was not understood at “%(nothing)s”" },
    { "file_template = ../%%(rev)s", "leads out of the version location" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    {
      g_autoptr(TestFolder) folder = test_folder_new ();
      g_autoptr(StrataProject) project = NULL;
      g_autofree char *ini = g_strdup_printf ("[strata]\n%s\n", settings[i].key);
      StrataNewRevision options = { .message = "x" };
      g_autoptr(GError) error = NULL;

      test_folder_write (folder, "strata.ini", ini);
      project = open_project (folder);
      g_assert_null (strata_project_create_revision (project, &options, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
      g_assert_nonnull (strstr (error->message, settings[i].words));
    }
}

static void
test_merge (void)
{
  static const char * const heads[] = { "heads", NULL };
  static const char * const named[] = { "main@head", "dd", NULL };
  static const char * const twice[] = { "cccc", "main", NULL };
  static const char * const one[] = { "cccc", NULL };
  static const char * const lower[] = { "aaaa", "dddd", NULL };
  g_autoptr(TestFolder) folder = branched_folder ();
  g_autoptr(StrataProject) project = open_project (folder);
  StrataNewRevision options = { .rev_id = "m", .message = "Merge" };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRevision) merge = strata_project_create_merge (project, heads, &options, &error);
  g_autoptr(StrataRevision) second = NULL;
  g_autofree char *made = describe (folder, merge);
  g_autofree char *again = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (made, ==, "m < cccc,dddd |  |  | one/m_merge.sql");
  text = strata_file_read (strata_revision_get_path (merge), NULL, NULL);
  g_assert_true (g_str_has_suffix (text, "\n-- strata:upgrade\n\n-- strata:downgrade\n"));

  options.rev_id = "k";
  second = strata_project_create_merge (project, named, &options, &error);
  g_assert_no_error (error);
  again = describe (folder, second);
  g_assert_cmpstr (again, ==, "k < cccc,dddd |  |  | one/k_merge.sql");

  options.rev_id = "l";
  g_assert_null (strata_project_create_merge (project, twice, &options, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "Duplicate head revisions specified"));
  g_clear_error (&error);
  g_assert_null (strata_project_create_merge (project, one, &options, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET);
  g_clear_error (&error);
  g_assert_null (strata_project_create_merge (project, lower, &options, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET);
}

static void
test_alembic (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;
  g_autoptr(StrataProject) mixed = NULL;
  g_autoptr(StrataRevision) first = NULL;
  g_autoptr(StrataRevision) next = NULL;
  StrataNewRevision options = { .message = "x" };
  g_autoptr(GError) error = NULL;

  test_folder_write (folder, "alembic.ini", "[alembic]\nscript_location = db\n");
  test_folder_write (folder, "db/env.py", "");
  test_folder_write (folder, "db/versions/a.py", "revision = 'a'\ndown_revision = None\n");
  project = open_project (folder);

  options.format = "sql";
  g_assert_null (strata_project_create_revision (project, &options, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT);
  g_clear_error (&error);

  options.accept_mixed = TRUE;
  first = strata_project_create_revision (project, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (strata_revision_get_down_revisions (first)[0], ==, "a");

  /* It is asked once. */
  options.accept_mixed = FALSE;
  mixed = open_project (folder);
  next = strata_project_create_revision (mixed, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (strata_revision_get_down_revisions (next)[0], ==, strata_revision_get_id (first));
}

#define TEMPLATE \
  "\"\"\"${message}\n\nRevises: ${down_revision | comma,n}\nCreate Date: ${create_date}\n\"\"\"\n" \
  "revision = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n" \
  "branch_labels = ${repr(branch_labels)}\ndepends_on = ${repr(depends_on)}\n"

static TestFolder *
alembic_folder (const char *ini,
                const char *template)
{
  TestFolder *folder = test_folder_new ();
  g_autofree char *text = g_strconcat ("[alembic]\nscript_location = db\n", ini, NULL);

  test_folder_write (folder, "alembic.ini", text);
  test_folder_write (folder, "db/env.py", "process_revision_directives = None\n");
  test_folder_write (folder, "db/script.py.mako", template);
  test_folder_write (folder, "db/versions/a.py", "revision = 'a'\ndown_revision = None\n");
  test_folder_write (folder, "db/versions/b.py", "revision = 'b'\ndown_revision = None\n");

  return folder;
}

/* That it is what Alembic writes is tested beside it, by tests/peers/test-revision.py. */
static void
test_script (void)
{
  static const char * const heads[] = { "heads", NULL };
  g_autoptr(TestFolder) folder = alembic_folder ("timezone = Europe/Berlin\noutput_encoding = latin-1\n", "\n# coding: latin-1\n" TEMPLATE);
  g_autoptr(StrataProject) project = open_project (folder);
  g_autoptr(GDateTime) created = g_date_time_new_utc (2026, 3, 9, 7, 5, 3);
  StrataNewRevision options = { .message = "Gr\303\266\303\237e", .rev_id = "n", .head = "a", .branch_labels = fresh, .created = created };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRevision) revision = strata_project_create_revision (project, &options, &error);
  g_autoptr(StrataRevision) merge = NULL;
  g_autofree char *path = test_folder_path (folder, "db/versions/n_gr\303\266\303\237e.py");
  g_autofree char *made = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_assert_no_error (error);
  g_assert_cmpstr (strata_revision_get_path (revision), ==, path);
  g_assert_cmpstr (strata_revision_get_down_revisions (revision)[0], ==, "a");
  g_assert_cmpstr (strata_revision_get_branch_labels (revision)[0], ==, "fresh");
  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, "\n# coding: latin-1\n\"\"\"Gr\366\337e\n\nRevises: a\nCreate Date: 2026-03-09 08:05:03+01:00\n"));

  merge = strata_project_create_merge (project, heads, &(StrataNewRevision) { .rev_id = "m", .message = "Merge" }, &error);
  g_assert_no_error (error);
  made = describe (folder, merge);
  g_assert_cmpstr (made, ==, "m < a,b |  |  | db/versions/m_merge.py");
}

/* Some templates make ids of their own. */
static void
test_other_id (void)
{
  g_autoptr(TestFolder) folder = alembic_folder ("timezone = UTC\n", "revision = '${create_date.strftime(\"%Y%m\")}_${up_revision}'\n"
                                                 "down_revision = ${repr(down_revision)}\n");
  g_autoptr(StrataProject) project = open_project (folder);
  g_autoptr(GDateTime) created = g_date_time_new_utc (2026, 3, 9, 7, 5, 3);
  StrataNewRevision options = { .rev_id = "n", .head = "a", .created = created };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRevision) revision = strata_project_create_revision (project, &options, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_revision_get_id (revision), ==, "202603_n");
}

static const struct
{
  const char *name;
  const char *ini;
  const char *template;     /* NULL: none */
  int         code;
  const char *words;
} script_refusals[] = {
  { "no template", "", NULL, STRATA_ERROR_BAD_INPUT, "“db/script.py.mako” is missing" },
  { "mistake", "", "${nobody}", STRATA_ERROR_BAD_INPUT, "db/script.py.mako:1: NameError: Undefined" },
  { "application", "", "<% import app %>\n${app.x()}", STRATA_ERROR_NEEDS_PYTHON, "make the revision with “alembic revision”" },
  { "no revision", "", "revision = f(1)\ndown_revision = None\n", STRATA_ERROR_BAD_INPUT, "does not read back as a revision" },
  { "same revision", "", "revision = 'a'\ndown_revision = None\n", STRATA_ERROR_EXISTS, "Revision a is present more than once" },
  { "no labels", "", "revision = 'n'\ndown_revision = None\n", STRATA_ERROR_BAD_INPUT, "upgraded your script.py.mako" },
  { "not encodable", "output_encoding = ascii\n", TEMPLATE, STRATA_ERROR_BAD_INPUT, "can't be written as “ascii”" },
  { "encoding not told", "output_encoding = latin-1\n", TEMPLATE, STRATA_ERROR_BAD_INPUT, "Python could not read the new script" },
  { "unknown encoding", "output_encoding = nothing\n", TEMPLATE, STRATA_ERROR_BAD_INPUT, "can't be written as “nothing”" },
  { "env.py", "revision_environment = true\n", TEMPLATE, STRATA_ERROR_NEEDS_PYTHON, "“db/env.py” takes part in writing revisions" },
};

static void
test_script_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (script_refusals); i++)
    {
      g_autoptr(TestFolder) folder = alembic_folder (script_refusals[i].ini, script_refusals[i].template != NULL
                                                     ? script_refusals[i].template : "");
      g_autofree char *template = test_folder_path (folder, "db/script.py.mako");
      g_autofree char *made = test_folder_path (folder, "db/versions/n_\303\266.py");
      g_autoptr(StrataProject) project = open_project (folder);
      StrataNewRevision options = { .message = "\303\266", .rev_id = "n", .head = "a", .branch_labels = fresh };
      g_autoptr(GError) error = NULL;

      if (script_refusals[i].template == NULL)
        g_remove (template);
      g_assert_null (strata_project_create_revision (project, &options, &error));
      g_test_message ("%s: %s", script_refusals[i].name, error->message);
      g_assert_error (error, STRATA_ERROR, script_refusals[i].code);
      g_assert_nonnull (strstr (error->message, script_refusals[i].words));
      g_assert_false (g_file_test (made, G_FILE_TEST_EXISTS));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/new-revision/script", test_script);
  g_test_add_func ("/project/new-revision/other-id", test_other_id);
  g_test_add_func ("/project/new-revision/script-refused", test_script_refused);
  g_test_add_func ("/project/new-revision/made", test_made);
  g_test_add_func ("/project/new-revision/refused", test_refused);
  g_test_add_func ("/project/new-revision/first", test_first);
  g_test_add_func ("/project/new-revision/no-words", test_no_words);
  g_test_add_func ("/project/new-revision/existing-file", test_existing_file);
  g_test_add_func ("/project/new-revision/bad-settings", test_bad_settings);
  g_test_add_func ("/project/new-revision/merge", test_merge);
  g_test_add_func ("/project/new-revision/alembic", test_alembic);

  return g_test_run ();
}

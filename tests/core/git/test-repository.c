/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/git/repository.h"

#include "core/base/error.h"
#include "tests/core/git/sandbox.h"

static StrataAuthorship *
read_authorship (Sandbox    *box,
                 const char *name)
{
  g_autoptr(StrataRepository) repository = strata_repository_open (box->folder, NULL);
  g_autofree char *path = g_build_filename (box->folder, name, NULL);
  g_autoptr(GError) error = NULL;
  StrataAuthorship *authorship = strata_repository_read_authorship (repository, path, NULL, &error);

  g_assert_no_error (error);
  return authorship;
}

static void
assert_date (GDateTime  *when,
             const char *expected)
{
  g_autofree char *date = g_date_time_format_iso8601 (when);

  g_assert_cmpstr (date, ==, expected);
}

static void
test_open (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(StrataRepository) repository = NULL;
  g_autofree char *inner = g_build_filename (box.folder, "a", "b", NULL);
  g_autoptr(GError) error = NULL;

  sandbox_write (&box, "a/b/c", "");
  repository = strata_repository_open (inner, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (strata_repository_get_root (repository), ==, box.folder);

  g_assert_null (strata_repository_open ("/", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_broken (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(GError) error = NULL;

  sandbox_write (&box, ".git/config", "[core\n");

  g_assert_null (strata_repository_open (box.folder, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FAILED);
  g_assert_true (g_str_has_prefix (error->message, "Cannot open the git repository: "));
}

static void
test_branch (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(StrataRepository) repository = strata_repository_open (box.folder, NULL);
  g_autofree char *unborn = strata_repository_dup_branch (repository);
  g_autofree char *branch = NULL;

  g_assert_cmpstr (unborn, ==, "main");

  sandbox_commit (&box, "readme", "x\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_git (&box, "switch", "-q", "-c", "feature/a", NULL);
  branch = strata_repository_dup_branch (repository);
  g_assert_cmpstr (branch, ==, "feature/a");

  sandbox_git (&box, "switch", "-q", "--detach", NULL);
  g_assert_null (strata_repository_dup_branch (repository));
}

static void
test_authorship (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(StrataAuthorship) authorship = NULL;
  g_autofree char *commit = NULL;

  sandbox_commit (&box, "a.sql", "one\n", "Ann", "2026-01-01T10:00:00+02:00");
  sandbox_commit (&box, "b.sql", "other\n", "Eve", "2026-01-02T10:00:00Z");
  sandbox_commit (&box, "a.sql", "two\n", "Bob", "2026-01-03T10:00:00Z");
  commit = sandbox_output (&box, "rev-parse", "HEAD", NULL);
  sandbox_commit (&box, "b.sql", "another\n", "Eve", "2026-01-04T10:00:00Z");

  authorship = read_authorship (&box, "a.sql");
  g_assert_cmpstr (authorship->author, ==, "Bob");
  g_assert_cmpstr (authorship->commit, ==, commit);
  assert_date (authorship->changed, "2026-01-03T10:00:00Z");
  g_assert_cmpstr (authorship->first_author, ==, "Ann");
  assert_date (authorship->added, "2026-01-01T10:00:00+02");
  g_assert_false (authorship->uncommitted);
}

/* Who merges a branch has not written what is on it. */
static void
test_authorship_through_a_merge (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(StrataAuthorship) authorship = NULL;

  sandbox_commit (&box, "readme", "x\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_git (&box, "switch", "-q", "-c", "work", NULL);
  sandbox_commit (&box, "a.sql", "one\n", "Bob", "2026-01-02T10:00:00Z");
  sandbox_git (&box, "switch", "-q", "main", NULL);
  sandbox_commit (&box, "readme", "y\n", "Ann", "2026-01-03T10:00:00Z");
  sandbox_git (&box, "merge", "-q", "--no-edit", "work", NULL);

  authorship = read_authorship (&box, "a.sql");
  g_assert_cmpstr (authorship->author, ==, "Bob");
  g_assert_cmpstr (authorship->first_author, ==, "Bob");
}

static void
test_uncommitted (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(StrataAuthorship) changed = NULL;
  g_autoptr(StrataAuthorship) created = NULL;

  sandbox_commit (&box, "a.sql", "one\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_write (&box, "a.sql", "two and more\n");
  sandbox_write (&box, "b.sql", "new\n");

  changed = read_authorship (&box, "a.sql");
  g_assert_cmpstr (changed->author, ==, "Ann");
  g_assert_true (changed->uncommitted);

  created = read_authorship (&box, "b.sql");
  g_assert_null (created->author);
  g_assert_null (created->added);
  g_assert_true (created->uncommitted);
}

static void
test_outside (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(StrataRepository) repository = strata_repository_open (box.folder, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_repository_read_authorship (repository, "/etc/passwd", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (!sandbox_possible ())
    return g_test_run ();

  g_test_add_func ("/git/repository/open", test_open);
  g_test_add_func ("/git/repository/broken", test_broken);
  g_test_add_func ("/git/repository/branch", test_branch);
  g_test_add_func ("/git/repository/authorship", test_authorship);
  g_test_add_func ("/git/repository/authorship-through-a-merge", test_authorship_through_a_merge);
  g_test_add_func ("/git/repository/uncommitted", test_uncommitted);
  g_test_add_func ("/git/repository/outside", test_outside);

  return g_test_run ();
}

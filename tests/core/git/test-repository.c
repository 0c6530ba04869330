/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/git/repository.h"

#include "core/base/error.h"
#include "tests/core/git/sandbox.h"

/* Of one file, of all of them: the caller frees the table. */
static StrataAuthorship *
look_up (GHashTable *authors,
         Sandbox    *box,
         const char *name)
{
  g_autofree char *path = g_build_filename (box->folder, name, NULL);

  return g_hash_table_lookup (authors, path);
}

static GHashTable *
read_authors (Sandbox    *box,
              const char *folder)
{
  g_autoptr(StrataRepository) repository = strata_repository_open (box->folder, NULL);
  g_autofree char *path = g_build_filename (box->folder, folder, NULL);
  const char *folders[] = { "/etc", path, NULL };
  g_autoptr(GError) error = NULL;
  GHashTable *authors = strata_repository_read_authors (repository, folders, NULL, &error);

  g_assert_no_error (error);
  return authors;
}

static void
assert_author (StrataAuthorship *authorship,
               const char       *author,
               const char       *date,
               gboolean          uncommitted)
{
  g_autoptr(GDateTime) added = NULL;
  g_autofree char *text = NULL;

  g_assert_nonnull (authorship);
  added = g_date_time_new_from_unix_utc (authorship->added);
  text = g_date_time_format_iso8601 (added);
  g_assert_cmpstr (authorship->author, ==, author);
  if (date != NULL)
    g_assert_cmpstr (text, ==, date);
  g_assert_true (authorship->uncommitted == uncommitted);
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

/* Who brought a file, whoever changed it afterwards; a file that went and came back is the second one's. */
static void
test_authors (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(GHashTable) authors = NULL;

  sandbox_commit (&box, "v/a.sql", "one\n", "Ann", "2026-01-01T10:00:00+02:00");
  sandbox_commit (&box, "v/deep/b.sql", "other\n", "Eve", "2026-01-02T10:00:00Z");
  sandbox_commit (&box, "v/a.sql", "two\n", "Bob", "2026-01-03T10:00:00Z");
  sandbox_commit (&box, "elsewhere.sql", "no\n", "Bob", "2026-01-03T10:00:00Z");
  sandbox_commit (&box, "v/c.sql", "c\n", "Eve", "2026-01-04T10:00:00Z");
  sandbox_git (&box, "rm", "-q", "v/c.sql", NULL);
  sandbox_git (&box, "commit", "-q", "-m", "away", NULL);
  sandbox_commit (&box, "v/c.sql", "c\n", "Bob", "2027-01-05T10:00:00Z");

  authors = read_authors (&box, "v");
  g_assert_cmpuint (g_hash_table_size (authors), ==, 3);
  assert_author (look_up (authors, &box, "v/a.sql"), "Ann", "2026-01-01T08:00:00Z", FALSE);
  assert_author (look_up (authors, &box, "v/deep/b.sql"), "Eve", "2026-01-02T10:00:00Z", FALSE);
  assert_author (look_up (authors, &box, "v/c.sql"), "Bob", "2027-01-05T10:00:00Z", FALSE);
}

/* Who merges a branch has not written what is on it. */
static void
test_authors_through_a_merge (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(GHashTable) authors = NULL;

  sandbox_commit (&box, "readme", "x\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_git (&box, "switch", "-q", "-c", "work", NULL);
  sandbox_commit (&box, "a.sql", "one\n", "Bob", "2026-01-02T10:00:00Z");
  sandbox_git (&box, "switch", "-q", "main", NULL);
  sandbox_commit (&box, "readme", "y\n", "Ann", "2026-01-03T10:00:00Z");
  sandbox_git (&box, "merge", "-q", "--no-edit", "work", NULL);

  authors = read_authors (&box, "");
  assert_author (look_up (authors, &box, "a.sql"), "Bob", NULL, FALSE);
}

static void
test_uncommitted (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(GHashTable) unborn = NULL;
  g_autoptr(GHashTable) authors = NULL;

  sandbox_write (&box, "a.sql", "one\n");
  unborn = read_authors (&box, "");
  assert_author (look_up (unborn, &box, "a.sql"), NULL, NULL, TRUE);

  sandbox_commit (&box, "a.sql", "one\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_write (&box, "a.sql", "two and more\n");
  sandbox_write (&box, "b.sql", "new\n");
  authors = read_authors (&box, "");
  assert_author (look_up (authors, &box, "a.sql"), "Ann", NULL, TRUE);
  assert_author (look_up (authors, &box, "b.sql"), NULL, NULL, TRUE);
}

static void
test_cancelled (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(StrataRepository) repository = strata_repository_open (box.folder, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  const char *folders[] = { box.folder, NULL };
  g_autoptr(GError) error = NULL;

  sandbox_commit (&box, "a.sql", "one\n", "Ann", "2026-01-01T10:00:00Z");
  g_cancellable_cancel (cancellable);
  g_assert_null (strata_repository_read_authors (repository, folders, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
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
  g_test_add_func ("/git/repository/authors", test_authors);
  g_test_add_func ("/git/repository/authors-through-a-merge", test_authors_through_a_merge);
  g_test_add_func ("/git/repository/uncommitted", test_uncommitted);
  g_test_add_func ("/git/repository/cancelled", test_cancelled);

  return g_test_run ();
}

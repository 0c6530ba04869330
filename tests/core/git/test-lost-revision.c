/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/git/lost-revision.h"

#include <string.h>

#include "tests/core/git/sandbox.h"

/* As simple as a header can be: a line "id ...". */
static StrataRevision *
read_header (const char *path,
             const char *text,
             gsize       length,
             gpointer    data)
{
  g_autofree char *id = NULL;
  guint *n_reads = data;
  const char *end;

  g_assert_true (g_path_is_absolute (path));
  if (n_reads != NULL)
    (*n_reads)++;
  if (!g_str_has_prefix (text, "id "))
    return NULL;

  end = strchrnul (text, '\n');
  id = g_strndup (text + 3, end - text - 3);
  return strata_revision_new (&(StrataRevisionFields) { .id = id, .path = path });
}

static GPtrArray *
find (Sandbox    *box,
      const char *id)
{
  g_autoptr(StrataRepository) repository = strata_repository_open (box->folder, NULL);
  g_autofree char *versions = g_build_filename (box->folder, "db", "versions", NULL);
  const char *folders[] = { "/somewhere/else", versions, NULL };
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GError) error = NULL;

  found = strata_repository_find_revision (repository, id, folders, 0, read_header, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&found);
}

static void
assert_one (GPtrArray  *found,
            const char *author,
            const char *date,
            const char *refs)
{
  StrataLostRevision *lost;
  g_autofree char *got_date = NULL;
  g_autofree char *got_refs = NULL;

  g_assert_cmpuint (found->len, ==, 1);
  lost = g_ptr_array_index (found, 0);
  got_date = g_date_time_format_iso8601 (lost->authored);
  got_refs = g_strjoinv (" ", lost->refs);

  g_assert_cmpstr (lost->author, ==, author);
  g_assert_cmpstr (got_date, ==, date);
  g_assert_cmpstr (got_refs, ==, refs);
}

static void
test_on_another_branch (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(GPtrArray) found = NULL;
  StrataLostRevision *lost;
  g_autofree char *commit = NULL;

  sandbox_commit (&box, "db/versions/a1_first.sql", "id a1\n", "Ann", "2026-01-01T10:00:00+01:00");
  sandbox_git (&box, "switch", "-q", "-c", "feature/price", NULL);
  sandbox_commit (&box, "db/versions/b2_price.sql", "id b2\nprice\n", "Bob", "2026-01-02T10:00:00+01:00");
  commit = sandbox_output (&box, "rev-parse", "HEAD", NULL);
  sandbox_commit (&box, "readme", "more work on the branch\n", "Ann", "2026-01-03T10:00:00+01:00");
  sandbox_git (&box, "switch", "-q", "main", NULL);

  found = find (&box, "b2");
  assert_one (found, "Bob", "2026-01-02T10:00:00+01", "feature/price");

  lost = g_ptr_array_index (found, 0);
  g_assert_cmpstr (lost->path, ==, "db/versions/b2_price.sql");
  g_assert_cmpstr (lost->text, ==, "id b2\nprice\n");
  g_assert_cmpuint (lost->length, ==, strlen (lost->text));
  g_assert_cmpstr (lost->commit, ==, commit);
  g_assert_cmpstr (strata_revision_get_id (lost->revision), ==, "b2");
}

static void
test_in_remotes_and_tags (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(GPtrArray) found = NULL;

  sandbox_commit (&box, "readme", "x\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_git (&box, "switch", "-q", "-c", "work", NULL);
  sandbox_commit (&box, "db/versions/2026/b2.sql", "id b2\n", "Bob", "2026-01-02T10:00:00Z");
  sandbox_git (&box, "update-ref", "refs/remotes/origin/work", "HEAD", NULL);
  sandbox_git (&box, "tag", "-a", "-m", "one", "v1.0", NULL);
  sandbox_git (&box, "switch", "-q", "main", NULL);
  sandbox_git (&box, "branch", "-q", "-D", "work", NULL);

  found = find (&box, "b2");
  assert_one (found, "Bob", "2026-01-02T10:00:00Z", "origin/work v1.0");
}

static void
test_in_a_stash (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(GPtrArray) found = NULL;

  sandbox_commit (&box, "readme", "x\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_write (&box, "db/versions/b2.sql", "id b2\n");
  sandbox_git (&box, "stash", "-q", "--include-untracked", NULL);
  sandbox_write (&box, "readme", "y\n");
  sandbox_git (&box, "stash", "-q", NULL);

  found = find (&box, "b2");
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((StrataLostRevision *) found->pdata[0])->refs[0], ==, "stash@{1}");
  g_assert_null (((StrataLostRevision *) found->pdata[0])->refs[1]);
}

static void
test_deleted_long_ago (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(GPtrArray) found = NULL;

  sandbox_commit (&box, "db/versions/b2.sql", "id b2\n", "Bob", "2026-01-01T10:00:00Z");
  sandbox_commit (&box, "db/versions/c3.sql", "id c3\n", "Ann", "2026-01-02T10:00:00Z");
  sandbox_git (&box, "rm", "-q", "db/versions/b2.sql", NULL);
  sandbox_commit (&box, "readme", "x\n", "Ann", "2026-01-03T10:00:00Z");
  sandbox_commit (&box, "readme", "y\n", "Ann", "2026-01-04T10:00:00Z");

  found = find (&box, "b2");
  assert_one (found, "Bob", "2026-01-01T10:00:00Z", "");
}

/* A branch that was deleted is in no ref, but HEAD stood on it. */
static void
test_left_behind (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(GPtrArray) found = NULL;

  sandbox_commit (&box, "readme", "x\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_git (&box, "switch", "-q", "-c", "work", NULL);
  sandbox_commit (&box, "db/versions/b2.sql", "id b2\n", "Bob", "2026-01-02T10:00:00Z");
  sandbox_git (&box, "switch", "-q", "main", NULL);
  sandbox_git (&box, "branch", "-q", "-D", "work", NULL);

  found = find (&box, "b2");
  assert_one (found, "Bob", "2026-01-02T10:00:00Z", "");
}

static void
test_several_texts (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(GPtrArray) found = NULL;

  sandbox_commit (&box, "readme", "x\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_git (&box, "switch", "-q", "-c", "one", NULL);
  sandbox_commit (&box, "db/versions/b2.sql", "id b2\nolder\n", "Bob", "2026-01-02T10:00:00Z");
  sandbox_git (&box, "switch", "-q", "-c", "two", NULL);
  sandbox_commit (&box, "db/versions/b2.sql", "id b2\nnewer\n", "Ann", "2026-01-03T10:00:00Z");
  sandbox_git (&box, "switch", "-q", "main", NULL);

  found = find (&box, "b2");
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (((StrataLostRevision *) found->pdata[0])->text, ==, "id b2\nnewer\n");
  g_assert_cmpstr (((StrataLostRevision *) found->pdata[0])->refs[0], ==, "two");
  g_assert_cmpstr (((StrataLostRevision *) found->pdata[1])->text, ==, "id b2\nolder\n");
  g_assert_cmpstr (((StrataLostRevision *) found->pdata[1])->refs[0], ==, "one");
}

/* The header says who a file is, not its name, and not a text that mentions the id. */
static void
test_never_seen (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(GPtrArray) found = NULL;

  sandbox_commit (&box, "db/versions/b2.sql", "id a1\nafter b2\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_commit (&box, "elsewhere/b2.sql", "id b2\n", "Ann", "2026-01-02T10:00:00Z");

  found = find (&box, "b2");
  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_empty_repository (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(GPtrArray) found = find (&box, "b2");

  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_shallow_clone (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_auto(Sandbox) clone = sandbox_new ();
  g_autofree char *url = g_strconcat ("file://", box.folder, NULL);
  g_autoptr(GPtrArray) found = NULL;

  sandbox_commit (&box, "readme", "x\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_commit (&box, "db/versions/b2.sql", "id b2\n", "Bob", "2026-01-02T10:00:00Z");
  sandbox_git (&box, "rm", "-q", "db/versions/b2.sql", NULL);
  sandbox_commit (&box, "readme", "y\n", "Ann", "2026-01-03T10:00:00Z");
  sandbox_git (&clone, "fetch", "-q", "--depth", "2", url, "main", NULL);
  sandbox_git (&clone, "switch", "-q", "-c", "here", "FETCH_HEAD", NULL);

  found = find (&clone, "b2");
  assert_one (found, "Bob", "2026-01-02T10:00:00Z", "");
}

/* A hundred commits to a folder of many files: each text is looked at once. */
static void
test_reads_each_text_once (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(StrataRepository) repository = NULL;
  g_autoptr(GPtrArray) found = NULL;
  g_autofree char *versions = g_build_filename (box.folder, "db", "versions", NULL);
  const char *folders[] = { versions, NULL };
  guint n_reads = 0;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *name = g_strdup_printf ("db/versions/%02u.sql", i);
      g_autofree char *text = g_strdup_printf ("id x%02u\nnot lost\n", i);
      g_autofree char *date = g_strdup_printf ("2026-01-01T10:%02u:%02uZ", i / 60, i % 60);

      sandbox_commit (&box, name, text, "Ann", date);
    }

  repository = strata_repository_open (box.folder, NULL);
  found = strata_repository_find_revision (repository, "lost", folders, 0, read_header, &n_reads, NULL, NULL);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpuint (n_reads, ==, 100);
}

static void
test_cancelled (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autoptr(StrataRepository) repository = NULL;
  g_autoptr(GPtrArray) found = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  const char *folders[] = { box.folder, NULL };

  sandbox_commit (&box, "readme", "x\n", "Ann", "2026-01-01T10:00:00Z");
  g_cancellable_cancel (cancellable);

  repository = strata_repository_open (box.folder, NULL);
  found = strata_repository_find_revision (repository, "b2", folders, 0, read_header, NULL, cancellable, &error);
  g_assert_null (found);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (!sandbox_possible ())
    return g_test_run ();

  g_test_add_func ("/git/lost-revision/on-another-branch", test_on_another_branch);
  g_test_add_func ("/git/lost-revision/in-remotes-and-tags", test_in_remotes_and_tags);
  g_test_add_func ("/git/lost-revision/in-a-stash", test_in_a_stash);
  g_test_add_func ("/git/lost-revision/deleted-long-ago", test_deleted_long_ago);
  g_test_add_func ("/git/lost-revision/left-behind", test_left_behind);
  g_test_add_func ("/git/lost-revision/several-texts", test_several_texts);
  g_test_add_func ("/git/lost-revision/never-seen", test_never_seen);
  g_test_add_func ("/git/lost-revision/empty-repository", test_empty_repository);
  g_test_add_func ("/git/lost-revision/shallow-clone", test_shallow_clone);
  g_test_add_func ("/git/lost-revision/reads-each-text-once", test_reads_each_text_once);
  g_test_add_func ("/git/lost-revision/cancelled", test_cancelled);

  return g_test_run ();
}

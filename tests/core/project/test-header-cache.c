/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/header-cache.h"

#include <stdio.h>
#include <string.h>

#include "core/base/cache-folder.h"
#include "core/project/version-files.h"
#include "folder.h"

static const char * const somewhere[] = { "/somewhere", NULL };
static const StrataFileState state = { 1, 2, 3, 4, 5 };

static StrataRevision *
make (const char *path,
      const char *id)
{
  return strata_revision_new (&(StrataRevisionFields) { .id = id, .path = path, .message = "words" });
}

static void
keep (const char * const    *locations,
      StrataRevision        *revision,
      const StrataFileState *file,
      gint64                 began)
{
  g_autoptr(GArray) headers = g_array_new (FALSE, FALSE, sizeof (StrataKeptHeader));
  StrataKeptHeader header = { revision, *file };

  g_array_append_val (headers, header);
  strata_header_cache_keep (locations, headers, 0, began);
}

static gboolean
knows (const char * const    *locations,
       const char            *path,
       const StrataFileState *file)
{
  g_autoptr(StrataHeaderCache) cache = strata_header_cache_open (locations);
  g_autoptr(StrataRevision) found = cache != NULL ? strata_header_cache_find (cache, path, file) : NULL;

  return found != NULL;
}

static void
assert_lists (const char * const *a,
              const char * const *b)
{
  g_assert_true (g_strv_equal (a, b));
}

static void
test_all_of_it (void)
{
  g_autoptr(StrataRevision) kept = strata_revision_new (&(StrataRevisionFields) {
    .format = STRATA_REVISION_PYTHON,
    .id = "a1",
    .down_revisions = (const char *[]) { "b2", "c3", NULL },
    .branch_labels = (const char *[]) { "label", NULL },
    .message = "words",
    .doc = "words\n\nand more",
    .created = "2026-01-01",
    .path = "/v/a.py",
    .id_line = 1,
    .down_line = 2,
    .labels_line = 3,
    .depends_line = 4,
    .irreversible = TRUE,
  });
  g_autoptr(StrataHeaderCache) cache = NULL;
  g_autoptr(StrataRevision) found = NULL;

  keep (somewhere, kept, &state, g_get_real_time ());
  cache = strata_header_cache_open (somewhere);
  g_assert_nonnull (cache);
  found = strata_header_cache_find (cache, "/v/a.py", &state);
  g_assert_nonnull (found);
  g_assert_cmpint (strata_revision_get_format (found), ==, STRATA_REVISION_PYTHON);
  g_assert_cmpstr (strata_revision_get_id (found), ==, "a1");
  assert_lists (strata_revision_get_down_revisions (found), strata_revision_get_down_revisions (kept));
  assert_lists (strata_revision_get_branch_labels (found), strata_revision_get_branch_labels (kept));
  assert_lists (strata_revision_get_depends_on (found), strata_revision_get_depends_on (kept));
  g_assert_cmpstr (strata_revision_get_message (found), ==, "words");
  g_assert_cmpstr (strata_revision_get_doc (found), ==, "words\n\nand more");
  g_assert_cmpstr (strata_revision_get_created (found), ==, "2026-01-01");
  g_assert_cmpstr (strata_revision_get_path (found), ==, "/v/a.py");
  g_assert_cmpuint (strata_revision_get_id_place (found).line, ==, 1);
  g_assert_cmpuint (strata_revision_get_down_place (found).line, ==, 2);
  g_assert_cmpuint (strata_revision_get_labels_place (found).line, ==, 3);
  g_assert_cmpuint (strata_revision_get_depends_place (found).line, ==, 4);
  g_assert_true (strata_revision_get_irreversible (found));
}

/* Whatever of it is another one, it is another state. */
static void
test_changed (void)
{
  static const StrataFileState others[] = {
    { 0, 2, 3, 4, 5 }, { 1, 0, 3, 4, 5 }, { 1, 2, 0, 4, 5 }, { 1, 2, 3, 0, 5 }, { 1, 2, 3, 4, 0 },
  };
  static const char * const elsewhere[] = { "/some", "where", NULL };
  g_autoptr(StrataRevision) kept = make ("/v/a.sql", "a1");

  keep (somewhere, kept, &state, g_get_real_time ());
  g_assert_true (knows (somewhere, "/v/a.sql", &state));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (knows (somewhere, "/v/a.sql", &others[i]));
  g_assert_false (knows (somewhere, "/v/b.sql", &state));
  g_assert_false (knows (elsewhere, "/v/a.sql", &state));
}

/* What was changed just before it was read may be changed again with the same times. */
static void
test_just_changed (void)
{
  gint64 now = g_get_real_time ();
  const StrataFileState written = { 1, 2, 3, (now - G_USEC_PER_SEC) * 1000, 5 };
  const StrataFileState linked = { 1, 2, 3, 4, now * 1000 };
  g_autoptr(StrataRevision) kept = make ("/v/a.sql", "a1");

  keep (somewhere, kept, &written, now);
  g_assert_false (knows (somewhere, "/v/a.sql", &written));
  keep (somewhere, kept, &linked, now);
  g_assert_false (knows (somewhere, "/v/a.sql", &linked));
  keep (somewhere, kept, &written, now + 10 * G_USEC_PER_SEC);
  g_assert_true (knows (somewhere, "/v/a.sql", &written));
}

/* A file or two are read each time, rather than all of it written. */
static void
test_few_news (void)
{
  g_autoptr(StrataRevision) kept = make ("/v/a.sql", "a1");
  g_autoptr(GArray) headers = g_array_new (FALSE, FALSE, sizeof (StrataKeptHeader));
  StrataKeptHeader header = { kept, state };

  for (guint i = 0; i < 1000; i++)
    g_array_append_val (headers, header);
  strata_header_cache_keep (somewhere, headers, 1000, g_get_real_time ());
  g_assert_false (knows (somewhere, "/v/a.sql", &state));
  strata_header_cache_keep (somewhere, headers, 990, g_get_real_time ());
  g_assert_false (knows (somewhere, "/v/a.sql", &state));
  strata_header_cache_keep (somewhere, headers, 500, g_get_real_time ());
  g_assert_true (knows (somewhere, "/v/a.sql", &state));

  /* The clock was set back: what was found seems to be of the future. */
  strata_header_cache_keep (somewhere, headers, 1000, 0);
  g_assert_true (knows (somewhere, "/v/a.sql", &state));
}

static char *
find_file (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "strata", "headers", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_nonnull (dir);

  return g_build_filename (folder, g_dir_read_name (dir), NULL);
}

/* Without the fsync() that g_file_set_contents() makes. */
static void
write_bytes (const char *path,
             const char *bytes,
             gsize       length)
{
  FILE *file = fopen (path, "w");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (bytes, 1, length, file), ==, length);
  g_assert_cmpint (fclose (file), ==, 0);
}

/* A disk may do anything to a file; what is read then is less, or something else, but nothing breaks. */
static void
test_damaged (void)
{
  g_autoptr(StrataRevision) kept = make ("/v/a.sql", "a1");
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  gsize length;

  keep (somewhere, kept, &state, g_get_real_time ());
  path = find_file ();
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));

  for (gsize i = 0; i < length; i++)
    {
      write_bytes (path, bytes, i);
      g_assert_false (knows (somewhere, "/v/a.sql", &state));
    }
  for (gsize i = 0; i < length; i++)
    {
      char byte = bytes[i];

      bytes[i] = byte == 0 ? 1 : byte == 1 ? 0x7f : 0;
      write_bytes (path, bytes, length);
      knows (somewhere, "/v/a.sql", &state);
      bytes[i] = byte;
    }
}

static GPtrArray *
read_files (TestFolder *folder)
{
  char *locations[] = { folder, NULL };
  StrataSettings settings = { .version_locations = locations };
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GPtrArray) paths = strata_version_files_list (&settings, findings);

  return strata_version_files_read (&settings, paths, FALSE, findings);
}

static void
assert_first (TestFolder *folder,
              const char *id)
{
  g_autoptr(GPtrArray) revisions = read_files (folder);

  g_assert_cmpuint (revisions->len, ==, STRATA_HEADER_CACHE_LEAST);
  g_assert_cmpstr (strata_revision_get_id (g_ptr_array_index (revisions, 0)), ==, id);
}

/* What the cache says of a file shows that it was not read. */
static void
test_project (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  const char *locations[] = { folder, NULL };
  g_autofree char *path = test_folder_path (folder, "r0000.sql");
  g_autoptr(StrataRevision) other = make (path, "cached");
  StrataFileState file;

  for (guint i = 0; i < STRATA_HEADER_CACHE_LEAST; i++)
    {
      g_autofree char *name = g_strdup_printf ("r%04u.sql", i);
      g_autofree char *text = g_strdup_printf ("-- Revision: r%04u\n-- strata:upgrade\nSELECT 1;\n", i);

      test_folder_write (folder, name, text);
    }
  assert_first (folder, "r0000");

  g_assert_true (strata_file_state_read (path, &file));
  keep (locations, other, &file, g_get_real_time () + 10 * G_USEC_PER_SEC);
  assert_first (folder, "cached");

  test_folder_write (folder, "r0000.sql", "-- Revision: changed\n-- strata:upgrade\nSELECT 1;\n");
  assert_first (folder, "changed");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/project/header-cache/all-of-it", test_all_of_it);
  g_test_add_func ("/project/header-cache/changed", test_changed);
  g_test_add_func ("/project/header-cache/just-changed", test_just_changed);
  g_test_add_func ("/project/header-cache/few-news", test_few_news);
  g_test_add_func ("/project/header-cache/damaged", test_damaged);
  g_test_add_func ("/project/header-cache/project", test_project);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/version-files.h"

#include <dirent.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/alembic/py-header.h"
#include "core/base/files.h"
#include "core/base/shares.h"
#include "core/project/header-cache.h"
#include "core/revision/sql-file.h"

/* Less than this is not worth a thread's start. */
#define FILES_A_SHARE 256
#define DEEPEST 32

typedef struct
{
  char          *name;
  unsigned char  type;   /* DT_REG and so on */
} Entry;

typedef struct
{
  const StrataSettings *settings;
  GPtrArray            *paths;       /* char*, owned */
  GHashTable           *folders;     /* char*, owned; real paths of those that were listed */
  gboolean              has_links;   /* some path may be in the list twice */
  GPtrArray            *findings;
} Listing;

/* What was found in a run of paths. */
typedef struct
{
  GPtrArray *revisions;   /* StrataRevision, owned */
  GPtrArray *findings;    /* StrataFinding, owned */
  GArray    *kept;        /* StrataKeptHeader: those of the revisions that may be remembered */
  guint      n_found;     /* of them, in the cache */
} Chunk;

typedef struct
{
  GPtrArray         *paths;
  gboolean           sql_may_be_data;
  gboolean           is_large;    /* enough for a cache */
  StrataHeaderCache *cache;       /* or NULL */
  Chunk              chunks[STRATA_MOST_SHARES];
} Reading;

static void
report (GPtrArray      *findings,
        StrataSeverity  severity,
        const char     *code,
        const char     *path,
        const char     *message)
{
  StrataPlace place = { path, 0, 0 };

  g_ptr_array_add (findings, strata_finding_new (severity, code, place, NULL, "%s", message));
}

/* Alembic's pattern for .py, with "c" or "o" behind it where compiled scripts count; ours for .sql. */
static gboolean
is_revision_name (const char *name,
                  gboolean    sourceless)
{
  if (g_str_has_suffix (name, ".sql"))
    return *name != '.';

  if (g_str_has_prefix (name, ".#") || g_str_has_prefix (name, "__init__"))
    return FALSE;

  return g_str_has_suffix (name, ".py") ||
         (sourceless && (g_str_has_suffix (name, ".pyc") || g_str_has_suffix (name, ".pyo")));
}

static void
add_link (Listing    *listing,
          const char *path)
{
  g_autofree char *real = realpath (path, NULL);
  g_autofree char *name = real != NULL ? g_path_get_basename (real) : NULL;

  if (real == NULL)
    report (listing->findings, STRATA_SEVERITY_WARNING, "file-unreadable", path, g_strerror (errno));
  else if (g_file_test (real, G_FILE_TEST_IS_REGULAR) && is_revision_name (name, listing->settings->sourceless))
    {
      g_ptr_array_add (listing->paths, g_steal_pointer (&real));
      listing->has_links = TRUE;
    }
}

/* Only what the entry itself leaves open is asked of the file. */
static unsigned char
entry_type (const char          *folder,
            const struct dirent *entry)
{
  g_autofree char *path = NULL;
  struct stat info;

  if (entry->d_type != DT_UNKNOWN)
    return entry->d_type;

  path = g_build_filename (folder, entry->d_name, NULL);
  if (lstat (path, &info) < 0)
    return DT_UNKNOWN;

  return IFTODT (info.st_mode);
}

static void
entry_clear (gpointer data)
{
  Entry *entry = data;

  g_free (entry->name);
}

static int
compare_entries (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (((const Entry *) a)->name, ((const Entry *) b)->name);
}

/* What stands in a folder and may matter, sorted by name; NULL where it cannot be listed. */
static GArray *
read_folder (Listing    *listing,
             const char *folder)
{
  gboolean recursive = listing->settings->recursive_version_locations;
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  const struct dirent *found;
  DIR *directory = opendir (folder);

  g_array_set_clear_func (entries, entry_clear);
  if (directory == NULL)
    {
      report (listing->findings, STRATA_SEVERITY_ERROR, "folder-unreadable", folder, g_strerror (errno));
      return entries;
    }

  while ((found = readdir (directory)) != NULL)
    {
      Entry entry = { NULL, entry_type (folder, found) };
      gboolean matters = entry.type == DT_DIR
                         ? recursive && *found->d_name != '.' && !g_str_has_suffix (found->d_name, "__pycache__")
                         : entry.type == DT_LNK || is_revision_name (found->d_name, listing->settings->sourceless);

      if (!matters)
        continue;

      entry.name = g_strdup (found->d_name);
      g_array_append_val (entries, entry);
    }
  closedir (directory);
  g_array_sort (entries, compare_entries);

  return entries;
}

/* Compiled scripts are not read: their format belongs to one version of Python. */
static gboolean
is_compiled (const char *path)
{
  return !g_str_has_suffix (path, ".py") && !g_str_has_suffix (path, ".sql");
}

/* A compiled script beside its source, which sorts before it, says nothing more. */
static gboolean
is_compiled_twin (Listing    *listing,
                  const char *path)
{
  guint n_paths = listing->paths->len;
  const char *before = n_paths > 0 ? g_ptr_array_index (listing->paths, n_paths - 1) : "";

  return is_compiled (path) && g_str_has_suffix (before, ".py") && g_str_has_prefix (path, before);
}

/* Links sort by their own names and count as what they lead to, as in Alembic; folders behind links are not entered,
 * so that nothing goes round in circles. */
static void
list_folder (Listing    *listing,
             const char *folder,
             guint       depth)
{
  g_autoptr(GArray) entries = NULL;

  if (!g_hash_table_add (listing->folders, g_strdup (folder)))
    {
      report (listing->findings, STRATA_SEVERITY_WARNING, "loaded-twice", folder,
              "Folder loaded twice! ignoring. Please ensure version_locations is unique.");
      return;
    }

  entries = read_folder (listing, folder);
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      g_autofree char *path = g_strconcat (folder, "/", entry->name, NULL);

      if (entry->type == DT_LNK)
        add_link (listing, path);
      else if (entry->type != DT_DIR && !is_compiled_twin (listing, path))
        g_ptr_array_add (listing->paths, g_steal_pointer (&path));
    }

  for (guint i = 0; depth < DEEPEST && i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      g_autofree char *path = g_strconcat (folder, "/", entry->name, NULL);

      if (entry->type == DT_DIR)
        list_folder (listing, path, depth + 1);
    }
}

/* A location that is not there is no mistake for Alembic; it may be one for a person who named it. */
static void
list_location (Listing    *listing,
               const char *location)
{
  g_autofree char *real = realpath (location, NULL);

  if (real != NULL)
    list_folder (listing, real, 0);
  else if (errno == ENOENT)
    report (listing->findings, STRATA_SEVERITY_NOTE, "no-such-location", location, _("There is no such folder yet"));
  else
    report (listing->findings, STRATA_SEVERITY_ERROR, "folder-unreadable", location, g_strerror (errno));
}

/* Only a link can bring a file in twice, since no folder is listed twice; the first one counts. */
static void
drop_doubles (Listing *listing)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint kept = 0;

  for (guint i = 0; i < listing->paths->len; i++)
    {
      char *path = g_ptr_array_index (listing->paths, i);

      if (g_hash_table_add (seen, path))
        {
          listing->paths->pdata[kept++] = path;
          continue;
        }

      report (listing->findings, STRATA_SEVERITY_WARNING, "loaded-twice", path,
              "File loaded twice! ignoring. Please ensure version_locations is unique.");
      g_free (path);
    }

  listing->paths->len = kept;
}

GPtrArray *
strata_version_files_list (const StrataSettings *settings,
                           GPtrArray            *findings)
{
  g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Listing listing = { settings, paths, folders, FALSE, findings };

  for (guint i = 0; settings->version_locations[i] != NULL; i++)
    list_location (&listing, settings->version_locations[i]);

  if (listing.has_links)
    drop_doubles (&listing);

  return g_steal_pointer (&paths);
}

static StrataRevision *
read_one (Chunk      *chunk,
          const char *path,
          gboolean    sql_may_be_data)
{
  guint n_findings = chunk->findings->len;
  g_autoptr(GError) error = NULL;
  StrataRevision *revision;
  gsize length;
  g_autofree char *text = NULL;

  if (is_compiled (path))
    {
      report (chunk->findings, STRATA_SEVERITY_ERROR, "compiled-script", path,
              _("A compiled script (sourceless = true) can only be read by Python; its revision is not known here"));
      return NULL;
    }

  text = strata_file_read (path, &length, &error);
  if (text == NULL)
    {
      report (chunk->findings, STRATA_SEVERITY_ERROR, "file-unreadable", path, error->message);
      return NULL;
    }

  if (g_str_has_suffix (path, ".py"))
    revision = strata_py_header_read (path, text, length, chunk->findings);
  else
    revision = strata_sql_header_read (path, text, length, chunk->findings);

  if (revision != NULL)
    g_ptr_array_add (chunk->revisions, revision);
  else if (sql_may_be_data && g_str_has_suffix (path, ".sql"))
    g_ptr_array_set_size (chunk->findings, n_findings);

  return revision;
}

/* The state is asked for before the file is read: what changes in between is another state the next time. */
static void
read_or_find (Reading    *reading,
              Chunk      *chunk,
              const char *path)
{
  guint n_findings = chunk->findings->len;
  StrataKeptHeader header = { NULL };
  gboolean has_state = reading->is_large && strata_file_state_read (path, &header.state);

  if (has_state && reading->cache != NULL)
    header.revision = strata_header_cache_find (reading->cache, path, &header.state);

  if (header.revision != NULL)
    {
      g_ptr_array_add (chunk->revisions, header.revision);
      chunk->n_found++;
    }
  else
    {
      header.revision = read_one (chunk, path, reading->sql_may_be_data);
    }

  if (has_state && header.revision != NULL && chunk->findings->len == n_findings)
    g_array_append_val (chunk->kept, header);
}

static void
read_share (const StrataShare *share,
            gpointer           data)
{
  Reading *reading = data;
  Chunk *chunk = &reading->chunks[share->number];

  chunk->revisions = g_ptr_array_new ();
  chunk->findings = strata_findings_new ();
  chunk->kept = g_array_new (FALSE, FALSE, sizeof (StrataKeptHeader));
  for (guint i = share->first; i < share->end; i++)
    read_or_find (reading, chunk, g_ptr_array_index (reading->paths, i));
}

GPtrArray *
strata_version_files_read (const StrataSettings *settings,
                           GPtrArray            *paths,
                           gboolean              sql_may_be_data,
                           GPtrArray            *findings)
{
  const char * const *locations = (const char * const *) settings->version_locations;
  GPtrArray *revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_revision_unref);
  gboolean is_large = paths->len >= STRATA_HEADER_CACHE_LEAST;
  g_autoptr(StrataHeaderCache) cache = is_large ? strata_header_cache_open (locations) : NULL;
  g_autoptr(GArray) kept = g_array_new (FALSE, FALSE, sizeof (StrataKeptHeader));
  Reading reading = { paths, sql_may_be_data, is_large, cache, { { NULL, NULL, NULL, 0 } } };
  gint64 began = g_get_real_time ();
  guint n = strata_shares_run (paths->len, FILES_A_SHARE, read_share, &reading);
  guint n_found = 0;

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_extend_and_steal (revisions, reading.chunks[i].revisions);
      g_ptr_array_extend_and_steal (findings, reading.chunks[i].findings);
      g_array_append_vals (kept, reading.chunks[i].kept->data, reading.chunks[i].kept->len);
      g_array_unref (reading.chunks[i].kept);
      n_found += reading.chunks[i].n_found;
    }
  if (is_large)
    strata_header_cache_keep (locations, kept, n_found, began);

  return revisions;
}

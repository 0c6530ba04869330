/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/lost.h"
#include "core/workspace/workspace-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "core/alembic/py-header.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/revision/sql-file.h"
#include "core/workspace/log.h"

/* A history of years is searched in seconds; what takes longer is told, not waited for. */
#define MAX_SECONDS 20

static StrataRevision *
read_header (const char *path,
             const char *text,
             gsize       length,
             gpointer    data)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  if (g_str_has_suffix (path, ".py"))
    return strata_py_header_read (path, text, length, findings);
  if (g_str_has_suffix (path, ".sql"))
    return strata_sql_header_read (path, text, length, findings);

  return NULL;
}

static StrataLostRevision *
find_in_git (StrataRepository      *repository,
             const StrataSettings  *settings,
             const char            *id,
             GCancellable          *cancellable)
{
  g_autoptr(GPtrArray) versions = NULL;

  if (repository == NULL)
    return NULL;

  /* Failing to look through all of a long history is not a failure: what was not found is reported as such. */
  versions = strata_repository_find_revision (repository, id, (const char * const *) settings->version_locations,
                                              MAX_SECONDS, read_header, NULL, cancellable, NULL);

  return versions != NULL && versions->len > 0 ? g_ptr_array_steal_index (versions, 0) : NULL;
}

/* The ledger keeps the text and not the name of the file: the text itself shows what it is. */
static StrataLostRevision *
find_in_ledger (StrataLedger  *ledger,
                const char    *id,
                GCancellable  *cancellable)
{
  static const char * const endings[] = { "sql", "py" };
  g_autofree char *text = ledger != NULL ? strata_ledger_dup_script (ledger, id, cancellable, NULL) : NULL;

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/%s_from_the_ledger.%s", id, endings[i]);
      g_autoptr(StrataRevision) revision = read_header (path, text, strlen (text), NULL);
      StrataLostRevision *lost;

      if (revision == NULL || strcmp (strata_revision_get_id (revision), id) != 0)
        continue;

      lost = g_new0 (StrataLostRevision, 1);
      lost->revision = g_steal_pointer (&revision);
      lost->path = g_strdup (path + 1);
      lost->length = strlen (text);
      lost->text = g_steal_pointer (&text);
      return lost;
    }

  return NULL;
}

static void
add_unknown (StrataGraph         *graph,
             const char * const  *ids,
             GHashTable          *asked,
             GQueue              *waiting)
{
  for (guint i = 0; ids[i] != NULL; i++)
    if (strata_graph_find (graph, ids[i]) == STRATA_NO_NODE && g_hash_table_add (asked, g_strdup (ids[i])))
      g_queue_push_tail (waiting, g_strdup (ids[i]));
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

StrataLost *
strata_workspace_find_lost (StrataWorkspace     *self,
                            StrataConnection    *connection,
                            const char * const  *ids,
                            GCancellable        *cancellable,
                            GError             **error)
{
  StrataProject *project = strata_workspace_get_project (self);
  StrataGraph *graph = strata_workspace_get_graph (self);
  g_autoptr(StrataRepository) repository = strata_repository_open (strata_project_get_root (project), NULL);
  g_autoptr(StrataLedger) ledger = connection != NULL
    ? strata_workspace_open_ledger (self, connection, cancellable, NULL) : NULL;
  g_autoptr(GHashTable) asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(StrataLost) lost = g_new0 (StrataLost, 1);
  g_autoptr(GPtrArray) missing = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  g_autoptr(GQueue) waiting = g_queue_new ();

  lost->found = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_lost_revision_free);
  add_unknown (graph, ids, asked, waiting);

  while (!g_queue_is_empty (waiting))
    {
      g_autofree char *id = g_queue_pop_head (waiting);
      StrataLostRevision *one;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        {
          g_queue_clear_full (waiting, g_free);
          return NULL;
        }

      one = find_in_git (repository, strata_project_get_settings (project), id, cancellable);
      if (one == NULL)
        one = find_in_ledger (ledger, id, cancellable);

      if (one == NULL)
        g_ptr_array_add (missing, g_steal_pointer (&id));
      else
        {
          g_ptr_array_add (lost->found, one);
          add_unknown (graph, strata_revision_get_down_revisions (one->revision), asked, waiting);
        }
    }

  g_ptr_array_sort (missing, compare_strings);
  lost->missing = (GStrv) g_ptr_array_free (g_steal_pointer (&missing), FALSE);

  return g_steal_pointer (&lost);
}

void
strata_lost_free (StrataLost *lost)
{
  g_clear_pointer (&lost->found, g_ptr_array_unref);
  g_strfreev (lost->missing);
  g_free (lost);
}

static char *
describe_age (GDateTime *when)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  gint64 days = g_date_time_difference (now, when) / G_TIME_SPAN_DAY;

  if (days > 1)
    return g_strdup_printf ("%d days ago", (int) days);

  return g_strdup (days == 1 ? "yesterday" : "today");
}

char *
strata_lost_revision_describe (const StrataLostRevision *lost)
{
  g_autofree char *age = lost->authored != NULL ? describe_age (lost->authored) : NULL;
  g_autofree char *refs = lost->refs != NULL ? g_strjoinv (", ", lost->refs) : NULL;
  g_autofree char *where = NULL;

  if (lost->commit == NULL)
    return g_strdup ("in the ledger, as it was applied");

  if (*refs != '\0')
    where = g_strconcat ("on ", refs, NULL);
  else
    where = g_strdup_printf ("in commit %.12s, on no branch any more", lost->commit);

  return g_strdup_printf ("%s, by %s, %s", where, lost->author, age);
}

char *
strata_lost_dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "strata", "rescue", NULL);
}

static gboolean
write_found (const StrataLost  *lost,
             const char        *folder,
             GPtrArray         *revisions,
             GError           **error)
{
  for (guint i = 0; i < lost->found->len; i++)
    {
      const StrataLostRevision *one = g_ptr_array_index (lost->found, i);
      g_autofree char *name = g_path_get_basename (one->path);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!strata_file_replace (path, one->text, one->length, error))
        return FALSE;

      g_ptr_array_add (revisions, read_header (path, one->text, one->length, NULL));
    }

  return TRUE;
}

static gboolean
is_in_locations (const StrataSettings *settings,
                 const char           *path)
{
  for (guint i = 0; settings->version_locations[i] != NULL; i++)
    {
      g_autofree char *real = realpath (settings->version_locations[i], NULL);
      const char *location = real != NULL ? real : settings->version_locations[i];
      gsize length = strlen (location);

      if (strncmp (path, location, length) == 0 && (path[length] == '/' || path[length] == '\0'))
        return TRUE;
    }

  return FALSE;
}

/* By their paths: files of which the revision is known, whatever else is wrong with them. */
static GHashTable *
list_read (StrataProject *project)
{
  GHashTable *read = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *revisions = strata_project_get_revisions (project);

  for (guint i = 0; i < revisions->len; i++)
    g_hash_table_add (read, (char *) strata_revision_get_path (g_ptr_array_index (revisions, i)));

  return read;
}

gboolean
strata_workspace_require_read (StrataWorkspace  *self,
                               GError          **error)
{
  const StrataSettings *settings = strata_project_get_settings (self->project);
  GPtrArray *findings = strata_project_get_findings (self->project);
  g_autoptr(GHashTable) read = list_read (self->project);

  for (guint i = 0; i < findings->len; i++)
    {
      const StrataFinding *finding = g_ptr_array_index (findings, i);
      const char *path = strata_finding_get_place (finding).file;
      g_autofree char *text = NULL;

      if (strata_finding_get_severity (finding) != STRATA_SEVERITY_ERROR || path == NULL || g_hash_table_contains (read, path)
          || !is_in_locations (settings, path))
        continue;

      text = strata_finding_to_string (finding);
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FINDINGS,
                   _("What seems to be lost may be in a file that cannot be used, so nothing was run. Mend it first: %s"), text);
      return FALSE;
    }

  return TRUE;
}

gboolean
strata_workspace_graft (StrataWorkspace   *self,
                        const StrataLost  *lost,
                        const char        *folder,
                        GError           **error)
{
  GPtrArray *own = strata_project_get_revisions (self->project);
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_revision_unref);
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("Cannot make the folder “%s”: %s"),
                   folder, g_strerror (errno));
      return FALSE;
    }

  for (guint i = 0; i < own->len; i++)
    g_ptr_array_add (all, strata_revision_ref (g_ptr_array_index (own, i)));

  if (!write_found (lost, folder, all, error))
    return FALSE;

  g_clear_pointer (&self->grafted, strata_graph_unref);
  self->grafted = strata_graph_new (all, findings);

  return TRUE;
}

static const StrataLostRevision *
find_lost (const StrataLost *lost,
           const char       *id)
{
  for (guint i = 0; i < lost->found->len; i++)
    {
      const StrataLostRevision *one = g_ptr_array_index (lost->found, i);

      if (strcmp (strata_revision_get_id (one->revision), id) == 0)
        return one;
    }

  return NULL;
}

/* From a lost revision down to the first revisions that the folder has; each once. */
static void
collect_ancestors (StrataWorkspace   *self,
                   const StrataLost  *lost,
                   const char        *id,
                   GHashTable        *seen,
                   GPtrArray         *ancestors)
{
  g_autoptr(GPtrArray) waiting = g_ptr_array_new ();

  g_ptr_array_add (waiting, (gpointer) id);
  while (waiting->len > 0)
    {
      const char *next = g_ptr_array_steal_index (waiting, waiting->len - 1);
      const StrataLostRevision *one = find_lost (lost, next);
      const char * const *down = one != NULL ? strata_revision_get_down_revisions (one->revision) : NULL;

      if (!g_hash_table_add (seen, (gpointer) next))
        continue;
      if (strata_graph_find (strata_project_get_graph (self->project), next) != STRATA_NO_NODE)
        g_ptr_array_add (ancestors, (gpointer) next);
      for (guint i = 0; down != NULL && down[i] != NULL; i++)
        g_ptr_array_add (waiting, (gpointer) down[i]);
    }
}

GStrv
strata_workspace_rows_before (StrataWorkspace     *self,
                              const StrataLost    *lost,
                              const char * const  *rows)
{
  StrataGraph *graph = strata_project_get_graph (self->project);
  g_autofree guint8 *applied = strata_graph_dup_applied (graph, rows);
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) ancestors = g_ptr_array_new ();
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; rows[i] != NULL; i++)
    if (strata_graph_find (graph, rows[i]) != STRATA_NO_NODE)
      g_strv_builder_add (builder, rows[i]);
    else
      collect_ancestors (self, lost, rows[i], seen, ancestors);

  for (guint i = 0; i < ancestors->len; i++)
    if (!applied[strata_graph_find (graph, g_ptr_array_index (ancestors, i))])
      g_strv_builder_add (builder, g_ptr_array_index (ancestors, i));

  return g_strv_builder_end (builder);
}

/* Each lost row is left by its own branch, so that nothing else that stands on the same ancestor is touched. */
GStrv
strata_workspace_steps_before (StrataWorkspace     *self,
                               const StrataLost    *lost,
                               const char * const  *rows)
{
  StrataGraph *graph = strata_project_get_graph (self->project);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; rows[i] != NULL; i++)
    {
      g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr(GPtrArray) ancestors = g_ptr_array_new ();
      g_autofree char *target = NULL;

      if (strata_graph_find (graph, rows[i]) != STRATA_NO_NODE)
        continue;

      collect_ancestors (self, lost, rows[i], seen, ancestors);
      target = g_strdup_printf ("%s@%s", rows[i],
                                ancestors->len > 0 ? (char *) g_ptr_array_index (ancestors, 0) : "base");
      g_strv_builder_add (builder, target);
    }

  return g_strv_builder_end (builder);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/applied.h"

#include "core/base/files.h"

#include "core/graph/target.h"

/* Entries enough to find one of this project's, where other projects share the ledger. */
#define ENTRIES_LOOKED_AT 200

static void
free_edited (gpointer data)
{
  StrataEditedRevision *edited = data;

  strata_revision_unref (edited->revision);
  strata_ledger_entry_free (edited->entry);
  g_free (edited->text);
  g_free (edited);
}

void
strata_applied_free (StrataApplied *self)
{
  g_strfreev (self->rows);
  g_strfreev (self->unknown);
  g_strfreev (self->invalid_indexes);
  g_clear_pointer (&self->edited, g_ptr_array_unref);
  g_clear_pointer (&self->unfinished, g_ptr_array_unref);
  g_free (self);
}

static StrataLedger *
open_ledger (StrataConnection        *connection,
             const StrataRunRequest  *request,
             GCancellable            *cancellable,
             GError                 **error)
{
  StrataLedgerOptions options = {
    .mode = request->ledger,
    .schema = request->version_table.schema,
    .version_table = request->version_table.name,
    .project_key = request->project_key,
  };

  return strata_ledger_open (connection, &options, cancellable, error);
}

static StrataStepScript *
load_script (const StrataRunRequest *request,
             StrataRevision         *revision,
             StrataDialect           dialect)
{
  StrataStep step = { .kind = STRATA_STEP_UPGRADE, .revision = revision };
  const char *path = strata_revision_get_path (revision);
  g_autofree char *text = NULL;
  gsize length;

  if (strata_revision_get_format (revision) == STRATA_REVISION_SQL)
    return strata_step_source_files.load (&step, dialect, FALSE, NULL, NULL);

  /* What it asks for is no matter here. */
  text = strata_file_read (path, &length, NULL);

  return text != NULL ? strata_step_script_new_live (path, text, length, NULL, FALSE) : NULL;
}

static void
add_if_edited (GPtrArray               *edited,
               const StrataRunRequest  *request,
               StrataRevision          *revision,
               const StrataLedgerEntry *entry,
               StrataDialect            dialect)
{
  g_autoptr(StrataStepScript) script = load_script (request, revision, dialect);
  StrataEditedRevision *one;

  if (script == NULL || g_strcmp0 (strata_step_script_get_hash (script), entry->hash) == 0)
    return;

  one = g_new0 (StrataEditedRevision, 1);
  one->revision = strata_revision_ref (revision);
  one->entry = strata_ledger_entry_copy (entry);
  one->text = g_strdup (strata_step_script_get_text (script));
  g_ptr_array_add (edited, one);
}

/* Texts are read only of what differs: there may be ten thousand. */
static gboolean
read_texts (GPtrArray     *edited,
            StrataLedger  *ledger,
            GCancellable  *cancellable,
            GError       **error)
{
  for (guint i = 0; i < edited->len; i++)
    {
      StrataEditedRevision *one = g_ptr_array_index (edited, i);
      GError *local_error = NULL;

      one->entry->script = strata_ledger_dup_script_of (ledger, one->entry->id, cancellable, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, local_error);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
find_edited (StrataApplied           *self,
             StrataConnection        *connection,
             StrataLedger            *ledger,
             const StrataRunRequest  *request,
             const guint8            *applied,
             GCancellable            *cancellable,
             GError                 **error)
{
  g_autoptr(GPtrArray) entries = strata_ledger_read_applied (ledger, FALSE, cancellable, error);
  g_autoptr(GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);

  if (entries == NULL)
    return FALSE;

  for (guint i = 0; i < entries->len; i++)
    {
      StrataLedgerEntry *entry = g_ptr_array_index (entries, i);

      g_hash_table_insert (by_id, entry->revision, entry);
    }

  for (guint node = 0; node < strata_graph_get_n_nodes (request->graph); node++)
    {
      StrataRevision *revision = strata_graph_get_revision (request->graph, node);
      const StrataLedgerEntry *entry = g_hash_table_lookup (by_id, strata_revision_get_id (revision));

      if (applied[node] && entry != NULL && entry->hash != NULL)
        add_if_edited (self->edited, request, revision, entry, strata_connection_get_dialect (connection));
    }

  return read_texts (self->edited, ledger, cancellable, error);
}

static GStrv
dup_unknown (const StrataRunRequest *request,
             const char * const     *rows)
{
  g_autofree char **unknown = strata_graph_dup_unknown_rows (request->graph, rows);

  return g_strdupv (unknown);
}

StrataApplied *
strata_applied_read (StrataConnection        *connection,
                     const StrataRunRequest  *request,
                     GCancellable            *cancellable,
                     GError                 **error)
{
  g_autoptr(StrataApplied) self = g_new0 (StrataApplied, 1);
  g_autoptr(StrataLedger) ledger = NULL;
  g_autofree guint8 *applied = NULL;
  const char * const *rows;

  self->edited = g_ptr_array_new_with_free_func (free_edited);
  self->rows = strata_version_table_read (connection, &request->version_table, &self->version_table, cancellable,
                                          error);
  if (self->rows == NULL)
    return NULL;

  rows = (const char * const *) self->rows;
  self->unknown = dup_unknown (request, rows);
  applied = strata_graph_dup_applied (request->graph, rows);

  ledger = open_ledger (connection, request, cancellable, error);
  if (ledger == NULL || !find_edited (self, connection, ledger, request, applied, cancellable, error))
    return NULL;

  self->unfinished = strata_ledger_read_unfinished (ledger, cancellable, error);
  if (self->unfinished == NULL)
    return NULL;

  strata_applied_drop_settled (self->unfinished, request->graph, applied);
  self->invalid_indexes = strata_connection_dup_invalid_indexes (connection, error);

  return self->invalid_indexes != NULL ? g_steal_pointer (&self) : NULL;
}

gboolean
strata_applied_is_settled (const StrataLedgerEntry *entry,
                           StrataGraph             *graph,
                           const guint8            *applied)
{
  guint node = strata_graph_find (graph, entry->revision);

  return node != STRATA_NO_NODE && (applied[node] != 0) == g_str_equal (entry->action, "upgrade");
}

void
strata_applied_drop_settled (GPtrArray    *unfinished,
                             StrataGraph  *graph,
                             const guint8 *applied)
{
  for (guint i = unfinished->len; i > 0; i--)
    {
      if (strata_applied_is_settled (g_ptr_array_index (unfinished, i - 1), graph, applied))
        g_ptr_array_remove_index (unfinished, i - 1);
    }
}

static gboolean
ledger_knows (StrataConnection        *connection,
              const StrataRunRequest  *request,
              gboolean                *known,
              GCancellable            *cancellable,
              GError                 **error)
{
  g_autoptr(StrataLedger) ledger = open_ledger (connection, request, cancellable, error);
  g_autoptr(GPtrArray) entries = NULL;

  if (ledger == NULL)
    return FALSE;

  entries = strata_ledger_read (ledger, ENTRIES_LOOKED_AT, FALSE, cancellable, error);
  if (entries == NULL)
    return FALSE;

  *known = FALSE;
  for (guint i = 0; i < entries->len && !*known; i++)
    {
      const StrataLedgerEntry *entry = g_ptr_array_index (entries, i);

      *known = strata_graph_find (request->graph, entry->revision) != STRATA_NO_NODE;
    }

  return TRUE;
}

static gboolean
check_first_run (StrataConnection        *connection,
                 const StrataRunRequest  *request,
                 StrataFirstRun          *answer,
                 GCancellable            *cancellable,
                 GError                 **error)
{
  const char *ours[] = { request->version_table.name, STRATA_LEDGER_TABLE, NULL };
  g_auto(GStrv) rows = strata_version_table_read (connection, &request->version_table, NULL, cancellable, error);
  g_autofree char **unknown = NULL;
  gboolean known = FALSE;
  gboolean empty = FALSE;

  if (rows == NULL || !ledger_knows (connection, request, &known, cancellable, error)
      || !strata_connection_is_empty (connection, ours, &empty, error))
    return FALSE;

  unknown = strata_graph_dup_unknown_rows (request->graph, (const char * const *) rows);

  if (known)
    *answer = STRATA_FIRST_RUN_NO;
  else if (rows[0] != NULL && unknown[0] == NULL)
    *answer = STRATA_FIRST_RUN_OURS;
  else
    *answer = empty ? STRATA_FIRST_RUN_EMPTY : STRATA_FIRST_RUN_STRANGE;

  return TRUE;
}

/* In one snapshot: other runs may be at work, and what one of them made must not look like a stranger's. */
gboolean
strata_first_run_check (StrataConnection        *connection,
                        const StrataRunRequest  *request,
                        StrataFirstRun          *answer,
                        GCancellable            *cancellable,
                        GError                 **error)
{
  gboolean checked;

  if (!strata_connection_begin (connection, FALSE, cancellable, error))
    return FALSE;

  checked = check_first_run (connection, request, answer, cancellable, error);
  strata_connection_rollback (connection);

  return checked;
}

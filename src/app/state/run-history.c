/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/run-history.h"

#include "core/workspace/log.h"

/* Revisions, not runs; as many as a person looks back. */
#define MOST_ENTRIES 2000

struct _StrataRunHistory
{
  GObject         parent_instance;

  /* owned */
  StrataSession  *session;
  GListStore     *runs;          /* StrataRunRecord */
  GCancellable   *cancellable;   /* of reading the ledger */
  char           *database;      /* whose runs these are */

  /* values */
  gint64          newest;        /* id of the ledger's newest entry that was read */
};

G_DEFINE_FINAL_TYPE (StrataRunHistory, strata_run_history, G_TYPE_OBJECT)

static StrataRunRecord *
get_run (StrataRunHistory *self,
         guint             index)
{
  /* The store keeps it. */
  g_autoptr(StrataRunRecord) record = g_list_model_get_item (G_LIST_MODEL (self->runs), index);

  return record;
}

static StrataRunRecord *
dup_record (StrataRunHistory *self,
            GPtrArray        *entries)
{
  StrataRunRecord *known = strata_run_history_find (self, ((StrataLedgerEntry *) g_ptr_array_index (entries, 0))->run);

  if (known == NULL)
    return strata_run_record_new_entries (entries);

  strata_run_record_set_entries (known, entries);

  return g_object_ref (known);
}

/* The entries come newest first, those of a run together. */
static GPtrArray *
group_entries (StrataRunHistory *self,
               GPtrArray        *entries)
{
  GPtrArray *records = g_ptr_array_new_with_free_func (g_object_unref);
  guint from = 0;

  while (from < entries->len)
    {
      const char *run = ((StrataLedgerEntry *) g_ptr_array_index (entries, from))->run;
      g_autoptr(GPtrArray) group = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_ledger_entry_free);
      guint to = from;

      while (to < entries->len && g_strcmp0 (((StrataLedgerEntry *) g_ptr_array_index (entries, to))->run, run) == 0)
        to++;
      for (guint i = to; i > from; i--)
        g_ptr_array_add (group, strata_ledger_entry_copy (g_ptr_array_index (entries, i - 1)));

      g_ptr_array_add (records, dup_record (self, group));
      from = to;
    }

  return records;
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  gint64 first = strata_run_record_get_began (*(StrataRunRecord * const *) a);
  gint64 second = strata_run_record_get_began (*(StrataRunRecord * const *) b);

  return (first < second) - (first > second);
}

/* What did not change stays, so that a selection does. */
static void
replace_runs (StrataRunHistory *self,
              GPtrArray        *records)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->runs));
  guint same = 0;

  while (same < n_old && same < records->len
         && get_run (self, n_old - 1 - same) == g_ptr_array_index (records, records->len - 1 - same))
    same++;

  g_list_store_splice (self->runs, 0, n_old - same, records->pdata, records->len - same);
}

static void
take_entries (StrataRunHistory *self,
              GPtrArray        *entries)
{
  g_autoptr(GPtrArray) records = group_entries (self, entries);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->runs)); i++)
    {
      StrataRunRecord *record = get_run (self, i);

      if (strata_run_record_get_job (record) != NULL && !g_ptr_array_find (records, record, NULL))
        g_ptr_array_add (records, g_object_ref (record));
    }

  g_ptr_array_sort (records, compare_newest_first);
  replace_runs (self, records);
}

static gpointer
ask_log (StrataWorkspace   *workspace,
         StrataConnection  *connection,
         gpointer           data,
         GCancellable      *cancellable,
         GError           **error)
{
  if (connection == NULL)
    return g_ptr_array_new ();

  return strata_workspace_read_log (workspace, connection, MOST_ENTRIES, cancellable, error);
}

static void
on_log (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(StrataRunHistory) self = user_data;
  g_autoptr(GPtrArray) entries = strata_session_ask_finish (STRATA_SESSION (source), result, NULL);

  /* Without an answer what was known stays; the session says what is wrong with the database. */
  if (entries == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  self->newest = entries->len > 0 ? ((StrataLedgerEntry *) g_ptr_array_index (entries, 0))->id : 0;
  take_entries (self, entries);
}

static void
read_log (StrataRunHistory *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  strata_session_ask_async (self->session, STRATA_ASK_DATABASE, ask_log, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                            self->cancellable, on_log, g_object_ref (self));
}

static char *
dup_database (StrataSnapshot *snapshot)
{
  StrataUrl *url = snapshot != NULL ? strata_snapshot_get_url (snapshot) : NULL;
  g_autofree char *text = url != NULL ? strata_url_to_string (url) : NULL;

  return snapshot != NULL
         ? g_strconcat (strata_project_get_root (snapshot->project), " ", text, NULL)
         : NULL;
}

/* TRUE where these are the runs of another database now; a run that goes on stays. */
static gboolean
change_database (StrataRunHistory *self,
                 StrataSnapshot   *snapshot)
{
  g_autofree char *database = dup_database (snapshot);
  StrataRunJob *run = strata_session_get_run (self->session);

  if (g_strcmp0 (database, self->database) == 0)
    return FALSE;

  g_free (self->database);
  self->database = g_steal_pointer (&database);
  self->newest = 0;
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->runs)); i > 0; i--)
    if (run == NULL || strata_run_record_get_job (get_run (self, i - 1)) != run)
      g_list_store_remove (self->runs, i - 1);

  return TRUE;
}

static void
on_snapshot (StrataRunHistory *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  gboolean changed = change_database (self, snapshot);
  const StrataLedgerEntry *last = snapshot != NULL ? snapshot->status->last : NULL;

  if (snapshot == NULL || snapshot->status->applied == NULL)
    g_cancellable_cancel (self->cancellable);
  else if (changed || (last != NULL && last->id != self->newest) || (last != NULL && last->state == STRATA_LEDGER_RUNNING))
    read_log (self);
}

static void
on_run (StrataRunHistory *self)
{
  StrataRunJob *run = strata_session_get_run (self->session);
  g_autoptr(StrataRunRecord) record = NULL;

  if (run == NULL || strata_run_history_find (self, strata_run_job_get_name (run)) != NULL)
    return;

  record = strata_run_record_new_job (run);
  g_list_store_insert (self->runs, 0, record);
}

static void
strata_run_history_dispose (GObject *object)
{
  StrataRunHistory *self = STRATA_RUN_HISTORY (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->runs);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (strata_run_history_parent_class)->dispose (object);
}

static void
strata_run_history_finalize (GObject *object)
{
  g_free (STRATA_RUN_HISTORY (object)->database);

  G_OBJECT_CLASS (strata_run_history_parent_class)->finalize (object);
}

static void
strata_run_history_class_init (StrataRunHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_run_history_dispose;
  object_class->finalize = strata_run_history_finalize;
}

static void
strata_run_history_init (StrataRunHistory *self)
{
  self->runs = g_list_store_new (STRATA_TYPE_RUN_RECORD);
}

StrataRunHistory *
strata_run_history_new (StrataSession *session)
{
  StrataRunHistory *self = g_object_new (STRATA_TYPE_RUN_HISTORY, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::run", G_CALLBACK (on_run), self, G_CONNECT_SWAPPED);
  on_run (self);
  on_snapshot (self);

  return self;
}

GListModel *
strata_run_history_get_runs (StrataRunHistory *self)
{
  return G_LIST_MODEL (self->runs);
}

StrataRunRecord *
strata_run_history_find (StrataRunHistory *self,
                         const char       *name)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->runs)); i++)
    {
      StrataRunRecord *record = get_run (self, i);

      if (strata_run_record_is_called (record, name))
        return record;
    }

  return NULL;
}

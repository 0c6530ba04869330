/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/python-watch.h"

#include "core/workspace/python-needs.h"

/* What a click can wait for without being felt. */
#define PIECE_US (20 * 1000)

struct _StrataPythonWatch
{
  GObject            parent_instance;

  /* owned */
  StrataSession     *session;
  StrataPythonNeeds *needs;
  GHashTable        *reasons;       /* id → why, both owned */
  StrataProject     *project;       /* that is looked at, or was; NULL: none */
  GCancellable      *looking;       /* NULL: nothing is under way */

  /* values */
  StrataDialect      dialect;
  guint              source;        /* until the window has done all that is seen */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataPythonWatch, strata_python_watch, G_TYPE_OBJECT)

/* Question and answer: from which row of the lanes on; at the end, up to which. */
typedef struct
{
  StrataPythonNeeds *needs;
  StrataSnapshot    *snapshot;
  StrataDialect      dialect;
  guint              first;
  guint              end;
  GPtrArray         *reasons;       /* char*, or NULL; one a row */
} Piece;

static void
piece_free (Piece *piece)
{
  strata_python_needs_unref (piece->needs);
  strata_snapshot_unref (piece->snapshot);
  g_ptr_array_unref (piece->reasons);
  g_free (piece);
}

static StrataRevision *
get_revision (StrataSnapshot *snapshot,
              guint           row)
{
  return strata_graph_get_revision (snapshot->graph, g_array_index (snapshot->lanes->rows, StrataLaneRow, row).node);
}

static gpointer
look (StrataWorkspace   *workspace,
      StrataConnection  *connection,
      gpointer           data,
      GCancellable      *cancellable,
      GError           **error)
{
  Piece *piece = data;
  gint64 deadline = g_get_monotonic_time () + PIECE_US;

  for (piece->end = piece->first; piece->end < piece->snapshot->lanes->rows->len; piece->end++)
    {
      if (piece->end > piece->first && g_get_monotonic_time () > deadline)
        break;
      g_ptr_array_add (piece->reasons,
                       strata_python_needs_find (piece->needs, workspace, get_revision (piece->snapshot, piece->end),
                                                 piece->dialect));
    }

  return piece;
}

static void ask (StrataPythonWatch *self,
                 StrataSnapshot    *snapshot,
                 guint              first);

static gboolean
take_piece (StrataPythonWatch *self,
            Piece             *piece)
{
  gboolean changed = FALSE;

  for (guint i = piece->first; i < piece->end; i++)
    {
      const char *id = strata_revision_get_id (get_revision (piece->snapshot, i));
      const char *why = g_ptr_array_index (piece->reasons, i - piece->first);

      if (g_strcmp0 (g_hash_table_lookup (self->reasons, id), why) == 0)
        continue;
      if (why != NULL)
        g_hash_table_replace (self->reasons, g_strdup (id), g_strdup (why));
      else
        g_hash_table_remove (self->reasons, id);
      changed = TRUE;
    }

  return changed;
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(StrataPythonWatch) self = user_data;
  Piece *piece = strata_session_ask_finish (STRATA_SESSION (source), result, NULL);
  gboolean changed;
  gboolean done;

  /* Cancelled: there is another project, or none. The piece belongs to the task. */
  if (piece == NULL)
    return;

  g_clear_object (&self->looking);
  changed = take_piece (self, piece);
  done = piece->end == piece->snapshot->lanes->rows->len;
  if (!done)
    ask (self, piece->snapshot, piece->end);
  if (changed || done)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
ask (StrataPythonWatch *self,
     StrataSnapshot    *snapshot,
     guint              first)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->needs = strata_python_needs_ref (self->needs);
  piece->snapshot = strata_snapshot_ref (snapshot);
  piece->dialect = self->dialect;
  piece->first = first;
  piece->reasons = g_ptr_array_new_with_free_func (g_free);

  self->looking = g_cancellable_new ();
  strata_session_ask_async (self->session, STRATA_ASK_FILES, look, piece, (GDestroyNotify) piece_free, NULL, self->looking,
                            on_looked, g_object_ref (self));
}

static StrataDialect
get_dialect (StrataSnapshot *snapshot)
{
  StrataUrl *url = snapshot->choice != NULL ? strata_database_choice_get_url (snapshot->choice) : NULL;

  return url != NULL ? strata_url_get_dialect (url) : STRATA_DIALECT_UNKNOWN;
}

static gboolean
begin (gpointer data)
{
  StrataPythonWatch *self = data;

  self->source = 0;
  ask (self, strata_session_get_snapshot (self->session), 0);

  return G_SOURCE_REMOVE;
}

static void
stop (StrataPythonWatch *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

/* Once for each time that the files were read: a database that moves changes nothing of them. */
static void
on_snapshot (StrataPythonWatch *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  StrataProject *project = snapshot != NULL ? snapshot->project : NULL;
  StrataDialect dialect = snapshot != NULL ? get_dialect (snapshot) : STRATA_DIALECT_UNKNOWN;

  if (self->project == project && self->dialect == dialect)
    return;

  stop (self);
  g_clear_pointer (&self->project, strata_project_unref);
  self->project = project != NULL ? strata_project_ref (project) : NULL;
  self->dialect = dialect;
  if (dialect != STRATA_DIALECT_UNKNOWN)
    self->source = g_idle_add_full (G_PRIORITY_LOW, begin, self, NULL);
}

static void
strata_python_watch_dispose (GObject *object)
{
  StrataPythonWatch *self = STRATA_PYTHON_WATCH (object);

  stop (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (strata_python_watch_parent_class)->dispose (object);
}

static void
strata_python_watch_finalize (GObject *object)
{
  StrataPythonWatch *self = STRATA_PYTHON_WATCH (object);

  g_clear_pointer (&self->needs, strata_python_needs_unref);
  g_clear_pointer (&self->reasons, g_hash_table_unref);
  g_clear_pointer (&self->project, strata_project_unref);

  G_OBJECT_CLASS (strata_python_watch_parent_class)->finalize (object);
}

static void
strata_python_watch_class_init (StrataPythonWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_python_watch_dispose;
  object_class->finalize = strata_python_watch_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_python_watch_init (StrataPythonWatch *self)
{
  self->needs = strata_python_needs_new ();
  self->reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->dialect = STRATA_DIALECT_UNKNOWN;
}

StrataPythonWatch *
strata_python_watch_new (StrataSession *session)
{
  StrataPythonWatch *self = g_object_new (STRATA_TYPE_PYTHON_WATCH, NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  on_snapshot (self);

  return self;
}

GHashTable *
strata_python_watch_get_reasons (StrataPythonWatch *self)
{
  return self->reasons;
}

gboolean
strata_python_watch_is_done (StrataPythonWatch *self)
{
  return self->looking == NULL && self->source == 0;
}

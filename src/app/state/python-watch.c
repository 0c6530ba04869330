/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/python-watch.h"

#include "app/state/idle.h"
#include "app/state/pieces.h"
#include "core/workspace/python-needs.h"

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

typedef struct
{
  StrataPythonNeeds *needs;
  StrataSnapshot    *snapshot;
  StrataDialect      dialect;
  guint              next;          /* row of the lanes: the newest first */
  GHashTable        *reasons;
} Look;

static void
look_free (Look *look)
{
  strata_python_needs_unref (look->needs);
  strata_snapshot_unref (look->snapshot);
  g_clear_pointer (&look->reasons, g_hash_table_unref);
  g_free (look);
}

static gboolean
look_at_one (gpointer         data,
             StrataWorkspace *workspace)
{
  Look *look = data;
  StrataGraph *graph = look->snapshot->graph;
  GArray *rows = look->snapshot->lanes->rows;
  StrataRevision *revision;
  char *why;

  if (look->next == rows->len)
    return FALSE;

  revision = strata_graph_get_revision (graph, g_array_index (rows, StrataLaneRow, look->next++).node);
  why = strata_python_needs_find (look->needs, workspace, revision, look->dialect);
  if (why != NULL)
    g_hash_table_insert (look->reasons, g_strdup (strata_revision_get_id (revision)), why);

  return TRUE;
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(StrataPythonWatch) self = user_data;
  Look *look = strata_pieces_do_finish (STRATA_SESSION (source), result);

  /* There is another project, or none. */
  if (look == NULL)
    return;

  g_clear_object (&self->looking);
  g_hash_table_unref (self->reasons);
  self->reasons = g_steal_pointer (&look->reasons);
  look_free (look);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
begin (gpointer data)
{
  StrataPythonWatch *self = data;
  Look *look = g_new0 (Look, 1);

  self->source = 0;
  look->needs = strata_python_needs_ref (self->needs);
  look->snapshot = strata_snapshot_ref (strata_session_get_snapshot (self->session));
  look->dialect = self->dialect;
  look->reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  self->looking = g_cancellable_new ();
  strata_pieces_do_async (self->session, look_at_one, look, (GDestroyNotify) look_free, self->looking, on_looked,
                          g_object_ref (self));

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
  StrataDialect dialect = snapshot != NULL ? strata_snapshot_get_dialect (snapshot) : STRATA_DIALECT_UNKNOWN;

  if (self->project == project && self->dialect == dialect)
    return;

  stop (self);
  g_clear_pointer (&self->project, strata_project_unref);
  self->project = project != NULL ? strata_project_ref (project) : NULL;
  self->dialect = dialect;
  if (dialect != STRATA_DIALECT_UNKNOWN)
    self->source = strata_idle_add (G_PRIORITY_LOW, begin, self, NULL);
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

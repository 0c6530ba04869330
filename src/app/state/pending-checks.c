/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/pending-checks.h"

#include "app/state/idle.h"
#include "app/state/pieces.h"
#include "app/state/project-names.h"
#include "core/base/files.h"
#include "core/workspace/scope.h"
#include "core/workspace/script-check.h"

/* Of more, the first ones are what a person runs next. */
#define MOST_CHECKED 500

/* The names of a larger project are read only for who opens a script. */
#define MOST_NAMED 2000

struct _StrataPendingChecks
{
  GObject             parent_instance;

  /* owned */
  StrataSession      *session;
  StrataSnapshot     *snapshot;      /* that is looked at, or was; NULL: none */
  StrataProjectNames *names;
  GHashTable         *found;         /* char* path → GUINT_TO_POINTER */
  GCancellable       *looking;       /* NULL: nothing is under way */

  /* values */
  guint               source;        /* until the window has done all that is seen */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataPendingChecks, strata_pending_checks, G_TYPE_OBJECT)

typedef struct
{
  StrataSnapshot   *snapshot;
  StrataKnownNames *names;         /* or NULL */
  guint             next;          /* step of what is pending */
  GHashTable       *found;
} Look;

static void
look_free (Look *look)
{
  strata_snapshot_unref (look->snapshot);
  g_clear_pointer (&look->names, strata_known_names_unref);
  g_clear_pointer (&look->found, g_hash_table_unref);
  g_free (look);
}

static guint
count_steps (StrataSnapshot *snapshot)
{
  StrataPlan *pending = snapshot != NULL ? snapshot->status->pending : NULL;

  return pending != NULL ? MIN (strata_plan_get_n_steps (pending), MOST_CHECKED) : 0;
}

/* A note is no problem: that a script needs Python has a symbol of its own. */
static gboolean
is_known (GPtrArray           *known,
          const StrataFinding *finding)
{
  return strata_finding_get_severity (finding) == STRATA_SEVERITY_NOTE || strata_findings_contain (known, known->len, finding);
}

static guint
count_new (const Look *look,
           const char *path)
{
  gsize length;
  g_autofree char *text = strata_file_read (path, &length, NULL);
  g_autoptr(GPtrArray) findings = NULL;
  g_autoptr(StrataScope) scope = NULL;
  guint n = 0;

  if (text == NULL)
    return 0;

  findings = strata_script_check (path, text, length, strata_snapshot_get_server (look->snapshot), look->snapshot->project);
  if (look->names != NULL)
    scope = strata_scope_new (look->names, path, text, length, NULL, findings);
  for (guint i = 0; i < findings->len; i++)
    n += !is_known (look->snapshot->status->findings, g_ptr_array_index (findings, i));

  return n;
}

static gboolean
look_at_one (gpointer         data,
             StrataWorkspace *workspace)
{
  Look *look = data;
  const char *path;
  guint n;

  if (look->next == count_steps (look->snapshot))
    return FALSE;

  path = strata_revision_get_path (strata_plan_get_step (look->snapshot->status->pending, look->next++)->revision);
  n = count_new (look, path);
  if (n > 0)
    g_hash_table_replace (look->found, g_strdup (path), GUINT_TO_POINTER (n));

  return TRUE;
}

static void
on_looked (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(StrataPendingChecks) self = user_data;
  Look *look = strata_pieces_do_finish (STRATA_SESSION (source), result);

  /* There is something else to look at, or nothing. */
  if (look == NULL)
    return;

  g_clear_object (&self->looking);
  g_hash_table_unref (self->found);
  self->found = g_steal_pointer (&look->found);
  look_free (look);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
look (StrataPendingChecks *self)
{
  StrataKnownNames *names = strata_project_names_get (self->names);
  Look *look = g_new0 (Look, 1);

  look->snapshot = strata_snapshot_ref (self->snapshot);
  look->names = names != NULL ? strata_known_names_ref (names) : NULL;
  look->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  self->looking = g_cancellable_new ();
  strata_pieces_do_async (self->session, look_at_one, look, (GDestroyNotify) look_free, self->looking, on_looked,
                          g_object_ref (self));
}

static gboolean
begin (gpointer data)
{
  StrataPendingChecks *self = data;

  self->source = 0;
  if (count_steps (self->snapshot) > 0 && strata_graph_get_n_nodes (self->snapshot->graph) <= MOST_NAMED)
    strata_project_names_want (self->names);
  look (self);

  return G_SOURCE_REMOVE;
}

static void
stop (StrataPendingChecks *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
}

static void
begin_later (StrataPendingChecks *self)
{
  stop (self);
  if (self->snapshot != NULL)
    self->source = strata_idle_add (G_PRIORITY_LOW, begin, self, NULL);
}

/* What was found is of the files, and of what of them is pending. */
static void
on_snapshot (StrataPendingChecks *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  gboolean same = snapshot != NULL && self->snapshot != NULL && snapshot->project == self->snapshot->project
                  && snapshot->status->pending == self->snapshot->status->pending;

  if (self->snapshot == snapshot)
    return;

  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  self->snapshot = snapshot != NULL ? strata_snapshot_ref (snapshot) : NULL;
  if (!same)
    begin_later (self);
}

static void
strata_pending_checks_dispose (GObject *object)
{
  StrataPendingChecks *self = STRATA_PENDING_CHECKS (object);

  stop (self);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  if (self->names != NULL)
    g_signal_handlers_disconnect_by_data (self->names, self);
  g_clear_object (&self->names);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (strata_pending_checks_parent_class)->dispose (object);
}

static void
strata_pending_checks_finalize (GObject *object)
{
  StrataPendingChecks *self = STRATA_PENDING_CHECKS (object);

  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  g_clear_pointer (&self->found, g_hash_table_unref);

  G_OBJECT_CLASS (strata_pending_checks_parent_class)->finalize (object);
}

static void
strata_pending_checks_class_init (StrataPendingChecksClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_pending_checks_dispose;
  object_class->finalize = strata_pending_checks_finalize;

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_pending_checks_init (StrataPendingChecks *self)
{
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

StrataPendingChecks *
strata_pending_checks_new (StrataSession *session)
{
  StrataPendingChecks *self = g_object_new (STRATA_TYPE_PENDING_CHECKS, NULL);

  self->session = g_object_ref (session);
  self->names = g_object_ref (strata_project_names_of (session));
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->names, "notify::names", G_CALLBACK (begin_later), self, G_CONNECT_SWAPPED);
  on_snapshot (self);

  return self;
}

GHashTable *
strata_pending_checks_get_found (StrataPendingChecks *self)
{
  return self->found;
}

gboolean
strata_pending_checks_is_done (StrataPendingChecks *self)
{
  return self->looking == NULL && self->source == 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/run-job.h"

#include "app/state/run-told.h"
#include "core/workspace/hand-over.h"

enum { STRING_REVISION, STRING_MESSAGE, STRING_STATEMENT, STRING_HOLDER, STRING_BACKUP, N_STRINGS };

struct _StrataRunJob
{
  GObject            parent_instance;

  /* owned */
  StrataWorkspace   *workspace;       /* the thread's until it ends */
  char              *name;
  char              *title;
  GStrv              targets;
  char              *copy;            /* name of the one that is put back; NULL: this is no restore */
  GCancellable      *cancellable;
  GPtrArray         *log;             /* StrataRunLogLine; main thread */
  GPtrArray         *done;            /* ids, NULL-terminated; main thread */
  StrataRunReport   *report;
  StrataCopy        *restored;
  GError            *error;
  char              *strings[N_STRINGS];      /* what progress borrows */

  /* values */
  StrataRunOptions   options;
  StrataRunProgress  progress;        /* main thread */
  gint64             started;         /* monotonic */
  gint64             began;           /* wall clock */
  gint64             ended;           /* monotonic; 0: not yet */

  /* What the thread has told and the main thread has not taken yet. */
  GMutex             mutex;
  GPtrArray         *told;            /* StrataRunTold */
  guint              source;
};

enum
{
  PROP_0,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  PROGRESS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StrataRunJob, strata_run_job, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (StrataRunJobState, strata_run_job_state,
                    G_DEFINE_ENUM_VALUE (STRATA_RUN_JOB_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (STRATA_RUN_JOB_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (STRATA_RUN_JOB_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (STRATA_RUN_JOB_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (STRATA_RUN_JOB_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (STRATA_RUN_JOB_CANCELLED, "cancelled"))

static void
log_line_free (StrataRunLogLine *self)
{
  g_free (self->revision);
  g_free (self->text);
  g_free (self->severity);
  g_free (self);
}

static void
set_string (StrataRunJob *self,
            guint         which,
            const char  **field,
            const char   *value)
{
  g_free (self->strings[which]);
  *field = self->strings[which] = g_strdup (value);
}

static void
set_state (StrataRunJob      *self,
           StrataRunJobState  state)
{
  if (self->progress.state == state)
    return;

  self->progress.state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
add_log_line (StrataRunJob        *self,
              const StrataRunTold *told)
{
  StrataRunLogLine *line = g_new0 (StrataRunLogLine, 1);

  line->step = told->step;
  line->line = told->line;
  line->revision = g_strdup (told->revision);
  line->text = g_strdup (told->text);
  line->severity = g_strdup (told->severity);
  line->rows = told->rows;
  line->time_us = told->time_us;
  g_ptr_array_add (self->log, line);
}

static void
set_position (StrataRunJob        *self,
              const StrataRunTold *told)
{
  self->progress.step = told->step + 1;
  self->progress.n_steps = told->n_steps;
  set_string (self, STRING_REVISION, &self->progress.revision, told->revision);
  set_string (self, STRING_MESSAGE, &self->progress.message, told->message);
}

static void
step_landed (StrataRunJob        *self,
             const StrataRunTold *told)
{
  if (told->revision == NULL)
    return;

  g_ptr_array_remove_index (self->done, self->done->len - 1);
  g_ptr_array_add (self->done, g_strdup (told->revision));
  g_ptr_array_add (self->done, NULL);
  self->progress.done = (GStrv) self->done->pdata;
}

static void
statement_done (StrataRunJob        *self,
                const StrataRunTold *told)
{
  StrataRunLogLine *line = self->log->len > 0 ? g_ptr_array_index (self->log, self->log->len - 1) : NULL;

  /* Notices stand between a statement and its end. */
  for (guint i = self->log->len; i > 0; i--)
    {
      line = g_ptr_array_index (self->log, i - 1);
      if (line->severity == NULL)
        break;
    }

  if (line != NULL)
    {
      line->rows = told->rows;
      line->time_us = told->time_us;
    }
}

/* In the main thread, in the order of the events. */
static void
take (StrataRunJob        *self,
      const StrataRunTold *told)
{
  StrataRunJobState state = told->connecting ? STRATA_RUN_JOB_CONNECTING : STRATA_RUN_JOB_RUNNING;

  switch (told->kind)
    {
    case STRATA_EVENT_WAITING:
      if (!told->connecting)
        state = STRATA_RUN_JOB_WAITING;
      set_string (self, STRING_HOLDER, &self->progress.holder, told->text);
      break;
    case STRATA_EVENT_BLOCKED:
      state = STRATA_RUN_JOB_WAITING;
      set_string (self, STRING_HOLDER, &self->progress.holder, told->text);
      break;
    case STRATA_EVENT_PLANNED:
      self->progress.n_steps = told->n_steps;
      break;
    case STRATA_EVENT_BACKUP:
      set_string (self, STRING_BACKUP, &self->progress.backup, told->text);
      break;
    case STRATA_EVENT_STEP_BEGIN:
      set_position (self, told);
      break;
    case STRATA_EVENT_STATEMENT_BEGIN:
      set_position (self, told);
      set_string (self, STRING_STATEMENT, &self->progress.statement, told->text);
      add_log_line (self, told);
      break;
    case STRATA_EVENT_STATEMENT_DONE:
      statement_done (self, told);
      break;
    case STRATA_EVENT_STATEMENT_SKIPPED:
    case STRATA_EVENT_NOTICE:
    case STRATA_EVENT_PROGRAM:
    case STRATA_EVENT_OUTPUT:
    case STRATA_EVENT_RETRY:
      add_log_line (self, told);
      break;
    case STRATA_EVENT_STEP_DONE:
      step_landed (self, told);
      break;
    default:
      g_assert_not_reached ();
    }

  set_state (self, state);
}

static void
take_all (StrataRunJob *self)
{
  g_autoptr(GPtrArray) told = NULL;

  g_mutex_lock (&self->mutex);
  self->source = 0;
  told = self->told;
  self->told = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_run_told_free);
  g_mutex_unlock (&self->mutex);

  for (guint i = 0; i < told->len; i++)
    take (self, g_ptr_array_index (told, i));
}

static gboolean
take_in_main (gpointer data)
{
  StrataRunJob *self = data;

  take_all (self);
  g_signal_emit (self, signals[PROGRESS_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* Many events, one wake-up: the pending idle takes them all. */
static void
tell (StrataRunJob  *self,
      StrataRunTold *told)
{
  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->told, told);
  if (self->source == 0)
    self->source = g_idle_add_full (G_PRIORITY_DEFAULT, take_in_main, g_object_ref (self), g_object_unref);
  g_mutex_unlock (&self->mutex);
}

static void
on_event (const StrataRunEvent *event,
          gpointer              user_data)
{
  tell (user_data, strata_run_told_new (event));
}

static void
on_connect_wait (const char *why,
                 gpointer    user_data)
{
  StrataRunTold *told = strata_run_told_new (&(StrataRunEvent) { .kind = STRATA_EVENT_WAITING, .text = why });

  told->connecting = TRUE;
  tell (user_data, told);
}

/* A restore waits for the same lock. */
static void
on_lock_wait (const char *holder,
              gpointer    user_data)
{
  tell (user_data, strata_run_told_new (&(StrataRunEvent) { .kind = STRATA_EVENT_WAITING, .text = holder }));
}

/* A downgrade has one target; back through several lost branches is one run after the other. */
static StrataRunReport *
run_targets (StrataRunJob      *self,
             StrataConnection  *connection,
             GCancellable      *cancellable,
             GError           **error)
{
  StrataDialect dialect = strata_connection_get_dialect (connection);
  StrataRunOptions options = self->options;
  g_autoptr(StrataRunReport) report = NULL;

  /* Who agreed in the window did so for the project, not for this once. */
  if (options.trust && !strata_workspace_trust_alembic (self->workspace, error))
    return NULL;

  if (options.kind != STRATA_RUN_DOWNGRADE)
    {
      StrataRunRequest run = strata_workspace_run_request (self->workspace, dialect, &options);

      return strata_engine_run (connection, &run, on_event, self, cancellable, error);
    }

  for (guint i = 0; self->targets[i] != NULL; i++)
    {
      const char *one[] = { self->targets[i], NULL };
      GError *local = NULL;
      StrataRunRequest run;

      options.targets = one;
      run = strata_workspace_run_request (self->workspace, dialect, &options);
      g_clear_pointer (&report, strata_run_report_unref);
      report = strata_engine_run (connection, &run, on_event, self, cancellable, &local);
      if (local != NULL)
        {
          g_propagate_error (error, local);
          break;
        }
    }

  return g_steal_pointer (&report);
}

static void
run_in_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  StrataRunJob *self = source;
  const StrataConnectRequest request = {
    .command = "window",
    .writable = TRUE,
    .waiting = on_connect_wait,
    .user_data = self,
  };
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(StrataRunReport) report = NULL;
  GError *error = NULL;

  connection = strata_workspace_connect (self->workspace, &request, cancellable, &error);
  if (connection != NULL && self->copy != NULL)
    self->restored = strata_workspace_restore (self->workspace, connection, self->copy, on_lock_wait, self, cancellable,
                                               &error);
  else if (connection != NULL)
    {
      report = run_targets (self, connection, cancellable, &error);
      g_task_set_task_data (task, g_steal_pointer (&report), (GDestroyNotify) strata_run_report_unref);
    }

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  StrataRunJob *self = STRATA_RUN_JOB (source);
  StrataRunReport *report = g_task_get_task_data (G_TASK (result));
  gboolean cancelled;

  take_all (self);
  self->ended = g_get_monotonic_time ();
  self->report = report != NULL ? strata_run_report_ref (report) : NULL;
  g_task_propagate_boolean (G_TASK (result), &self->error);
  cancelled = g_error_matches (self->error, STRATA_ERROR, STRATA_ERROR_CANCELLED)
              || g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
              || (self->error != NULL && g_cancellable_is_cancelled (self->cancellable));
  g_signal_emit (self, signals[PROGRESS_CHANGED], 0);
  set_state (self, self->error == NULL ? STRATA_RUN_JOB_DONE
                   : cancelled         ? STRATA_RUN_JOB_CANCELLED
                                       : STRATA_RUN_JOB_FAILED);
}

static void
strata_run_job_finalize (GObject *object)
{
  StrataRunJob *self = STRATA_RUN_JOB (object);

  g_clear_pointer (&self->workspace, strata_workspace_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->targets, g_strfreev);
  g_clear_pointer (&self->copy, g_free);
  g_clear_pointer (&self->restored, strata_copy_free);
  g_clear_pointer (&self->log, g_ptr_array_unref);
  g_clear_pointer (&self->done, g_ptr_array_unref);
  g_clear_pointer (&self->told, g_ptr_array_unref);
  g_clear_pointer (&self->report, strata_run_report_unref);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (self->strings); i++)
    g_free (self->strings[i]);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (strata_run_job_parent_class)->finalize (object);
}

static void
strata_run_job_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, STRATA_RUN_JOB (object)->progress.state);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_run_job_class_init (StrataRunJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = strata_run_job_finalize;
  object_class->get_property = strata_run_job_get_property;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, STRATA_TYPE_RUN_JOB_STATE, STRATA_RUN_JOB_CONNECTING,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[PROGRESS_CHANGED] =
    g_signal_new ("progress-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
strata_run_job_init (StrataRunJob *self)
{
  g_mutex_init (&self->mutex);
  self->cancellable = g_cancellable_new ();
  self->log = g_ptr_array_new_with_free_func ((GDestroyNotify) log_line_free);
  self->done = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->done, NULL);
  self->told = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_run_told_free);
  self->progress.done = (GStrv) self->done->pdata;
}

const char *
strata_run_kind_get_action (StrataRunKind kind)
{
  static const char * const names[] = { "upgrade", "downgrade", "stamp", "ensure_version" };

  return names[kind];
}

static StrataRunJob *
start (StrataWorkspace        *workspace,
       const char             *title,
       const StrataRunOptions *options,
       const char             *copy)
{
  static const char * const none[] = { NULL };
  static guint last_number;      /* main thread */
  StrataRunJob *self = g_object_new (STRATA_TYPE_RUN_JOB, NULL);
  g_autoptr(GTask) task = NULL;

  self->name = g_strdup_printf ("job-%u", ++last_number);
  self->workspace = workspace;
  self->title = g_strdup (title);
  self->targets = g_strdupv ((char **) (options->targets != NULL ? options->targets : none));
  self->copy = g_strdup (copy);
  self->options = *options;
  self->options.targets = (const char * const *) self->targets;
  self->started = g_get_monotonic_time ();
  self->began = g_get_real_time ();

  task = g_task_new (self, self->cancellable, on_ended, NULL);
  g_task_set_source_tag (task, strata_run_job_start);
  g_task_set_check_cancellable (task, FALSE);
  g_task_run_in_thread (task, run_in_thread);

  return self;
}

StrataRunJob *
strata_run_job_start (StrataWorkspace        *workspace,
                      const char             *title,
                      const StrataRunOptions *options)
{
  return start (workspace, title, options, NULL);
}

StrataRunJob *
strata_run_job_start_restore (StrataWorkspace *workspace,
                              const char      *title,
                              const char      *copy)
{
  const StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;

  return start (workspace, title, &options, copy);
}

void
strata_run_job_cancel (StrataRunJob *self)
{
  g_return_if_fail (STRATA_IS_RUN_JOB (self));

  g_cancellable_cancel (self->cancellable);
  g_signal_emit (self, signals[PROGRESS_CHANGED], 0);
}

gboolean
strata_run_job_has_ended (StrataRunJob *self)
{
  return self->progress.state >= STRATA_RUN_JOB_DONE;
}

const StrataRunProgress *
strata_run_job_get_progress (StrataRunJob *self)
{
  return &self->progress;
}

const StrataRunOptions *
strata_run_job_get_options (StrataRunJob *self)
{
  return &self->options;
}

const char *
strata_run_job_get_title (StrataRunJob *self)
{
  return self->title;
}

gint64
strata_run_job_get_started (StrataRunJob *self)
{
  return self->started;
}

gint64
strata_run_job_get_began (StrataRunJob *self)
{
  return self->began;
}

gint64
strata_run_job_get_elapsed (StrataRunJob *self)
{
  return (self->ended != 0 ? self->ended : g_get_monotonic_time ()) - self->started;
}

const char *
strata_run_job_get_name (StrataRunJob *self)
{
  return self->name;
}

const char *
strata_run_job_get_action (StrataRunJob *self)
{
  return self->copy != NULL ? "restore" : strata_run_kind_get_action (self->options.kind);
}

gboolean
strata_run_job_is_stopping (StrataRunJob *self)
{
  return !strata_run_job_has_ended (self) && g_cancellable_is_cancelled (self->cancellable);
}

GPtrArray *
strata_run_job_get_log (StrataRunJob *self)
{
  return self->log;
}

StrataRunReport *
strata_run_job_get_report (StrataRunJob *self)
{
  return self->report;
}

const GError *
strata_run_job_get_error (StrataRunJob *self)
{
  return self->error;
}

const StrataCopy *
strata_run_job_get_restored (StrataRunJob *self)
{
  return self->restored;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/process/process.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/process/advice-private.h"
#include "core/url/mask.h"

#define TICK_MS 50
#define LINES_KEPT 12
#define LONGEST_LINE 65536
#define LONGEST_OUTPUT (64 * 1024 * 1024)

/* How long a pipe is read that the program left to others. */
#define LEFTOVER_US (G_USEC_PER_SEC / 2)

/* Each harder than the one before, when that one's time is over. Together less than a second: a transaction that is not ended by
 * then is the server's to roll back. */
static const struct { int signal; gint64 time_us; } signals[] = {
  { SIGINT, 450 * 1000 }, { SIGTERM, 350 * 1000 }, { SIGKILL, 0 },
};

/* What only speaks for a program elsewhere: killed, it would leave that one alone there. It asks it to end, and does the rest
 * itself after its own ten seconds. */
static const char * const go_betweens[] = { "docker", "docker-compose", "podman", "podman-compose", "kubectl", "ssh", NULL };
#define GO_BETWEEN_US (13 * G_USEC_PER_SEC)

typedef struct
{
  const StrataProcessRequest *request;
  GCancellable               *cancellable;
  GMainContext               *context;
  GSubprocess                *process;
  GPollableInputStream       *words;       /* what is taken by lines */
  GPollableInputStream       *output;      /* what is taken as it is; NULL: nothing */
  GString                    *partial;     /* a line that is not ended */
  GQueue                      last;        /* char, owned: the last lines */
  GError                     *stopped;     /* why it is being ended; NULL while it is not */
  int                         group;
  guint                       n_signals;   /* sent so far */
  gint64                      next_signal; /* monotonic */
  gint64                      started;
  gint64                      ended;       /* 0: not yet */
  gboolean                    between;     /* the program works elsewhere */
  gboolean                    open;        /* there may be more words */
  gboolean                    output_open;
} Running;

static void
running_clear (Running *self)
{
  if (self->partial != NULL)
    g_string_free (self->partial, TRUE);
  g_queue_clear_full (&self->last, g_free);
  g_clear_error (&self->stopped);
  g_clear_object (&self->process);
  if (self->context != NULL)
    {
      g_main_context_pop_thread_default (self->context);
      g_main_context_unref (self->context);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Running, running_clear)

/* After fork: only what is safe there. Our own threads may have signals blocked, which a program would inherit. */
static void
set_up_child (gpointer user_data)
{
  const int *ends = user_data;
  pid_t group = setsid ();
  sigset_t none;

  if (write (ends[1], &group, sizeof group) < 0)
    _exit (127);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
  signal (SIGINT, SIG_DFL);
  signal (SIGTERM, SIG_DFL);
}

static void
take_line (Running *self)
{
  g_autofree char *line = NULL;

  if (self->partial->len > 0 && self->partial->str[self->partial->len - 1] == '\r')
    g_string_truncate (self->partial, self->partial->len - 1);

  line = strata_mask (self->partial->str, self->request->secrets);
  g_string_truncate (self->partial, 0);
  if (self->request->line != NULL)
    self->request->line (line, self->request->user_data);

  if (*line == '\0')
    return;

  g_queue_push_tail (&self->last, g_steal_pointer (&line));
  if (g_queue_get_length (&self->last) > LINES_KEPT)
    g_free (g_queue_pop_head (&self->last));
}

static void
take_bytes (Running    *self,
            const char *bytes,
            gsize       length)
{
  for (gsize i = 0; i < length; i++)
    {
      if (bytes[i] == '\n' || self->partial->len >= LONGEST_LINE)
        take_line (self);
      if (bytes[i] != '\n' && bytes[i] != '\0')
        g_string_append_c (self->partial, bytes[i]);
    }
}

static gboolean
on_output (GObject  *stream,
           gpointer  user_data)
{
  Running *self = user_data;
  GString *output = self->request->output;
  g_autoptr(GError) error = NULL;
  char bytes[4096];
  gssize n = g_pollable_input_stream_read_nonblocking (self->output, bytes, sizeof bytes, NULL, &error);

  if (n > 0)
    g_string_append_len (output, bytes, n);
  else
    self->output_open = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  if (output->len > LONGEST_OUTPUT && self->stopped == NULL)
    g_set_error_literal (&self->stopped, STRATA_ERROR, STRATA_ERROR_FAILED,
                         _("It was ended: it printed more than 64 MB"));

  return self->output_open ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
on_words (GObject  *stream,
          gpointer  user_data)
{
  Running *self = user_data;
  g_autoptr(GError) error = NULL;
  char bytes[4096];
  gssize n = g_pollable_input_stream_read_nonblocking (self->words, bytes, sizeof bytes, NULL, &error);

  if (n > 0)
    take_bytes (self, bytes, n);
  else
    self->open = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);

  return self->open ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
on_ended (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Running *self = user_data;

  g_subprocess_wait_finish (self->process, result, NULL);
  self->ended = g_get_monotonic_time ();
}

/* The next harder signal, when its time has come. */
static void
send_signal (Running *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->group == 0 || self->n_signals == G_N_ELEMENTS (signals) || now < self->next_signal)
    return;

  kill (-self->group, signals[self->n_signals].signal);
  self->next_signal = now + (self->between && signals[self->n_signals].signal == SIGTERM ? GO_BETWEEN_US
                                                                                         : signals[self->n_signals].time_us);
  self->n_signals++;
}

static void
check_stop (Running *self)
{
  const StrataProcessRequest *request = self->request;
  gint64 limit = request->limit_ms * 1000;

  if (g_cancellable_is_cancelled (self->cancellable))
    g_set_error_literal (&self->stopped, STRATA_ERROR, STRATA_ERROR_CANCELLED, _("Cancelled"));
  else if (limit > 0 && g_get_monotonic_time () - self->started > limit)
    g_set_error (&self->stopped, STRATA_ERROR, STRATA_ERROR_FAILED, _("It was ended: it ran longer than %u s"),
                 (guint) (request->limit_ms / 1000));
  else if (request->tick != NULL)
    request->tick (self->group, request->user_data, &self->stopped);
}

static gboolean
on_tick (gpointer user_data)
{
  Running *self = user_data;

  /* Behind a wrapper (uv, poetry) that is gone there may be somebody. */
  if (self->stopped == NULL && self->ended == 0)
    check_stop (self);
  if (self->stopped != NULL)
    send_signal (self);

  return G_SOURCE_CONTINUE;
}

static GStrv
join_arguments (const StrataProcessRequest *request)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_addv (builder, (const char **) strata_project_command_get_arguments (request->command));
  if (request->options != NULL)
    g_strv_builder_addv (builder, (const char **) request->options);

  return g_strv_builder_end (builder);
}

static gboolean
is_between (const StrataProjectCommand *command)
{
  const char * const *arguments = strata_project_command_get_arguments (command);

  for (guint i = 0; arguments[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (arguments[i]);

      if (g_strv_contains (go_betweens, name))
        return TRUE;
    }

  return FALSE;
}

/* The program itself says who it is: GSubprocess forgets it once it has ended, and whom it left behind is found by it. */
static gboolean
spawn (Running              *self,
       GSubprocessLauncher  *launcher,
       GError              **error)
{
  g_auto(GStrv) arguments = join_arguments (self->request);
  int ends[2];
  pid_t group;

  if (!g_unix_open_pipe (ends, FD_CLOEXEC, error))
    return FALSE;

  g_subprocess_launcher_set_child_setup (launcher, set_up_child, ends, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char * const *) arguments, error);
  if (self->process != NULL && read (ends[0], &group, sizeof group) == sizeof group)
    self->group = group;
  close (ends[0]);
  close (ends[1]);

  return self->process != NULL;
}

static gboolean
start (Running  *self,
       GError  **error)
{
  const StrataProcessRequest *request = self->request;
  g_autoptr(GSubprocessLauncher) launcher = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | (request->output != NULL ? G_SUBPROCESS_FLAGS_STDERR_PIPE
                                                                   : G_SUBPROCESS_FLAGS_STDERR_MERGE));
  g_subprocess_launcher_set_cwd (launcher, strata_project_command_get_folder (request->command));
  g_subprocess_launcher_unsetenv (launcher, "STRATA_PASSWORD");
  for (guint i = 0; request->variables != NULL && request->variables[i] != NULL; i += 2)
    g_subprocess_launcher_setenv (launcher, request->variables[i], request->variables[i + 1], TRUE);

  if (!spawn (self, launcher, error))
    return FALSE;

  self->words = G_POLLABLE_INPUT_STREAM (request->output != NULL ? g_subprocess_get_stderr_pipe (self->process)
                                                                 : g_subprocess_get_stdout_pipe (self->process));
  if (request->output != NULL)
    self->output = G_POLLABLE_INPUT_STREAM (g_subprocess_get_stdout_pipe (self->process));
  self->between = is_between (request->command);
  self->open = TRUE;
  self->output_open = self->output != NULL;
  self->started = g_get_monotonic_time ();

  return TRUE;
}

/* A wrapper may be gone before what it started has rolled back. */
static gboolean
is_over (Running *self)
{
  if (self->ended == 0)
    return FALSE;
  if (!self->open && !self->output_open)
    return TRUE;

  return self->stopped != NULL ? self->n_signals == G_N_ELEMENTS (signals) || self->group == 0
                               : g_get_monotonic_time () - self->ended >= LEFTOVER_US;
}

static void
wait_for_end (Running *self)
{
  g_autoptr(GSource) tick = g_timeout_source_new (TICK_MS);
  g_autoptr(GSource) words = g_pollable_input_stream_create_source (self->words, NULL);
  g_autoptr(GSource) output = self->output != NULL ? g_pollable_input_stream_create_source (self->output, NULL) : NULL;

  g_source_set_callback (tick, on_tick, self, NULL);
  g_source_attach (tick, self->context);
  g_source_set_callback (words, G_SOURCE_FUNC (on_words), self, NULL);
  g_source_attach (words, self->context);
  if (output != NULL)
    {
      g_source_set_callback (output, G_SOURCE_FUNC (on_output), self, NULL);
      g_source_attach (output, self->context);
    }
  g_subprocess_wait_async (self->process, NULL, on_ended, self);

  while (!is_over (self))
    g_main_context_iteration (self->context, TRUE);

  /* Whoever of the group is left, also where the program ended well: when this returns, nobody works on for it. */
  if (self->group != 0)
    kill (-self->group, SIGKILL);

  g_source_destroy (tick);
  g_source_destroy (words);
  if (output != NULL)
    g_source_destroy (output);
  if (self->partial->len > 0)
    take_line (self);
}

static char *
join_last_lines (Running *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (GList *l = self->last.head; l != NULL; l = l->next)
    g_string_append_printf (text, "\n  %s", (char *) l->data);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
tell_end (Running  *self,
          GError  **error)
{
  g_autofree char *line = strata_process_to_string (self->request);
  g_autofree char *words = join_last_lines (self);
  g_autofree char *advice = NULL;
  g_autofree char *how = NULL;

  if (self->stopped != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->stopped));
      return FALSE;
    }

  if (g_subprocess_get_successful (self->process))
    return TRUE;

  how = g_subprocess_get_if_signaled (self->process)
        ? g_strdup_printf (_("“%s” was ended by signal %d (%s)"), line, g_subprocess_get_term_sig (self->process),
                           g_strsignal (g_subprocess_get_term_sig (self->process)))
        : g_strdup_printf (_("“%s” failed with status %d"), line, g_subprocess_get_exit_status (self->process));
  advice = strata_process_advise (self->request->command, words);
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, "%s%s%s%s%s", how,
               *words != '\0' ? _(". Its last words:") : "", words,
               advice != NULL ? "\n" : "", advice != NULL ? advice : "");

  return FALSE;
}

static void
explain_start (const StrataProcessRequest  *request,
               GError                     **error)
{
  g_autofree char *line = strata_process_to_string (request);
  g_autofree char *why = g_strdup ((*error)->message);
  g_autofree char *advice = strata_process_advise_start (request->command);

  g_clear_error (error);
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("“%s” cannot be started: %s"), line,
               advice != NULL ? advice : why);
}

gboolean
strata_process_run (const StrataProcessRequest  *request,
                    GCancellable                *cancellable,
                    GError                     **error)
{
  g_auto(Running) self = { .request = request, .cancellable = cancellable };

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_CANCELLED, _("Cancelled"));
      return FALSE;
    }

  self.partial = g_string_new (NULL);
  self.context = g_main_context_new ();
  g_main_context_push_thread_default (self.context);

  if (!start (&self, error))
    {
      explain_start (request, error);
      return FALSE;
    }

  wait_for_end (&self);

  return tell_end (&self, error);
}

char *
strata_process_to_string (const StrataProcessRequest *request)
{
  g_auto(GStrv) arguments = join_arguments (request);
  StrataProjectCommand *command = request->command;
  g_autoptr(StrataProjectCommand) whole = NULL;
  g_autofree char *text = NULL;

  whole = strata_project_command_new (strata_project_command_get_purpose (command), (const char * const *) arguments,
                                      strata_project_command_get_folder (command), "");
  text = strata_project_command_to_string (whole);

  return strata_mask (text, request->secrets);
}

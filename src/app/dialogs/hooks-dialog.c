/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/dialogs/hooks-dialog.h"

#include <glib/gi18n.h>

#include "core/workspace/hooks.h"

typedef struct
{
  GtkWindow     *window;
  StrataSession *session;
  char          *path;
  GPtrArray     *hooks;      /* StrataProjectCommand */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->window);
  g_object_unref (question->session);
  g_free (question->path);
  g_clear_pointer (&question->hooks, g_ptr_array_unref);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static gpointer
find_job (StrataWorkspace   *workspace,
          StrataConnection  *connection,
          gpointer           data,
          GCancellable      *cancellable,
          GError           **error)
{
  return strata_workspace_find_new_hooks (workspace, error);
}

typedef struct
{
  char      *path;
  GPtrArray *hooks;
} Run;

static void
run_free (Run *run)
{
  g_free (run->path);
  g_ptr_array_unref (run->hooks);
  g_free (run);
}

/* Exactly those that were shown: a hook that changed meanwhile still lacks consent. */
static gpointer
run_job (StrataWorkspace   *workspace,
         StrataConnection  *connection,
         gpointer           data,
         GCancellable      *cancellable,
         GError           **error)
{
  const StrataHookRun run = { .trusted = FALSE };
  Run *self = data;

  if (!strata_trust_give (strata_project_get_root (strata_workspace_get_project (workspace)), self->hooks, error)
      || !strata_workspace_run_hooks (workspace, self->path, &run, cancellable, error))
    return NULL;

  return GINT_TO_POINTER (TRUE);
}

static void
on_run (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GtkWindow) window = user_data;
  g_autoptr(GError) error = NULL;

  strata_session_ask_finish (STRATA_SESSION (source), result, &error);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (window), "win.toast", "s", error != NULL ? error->message : _("The hooks have run"));
}

static void
on_answered (AdwMessageDialog *dialog,
             const char       *response,
             Question         *question)
{
  g_autoptr(Question) self = question;
  Run *run;

  if (!g_str_equal (response, "run"))
    return;

  run = g_new0 (Run, 1);
  run->path = g_strdup (self->path);
  run->hooks = g_ptr_array_ref (self->hooks);
  strata_session_ask_async (self->session, STRATA_ASK_FILES, run_job, run, (GDestroyNotify) run_free, NULL, NULL, on_run,
                            g_object_ref (self->window));
}

static char *
dup_lines (GPtrArray *hooks)
{
  g_autoptr(GString) lines = g_string_new (NULL);

  for (guint i = 0; i < hooks->len; i++)
    {
      g_autofree char *line = strata_project_command_to_string (g_ptr_array_index (hooks, i));

      g_string_append_printf (lines, "%s%s\n(%s)", i > 0 ? "\n\n" : "", line,
                              strata_project_command_get_reason (g_ptr_array_index (hooks, i)));
    }

  return g_string_free (g_steal_pointer (&lines), FALSE);
}

static void
show (Question *question)
{
  g_autofree char *lines = dup_lines (question->hooks);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (question->window, _("Run the Project’s Hooks?"), NULL));

  adw_message_dialog_format_body (dialog, _("The revision is written. After that the project wants to run, for its file:\n\n%s"
                                            "\n\nThat runs code of the project. Your answer is kept for exactly these commands."),
                                  lines);
  adw_message_dialog_add_responses (dialog, "close", _("_Not Now"), "run", _("_Run Hooks"), NULL);
  adw_message_dialog_set_default_response (dialog, "close");
  adw_message_dialog_set_close_response (dialog, "close");
  g_signal_connect (dialog, "response", G_CALLBACK (on_answered), question);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(Question) question = user_data;
  g_autoptr(GError) error = NULL;

  question->hooks = strata_session_ask_finish (question->session, result, &error);
  if (question->hooks != NULL && question->hooks->len > 0)
    show (g_steal_pointer (&question));
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (question->window), "win.toast", "s", error->message);
}

void
strata_hooks_dialog_ask (GtkWindow     *window,
                         StrataSession *session,
                         const char    *path)
{
  Question *question = g_new0 (Question, 1);

  question->window = g_object_ref (window);
  question->session = g_object_ref (session);
  question->path = g_strdup (path);
  strata_session_ask_async (session, STRATA_ASK_FILES, find_job, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, on_found,
                            question);
}

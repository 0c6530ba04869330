/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-watch.h"

#include <glib/gi18n.h>

#include "app/state/run-words.h"
#include "app/widgets/accessible.h"
#include "app/widgets/toast.h"

struct _StrataRunWatch
{
  GObject           parent_instance;

  /* owned */
  StrataSession    *session;
  StrataRunJob     *job;             /* that goes on */

  /* borrowed */
  GtkWindow        *window;
  AdwToastOverlay  *toasts;
  GtkWidget        *close_question;  /* weak */

  /* values */
  gboolean          is_closing;      /* as soon as the run has ended */
};

G_DEFINE_FINAL_TYPE (StrataRunWatch, strata_run_watch, G_TYPE_OBJECT)

static void
show_toast (StrataRunWatch *self,
            StrataRunJob   *job,
            const char     *text)
{
  strata_toast_show_offer (self->toasts, text, _("Show Log"), "win.show-run",
                           g_variant_new_string (strata_run_job_get_name (job)));
}

static void
notify_desktop (StrataRunWatch *self,
                StrataRunJob   *job,
                const char     *text)
{
  GtkApplication *application = gtk_window_get_application (self->window);
  const GError *error = strata_run_job_get_error (job);
  g_autoptr(GNotification) notification = NULL;

  if (application == NULL || gtk_window_is_active (self->window))
    return;

  notification = g_notification_new (text);
  if (GTK_IS_APPLICATION_WINDOW (self->window))
    g_notification_set_default_action_and_target (notification, "app.present", "u",
                                                  gtk_application_window_get_id (GTK_APPLICATION_WINDOW (self->window)));
  if (error != NULL)
    {
      g_notification_set_body (notification, error->message);
      g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
    }
  g_application_send_notification (G_APPLICATION (application), strata_run_job_get_name (job), notification);
}

/* The answer is a field of the options; the same run begins anew with it. */
static void
on_answered (AdwMessageDialog *dialog,
             const char       *response,
             StrataRunWatch   *self)
{
  StrataRunJob *job = g_object_get_data (G_OBJECT (dialog), "job");
  StrataRunOptions options = *strata_run_job_get_options (job);

  if (g_str_equal (response, "cancel") || strata_session_get_run (self->session) != NULL
      || strata_session_get_snapshot (self->session) == NULL)
    return;

  if (g_str_equal (response, "run"))
    options.first_run_accepted = TRUE;
  else if (g_str_equal (response, "agree"))
    options.trust = TRUE;
  else
    options.in_flight = g_str_equal (response, "repeat") ? STRATA_IN_FLIGHT_REPEAT : STRATA_IN_FLIGHT_SKIP;

  strata_session_start_run (self->session, &options);
}

static char *
dup_heading (StrataRunQuestion  question,
             const char        *database)
{
  if (question == STRATA_QUESTION_FIRST_RUN)
    return g_strdup_printf (_("Is %s the Right Database?"), database);
  if (question == STRATA_QUESTION_CONSENT)
    return g_strdup_printf (_("Run the Project’s Own Alembic on %s?"), database);

  return g_strdup_printf (_("Repeat a Statement on %s?"), database);
}

static void
ask (StrataRunWatch *self,
     StrataRunJob   *job)
{
  StrataRunQuestion question = strata_run_job_get_report (job)->question;
  const char *database = strata_run_job_get_title (job);
  g_autofree char *heading = dup_heading (question, database);
  GtkWidget *dialog = adw_message_dialog_new (self->window, heading, strata_run_job_get_error (job)->message);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_response (message, "cancel", _("_Cancel"));
  if (question == STRATA_QUESTION_FIRST_RUN)
    adw_message_dialog_add_response (message, "run", _("_Run"));
  else if (question == STRATA_QUESTION_CONSENT)
    adw_message_dialog_add_response (message, "agree", _("_Agree and Run"));
  else
    adw_message_dialog_add_responses (message, "skip", _("_Skip It"), "repeat", _("_Repeat It"), NULL);
  adw_message_dialog_set_default_response (message, "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "job", g_object_ref (job), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answered), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Where a step is in half, a line that goes away after five seconds is not enough. */
static gboolean
is_clean (StrataRunJob *job)
{
  StrataRunReport *report = strata_run_job_get_report (job);

  for (guint i = 0; report != NULL && i < report->steps->len; i++)
    {
      const StrataStepReport *step = g_ptr_array_index (report->steps, i);

      if (step->state == STRATA_STEP_PARTLY || step->state == STRATA_STEP_UNKNOWN)
        return FALSE;
    }

  return TRUE;
}

static void
tell_end (StrataRunWatch *self,
          StrataRunJob   *job)
{
  StrataRunJobState state = strata_run_job_get_progress (job)->state;
  StrataRunReport *report = strata_run_job_get_report (job);
  g_autofree char *text = strata_run_words_dup_end (job);

  notify_desktop (self, job, text);
  if (state == STRATA_RUN_JOB_FAILED && report != NULL && report->question != STRATA_QUESTION_NONE)
    ask (self, job);
  else if (state == STRATA_RUN_JOB_FAILED || !is_clean (job))
    {
      gtk_widget_activate_action (GTK_WIDGET (self->window), "win.show-run", "s", strata_run_job_get_name (job));
      strata_accessible_announce (GTK_WIDGET (self->window), text);
    }
  else
    show_toast (self, job, text);
}

static void
on_state (StrataRunJob   *job,
          GParamSpec     *pspec,
          StrataRunWatch *self)
{
  if (!strata_run_job_has_ended (job) || self->job != job)
    return;

  self->job = NULL;
  if (self->close_question != NULL)
    gtk_window_destroy (GTK_WINDOW (self->close_question));

  /* The job is kept by who emits. */
  if (self->is_closing)
    {
      self->is_closing = FALSE;
      gtk_window_close (self->window);
    }
  else
    tell_end (self, job);
  g_object_unref (job);
}

static void
on_run (StrataRunWatch *self)
{
  StrataRunJob *run = strata_session_get_run (self->session);

  if (run == NULL || run == self->job)
    return;

  g_set_object (&self->job, run);
  g_signal_connect_object (run, "notify::state", G_CALLBACK (on_state), self, 0);
}

static void
on_close_answered (AdwMessageDialog *dialog,
                   const char       *response,
                   StrataRunWatch   *self)
{
  if (!g_str_equal (response, "stop"))
    {
      gtk_widget_activate_action (GTK_WIDGET (self->window), "win.keep-open", NULL);
      return;
    }

  self->is_closing = TRUE;
  if (self->job != NULL)
    strata_run_job_cancel (self->job);
  else
    gtk_window_close (self->window);
}

static gboolean
on_close_request (StrataRunWatch *self)
{
  g_autofree char *heading = NULL;
  AdwMessageDialog *dialog;

  if (self->job == NULL)
    return GDK_EVENT_PROPAGATE;
  if (self->is_closing || self->close_question != NULL)
    return GDK_EVENT_STOP;

  heading = g_strdup_printf (_("Stop the Run on %s?"), strata_run_job_get_title (self->job));
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (self->window, heading, NULL));
  adw_message_dialog_set_body (dialog, _("A run is changing the database. If it is stopped, the step that runs is taken "
                                         "back; the steps before it stay."));
  adw_message_dialog_add_responses (dialog, "keep", _("_Keep Running"), "stop", _("_Stop and Close"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "stop", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "keep");
  adw_message_dialog_set_close_response (dialog, "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_close_answered), self, 0);
  g_set_weak_pointer (&self->close_question, GTK_WIDGET (dialog));
  gtk_window_present (GTK_WINDOW (dialog));

  return GDK_EVENT_STOP;
}

static void
strata_run_watch_finalize (GObject *object)
{
  StrataRunWatch *self = STRATA_RUN_WATCH (object);

  g_clear_weak_pointer (&self->close_question);
  g_clear_object (&self->job);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (strata_run_watch_parent_class)->finalize (object);
}

static void
strata_run_watch_class_init (StrataRunWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = strata_run_watch_finalize;
}

static void
strata_run_watch_init (StrataRunWatch *self)
{
}

StrataRunWatch *
strata_run_watch_new (GtkWindow       *window,
                      AdwToastOverlay *toasts,
                      StrataSession   *session)
{
  StrataRunWatch *self = g_object_new (STRATA_TYPE_RUN_WATCH, NULL);

  self->window = window;
  self->toasts = toasts;
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "notify::run", G_CALLBACK (on_run), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "close-request", G_CALLBACK (on_close_request), self, G_CONNECT_SWAPPED);
  on_run (self);

  return self;
}

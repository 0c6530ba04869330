/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-bar.h"

#include <glib/gi18n.h>

#include "app/state/run-words.h"
#include "app/widgets/accessible.h"

#define TICK_MS 250

struct _StrataRunBar
{
  AdwBin           parent_instance;

  /* template */
  GtkProgressBar  *bar;
  GtkLabel        *elapsed;
  GtkRevealer     *revealer;
  GtkLabel        *statement;
  GtkWidget       *stop;
  GtkLabel        *title;
  GtkWidget       *waiting_box;
  GtkLabel        *waiting;

  /* owned */
  StrataSession   *session;
  StrataRunJob    *job;          /* the one that goes on, or NULL */
  GSignalGroup    *signals;      /* of the session */
  GSignalGroup    *job_signals;
  char            *told_waiting; /* what was read aloud of it last, or NULL */

  /* values */
  guint            tick;
  gboolean         is_told;      /* aloud, that it runs */
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataRunBar, strata_run_bar, ADW_TYPE_BIN)

static void
show_elapsed (StrataRunBar *self)
{
  gint64 seconds = strata_run_job_get_elapsed (self->job) / G_USEC_PER_SEC;
  g_autofree char *text = g_strdup_printf ("%d:%02d", (int) (seconds / 60), (int) (seconds % 60));

  gtk_label_set_text (self->elapsed, text);
}

/* Of a short run, its end says enough. */
static void
tell_run (StrataRunBar *self)
{
  if (self->is_told || strata_run_job_get_elapsed (self->job) < G_USEC_PER_SEC)
    return;

  self->is_told = TRUE;
  strata_accessible_announce (GTK_WIDGET (self), gtk_label_get_text (self->title));
}

static gboolean
on_tick (gpointer self)
{
  show_elapsed (self);
  tell_run (self);

  return G_SOURCE_CONTINUE;
}

/* One line: a statement may be a page long. */
static char *
dup_line (const char *statement)
{
  g_autofree char *start = g_utf8_make_valid (statement != NULL ? statement : "", -1);
  g_autofree char *head = g_utf8_substring (start, 0, MIN (g_utf8_strlen (start, -1), 300));
  g_auto(GStrv) words = g_strsplit_set (head, " \t\r\n", -1);
  g_autoptr(GString) line = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[i]);

  return g_strdup (line->str);
}

/* That nothing goes on is news; the steps are read from the progress bar, at the pace that the person has set. */
static void
tell_waiting (StrataRunBar *self,
              const char   *waiting)
{
  if (g_strcmp0 (self->told_waiting, waiting) == 0)
    return;

  g_free (self->told_waiting);
  self->told_waiting = g_strdup (waiting);
  if (waiting != NULL)
    strata_accessible_announce (GTK_WIDGET (self), waiting);
}

static void
show_progress (StrataRunBar *self)
{
  const StrataRunProgress *progress = strata_run_job_get_progress (self->job);
  g_autofree char *title = strata_run_words_dup_progress (self->job);
  g_autofree char *waiting = strata_run_words_dup_waiting (self->job);
  g_autofree char *statement = dup_line (progress->statement);
  guint n_done = g_strv_length (progress->done);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->statement, statement);
  gtk_label_set_text (self->waiting, waiting != NULL ? waiting : "");
  gtk_widget_set_visible (self->waiting_box, waiting != NULL);
  gtk_widget_set_sensitive (self->stop, !strata_run_job_is_stopping (self->job));
  gtk_progress_bar_set_fraction (self->bar, progress->n_steps > 0 ? (double) n_done / progress->n_steps : 0);
  show_elapsed (self);
  tell_waiting (self, waiting);
}

static void
on_progress (StrataRunBar *self)
{
  if (self->job != NULL && !strata_run_job_has_ended (self->job))
    show_progress (self);
}

static void
set_job (StrataRunBar *self,
         StrataRunJob *job)
{
  if (!g_set_object (&self->job, job))
    return;

  g_signal_group_set_target (self->job_signals, job);
  gtk_revealer_set_reveal_child (self->revealer, job != NULL);
  g_clear_handle_id (&self->tick, g_source_remove);
  if (job == NULL)
    return;

  self->tick = g_timeout_add (TICK_MS, on_tick, self);
  self->is_told = FALSE;
  show_progress (self);
}

static void
on_run (StrataRunBar *self)
{
  set_job (self, self->session != NULL ? strata_session_get_run (self->session) : NULL);
}

static void
strata_run_bar_dispose (GObject *object)
{
  StrataRunBar *self = STRATA_RUN_BAR (object);

  g_signal_group_set_target (self->signals, NULL);
  g_signal_group_set_target (self->job_signals, NULL);
  g_clear_handle_id (&self->tick, g_source_remove);
  /* A bin would unparent its child once more. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_RUN_BAR);
  g_clear_object (&self->session);
  g_clear_object (&self->job);

  G_OBJECT_CLASS (strata_run_bar_parent_class)->dispose (object);
}

static void
strata_run_bar_finalize (GObject *object)
{
  StrataRunBar *self = STRATA_RUN_BAR (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->job_signals);
  g_clear_pointer (&self->told_waiting, g_free);

  G_OBJECT_CLASS (strata_run_bar_parent_class)->finalize (object);
}

static void
strata_run_bar_get_property (GObject    *object,
                             guint       id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, STRATA_RUN_BAR (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_run_bar_set_property (GObject      *object,
                             guint         id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (id)
    {
    case PROP_SESSION:
      strata_run_bar_set_session (STRATA_RUN_BAR (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_run_bar_class_init (StrataRunBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_run_bar_dispose;
  object_class->finalize = strata_run_bar_finalize;
  object_class->get_property = strata_run_bar_get_property;
  object_class->set_property = strata_run_bar_set_property;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, STRATA_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/run-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRunBar, bar);
  gtk_widget_class_bind_template_child (widget_class, StrataRunBar, elapsed);
  gtk_widget_class_bind_template_child (widget_class, StrataRunBar, revealer);
  gtk_widget_class_bind_template_child (widget_class, StrataRunBar, statement);
  gtk_widget_class_bind_template_child (widget_class, StrataRunBar, stop);
  gtk_widget_class_bind_template_child (widget_class, StrataRunBar, title);
  gtk_widget_class_bind_template_child (widget_class, StrataRunBar, waiting);
  gtk_widget_class_bind_template_child (widget_class, StrataRunBar, waiting_box);
}

static void
strata_run_bar_init (StrataRunBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (STRATA_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::run", G_CALLBACK (on_run), self);
  self->job_signals = g_signal_group_new (STRATA_TYPE_RUN_JOB);
  g_signal_group_connect_swapped (self->job_signals, "progress-changed", G_CALLBACK (on_progress), self);
}

void
strata_run_bar_set_session (StrataRunBar  *self,
                            StrataSession *session)
{
  g_return_if_fail (STRATA_IS_RUN_BAR (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->signals, session);
  on_run (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

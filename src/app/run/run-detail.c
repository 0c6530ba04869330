/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-detail.h"

#include <glib/gi18n.h>

#include "app/run/run-failure-view.h"
#include "app/run/run-log-view.h"
#include "app/run/run-row.h"
#include "app/state/run-words.h"
#include "app/widgets/fit-scroller.h"

struct _StrataRunDetail
{
  AdwBin                 parent_instance;

  /* template */
  StrataRunFailureView  *failure;
  GtkImage              *icon;
  StrataRunLogView      *log;
  GtkLabel              *origin;
  GtkLabel              *result;
  GtkLabel              *title;

  /* owned */
  StrataSession         *session;
  StrataRunRecord       *record;
  GSignalGroup          *signals;
};

G_DEFINE_FINAL_TYPE (StrataRunDetail, strata_run_detail, ADW_TYPE_BIN)

static void
show_origin (StrataRunDetail *self)
{
  GPtrArray *entries = strata_run_record_get_entries (self->record);
  const char *tool = entries != NULL ? ((StrataLedgerEntry *) g_ptr_array_index (entries, 0))->tool
                                     : "strata " PACKAGE_VERSION;
  gint64 began = strata_run_record_get_began (self->record);
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_local (began / G_USEC_PER_SEC);
  g_autofree char *when = g_date_time_format (moment, "%c");
  g_autofree char *who = strata_run_record_dup_who (self->record);
  g_autofree char *text = g_strdup_printf ("%s · %s · %s", when, who, tool);

  gtk_label_set_text (self->origin, text);
}

static char *
dup_result (StrataRunDetail *self)
{
  StrataRunJob *job = strata_run_record_get_job (self->record);
  g_autofree char *result = NULL;
  g_autofree char *time = NULL;

  if (job != NULL)
    return strata_run_words_dup_end (job);

  result = strata_run_record_dup_result (self->record);
  if (strata_run_record_get_state (self->record) == STRATA_RECORD_UNFINISHED)
    return g_steal_pointer (&result);

  time = strata_run_words_dup_duration (strata_run_record_get_duration (self->record));

  /* Translators: how a run ended, and how long it took. */
  return g_strdup_printf (_("%s, %s"), result, time);
}

static void
show_record (StrataRunDetail *self)
{
  g_autofree char *title = strata_run_record_dup_title (self->record);
  g_autofree char *result = dup_result (self);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->result, result);
  strata_run_row_show_state (self->icon, strata_run_record_get_state (self->record));
  show_origin (self);
  strata_run_failure_view_show (self->failure, self->record);
}

static void
on_changed (StrataRunDetail *self)
{
  if (self->record != NULL)
    show_record (self);
}

static void
strata_run_detail_dispose (GObject *object)
{
  StrataRunDetail *self = STRATA_RUN_DETAIL (object);

  g_signal_group_set_target (self->signals, NULL);
  /* A bin would unparent its child once more. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_RUN_DETAIL);
  g_clear_object (&self->record);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (strata_run_detail_parent_class)->dispose (object);
}

static void
strata_run_detail_finalize (GObject *object)
{
  g_clear_object (&STRATA_RUN_DETAIL (object)->signals);

  G_OBJECT_CLASS (strata_run_detail_parent_class)->finalize (object);
}

static void
strata_run_detail_class_init (StrataRunDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_run_detail_dispose;
  object_class->finalize = strata_run_detail_finalize;

  g_type_ensure (STRATA_TYPE_FIT_SCROLLER);
  g_type_ensure (STRATA_TYPE_RUN_FAILURE_VIEW);
  g_type_ensure (STRATA_TYPE_RUN_LOG_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/run-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRunDetail, failure);
  gtk_widget_class_bind_template_child (widget_class, StrataRunDetail, icon);
  gtk_widget_class_bind_template_child (widget_class, StrataRunDetail, log);
  gtk_widget_class_bind_template_child (widget_class, StrataRunDetail, origin);
  gtk_widget_class_bind_template_child (widget_class, StrataRunDetail, result);
  gtk_widget_class_bind_template_child (widget_class, StrataRunDetail, title);
}

static void
strata_run_detail_init (StrataRunDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (STRATA_TYPE_RUN_RECORD);
  g_signal_group_connect_swapped (self->signals, "notify::state", G_CALLBACK (on_changed), self);
}

void
strata_run_detail_show (StrataRunDetail *self,
                        StrataSession   *session,
                        StrataRunRecord *record)
{
  g_return_if_fail (STRATA_IS_RUN_DETAIL (self));

  g_set_object (&self->session, session);
  g_set_object (&self->record, record);
  g_signal_group_set_target (self->signals, record);
  on_changed (self);
  strata_run_log_view_show (self->log, session, record);
}

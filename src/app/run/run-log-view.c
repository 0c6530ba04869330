/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-log-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/state/run-log.h"
#include "app/widgets/sql-view.h"

struct _StrataRunLogView
{
  GtkBox                   parent_instance;

  /* template */
  GtkEditable             *search_entry;
  GtkSearchBar            *search_bar;
  GtkTextView             *view;

  /* owned */
  StrataSession           *session;
  StrataRunRecord         *record;
  GSignalGroup            *signals;       /* of its job */
  GCancellable            *cancellable;   /* of reading texts of the ledger */
  GtkSourceSearchContext  *search;

  /* values */
  guint                    n_shown;       /* lines of the job that stay as they are shown ... */
  int                      end_shown;     /* ... and where their text ends */
  gboolean                 follows;       /* its end is in sight, and stays there */
};

G_DEFINE_FINAL_TYPE (StrataRunLogView, strata_run_log_view, GTK_TYPE_BOX)

static GtkTextBuffer *
get_buffer (StrataRunLogView *self)
{
  return gtk_text_view_get_buffer (self->view);
}

static gboolean
is_at_end (StrataRunLogView *self)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view));

  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)
         >= gtk_adjustment_get_upper (adjustment) - 40;
}

static void
scroll_to_end (StrataRunLogView *self)
{
  GtkTextIter end;
  GtkTextMark *mark;

  gtk_text_buffer_get_end_iter (get_buffer (self), &end);
  mark = gtk_text_buffer_create_mark (get_buffer (self), NULL, &end, FALSE);
  gtk_text_view_scroll_to_mark (self->view, mark, 0, FALSE, 0, 0);
  gtk_text_buffer_delete_mark (get_buffer (self), mark);
}

/* The text lays itself out bit by bit, and what is above it may take its room. */
static void
on_resized (StrataRunLogView *self,
            GtkAdjustment    *adjustment)
{
  if (self->follows)
    gtk_adjustment_set_value (adjustment,
                              gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment));
}

static void
on_scrolled (StrataRunLogView *self)
{
  self->follows = is_at_end (self);
}

static void
append (StrataRunLogView *self,
        const char       *text)
{
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (get_buffer (self), &end);
  gtk_text_buffer_insert (get_buffer (self), &end, text, -1);
}

/* Only what is new is written: a run may have ten thousand statements. */
static void
show_job (StrataRunLogView *self)
{
  StrataRunJob *job = strata_run_record_get_job (self->record);
  guint n_final = strata_run_log_count_final (job);
  g_autofree char *final = strata_run_log_dup_lines (job, self->n_shown, n_final);
  g_autofree char *rest = strata_run_log_dup_lines (job, n_final, strata_run_job_get_log (job)->len);
  GtkTextIter from, end;

  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &from, self->end_shown);
  gtk_text_buffer_get_end_iter (get_buffer (self), &end);
  gtk_text_buffer_delete (get_buffer (self), &from, &end);

  append (self, final);
  self->n_shown = n_final;
  self->end_shown = gtk_text_buffer_get_char_count (get_buffer (self));
  append (self, rest);

  if (self->follows)
    scroll_to_end (self);
}

static void
on_progress (StrataRunLogView *self)
{
  if (self->record != NULL && strata_run_record_get_job (self->record) != NULL)
    show_job (self);
}

static void
on_texts (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(StrataRunLogView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = strata_run_log_ask_finish (STRATA_SESSION (source), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  gtk_text_buffer_set_text (get_buffer (self), text != NULL ? text : error->message, -1);
}

static void
search_from (StrataRunLogView *self,
             gboolean          forward,
             gboolean          from_start)
{
  GtkTextIter start, end, found_start, found_end;
  gboolean found;

  gtk_text_buffer_get_selection_bounds (get_buffer (self), &start, &end);
  found = forward
          ? gtk_source_search_context_forward (self->search, from_start ? &start : &end, &found_start, &found_end, NULL)
          : gtk_source_search_context_backward (self->search, &start, &found_start, &found_end, NULL);
  if (!found)
    return;

  gtk_text_buffer_select_range (get_buffer (self), &found_start, &found_end);
  gtk_text_view_scroll_to_iter (self->view, &found_start, 0.2, FALSE, 0, 0);
}

static void
on_search_changed (StrataRunLogView *self)
{
  const char *text = gtk_editable_get_text (self->search_entry);

  gtk_source_search_settings_set_search_text (gtk_source_search_context_get_settings (self->search), text);
  if (*text != '\0')
    search_from (self, TRUE, TRUE);
}

static void
search_next (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  search_from (STRATA_RUN_LOG_VIEW (widget), TRUE, FALSE);
}

static void
search_previous (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  search_from (STRATA_RUN_LOG_VIEW (widget), FALSE, FALSE);
}

static void
begin_search (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  StrataRunLogView *self = STRATA_RUN_LOG_VIEW (widget);

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(StrataRunLogView) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean saved = g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", saved ? _("Log saved") : error->message);
}

static void
on_save_response (GtkNativeDialog  *chooser,
                  int               response,
                  StrataRunLogView *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  g_autofree char *database = snapshot != NULL ? strata_snapshot_dup_database_title (snapshot) : NULL;
  g_autofree char *head = strata_run_log_dup_head (self->record, database != NULL ? database : "");
  g_autofree char *tail = strata_run_log_dup_tail (self->record);
  g_autofree char *text = NULL;
  g_autofree char *all = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(GBytes) bytes = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  g_object_get (get_buffer (self), "text", &text, NULL);
  all = g_strconcat (head, "\n", text, "\n", tail, NULL);
  bytes = g_bytes_new (all, strlen (all));
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL, on_saved, g_object_ref (self));
}

static void
save (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  StrataRunLogView *self = STRATA_RUN_LOG_VIEW (widget);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save Log"), GTK_WINDOW (gtk_widget_get_root (widget)),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = g_strdup_printf ("strata-%s.log.sql", strata_run_record_get_action (self->record));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_save_response), self, 0);
  /* It lives until it has been answered. */
  g_signal_connect (chooser, "response", G_CALLBACK (g_object_unref), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
strata_run_log_view_dispose (GObject *object)
{
  StrataRunLogView *self = STRATA_RUN_LOG_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->search);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_RUN_LOG_VIEW);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->record);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (strata_run_log_view_parent_class)->dispose (object);
}

static void
strata_run_log_view_finalize (GObject *object)
{
  g_clear_object (&STRATA_RUN_LOG_VIEW (object)->signals);

  G_OBJECT_CLASS (strata_run_log_view_parent_class)->finalize (object);
}

static void
strata_run_log_view_class_init (StrataRunLogViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_run_log_view_dispose;
  object_class->finalize = strata_run_log_view_finalize;

  g_type_ensure (STRATA_TYPE_SQL_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/run-log-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRunLogView, search_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataRunLogView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StrataRunLogView, view);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_install_action (widget_class, "log.next", NULL, search_next);
  gtk_widget_class_install_action (widget_class, "log.previous", NULL, search_previous);
  gtk_widget_class_install_action (widget_class, "log.save", NULL, save);
  gtk_widget_class_install_action (widget_class, "log.search", NULL, begin_search);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "log.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "log.save", NULL);
}

static void
strata_run_log_view_init (StrataRunLogView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, self->search_entry);
  self->search = gtk_source_search_context_new (GTK_SOURCE_BUFFER (get_buffer (self)), NULL);
  gtk_source_search_settings_set_wrap_around (gtk_source_search_context_get_settings (self->search), TRUE);
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)), "changed",
                           G_CALLBACK (on_resized), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self->view)), "value-changed",
                           G_CALLBACK (on_scrolled), self, G_CONNECT_SWAPPED);
  self->signals = g_signal_group_new (STRATA_TYPE_RUN_JOB);
  g_signal_group_connect_swapped (self->signals, "progress-changed", G_CALLBACK (on_progress), self);
}

void
strata_run_log_view_show (StrataRunLogView *self,
                          StrataSession    *session,
                          StrataRunRecord  *record)
{
  g_return_if_fail (STRATA_IS_RUN_LOG_VIEW (self));

  g_set_object (&self->session, session);
  if (!g_set_object (&self->record, record))
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->follows = record != NULL && strata_run_record_get_job (record) != NULL;
  self->n_shown = 0;
  self->end_shown = 0;
  gtk_text_buffer_set_text (get_buffer (self), "", 0);
  g_signal_group_set_target (self->signals, record != NULL ? strata_run_record_get_job (record) : NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.save", record != NULL);
  if (record == NULL)
    return;

  if (strata_run_record_get_job (record) != NULL)
    {
      show_job (self);
      return;
    }

  self->cancellable = g_cancellable_new ();
  strata_run_log_ask_async (session, record, self->cancellable, on_texts, g_object_ref (self));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/dialogs/merge-dialog.h"

#include <glib/gi18n.h>

#include "app/dialogs/write-job.h"
#include "app/state/words.h"

struct _StrataMergeDialog
{
  AdwWindow             parent_instance;

  /* template */
  AdwPreferencesGroup  *heads;
  AdwEntryRow          *message;
  GtkSwitch            *mixed;
  GtkWidget            *mixed_group;
  GtkLabel             *problem;
  GtkInfoBar           *problem_bar;

  /* owned */
  StrataSession        *session;
  GPtrArray            *checks;      /* GtkCheckButton, borrowed; each carries its "id" */

  /* values */
  gboolean              alembic;
  gboolean              busy;
};

G_DEFINE_FINAL_TYPE (StrataMergeDialog, strata_merge_dialog, ADW_TYPE_WINDOW)

static GStrv
dup_chosen (StrataMergeDialog *self)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkCheckButton *check = g_ptr_array_index (self->checks, i);

      if (gtk_check_button_get_active (check))
        g_strv_builder_add (builder, g_object_get_data (G_OBJECT (check), "id"));
    }

  return g_strv_builder_end (builder);
}

static void
on_changed (StrataMergeDialog *self)
{
  g_auto(GStrv) chosen = dup_chosen (self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "merge.create",
                                 g_strv_length (chosen) > 1 && !self->busy
                                 && *gtk_editable_get_text (GTK_EDITABLE (self->message)) != '\0');
  gtk_info_bar_set_revealed (self->problem_bar, FALSE);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(StrataMergeDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean written = strata_write_job_finish (STRATA_SESSION (source), result, GTK_WINDOW (self), &error);

  /* Closed meanwhile. */
  if (self->problem == NULL)
    return;

  if (written)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  self->busy = FALSE;
  on_changed (self);
  gtk_label_set_text (self->problem, error->message);
  gtk_info_bar_set_revealed (self->problem_bar, TRUE);
}

/* What is joined need not be a head: a label's own line may go on from below. */
static gboolean
needs_splice (StrataSnapshot *snapshot,
              char          **ids)
{
  for (guint i = 0; ids[i] != NULL; i++)
    {
      guint node = strata_graph_find (snapshot->graph, ids[i]);
      guint n = 0;

      if (node != STRATA_NO_NODE)
        strata_graph_get_children (snapshot->graph, node, &n);
      if (n > 0)
        return TRUE;
    }

  return FALSE;
}

static void
create (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataMergeDialog *self = STRATA_MERGE_DIALOG (widget);
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  StrataWriteJob *job;

  if (snapshot == NULL)
    return;

  job = g_new0 (StrataWriteJob, 1);
  job->message = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->message)));
  job->merge = dup_chosen (self);
  job->splice = needs_splice (snapshot, job->merge);
  job->accept_mixed = self->alembic && gtk_switch_get_active (self->mixed);

  self->busy = TRUE;
  on_changed (self);
  strata_write_job_start (job, self->session, on_written, g_object_ref (self));
}

static void
add_row (StrataMergeDialog *self,
         StrataRevision    *revision)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  const char *message = strata_revision_get_message (revision);
  const char *id = strata_revision_get_id (revision);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (check), "id", g_strdup (id), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *message != '\0' ? message : id);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), id);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_preferences_group_add (self->heads, row);
}

static void
list_heads (StrataMergeDialog  *self,
            const char * const *ids)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  g_autoptr(GArray) heads = strata_graph_dup_heads (snapshot->graph, FALSE);

  if (ids != NULL && ids[0] != NULL)
    {
      for (guint i = 0; ids[i] != NULL; i++)
        {
          guint node = strata_graph_find (snapshot->graph, ids[i]);

          if (node != STRATA_NO_NODE)
            add_row (self, strata_graph_get_revision (snapshot->graph, node));
        }
      return;
    }

  for (guint i = 0; i < heads->len; i++)
    add_row (self, strata_graph_get_revision (snapshot->graph, g_array_index (heads, guint, i)));
}

static void
strata_merge_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_MERGE_DIALOG);

  G_OBJECT_CLASS (strata_merge_dialog_parent_class)->dispose (object);
}

static void
strata_merge_dialog_finalize (GObject *object)
{
  StrataMergeDialog *self = STRATA_MERGE_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->checks, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_merge_dialog_parent_class)->finalize (object);
}

static void
strata_merge_dialog_class_init (StrataMergeDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_merge_dialog_dispose;
  object_class->finalize = strata_merge_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/dialogs/merge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataMergeDialog, heads);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeDialog, message);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeDialog, mixed);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeDialog, mixed_group);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, StrataMergeDialog, problem_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_install_action (widget_class, "merge.create", NULL, create);
}

static void
strata_merge_dialog_init (StrataMergeDialog *self)
{
  self->checks = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

StrataMergeDialog *
strata_merge_dialog_new (StrataSession      *session,
                         const char * const *ids)
{
  StrataMergeDialog *self;
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);

  g_return_val_if_fail (snapshot != NULL, NULL);

  self = g_object_new (STRATA_TYPE_MERGE_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->alembic = strata_project_get_kind (snapshot->project) == STRATA_PROJECT_ALEMBIC;
  gtk_widget_set_visible (self->mixed_group, self->alembic);
  gtk_editable_set_text (GTK_EDITABLE (self->message), _("Merge heads"));
  list_heads (self, ids);
  on_changed (self);

  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/dialogs/new-revision-dialog.h"

#include <glib/gi18n.h>

#include "app/dialogs/write-job.h"
#include "app/state/words.h"

struct _StrataNewRevisionDialog
{
  AdwWindow       parent_instance;

  /* template */
  AdwEntryRow    *depends;
  AdwEntryRow    *label;
  AdwComboRow    *location;
  AdwEntryRow    *message;
  GtkSwitch      *mixed;
  GtkWidget      *mixed_group;
  AdwComboRow    *parent;
  GtkLabel       *problem;
  GtkInfoBar     *problem_bar;
  AdwEntryRow    *revision_id;

  /* owned */
  StrataSession  *session;
  GStrv           parents;      /* what each row of "After" means: ids, and "base" */
  GStrv           locations;

  /* values */
  gboolean        alembic;
  gboolean        busy;
};

G_DEFINE_FINAL_TYPE (StrataNewRevisionDialog, strata_new_revision_dialog, ADW_TYPE_WINDOW)

static char *
dup_text (AdwEntryRow *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}

static GStrv
dup_list (AdwEntryRow *row)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = g_strsplit_set (gtk_editable_get_text (GTK_EDITABLE (row)), ", ", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_strv_builder_add (builder, parts[i]);

  return g_strv_builder_end (builder);
}

static void
on_changed (StrataNewRevisionDialog *self)
{
  g_autofree char *message = dup_text (self->message);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "new-revision.create",
                                 message != NULL && !self->busy && self->parents != NULL);
  gtk_info_bar_set_revealed (self->problem_bar, FALSE);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(StrataNewRevisionDialog) self = user_data;
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

/* A revision that has children already is built on as a new branch. */
static gboolean
needs_splice (StrataSnapshot *snapshot,
              const char     *id)
{
  guint node = strata_graph_find (snapshot->graph, id);
  guint n = 0;

  if (node != STRATA_NO_NODE)
    strata_graph_get_children (snapshot->graph, node, &n);

  return n > 0;
}

static void
create (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataNewRevisionDialog *self = STRATA_NEW_REVISION_DIALOG (widget);
  const char *parent = self->parents[adw_combo_row_get_selected (self->parent)];
  StrataWriteJob *job = g_new0 (StrataWriteJob, 1);
  g_autofree char *label = dup_text (self->label);
  const char *labels[] = { label, NULL };

  job->message = dup_text (self->message);
  job->head = g_strdup (parent);
  job->splice = needs_splice (strata_session_get_snapshot (self->session), parent);
  job->branch_labels = g_strdupv ((char **) labels);
  job->depends_on = dup_list (self->depends);
  job->rev_id = dup_text (self->revision_id);
  if (g_strv_length (self->locations) > 1)
    job->version_path = g_strdup (self->locations[adw_combo_row_get_selected (self->location)]);
  job->accept_mixed = self->alembic && gtk_switch_get_active (self->mixed);

  self->busy = TRUE;
  on_changed (self);
  strata_write_job_start (job, self->session, on_written, g_object_ref (self));
}

static void
add_parent (StrataSnapshot *snapshot,
            guint           node,
            GStrvBuilder   *ids,
            GtkStringList  *names)
{
  StrataRevision *revision = strata_graph_get_revision (snapshot->graph, node);
  g_autofree char *name = strata_words_dup_revision (revision);

  g_strv_builder_add (ids, strata_revision_get_id (revision));
  gtk_string_list_append (names, name);
}

static void
list_parents (StrataNewRevisionDialog *self,
              const char              *wanted)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  guint wanted_node = wanted != NULL ? strata_graph_find (snapshot->graph, wanted) : STRATA_NO_NODE;
  g_autoptr(GArray) heads = strata_graph_dup_heads (snapshot->graph, FALSE);
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  if (wanted_node != STRATA_NO_NODE)
    add_parent (snapshot, wanted_node, ids, names);
  for (guint i = 0; i < heads->len; i++)
    if (g_array_index (heads, guint, i) != wanted_node)
      add_parent (snapshot, g_array_index (heads, guint, i), ids, names);
  g_strv_builder_add (ids, "base");
  gtk_string_list_append (names, heads->len > 0 ? _("Nothing (a new beginning)") : _("Nothing (the first one)"));

  self->parents = g_strv_builder_end (ids);
  adw_combo_row_set_model (self->parent, G_LIST_MODEL (names));
}

static void
list_locations (StrataNewRevisionDialog *self)
{
  const StrataSettings *settings =
    strata_project_get_settings (strata_session_get_snapshot (self->session)->project);
  g_autoptr(GtkStringList) names = gtk_string_list_new ((const char * const *) settings->version_locations);

  self->locations = g_strdupv (settings->version_locations);
  adw_combo_row_set_model (self->location, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->location), g_strv_length (self->locations) > 1);
}

static void
strata_new_revision_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_NEW_REVISION_DIALOG);

  G_OBJECT_CLASS (strata_new_revision_dialog_parent_class)->dispose (object);
}

static void
strata_new_revision_dialog_finalize (GObject *object)
{
  StrataNewRevisionDialog *self = STRATA_NEW_REVISION_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->parents, g_strfreev);
  g_clear_pointer (&self->locations, g_strfreev);

  G_OBJECT_CLASS (strata_new_revision_dialog_parent_class)->finalize (object);
}

static void
strata_new_revision_dialog_class_init (StrataNewRevisionDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_new_revision_dialog_dispose;
  object_class->finalize = strata_new_revision_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/strata/Strata/ui/dialogs/new-revision-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataNewRevisionDialog, depends);
  gtk_widget_class_bind_template_child (widget_class, StrataNewRevisionDialog, label);
  gtk_widget_class_bind_template_child (widget_class, StrataNewRevisionDialog, location);
  gtk_widget_class_bind_template_child (widget_class, StrataNewRevisionDialog, message);
  gtk_widget_class_bind_template_child (widget_class, StrataNewRevisionDialog, mixed);
  gtk_widget_class_bind_template_child (widget_class, StrataNewRevisionDialog, mixed_group);
  gtk_widget_class_bind_template_child (widget_class, StrataNewRevisionDialog, parent);
  gtk_widget_class_bind_template_child (widget_class, StrataNewRevisionDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, StrataNewRevisionDialog, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataNewRevisionDialog, revision_id);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_install_action (widget_class, "new-revision.create", NULL, create);
}

static void
strata_new_revision_dialog_init (StrataNewRevisionDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

StrataNewRevisionDialog *
strata_new_revision_dialog_new (StrataSession *session,
                                const char    *parent)
{
  StrataNewRevisionDialog *self;

  g_return_val_if_fail (strata_session_get_snapshot (session) != NULL, NULL);

  self = g_object_new (STRATA_TYPE_NEW_REVISION_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->alembic = strata_project_get_kind (strata_session_get_snapshot (session)->project) == STRATA_PROJECT_ALEMBIC;
  list_parents (self, parent);
  list_locations (self);
  gtk_widget_set_visible (self->mixed_group, self->alembic);
  on_changed (self);

  return self;
}

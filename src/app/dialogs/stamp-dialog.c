/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/dialogs/stamp-dialog.h"

#include <glib/gi18n.h>

#include "app/shared/dialog-words.h"
#include "app/shared/snapshot-strip.h"
#include "app/state/words.h"

/* More than a person reads; the count is told in any case. */
#define MOST_ROWS 50

struct _StrataStampDialog
{
  AdwWindow               parent_instance;

  /* template */
  GtkLabel               *problem;
  GtkInfoBar             *problem_bar;
  GtkWidget              *protected_group;
  GtkSwitch              *purge;
  GtkListBox             *skipped;
  AdwComboRow            *target;
  AdwPreferencesGroup    *target_group;
  StrataEnvironmentStrip *strip;
  AdwEntryRow            *typed;

  /* owned */
  StrataSession          *session;
  StrataSnapshot         *snapshot;      /* what the dialog speaks of */
  GStrv                   targets;       /* what each row of the drop-down means */
};

G_DEFINE_FINAL_TYPE (StrataStampDialog, strata_stamp_dialog, ADW_TYPE_WINDOW)

static const char *
get_protected_name (StrataStampDialog *self)
{
  return self->snapshot->is_protected ? strata_profile_get_fields (self->snapshot->profile)->name : NULL;
}

static StrataPlan *
make_plan (StrataStampDialog  *self,
           GError            **error)
{
  static const char * const none[] = { NULL };
  const char *targets[] = { self->targets[adw_combo_row_get_selected (self->target)], NULL };
  gboolean purge = gtk_switch_get_active (self->purge);

  return strata_plan_stamp (self->snapshot->graph, purge ? none : strata_snapshot_get_rows (self->snapshot), targets,
                            purge, error);
}

static void
add_skipped (StrataStampDialog *self,
             const char        *title,
             const char        *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_append (self->skipped, row);
}

static void
clear_skipped (StrataStampDialog *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->skipped))) != NULL)
    gtk_list_box_remove (self->skipped, child);
}

/* Both kinds of lie that a stamp may tell: marked as applied and never run, or not marked any more and still there. In the
 * order of the timeline. */
static void
show_skipped (StrataStampDialog *self,
              StrataPlan        *plan)
{
  g_autofree guint8 *after = strata_graph_dup_applied (self->snapshot->graph, strata_plan_get_heads_after (plan));
  GArray *rows = self->snapshot->lanes->rows;
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    {
      guint node = g_array_index (rows, StrataLaneRow, i).node;
      g_autofree char *title = NULL;

      if (after[node] == self->snapshot->applied[node])
        continue;
      if (++n > MOST_ROWS)
        continue;

      title = strata_words_dup_revision (strata_graph_get_revision (self->snapshot->graph, node));
      add_skipped (self, title, after[node] ? _("Counts as applied, but is not run")
                                            : _("Counts as pending, but what it did stays"));
    }

  if (n == 0)
    add_skipped (self, _("Nothing: the database is there already"), "");
  else if (n > MOST_ROWS)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more", n - MOST_ROWS), n - MOST_ROWS);

      add_skipped (self, more, "");
    }
}

static void
on_changed (StrataStampDialog *self)
{
  const char *name;
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataPlan) plan = NULL;

  if (self->targets == NULL)
    return;

  name = get_protected_name (self);
  plan = make_plan (self, &error);
  clear_skipped (self);
  if (plan != NULL)
    show_skipped (self, plan);
  else
    gtk_label_set_text (self->problem, error->message);

  gtk_info_bar_set_revealed (self->problem_bar, plan == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "stamp.apply",
                                 plan != NULL
                                 && (name == NULL
                                     || g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->typed)), name)));
}

static void
apply (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  StrataStampDialog *self = STRATA_STAMP_DIALOG (widget);
  const char *targets[] = { self->targets[adw_combo_row_get_selected (self->target)], NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;

  if (strata_session_get_run (self->session) != NULL || strata_session_get_snapshot (self->session) == NULL)
    {
      gtk_label_set_text (self->problem, _("Another run goes on. Wait for its end, then stamp."));
      gtk_info_bar_set_revealed (self->problem_bar, TRUE);
      return;
    }

  options.kind = STRATA_RUN_STAMP;
  options.targets = targets;
  options.purge = gtk_switch_get_active (self->purge);
  strata_session_start_run (self->session, &options);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
add_target (StrataStampDialog *self,
            guint              node,
            GStrvBuilder      *targets,
            GtkStringList     *names)
{
  StrataRevision *revision = strata_graph_get_revision (self->snapshot->graph, node);
  g_autofree char *name = strata_words_dup_revision (revision);

  g_strv_builder_add (targets, strata_revision_get_id (revision));
  gtk_string_list_append (names, name);
}

static void
list_targets (StrataStampDialog *self,
              const char        *id)
{
  g_autoptr(GArray) heads = strata_graph_dup_heads (self->snapshot->graph, TRUE);
  guint wanted = id != NULL ? strata_graph_find (self->snapshot->graph, id) : STRATA_NO_NODE;
  g_autoptr(GStrvBuilder) targets = g_strv_builder_new ();
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  if (wanted != STRATA_NO_NODE)
    add_target (self, wanted, targets, names);
  if (heads->len > 1)
    {
      g_strv_builder_add (targets, "heads");
      gtk_string_list_append (names, _("All heads"));
    }
  for (guint i = 0; i < heads->len; i++)
    if (g_array_index (heads, guint, i) != wanted)
      add_target (self, g_array_index (heads, guint, i), targets, names);
  g_strv_builder_add (targets, "base");
  gtk_string_list_append (names, _("Before the first revision"));

  self->targets = g_strv_builder_end (targets);
  adw_combo_row_set_model (self->target, G_LIST_MODEL (names));
}

static void
name_database (StrataStampDialog *self)
{
  g_autofree char *database = strata_snapshot_dup_database_name (self->snapshot);
  g_autofree char *title = strata_snapshot_dup_database_title (self->snapshot);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *heading = g_strdup_printf (_("Stamp %s"), database);
  const char *name = get_protected_name (self);

  gtk_window_set_title (GTK_WINDOW (self), heading);
  strata_dialog_words_name_database (GTK_WINDOW (self), self->snapshot, NULL);
  strata_snapshot_strip_show (self->strip, self->snapshot);
  adw_preferences_group_set_title (self->target_group, escaped);
  gtk_widget_set_visible (self->protected_group, name != NULL);
  if (name != NULL)
    {
      g_autofree char *ask = g_strdup_printf (_("Type %s to continue"), name);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->typed), ask);
    }
}

static void
strata_stamp_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_STAMP_DIALOG);

  G_OBJECT_CLASS (strata_stamp_dialog_parent_class)->dispose (object);
}

static void
strata_stamp_dialog_finalize (GObject *object)
{
  StrataStampDialog *self = STRATA_STAMP_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  g_clear_pointer (&self->targets, g_strfreev);

  G_OBJECT_CLASS (strata_stamp_dialog_parent_class)->finalize (object);
}

static void
strata_stamp_dialog_class_init (StrataStampDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_stamp_dialog_dispose;
  object_class->finalize = strata_stamp_dialog_finalize;

  g_type_ensure (STRATA_TYPE_ENVIRONMENT_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/dialogs/stamp-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataStampDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, StrataStampDialog, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataStampDialog, protected_group);
  gtk_widget_class_bind_template_child (widget_class, StrataStampDialog, purge);
  gtk_widget_class_bind_template_child (widget_class, StrataStampDialog, skipped);
  gtk_widget_class_bind_template_child (widget_class, StrataStampDialog, strip);
  gtk_widget_class_bind_template_child (widget_class, StrataStampDialog, target);
  gtk_widget_class_bind_template_child (widget_class, StrataStampDialog, target_group);
  gtk_widget_class_bind_template_child (widget_class, StrataStampDialog, typed);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_install_action (widget_class, "stamp.apply", NULL, apply);
}

static void
strata_stamp_dialog_init (StrataStampDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

StrataStampDialog *
strata_stamp_dialog_new (StrataSession *session,
                         const char    *id)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  StrataStampDialog *self;

  g_return_val_if_fail (snapshot != NULL && snapshot->applied != NULL, NULL);

  self = g_object_new (STRATA_TYPE_STAMP_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->snapshot = strata_snapshot_ref (snapshot);
  name_database (self);
  list_targets (self, id);
  on_changed (self);

  return self;
}

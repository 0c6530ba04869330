/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-sheet.h"

#include <glib/gi18n.h>

#include "app/run/run-confirm.h"
#include "app/run/run-options-group.h"
#include "app/run/run-preview-view.h"
#include "app/shared/dialog-words.h"
#include "app/shared/snapshot-strip.h"
#include "app/state/run-ask.h"
#include "app/state/run-words.h"
#include "app/state/words.h"
#include "app/widgets/accessible.h"

/* Characters of "Upgrade orders-staging", or of as much of a longer one. */
#define LEAST_TITLE 24

struct _StrataRunSheet
{
  AdwWindow               parent_instance;

  /* template */
  GtkWidget              *cancel_button;
  StrataRunConfirm       *confirm;
  AdwWindowTitle         *heading;
  StrataRunOptionsGroup  *options;
  GtkStack               *pages;
  StrataRunPreviewView   *preview_view;
  GtkLabel               *reading_label;
  GtkWidget              *run_button;
  GtkLabel               *run_label;
  StrataEnvironmentStrip *strip;

  /* owned */
  StrataSession          *session;
  StrataSnapshot         *snapshot;
  StrataPreview          *preview;       /* NULL until it has been read */
  GCancellable           *cancellable;   /* of reading it */
  GStrv                   targets;
  char                   *database;

  /* values */
  StrataRunKind           kind;
};

G_DEFINE_FINAL_TYPE (StrataRunSheet, strata_run_sheet, ADW_TYPE_WINDOW)

static StrataRunOptions
make_options (StrataRunSheet *self)
{
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;

  strata_run_options_group_apply (self->options, &options);
  options.kind = self->kind;
  options.targets = (const char * const *) self->targets;

  return options;
}

static gboolean
has_steps (StrataRunSheet *self)
{
  return self->preview != NULL && self->preview->plan != NULL && strata_plan_get_n_steps (self->preview->plan) > 0;
}

/* Where only consent is missing, the sheet asks for it. */
static gboolean
can_run (StrataRunSheet *self)
{
  return has_steps (self) && (self->preview->refusal == NULL || self->preview->needs_consent);
}

static void
update_run (StrataRunSheet *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sheet.run",
                                 can_run (self)
                                 && strata_run_confirm_get_confirmed (self->confirm)
                                 && strata_session_get_run (self->session) == NULL);
}

/* Where other people work, or where the run most likely fails, Enter must not be enough. */
static void
focus_first (StrataRunSheet *self)
{
  gboolean careful = self->snapshot->environment == STRATA_PROFILE_PRODUCTION || self->snapshot->is_protected
                     || strata_preview_count_findings (self->preview, STRATA_SEVERITY_ERROR) > 0
                     || !gtk_widget_get_sensitive (self->run_button);

  gtk_widget_grab_focus (careful ? self->cancel_button : self->run_button);
}

/* Whoever comes to the button without having seen the sheet hears it there. */
static void
describe_run (StrataRunSheet *self)
{
  g_autofree char *findings = strata_run_words_dup_findings (self->preview);

  strata_accessible_set_description (self->run_button, findings);
}

/* With a screen reader one hears, without going through the sheet, what those who see it read first: with the dialog, or as
 * soon as it is known where that was later. */
static void
tell_preview (StrataRunSheet *self,
              gboolean        is_first)
{
  g_autofree char *words = strata_run_preview_view_dup_words (self->preview_view);

  strata_dialog_words_name_database (GTK_WINDOW (self), self->snapshot, words);
  if (is_first && gtk_window_is_active (GTK_WINDOW (self)))
    strata_accessible_announce (GTK_WIDGET (self), words);
}

static void
show_preview (StrataRunSheet *self)
{
  gboolean is_first = g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "preview") != 0;
  gboolean runs = can_run (self);
  gboolean loses = strata_preview_loses_data (self->preview);
  g_autofree char *question = runs ? strata_run_words_dup_first_run (self->preview, self->database) : NULL;

  strata_run_preview_view_show (self->preview_view, self->preview, self->database);
  if (self->preview->plan != NULL)
    strata_run_options_group_offer (self->options, self->preview);
  gtk_widget_set_visible (GTK_WIDGET (self->options), has_steps (self) && self->kind != STRATA_RUN_STAMP);
  strata_run_confirm_set_question (self->confirm, question, self->preview->first_run == STRATA_FIRST_RUN_STRANGE);
  strata_run_confirm_set_program (self->confirm, runs && self->preview->needs_consent ? self->preview->program : NULL);
  gtk_widget_set_visible (self->run_button, runs);
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), runs ? _("_Cancel") : _("_Close"));
  gtk_widget_remove_css_class (self->run_button, loses ? "suggested-action" : "destructive-action");
  gtk_widget_add_css_class (self->run_button, loses ? "destructive-action" : "suggested-action");
  gtk_stack_set_visible_child_name (self->pages, "preview");
  describe_run (self);
  update_run (self);
  if (is_first)
    focus_first (self);
  tell_preview (self, is_first);
}

static void
on_previewed (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(StrataRunSheet) self = user_data;
  g_autoptr(GError) error = NULL;
  StrataPreview *preview = strata_run_ask_preview_finish (STRATA_SESSION (source), result, &error);

  if (preview == NULL && g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  if (preview == NULL)
    {
      gtk_label_set_text (self->reading_label, error->message);
      return;
    }

  g_clear_pointer (&self->preview, strata_preview_unref);
  self->preview = preview;
  show_preview (self);
}

static void
read_preview (StrataRunSheet *self)
{
  StrataRunOptions options = make_options (self);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  /* What is shown is no longer what would happen. */
  g_clear_pointer (&self->preview, strata_preview_unref);
  update_run (self);
  strata_run_ask_preview_async (self->session, &options, self->cancellable, on_previewed, g_object_ref (self));
}

static void
name_database (StrataRunSheet *self)
{
  StrataUrl *url = strata_snapshot_get_url (self->snapshot);
  g_autofree char *address = url != NULL ? strata_words_dup_address (url) : NULL;
  g_autofree char *title = NULL;
  g_autofree char *reading = NULL;

  g_free (self->database);
  self->database = strata_snapshot_dup_database_name (self->snapshot);
  if (self->database == NULL)
    self->database = g_strdup (_("the database"));

  title = strata_run_words_dup_title (self->kind, self->database);
  /* Translators: the placeholder is a database. */
  reading = g_strdup_printf (_("Reading %s…"), self->database);
  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_title (self->heading, strata_run_words_get_action (strata_run_kind_get_action (self->kind)));
  adw_window_title_set_subtitle (self->heading, address != NULL ? address : "");
  gtk_label_set_text (self->run_label, title);
  /* The address beside it makes way first. */
  gtk_label_set_width_chars (self->run_label, MIN (g_utf8_strlen (title, -1), LEAST_TITLE));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->run_button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_label_set_text (self->reading_label, reading);
  strata_dialog_words_name_database (GTK_WINDOW (self), self->snapshot, NULL);
  strata_snapshot_strip_show (self->strip, self->snapshot);
  strata_run_confirm_set_snapshot (self->confirm, self->snapshot);
}

/* The files or the database moved under the sheet: read it again. */
static void
on_snapshot (StrataRunSheet *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);

  if (snapshot == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  self->snapshot = strata_snapshot_ref (snapshot);
  name_database (self);
  read_preview (self);
}

static void
run (GtkWidget  *widget,
     const char *action,
     GVariant   *parameter)
{
  StrataRunSheet *self = STRATA_RUN_SHEET (widget);
  StrataRunOptions options = make_options (self);
  g_autofree char *target = strata_run_ask_dup_target (self->preview, self->targets[0]);
  const char *targets[] = { target, NULL };

  if (self->kind != STRATA_RUN_STAMP)
    options.targets = targets;
  /* The sheet has said whose database this is, and asked where it looked like another's. */
  options.first_run_accepted = TRUE;
  options.trust = self->preview->needs_consent;
  g_signal_handlers_disconnect_by_data (self->session, self);
  strata_session_start_run (self->session, &options);
  gtk_window_destroy (GTK_WINDOW (self));
}

/* What is wrong is put right in the script, and that is in the window behind. */
static void
open_script (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (widget));

  if (parent != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (parent), "win.show-line", parameter);
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
strata_run_sheet_dispose (GObject *object)
{
  StrataRunSheet *self = STRATA_RUN_SHEET (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_RUN_SHEET);

  G_OBJECT_CLASS (strata_run_sheet_parent_class)->dispose (object);
}

static void
strata_run_sheet_finalize (GObject *object)
{
  StrataRunSheet *self = STRATA_RUN_SHEET (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->snapshot, strata_snapshot_unref);
  g_clear_pointer (&self->preview, strata_preview_unref);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->targets, g_strfreev);
  g_clear_pointer (&self->database, g_free);

  G_OBJECT_CLASS (strata_run_sheet_parent_class)->finalize (object);
}

static void
strata_run_sheet_class_init (StrataRunSheetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (STRATA_TYPE_ENVIRONMENT_STRIP);
  g_type_ensure (STRATA_TYPE_RUN_CONFIRM);
  g_type_ensure (STRATA_TYPE_RUN_OPTIONS_GROUP);
  g_type_ensure (STRATA_TYPE_RUN_PREVIEW_VIEW);

  object_class->dispose = strata_run_sheet_dispose;
  object_class->finalize = strata_run_sheet_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/run-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRunSheet, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, StrataRunSheet, confirm);
  gtk_widget_class_bind_template_child (widget_class, StrataRunSheet, heading);
  gtk_widget_class_bind_template_child (widget_class, StrataRunSheet, options);
  gtk_widget_class_bind_template_child (widget_class, StrataRunSheet, pages);
  gtk_widget_class_bind_template_child (widget_class, StrataRunSheet, preview_view);
  gtk_widget_class_bind_template_child (widget_class, StrataRunSheet, reading_label);
  gtk_widget_class_bind_template_child (widget_class, StrataRunSheet, run_button);
  gtk_widget_class_bind_template_child (widget_class, StrataRunSheet, run_label);
  gtk_widget_class_bind_template_child (widget_class, StrataRunSheet, strip);
  gtk_widget_class_bind_template_callback (widget_class, read_preview);
  gtk_widget_class_bind_template_callback (widget_class, update_run);
  gtk_widget_class_install_action (widget_class, "sheet.open", "(suu)", open_script);
  gtk_widget_class_install_action (widget_class, "sheet.run", NULL, run);
}

static void
strata_run_sheet_init (StrataRunSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sheet.run", FALSE);
}

StrataRunSheet *
strata_run_sheet_present (GtkWindow           *parent,
                          StrataSession       *session,
                          StrataRunKind        kind,
                          const char * const  *targets)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  StrataRunSheet *self;

  g_return_val_if_fail (snapshot != NULL, NULL);

  self = g_object_new (STRATA_TYPE_RUN_SHEET, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->snapshot = strata_snapshot_ref (snapshot);
  self->kind = kind;
  self->targets = g_strdupv ((char **) targets);
  name_database (self);
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::run", G_CALLBACK (update_run), self, G_CONNECT_SWAPPED);
  read_preview (self);
  gtk_window_present (GTK_WINDOW (self));

  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

#include "app/dialogs/hooks-dialog.h"
#include "app/dialogs/merge-dialog.h"
#include "app/dialogs/new-revision-dialog.h"
#include "app/dialogs/preferences-window.h"
#include "app/dialogs/rescue-dialog.h"
#include "app/dialogs/stamp-dialog.h"
#include "app/state/settings.h"

static void
present (StrataWindow *self,
         gpointer      dialog)
{
  gtk_window_set_transient_for (dialog, GTK_WINDOW (self));
  gtk_window_present (dialog);
}

/* Empty means "not said". */
static const char *
get_id (GVariant *parameter)
{
  const char *id = g_variant_get_string (parameter, NULL);

  return *id != '\0' ? id : NULL;
}

static void
new_revision (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);

  if (strata_session_get_snapshot (self->session) != NULL)
    present (self, strata_new_revision_dialog_new (self->session, get_id (parameter)));
}

static void
merge_heads (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  g_autofree const char **ids = g_variant_get_strv (parameter, NULL);

  if (strata_session_get_snapshot (self->session) != NULL)
    present (self, strata_merge_dialog_new (self->session, ids));
}

static void
merge_all (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  static const char * const none[] = { NULL };

  gtk_widget_activate_action (widget, "win.merge-heads", "^as", none);
}

static void
stamp (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);

  if (snapshot != NULL && snapshot->applied != NULL)
    present (self, strata_stamp_dialog_new (self->session, get_id (parameter)));
}

static void
show_preferences (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  present (STRATA_WINDOW (widget), strata_preferences_window_new ());
}

static void
rescue (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);

  if (snapshot != NULL && snapshot->status->lost != NULL)
    present (self, strata_rescue_dialog_new (self->session));
}

static void
run_hooks (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);

  if (strata_session_get_snapshot (self->session) != NULL)
    strata_hooks_dialog_ask (GTK_WINDOW (self), self->session, g_variant_get_string (parameter, NULL));
}

/* What can't be done now is insensitive, wherever it is offered. */
static void
on_session_changed (StrataWindow *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  gboolean idle = strata_session_get_run (self->session) == NULL;
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "win.preferences", strata_settings_get () != NULL);
  gtk_widget_action_set_enabled (widget, "win.new-revision", snapshot != NULL);
  gtk_widget_action_set_enabled (widget, "win.merge-all", snapshot != NULL && g_strv_length (snapshot->status->heads) > 1);
  gtk_widget_action_set_enabled (widget, "win.merge-heads", snapshot != NULL);
  gtk_widget_action_set_enabled (widget, "win.stamp", idle && snapshot != NULL && snapshot->applied != NULL);
  gtk_widget_action_set_enabled (widget, "win.rescue", idle && snapshot != NULL && snapshot->status->lost != NULL);
}

void
strata_window_class_install_dialogs (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.merge-all", NULL, merge_all);
  gtk_widget_class_install_action (widget_class, "win.merge-heads", "as", merge_heads);
  gtk_widget_class_install_action (widget_class, "win.new-revision", "s", new_revision);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, show_preferences);
  gtk_widget_class_install_action (widget_class, "win.rescue", "s", rescue);
  gtk_widget_class_install_action (widget_class, "win.run-hooks", "s", run_hooks);
  gtk_widget_class_install_action (widget_class, "win.stamp", "s", stamp);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_comma, GDK_CONTROL_MASK, "win.preferences", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "win.new-revision", "s", "");
}

void
strata_window_init_dialogs (StrataWindow *self)
{
  g_signal_connect_object (self->session, "notify::run", G_CALLBACK (on_session_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "notify::snapshot", G_CALLBACK (on_session_changed), self, G_CONNECT_SWAPPED);
  on_session_changed (self);
}

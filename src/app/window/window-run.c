/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

#include "app/run/heads-dialog.h"
#include "app/run/restore-dialog.h"
#include "app/run/run-sheet.h"
#include "app/state/run-offer.h"

static void
present_sheet (GtkWidget     *widget,
               StrataRunKind  kind,
               const char    *target)
{
  StrataSession *session = STRATA_WINDOW (widget)->session;
  const char *targets[] = { target, NULL };

  if (strata_session_get_snapshot (session) != NULL && strata_session_get_run (session) == NULL)
    strata_run_sheet_present (GTK_WINDOW (widget), session, kind, targets);
}

static void
upgrade (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  const char *target = g_variant_get_string (parameter, NULL);

  present_sheet (widget, STRATA_RUN_UPGRADE, *target != '\0' ? target : "heads");
}

static void
downgrade (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  present_sheet (widget, STRATA_RUN_DOWNGRADE, g_variant_get_string (parameter, NULL));
}

static void
restore (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  strata_restore_dialog_present (GTK_WINDOW (widget), STRATA_WINDOW (widget)->session);
}

static void
show_heads (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  strata_heads_dialog_present (GTK_WINDOW (widget), STRATA_WINDOW (widget)->session);
}

static void
show_run (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->views, "activity");
  strata_activity_page_show_run (strata_window_get_activity (self), g_variant_get_string (parameter, NULL));
}

static void
stop_run (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  StrataRunJob *run = strata_session_get_run (STRATA_WINDOW (widget)->session);

  if (run != NULL)
    strata_run_job_cancel (run);
}

/* What can't be done now is insensitive, wherever it is offered. */
static void
on_session_changed (StrataWindow *self)
{
  g_autoptr(StrataRunOffer) offer = strata_run_offer_new (self->session);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "win.upgrade", offer->can_run);
  gtk_widget_action_set_enabled (widget, "win.downgrade", offer->can_downgrade);
  gtk_widget_action_set_enabled (widget, "win.restore", offer->can_restore);
  gtk_widget_action_set_enabled (widget, "win.show-heads", offer->kind == STRATA_OFFER_HEADS);
  gtk_widget_action_set_enabled (widget, "win.stop-run", strata_session_get_run (self->session) != NULL);
}

/* Its log is kept from the first line on. */
static void
on_run (StrataWindow *self)
{
  if (strata_session_get_run (self->session) != NULL)
    strata_window_get_activity (self);
}

void
strata_window_class_install_run (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.downgrade", "s", downgrade);
  gtk_widget_class_install_action (widget_class, "win.restore", NULL, restore);
  gtk_widget_class_install_action (widget_class, "win.show-heads", NULL, show_heads);
  gtk_widget_class_install_action (widget_class, "win.show-run", "s", show_run);
  gtk_widget_class_install_action (widget_class, "win.stop-run", NULL, stop_run);
  gtk_widget_class_install_action (widget_class, "win.upgrade", "s", upgrade);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_u, GDK_CONTROL_MASK, "win.upgrade", "s", "");
}

void
strata_window_init_run (StrataWindow *self)
{
  static const char * const changes[] = { "notify::link", "notify::loading", "notify::run", "notify::snapshot" };

  g_signal_connect_object (self->session, "notify::run", G_CALLBACK (on_run), self, G_CONNECT_SWAPPED);
  self->run_watch = strata_run_watch_new (GTK_WINDOW (self), self->toasts, self->session);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    g_signal_connect_object (self->session, changes[i], G_CALLBACK (on_session_changed), self, G_CONNECT_SWAPPED);
  on_session_changed (self);
}

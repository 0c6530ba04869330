/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

static void
reload (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  strata_session_reload (STRATA_WINDOW (widget)->session);
}

static void
select_revision (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  const char *ids[] = { g_variant_get_string (parameter, NULL), NULL };

  strata_session_set_selected (STRATA_WINDOW (widget)->session, ids);
}

void
strata_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "win.select", "s", select_revision);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "win.reload", NULL);
}

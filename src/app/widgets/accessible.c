/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/accessible.h"

void
strata_accessible_set_name (GtkWidget  *widget,
                            const char *name)
{
  GtkWidget *inner = GTK_IS_DROP_DOWN (widget) || GTK_IS_MENU_BUTTON (widget) ? gtk_widget_get_first_child (widget) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (GTK_IS_BUTTON (inner))
    gtk_accessible_update_property (GTK_ACCESSIBLE (inner), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

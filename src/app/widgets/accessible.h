/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a screen reader calls a widget. Of a drop-down it is the button inside that has the focus, which GTK 4.8 leaves
 * without a name: it gets the same. */
void strata_accessible_set_name        (GtkWidget  *widget,
                                        const char *name);

/* What it says after the name, or NULL. Of widgets that can have the focus it is set here, so that an announcement does not
 * wipe it out. */
void strata_accessible_set_description (GtkWidget  *widget,
                                        const char *description);

/* Has a screen reader say what happens in the window of this widget, wherever the focus is. */
void strata_accessible_announce        (GtkWidget  *widget,
                                        const char *text);

G_END_DECLS

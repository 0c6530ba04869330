/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a screen reader calls a widget. Of a drop-down and a menu button it is the button inside that has the focus, which
 * GTK 4.8 leaves without a name: it gets the same. */
void strata_accessible_set_name (GtkWidget  *widget,
                                 const char *name);

G_END_DECLS

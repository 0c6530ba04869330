/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Paints a widget in a colour that somebody chose, "red" or "#c01c28", with a text on it that can be read; NULL gives it
 * back its own. */
void strata_colour_paint (GtkWidget  *widget,
                          const char *colour);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The cursor to where somebody begins to write the upgrade of a new script, and the focus with it: below the marker; of Python
 * the "pass" that is there, selected, as it gives way to what is typed. */
void strata_script_begin (GtkTextView *view);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Widgets that know nothing of projects and databases. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_GRIP (strata_grip_get_type ())

/* A line between two panes that can be dragged, and moved with Left and Right: it sets the width of its target, the pane
 * before it, between the target's own minimum and what the parent leaves. */
G_DECLARE_FINAL_TYPE (StrataGrip, strata_grip, STRATA, GRIP, GtkWidget)

int  strata_grip_get_width (StrataGrip *self);
void strata_grip_set_width (StrataGrip *self,
                            int         width);

G_END_DECLS

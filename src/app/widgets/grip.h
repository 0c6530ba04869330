/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Widgets that know nothing of projects and databases. */

#pragma once

#include "app/widgets/pane.h"

G_BEGIN_DECLS

#define STRATA_TYPE_GRIP (strata_grip_get_type ())

/* A line between two panes that can be dragged, and moved with Left and Right: it sets the width of the pane before it
 * ("pane"), between the least that it takes and what the other one leaves ("rest"). */
G_DECLARE_FINAL_TYPE (StrataGrip, strata_grip, STRATA, GRIP, GtkWidget)

G_END_DECLS

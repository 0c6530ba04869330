/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STRATA_TYPE_PANE (strata_pane_get_type ())

/* One side of a window that can be made wider ("width"), and gives way down to "least" where there is no room, whatever
 * width its child would like. */
G_DECLARE_FINAL_TYPE (StrataPane, strata_pane, STRATA, PANE, AdwBin)

int  strata_pane_get_least (StrataPane *self);
int  strata_pane_get_width (StrataPane *self);
void strata_pane_set_width (StrataPane *self,
                            int         width);

G_END_DECLS

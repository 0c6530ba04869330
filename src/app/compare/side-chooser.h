/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/state/snapshot.h"
#include "core/workspace/side.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SIDE_CHOOSER (strata_side_chooser_get_type ())

/* One side of a differences: which kind, and which one of that kind. "changed" when another one was chosen. Property
 * "title", for who can't see where it stands. */
G_DECLARE_FINAL_TYPE (StrataSideChooser, strata_side_chooser, STRATA, SIDE_CHOOSER, GtkBox)

/* What there is to choose from. */
void           strata_side_chooser_set_snapshot (StrataSideChooser *self,
                                                 StrataSnapshot    *snapshot);
void           strata_side_chooser_set          (StrataSideChooser *self,
                                                 StrataSideKind     kind,
                                                 const char        *argument);
StrataSideKind strata_side_chooser_get_kind     (StrataSideChooser *self);
/* As StrataSide has it; NULL: the usual one. */
const char    *strata_side_chooser_get_argument (StrataSideChooser *self);
/* The database that the window has chosen, not one of another profile. */
gboolean       strata_side_chooser_is_own_database (StrataSideChooser *self);
/* FALSE: a file is still to be named. */
gboolean       strata_side_chooser_is_complete  (StrataSideChooser *self);

G_END_DECLS

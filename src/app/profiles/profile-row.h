/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* A profile in a list: its name, how it is treated, where it is; with a mark where it is the one in use. */
GtkWidget *strata_profile_row_new     (StrataProfile *profile,
                                       gboolean       is_current);
/* Whether it has the text somewhere in what its row shows. */
gboolean   strata_profile_row_matches (StrataProfile *profile,
                                       const char    *text);
/* One that cannot be read, and why. */
GtkWidget *strata_profile_row_new_broken (StrataFinding *finding);
/* A profile of the project has the same name as this one, which is for all: then a name means that one. */
gboolean   strata_profile_row_is_hidden (StrataProfile *profile,
                                       GPtrArray     *profiles);

G_END_DECLS

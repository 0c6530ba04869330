/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to know of a project and its database when no revision is selected; where nothing is open, how to begin. */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_OVERVIEW (strata_overview_get_type ())

G_DECLARE_FINAL_TYPE (StrataOverview, strata_overview, STRATA, OVERVIEW, AdwBin)

StrataSession *strata_overview_get_session (StrataOverview *self);
void           strata_overview_set_session (StrataOverview *self,
                                            StrataSession  *session);

G_END_DECLS

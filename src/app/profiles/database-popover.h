/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DATABASE_POPOVER (strata_database_popover_get_type ())

/* Which database the session is about, why this one, what else it may be, and the profiles to choose from. */
G_DECLARE_FINAL_TYPE (StrataDatabasePopover, strata_database_popover, STRATA, DATABASE_POPOVER, GtkPopover)

StrataSession *strata_database_popover_get_session (StrataDatabasePopover *self);
void           strata_database_popover_set_session (StrataDatabasePopover *self,
                                                    StrataSession         *session);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which database the window is about, and why; profiles, passwords, and what to do when it does not answer. */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DATABASE_BUTTON (strata_database_button_get_type ())

G_DECLARE_FINAL_TYPE (StrataDatabaseButton, strata_database_button, STRATA, DATABASE_BUTTON, AdwBin)

StrataSession *strata_database_button_get_session (StrataDatabaseButton *self);
void           strata_database_button_set_session (StrataDatabaseButton *self,
                                                   StrataSession        *session);
void           strata_database_button_popup       (StrataDatabaseButton *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DATABASE_STRIP (strata_database_strip_get_type ())

/* Under the header: the environment, unless it is development, and trouble with the connection with one button. */
G_DECLARE_FINAL_TYPE (StrataDatabaseStrip, strata_database_strip, STRATA, DATABASE_STRIP, AdwBin)

StrataSession *strata_database_strip_get_session (StrataDatabaseStrip *self);
void           strata_database_strip_set_session (StrataDatabaseStrip *self,
                                                  StrataSession       *session);

G_END_DECLS

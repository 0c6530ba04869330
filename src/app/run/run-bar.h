/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_BAR (strata_run_bar_get_type ())

/* At the bottom while a run goes on: where it is, how long it takes, Stop. All else stays usable. */
G_DECLARE_FINAL_TYPE (StrataRunBar, strata_run_bar, STRATA, RUN_BAR, AdwBin)

void strata_run_bar_set_session (StrataRunBar  *self,
                                 StrataSession *session);

G_END_DECLS

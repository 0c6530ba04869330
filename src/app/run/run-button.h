/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving the database: the button that says what is to be done, the sheet before it, the bar meanwhile, and the activity
 * after it. */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_BUTTON (strata_run_button_get_type ())

/* The one accented control of the window. Its label is the truth: "Upgrade 3…", "Up to Date", "Connect…". */
G_DECLARE_FINAL_TYPE (StrataRunButton, strata_run_button, STRATA, RUN_BUTTON, AdwBin)

void strata_run_button_set_session (StrataRunButton *self,
                                    StrataSession   *session);

G_END_DECLS

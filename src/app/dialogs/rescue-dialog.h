/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RESCUE_DIALOG (strata_rescue_dialog_get_type ())

G_DECLARE_FINAL_TYPE (StrataRescueDialog, strata_rescue_dialog, STRATA, RESCUE_DIALOG, AdwWindow)

/* For what the database has and the folder has not: the snapshot's status->lost. */
StrataRescueDialog *strata_rescue_dialog_new (StrataSession *session);

G_END_DECLS

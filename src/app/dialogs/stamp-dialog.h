/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_STAMP_DIALOG (strata_stamp_dialog_get_type ())

G_DECLARE_FINAL_TYPE (StrataStampDialog, strata_stamp_dialog, STRATA, STAMP_DIALOG, AdwWindow)

/* The id that is offered first, or NULL. The session has a database. */
StrataStampDialog *strata_stamp_dialog_new (StrataSession *session,
                                            const char    *id);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_NEW_REVISION_DIALOG (strata_new_revision_dialog_get_type ())

G_DECLARE_FINAL_TYPE (StrataNewRevisionDialog, strata_new_revision_dialog, STRATA, NEW_REVISION_DIALOG, AdwWindow)

/* The id of the revision to build on, or NULL for a head. */
StrataNewRevisionDialog *strata_new_revision_dialog_new (StrataSession *session,
                                                         const char    *parent);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PROFILE_DIALOG (strata_profile_dialog_get_type ())

/* Makes or edits a profile. What is saved is seen by the session: it reads again, and where no database was known, or the
 * one that it is about was edited, it connects. */
G_DECLARE_FINAL_TYPE (StrataProfileDialog, strata_profile_dialog, STRATA, PROFILE_DIALOG, AdwWindow)

/* The URL that it begins with may be NULL. */
StrataProfileDialog *strata_profile_dialog_new      (StrataSession *session,
                                                     const char    *url);
StrataProfileDialog *strata_profile_dialog_new_edit (StrataSession *session,
                                                     StrataProfile *profile);
/* Another one that begins like it; its password is not taken over. */
StrataProfileDialog *strata_profile_dialog_new_copy (StrataSession *session,
                                                     StrataProfile *profile);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PASSWORD_DIALOG (strata_password_dialog_get_type ())

/* Asks for the password of the session's database until it is right. It is kept for this window, or, where the database has a
 * profile and the person wants that, in the Secret Service. */
G_DECLARE_FINAL_TYPE (StrataPasswordDialog, strata_password_dialog, STRATA, PASSWORD_DIALOG, AdwWindow)

/* The session knows its database. */
StrataPasswordDialog *strata_password_dialog_new (StrataSession *session);

G_END_DECLS

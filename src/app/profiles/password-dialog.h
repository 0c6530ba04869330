/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

/* Asks for the password of the session's database and connects with it. It is kept for this window, or, where a profile has
 * it and the person wants that, in the Secret Service. */
GtkWindow *strata_password_dialog_new (StrataSession *session,
                                       GtkWindow     *parent);

G_END_DECLS

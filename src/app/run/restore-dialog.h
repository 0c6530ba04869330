/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RESTORE_DIALOG (strata_restore_dialog_get_type ())

/* The copies of a SQLite database; one of them is put back over it. */
G_DECLARE_FINAL_TYPE (StrataRestoreDialog, strata_restore_dialog, STRATA, RESTORE_DIALOG, AdwWindow)

/* A project on a SQLite file is open. The parent may be NULL. */
StrataRestoreDialog *strata_restore_dialog_present (GtkWindow     *parent,
                                                    StrataSession *session);

G_END_DECLS

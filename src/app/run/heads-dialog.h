/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_HEADS_DIALOG (strata_heads_dialog_get_type ())

/* Several heads: a picture of the sides, and the two ways on. */
G_DECLARE_FINAL_TYPE (StrataHeadsDialog, strata_heads_dialog, STRATA, HEADS_DIALOG, AdwWindow)

/* A project is open. Its actions are those of the parent. */
StrataHeadsDialog *strata_heads_dialog_present (GtkWindow     *parent,
                                                StrataSession *session);

G_END_DECLS

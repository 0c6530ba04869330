/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_MERGE_DIALOG (strata_merge_dialog_get_type ())

G_DECLARE_FINAL_TYPE (StrataMergeDialog, strata_merge_dialog, STRATA, MERGE_DIALOG, AdwWindow)

/* The ids to join, or none: then the heads of the project are offered. */
StrataMergeDialog *strata_merge_dialog_new (StrataSession      *session,
                                            const char * const *ids);

G_END_DECLS

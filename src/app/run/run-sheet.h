/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_SHEET (strata_run_sheet_get_type ())

/* What comes before every run: what it would do, what would be lost, and the button that does it. */
G_DECLARE_FINAL_TYPE (StrataRunSheet, strata_run_sheet, STRATA, RUN_SHEET, AdwWindow)

/* The kind is an upgrade, a downgrade or a stamp; a project is open. The parent may be NULL. */
StrataRunSheet *strata_run_sheet_present (GtkWindow            *parent,
                                          StrataSession        *session,
                                          StrataRunKind         kind,
                                          const char * const   *targets);

G_END_DECLS

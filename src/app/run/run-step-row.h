/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "core/workspace/preview.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_STEP_ROW (strata_run_step_row_get_type ())

/* One step of a preview; opened it shows its SQL, transaction by transaction. */
G_DECLARE_FINAL_TYPE (StrataRunStepRow, strata_run_step_row, STRATA, RUN_STEP_ROW, AdwExpanderRow)

GtkWidget *strata_run_step_row_new (StrataPreview *preview,
                                    guint          step);

G_END_DECLS

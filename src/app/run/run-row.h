/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/run-record.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_ROW (strata_run_row_get_type ())

/* A run in the list of the activity. */
G_DECLARE_FINAL_TYPE (StrataRunRow, strata_run_row, STRATA, RUN_ROW, GtkBox)

/* Gives an image the symbol of a state; the word for it stands beside. */
void strata_run_row_show_state (GtkImage             *image,
                                StrataRunRecordState  state);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/run-record.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_FAILURE_VIEW (strata_run_failure_view_get_type ())

/* Why a run stopped: the statement and the server's words; what is in the database, what is not; and what to do now. */
G_DECLARE_FINAL_TYPE (StrataRunFailureView, strata_run_failure_view, STRATA, RUN_FAILURE_VIEW, GtkBox)

/* Hides itself where nothing went wrong. */
void strata_run_failure_view_show (StrataRunFailureView *self,
                                   StrataRunRecord      *record);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/run-record.h"
#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_LOG_VIEW (strata_run_log_view_get_type ())

/* The log of a run: grows while it goes on, can be searched and saved. */
G_DECLARE_FINAL_TYPE (StrataRunLogView, strata_run_log_view, STRATA, RUN_LOG_VIEW, GtkBox)

/* The record may be NULL. */
void strata_run_log_view_show (StrataRunLogView *self,
                               StrataSession    *session,
                               StrataRunRecord  *record);

G_END_DECLS

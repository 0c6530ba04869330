/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/run-record.h"
#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_DETAIL (strata_run_detail_get_type ())

/* One run: who, where, when, how it ended; where it failed why; and its log. */
G_DECLARE_FINAL_TYPE (StrataRunDetail, strata_run_detail, STRATA, RUN_DETAIL, AdwBin)

/* The record may be NULL. */
void strata_run_detail_show (StrataRunDetail *self,
                             StrataSession   *session,
                             StrataRunRecord *record);

G_END_DECLS

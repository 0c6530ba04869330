/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/engine/run-report.h"

G_BEGIN_DECLS

StrataRunReport *strata_run_report_new      (void);
void             strata_run_report_set_plan (StrataRunReport *self,
                                             StrataPlan      *plan);
void             strata_run_failure_free    (StrataRunFailure *failure);

G_END_DECLS

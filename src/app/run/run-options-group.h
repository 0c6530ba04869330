/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "core/workspace/preview.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_OPTIONS_GROUP (strata_run_options_group_get_type ())

/* How to run, for those who want it otherwise. "changed": what the preview says may be another now. */
G_DECLARE_FINAL_TYPE (StrataRunOptionsGroup, strata_run_options_group, STRATA, RUN_OPTIONS_GROUP, AdwPreferencesGroup)

/* From the first preview: what is possible, and the defaults. Later ones change nothing. */
void strata_run_options_group_offer (StrataRunOptionsGroup *self,
                                     const StrataPreview   *preview);
/* Puts what was chosen into the options. */
void strata_run_options_group_apply (StrataRunOptionsGroup *self,
                                     StrataRunOptions      *options);

G_END_DECLS

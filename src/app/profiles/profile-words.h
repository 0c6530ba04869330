/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* "Production", "Staging", "Development". */
const char *strata_profile_words_name_environment (StrataProfileEnvironment  environment);
/* Of a named colour, else the text itself. */
const char *strata_profile_words_name_colour      (const char               *colour);
/* "Production, protected, for all projects, Red". */
char       *strata_profile_words_dup_summary      (StrataProfile            *profile);

G_END_DECLS

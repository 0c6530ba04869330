/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a comparison. */

#pragma once

#include "app/state/differences.h"
#include "core/workspace/autogenerate.h"

G_BEGIN_DECLS

/* What is ticked, and how much comes along. NULL: there is none. */
char       *strata_compare_words_dup_count   (StrataDifferences *differences);
/* Of two sides that do not differ. */
char       *strata_compare_words_dup_same    (StrataDifferences *differences);
/* What a person should look at before anything else: "" where there is nothing. */
char       *strata_compare_words_dup_warning (StrataDifferences *differences);
/* Why tables that would go are asked about. */
const char *strata_compare_words_name_drops  (const StrataComparison *comparison,
                                              StrataDrops        drops);

G_END_DECLS

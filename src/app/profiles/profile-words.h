/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* "Production, protected · postgresql://ana@db1/orders". */
char *strata_profile_words_dup_summary (StrataProfile *profile);

G_END_DECLS

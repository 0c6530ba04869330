/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/diff/diff-private.h"

G_BEGIN_DECLS

/* What values of the one type become in the other, in memory that is never freed; NULL: all of them fit. */
void strata_diff_judge_type (StrataDialect   dialect,
                             const char     *from,
                             const char     *to,
                             const char    **loss,
                             const char    **review);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* What turns one text into the other, line by line, as "diff -u" prints it with so many lines of context; "" where they
 * are equal. Shortest where they are alike; where they are not, its time is still bound by their length. */
char *strata_line_diff (const char *old_text,
                        const char *new_text,
                        const char *old_name,
                        const char *new_name,
                        guint       context);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/config/document.h"

G_BEGIN_DECLS

/* JSON whose whole is an object, as Python's json module reads it: of a key that is given twice the last one counts. NULL,
 * with a finding of severity ERROR that has the place, where that would stop at it; and for the few things that it
 * takes and nobody means in a file of settings: NaN and Infinity, halves of surrogate pairs, NUL. */
StrataDocument *strata_json_parse (const char *path,
                                   const char *text,
                                   gsize       length,
                                   GPtrArray  *findings);

G_END_DECLS

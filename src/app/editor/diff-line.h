/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_DIFF_SAME,
  STRATA_DIFF_REMOVED,
  STRATA_DIFF_ADDED,
  STRATA_DIFF_GAP,         /* lines that are alike and left out; the numbers are of the lines behind it */
} StrataDiffKind;

#define STRATA_TYPE_DIFF_LINE (strata_diff_line_get_type ())

/* One line of the difference between two texts. Immutable. */
G_DECLARE_FINAL_TYPE (StrataDiffLine, strata_diff_line, STRATA, DIFF_LINE, GObject)

/* StrataDiffLine, with so many lines around each change; empty where the texts are equal. */
GPtrArray      *strata_diff_lines_new           (const char     *old_text,
                                                 const char     *new_text,
                                                 guint           context);

StrataDiffKind  strata_diff_line_get_kind       (StrataDiffLine *self);
const char     *strata_diff_line_get_text       (StrataDiffLine *self);
/* From 1; 0 where that text does not have it. */
guint           strata_diff_line_get_old_number (StrataDiffLine *self);
guint           strata_diff_line_get_new_number (StrataDiffLine *self);
/* "Removed, line 12: DROP TABLE lamps;" */
char           *strata_diff_line_dup_words      (StrataDiffLine *self);

G_END_DECLS

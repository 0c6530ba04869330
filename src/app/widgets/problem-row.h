/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STRATA_TYPE_PROBLEM_ROW (strata_problem_row_get_type ())

/* Below an entry of a form: what is wrong with it, in words. Without a text it is not there. Properties: "entry", the row
 * above, which is marked meanwhile; "text". */
G_DECLARE_FINAL_TYPE (StrataProblemRow, strata_problem_row, STRATA, PROBLEM_ROW, AdwPreferencesRow)

const char *strata_problem_row_get_text (StrataProblemRow *self);
void        strata_problem_row_set_text (StrataProblemRow *self,
                                         const char       *text);

G_END_DECLS

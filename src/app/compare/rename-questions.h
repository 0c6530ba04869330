/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/differences.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RENAME_QUESTIONS (strata_rename_questions_get_type ())

/* What was removed and what was added may be the same thing: one question after the other, with what speaks for it. "decided"
 * has the guess (StrataRenameGuess) and whether it is a rename. */
G_DECLARE_FINAL_TYPE (StrataRenameQuestions, strata_rename_questions, STRATA, RENAME_QUESTIONS, AdwBin)

/* NULL: none. */
void strata_rename_questions_show (StrataRenameQuestions *self,
                                   StrataDifferences      *differences);

G_END_DECLS

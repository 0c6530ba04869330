/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "core/workspace/compare.h"

G_BEGIN_DECLS

/* For people: what differs, what may be a rename, and what was not looked at. */
void strata_print_comparison (StrataComparison       *comparison);
/* What it loses and what wants a look, in parentheses behind its title; nothing where there is neither. */
void strata_print_risks      (const StrataDifference *difference);
/* What may be a rename, with the option that says so. */
void strata_print_guesses    (StrataComparison       *comparison);
/* The same to stderr, beside SQL. */
void strata_warn_of_guesses  (StrataComparison       *comparison);
/* "2 of the kind “x”, such as a": what Strata knows no more of than that it is there. */
char *strata_uncovered_to_string (const StrataUncovered *uncovered);
/* All of a side, to stderr; the prefix is like "Not in the dump". */
void strata_warn_of_uncovered (StrataTakenSide       *side,
                              const char             *prefix);
/* What writes rows, of a side that people wrote: the first statement, and how many there are. */
void strata_warn_of_rows     (StrataTakenSide        *side,
                              const char             *prefix);
/* The members of an object that was begun. */
void strata_json_comparison  (JsonBuilder            *builder,
                              StrataComparison       *comparison);
/* "New upgrade operations detected: [...]", as an error. */
void strata_set_differs      (StrataComparison       *comparison,
                              GError                **error);

G_END_DECLS

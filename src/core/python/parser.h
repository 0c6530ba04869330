/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/lexer.h"
#include "core/python/node.h"

G_BEGIN_DECLS

/* Reads Python 3.8 to 3.13, a logical line or a compound statement at a time. What lies outside of the grammar is a
 * finding and a BROKEN node, and reading goes on with the next statement of the same block. */
typedef struct _StrataPyParser StrataPyParser;

StrataPyParser *strata_py_parser_new         (StrataPySource *source,
                                              StrataPyArena  *arena,
                                              GPtrArray      *findings);
void            strata_py_parser_free        (StrataPyParser *self);
/* The token that the next statement begins with; of kind END after the last one. */
StrataPyToken   strata_py_parser_peek        (StrataPyParser *self);
/* The next statement, or several where semicolons join them; none at the end. */
StrataPyList    strata_py_parser_read        (StrataPyParser *self);
/* Passes over the next statement with all that it holds, quickly and without looking for mistakes. Only for
 * statements of the module itself, and the first line of one: decorators are passed over one by one. */
void            strata_py_parser_skip        (StrataPyParser *self);
/* TRUE once there were too many findings or too many nodes: the rest was not read. */
gboolean        strata_py_parser_has_given_up (StrataPyParser *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPyParser, strata_py_parser_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/known-names.h"

G_BEGIN_DECLS

/* The tables and columns that are there around each line of one script, as its text has it. Immutable, atomically
 * reference-counted. */
typedef struct _StrataScope StrataScope;

/* Findings are those of both directions. What was known of the script before (or NULL) stays of a direction that is not whole
 * now. NULL: it is no revision's script. */
StrataScope     *strata_scope_new   (StrataKnownNames *names,
                                     const char       *path,
                                     const char       *text,
                                     gsize             length,
                                     StrataScope      *last,
                                     GPtrArray        *findings);
StrataScope     *strata_scope_ref   (StrataScope      *self);
void             strata_scope_unref (StrataScope      *self);
/* When the direction that the line is of has run up to it; it does not count itself. */
StrataCatalogue *strata_scope_get   (StrataScope      *self,
                                     guint             line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataScope, strata_scope_unref)

G_END_DECLS

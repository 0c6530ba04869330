/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of a difference as a script of Alembic has them: with its directives where these do just what the statements do,
 * else op.execute() of the statements. */

#pragma once

#include "core/diff/diff.h"

G_BEGIN_DECLS

typedef struct
{
  const StrataOperation  *operation;
  const StrataDifference *difference;   /* as that of the step */
  gboolean                is_outside;
  gboolean                is_direct;    /* not in a batch, whatever is usual */
  gboolean                is_of_sqlite; /* no other server needs it, nor knows it */
  const StrataDiffTable  *table;        /* all of whose differences begin here; NULL: see difference */
  char                   *reason;       /* why it is no directive, or why at all; NULL: nothing to say */
} StrataDiffOperation;

typedef struct _StrataDiffOperations StrataDiffOperations;

/* Lives no longer than the diff, whose steps these are. Plain: without directives. */
StrataDiffOperations      *strata_diff_operations_new   (StrataDiff                 *diff,
                                                         const GPtrArray            *steps,
                                                         gboolean                    is_plain);
void                       strata_diff_operations_free  (StrataDiffOperations       *self);
guint                      strata_diff_operations_get_n (const StrataDiffOperations *self);
const StrataDiffOperation *strata_diff_operations_get   (const StrataDiffOperations *self,
                                                         guint                       index);
/* One of SQLite's tables that statements make anew, which no other server's table would come out of whole; NULL: there is none. */
const char                *strata_diff_operations_get_made_anew (const StrataDiffOperations *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataDiffOperations, strata_diff_operations_free)

G_END_DECLS

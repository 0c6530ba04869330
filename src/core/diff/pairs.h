/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of what is gone and which of what is new have anything in common, so that one may be the other: of these alone it is
 * asked how alike they are. */

#pragma once

#include "core/diff/diff-private.h"

G_BEGIN_DECLS

/* What is gone or new, with what each pair of them would look for again. */
typedef struct
{
  const StrataDifference *difference;
  const char             *table;      /* of what is gone: whose it is, as the first picture has it; or NULL */
  guint                   position;   /* of a column */
  guint                   n_columns;  /* of a table that is gone or new */
  guint                  *names;      /* of its columns: the same number is the same text */
  guint                  *types;
} StrataDiffSide;

typedef struct
{
  const StrataDiffSide *old;
  const StrataDiffSide *new;
} StrataDiffPair;

typedef struct
{
  GArray *removed;    /* StrataDiffSide */
  GArray *added;
  GArray *list;       /* StrataDiffPair, in the order of what is gone, then of what is new */
} StrataDiffPairs;

StrataDiffPairs *strata_diff_pairs_new  (const StrataDiff *diff);
void             strata_diff_pairs_free (StrataDiffPairs  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataDiffPairs, strata_diff_pairs_free)

G_END_DECLS

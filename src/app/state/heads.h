/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/snapshot.h"

G_BEGIN_DECLS

/* One side of a history that parts: a head, and what only it leads to. */
typedef struct
{
  guint   head;     /* node */
  GArray *own;      /* guint nodes, newest first, the head among them */
} StrataHeadSide;

/* Where the heads part, for a picture of it. */
typedef struct
{
  GPtrArray *sides;   /* StrataHeadSide, in file order of the heads */
  GArray    *forks;   /* guint nodes: the newest that all sides have; none where they share nothing */
} StrataHeads;

StrataHeads *strata_heads_new  (StrataSnapshot *snapshot);
void         strata_heads_free (StrataHeads    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataHeads, strata_heads_free)

G_END_DECLS

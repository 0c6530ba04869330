/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

typedef struct
{
  guint from;
  guint to;
} StrataDdlPair;

/* Of each node a list of others, all in one array: added in any order, then sorted, then read from first[node] up to
 * first[node + 1]. */
typedef struct
{
  GArray *pairs;              /* StrataDdlPair */
  guint  *first;              /* of each node, and one more */
} StrataDdlLists;

void  strata_ddl_lists_init  (StrataDdlLists       *self);
void  strata_ddl_lists_clear (StrataDdlLists       *self);
/* A node is in no list of its own. */
void  strata_ddl_lists_add   (StrataDdlLists       *self,
                              guint                 from,
                              guint                 to);
/* Each list is in the order of nodes afterwards. */
void  strata_ddl_lists_sort  (StrataDdlLists       *self,
                              guint                 n_nodes);
guint strata_ddl_lists_get   (const StrataDdlLists *self,
                              guint                 index);

G_END_DECLS

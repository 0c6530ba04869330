/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/graph.h"

G_BEGIN_DECLS

/* Who asks. In a plan, broken revisions are no heads, and to name one is an error. */
typedef struct
{
  StrataGraph *graph;
  const char  *argument;    /* all that was typed, for messages */
  gboolean     planning;
} StrataResolver;

typedef enum
{
  STRATA_WALK_DONE,
  STRATA_WALK_TOO_FAR,      /* the node is the last one that could be reached */
  STRATA_WALK_AMBIGUOUS,    /* the node is where the ways part */
} StrataWalk;

/* Base is STRATA_NO_NODE everywhere here. */

GArray    *strata_resolver_list_heads     (const StrataResolver    *self,
                                           gboolean                 resolve_dependencies);
gboolean   strata_resolver_check          (const StrataResolver    *self,
                                           guint                    node,
                                           GError                 **error);
/* The rows of a version table; fails for those that no file has. */
GArray    *strata_resolver_get_rows       (const StrataResolver    *self,
                                           const char * const      *rows,
                                           GError                 **error);
/* "head", "heads", "base", "-N" (from each head), ids, labels and beginnings of them; within the branch, or NULL. */
GArray    *strata_resolver_get_all        (const StrataResolver    *self,
                                           const char              *branch,
                                           const char              *symbol,
                                           GError                 **error);
/* The same for just one or base; there is no "-N". */
gboolean   strata_resolver_get_one        (const StrataResolver    *self,
                                           const char              *branch,
                                           const char              *symbol,
                                           guint                   *node,
                                           GError                 **error);
guint      strata_resolver_get_branch     (const StrataResolver    *self,
                                           const char              *branch,
                                           GError                 **error);
/* All ancestors and descendants of the branch's revision by down_revision; NULL with an error. */
guint8    *strata_resolver_get_lineage    (const StrataResolver    *self,
                                           const char              *branch,
                                           GError                 **error);
StrataWalk strata_resolver_walk_down      (const StrataResolver    *self,
                                           guint                   *node,
                                           guint                    steps);
StrataWalk strata_resolver_walk_up        (const StrataResolver    *self,
                                           guint                   *node,
                                           guint                    steps,
                                           const guint8            *lineage);
gboolean   strata_resolver_check_walk     (const StrataResolver    *self,
                                           StrataWalk               walk,
                                           guint                    node,
                                           int                      steps,
                                           GError                 **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/compare.h"

G_BEGIN_DECLS

/* What does a part of a comparison, and what undoes just that. */
typedef struct
{
  char *upgrade;
  char *downgrade;
  char *unproven;      /* why neither was tried, for people; NULL: both were, and do what they should */
} StrataTwoWays;

/* Chosen is one a difference. Both ways are tried in a scratch database, and fail here where they do there; where there can be
 * none, only all of the differences have a way back that is known. */
StrataTwoWays *strata_workspace_find_two_ways (StrataWorkspace    *self,
                                               StrataComparison   *comparison,
                                               const gboolean     *chosen,
                                               gboolean            scratch_agreed,
                                               GCancellable       *cancellable,
                                               GError            **error);
void           strata_two_ways_free           (StrataTwoWays      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataTwoWays, strata_two_ways_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/listing.h"

G_BEGIN_DECLS

/* Some steps of a plan. */
typedef struct
{
  StrataPlan *plan;
  guint       first;
  guint       n_steps;
} StrataListingPart;

/* Elements are StrataListingPart, one after the other. */
GPtrArray *strata_listing_make_plans (const StrataListingRequest  *request,
                                      GError                     **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two sides, what differs between them, and a new revision of what is ticked. */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"
#include "core/workspace/side.h"

G_BEGIN_DECLS

#define STRATA_TYPE_COMPARE_PAGE (strata_compare_page_get_type ())

/* Property "session". */
G_DECLARE_FINAL_TYPE (StrataComparePage, strata_compare_page, STRATA, COMPARE_PAGE, AdwBin)

/* Chooses the sides, and compares. */
void strata_compare_page_compare (StrataComparePage *self,
                                  StrataSideKind     from,
                                  const char        *from_argument,
                                  StrataSideKind     to,
                                  const char        *to_argument);

G_END_DECLS

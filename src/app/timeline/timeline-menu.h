/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/timeline/timeline-item.h"

G_BEGIN_DECLS

/* What can be done with a revision, as actions of the window: only what makes sense for it. */
GMenuModel *strata_timeline_menu_new (StrataTimelineItem *item);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "core/base/finding.h"

G_BEGIN_DECLS

#define STRATA_TYPE_FINDING_ITEM (strata_finding_item_get_type ())

/* A finding, for list models, and the piece of the text that it is about: in characters from the start of the text, where
 * it was when it was found. Immutable. */
G_DECLARE_FINAL_TYPE (StrataFindingItem, strata_finding_item, STRATA, FINDING_ITEM, GObject)

/* Start and end are equal where it is about no piece of the text. */
StrataFindingItem *strata_finding_item_new         (StrataFinding     *finding,
                                                    guint              start,
                                                    guint              end);
StrataFinding     *strata_finding_item_get_finding (StrataFindingItem *self);
guint              strata_finding_item_get_start   (StrataFindingItem *self);
guint              strata_finding_item_get_end     (StrataFindingItem *self);
gboolean           strata_finding_item_equal       (StrataFindingItem *a,
                                                    StrataFindingItem *b);

G_END_DECLS

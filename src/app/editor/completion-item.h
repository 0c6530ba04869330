/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define STRATA_TYPE_COMPLETION_ITEM (strata_completion_item_get_type ())

/* What can be put in at the cursor, and a few words about it (NULL: they would say nothing). Immutable. */
G_DECLARE_FINAL_TYPE (StrataCompletionItem, strata_completion_item, STRATA, COMPLETION_ITEM, GObject)

/* Takes the text. */
StrataCompletionItem *strata_completion_item_new      (char                 *text,
                                                       const char           *note);
const char           *strata_completion_item_get_text (StrataCompletionItem *self);
const char           *strata_completion_item_get_note (StrataCompletionItem *self);

G_END_DECLS

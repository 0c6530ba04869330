/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/text-document.h"
#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_APPLIED_BAR (strata_applied_bar_get_type ())

/* Says above a script that it is applied, and whether its text is the one that was: the ledger knows, or nobody. Property
 * "comparing": somebody wants to see what differs. */
G_DECLARE_FINAL_TYPE (StrataAppliedBar, strata_applied_bar, STRATA, APPLIED_BAR, GtkWidget)

/* The id and the document may be NULL: then it is hidden. */
void        strata_applied_bar_show          (StrataAppliedBar   *self,
                                              StrataSession      *session,
                                              const char         *id,
                                              StrataTextDocument *document);
/* The document has another text. */
void        strata_applied_bar_update        (StrataAppliedBar   *self);
gboolean    strata_applied_bar_get_comparing (StrataAppliedBar   *self);
/* What was applied, in the form that a document has it; NULL: not known. */
const char *strata_applied_bar_get_text      (StrataAppliedBar   *self);

G_END_DECLS

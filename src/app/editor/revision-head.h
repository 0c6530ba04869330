/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_REVISION_HEAD (strata_revision_head_get_type ())

/* What the selected revisions are and where they stand, above everything that is shown of them. The swap button emits
 * "swapped". */
G_DECLARE_FINAL_TYPE (StrataRevisionHead, strata_revision_head, STRATA, REVISION_HEAD, GtkWidget)

/* One or two ids of the session's snapshot; unsaved is for the title. */
void strata_revision_head_show (StrataRevisionHead  *self,
                                StrataSession       *session,
                                const char * const  *ids,
                                gboolean             unsaved);

G_END_DECLS

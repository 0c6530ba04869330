/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CHANGES_PAGE (strata_changes_page_get_type ())

/* What a revision does to the schema, or what lies between two: tried out in a scratch database, where that may be; else why
 * not. */
G_DECLARE_FINAL_TYPE (StrataChangesPage, strata_changes_page, STRATA, CHANGES_PAGE, GtkWidget)

/* One id, or two: from the first to the second. What is not saved is not in it. */
void strata_changes_page_show (StrataChangesPage  *self,
                               StrataSession      *session,
                               const char * const *ids,
                               gboolean            unsaved);

G_END_DECLS

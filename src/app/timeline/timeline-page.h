/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_TIMELINE_PAGE (strata_timeline_page_get_type ())

/* The list with its search and filters. Its property "session" is what it shows. */
G_DECLARE_FINAL_TYPE (StrataTimelinePage, strata_timeline_page, STRATA, TIMELINE_PAGE, GtkWidget)

StrataSession *strata_timeline_page_get_session  (StrataTimelinePage *self);
void           strata_timeline_page_set_session  (StrataTimelinePage *self,
                                                  StrataSession      *session);
void           strata_timeline_page_begin_search (StrataTimelinePage *self);
/* While the selection changes because someone goes through the list. */
gboolean       strata_timeline_page_is_selecting (StrataTimelinePage *self);
/* Rows of 32 instead of 44 px. */
void           strata_timeline_page_set_compact  (StrataTimelinePage *self,
                                                  gboolean            compact);

G_END_DECLS

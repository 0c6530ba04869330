/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_REVISION_PAGE (strata_revision_page_get_type ())

/* The detail where one or two revisions are selected. Property "session". */
G_DECLARE_FINAL_TYPE (StrataRevisionPage, strata_revision_page, STRATA, REVISION_PAGE, GtkWidget)

GtkWidget *strata_revision_page_new       (StrataSession      *session);
/* Of the script of what is selected; both count from 1, 0 is the first. */
void       strata_revision_page_show_line (StrataRevisionPage *self,
                                           guint               line,
                                           guint               column);
/* A new one: somebody is about to write its upgrade. */
void       strata_revision_page_begin     (StrataRevisionPage *self);

G_END_DECLS

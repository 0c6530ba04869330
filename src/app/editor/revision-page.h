/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_REVISION_PAGE (strata_revision_page_get_type ())

/* The detail where one or two revisions are selected. Property "session". */
G_DECLARE_FINAL_TYPE (StrataRevisionPage, strata_revision_page, STRATA, REVISION_PAGE, GtkWidget)

GtkWidget *strata_revision_page_new (StrataSession *session);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SQL_PAGE (strata_sql_page_get_type ())

/* What the selected revisions send to a server, as it will be sent. Reads the scripts while it is looked at. */
G_DECLARE_FINAL_TYPE (StrataSqlPage, strata_sql_page, STRATA, SQL_PAGE, GtkWidget)

/* One id, or the way from the first to the second; the session has a snapshot. What is not saved does not run: that is
 * said. */
void strata_sql_page_show (StrataSqlPage       *self,
                           StrataSession       *session,
                           const char * const  *ids,
                           gboolean             unsaved);

G_END_DECLS

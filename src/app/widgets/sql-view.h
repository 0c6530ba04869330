/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define STRATA_TYPE_SQL_VIEW (strata_sql_view_get_type ())

/* SQL to look at: monospace, highlighted, light or dark as the window is. */
G_DECLARE_FINAL_TYPE (StrataSqlView, strata_sql_view, STRATA, SQL_VIEW, GtkSourceView)

GtkWidget *strata_sql_view_new      (void);
void       strata_sql_view_set_text (StrataSqlView *self,
                                     const char    *text);

G_END_DECLS

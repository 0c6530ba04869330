/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define STRATA_TYPE_SQL_GUTTER (strata_sql_gutter_get_type ())

/* Numbers the statements of a StrataSqlText, and says on which line of the file each begins. */
G_DECLARE_FINAL_TYPE (StrataSqlGutter, strata_sql_gutter, STRATA, SQL_GUTTER, GtkSourceGutterRendererText)

StrataSqlGutter *strata_sql_gutter_new       (void);
/* Elements are StrataSqlLine. */
void             strata_sql_gutter_set_lines (StrataSqlGutter *self,
                                              GArray          *lines);

G_END_DECLS

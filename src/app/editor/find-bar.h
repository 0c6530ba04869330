/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

#define STRATA_TYPE_FIND_BAR (strata_find_bar_get_type ())

/* Search and replace in a text view. */
G_DECLARE_FINAL_TYPE (StrataFindBar, strata_find_bar, STRATA, FIND_BAR, GtkWidget)

/* Borrowed: the view outlives the bar. */
void strata_find_bar_set_view (StrataFindBar *self,
                               GtkSourceView *view);
/* Shows it with what is selected, ready to be typed into. */
void strata_find_bar_open     (StrataFindBar *self,
                               gboolean       replace);
void strata_find_bar_close    (StrataFindBar *self);
void strata_find_bar_step     (StrataFindBar *self,
                               gboolean       forward);

G_END_DECLS

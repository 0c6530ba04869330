/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A model's items, of many the first ones first and the rest by and by: GTK's list makes and measures some two hundred rows
 * before it shows one, and nothing answers meanwhile. Positions are the model's. */
GListModel *strata_gradual_list_new      (GListModel *model);   /* transfer full */
/* All of them now: what is wanted may be among the rest. */
void        strata_gradual_list_complete (GListModel *self);

G_END_DECLS

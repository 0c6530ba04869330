/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From now on the pointer finds nothing in a window for as long as a modal dialog of its own lies over it. GTK keeps clicks
 * from it, but not tooltips: one that was on its way comes when the dialog is there already, and GTK 4.8 then looks for its
 * place in the wrong window, with a critical. */
void           strata_modal_watch      (void);

G_END_DECLS

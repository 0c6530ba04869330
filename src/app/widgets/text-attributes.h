/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Before the first coloured text is shown: see the source. */
void strata_text_attributes_mend (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* From now on every widget says to a screen reader what GTK 4.8 and libadwaita 1.2 leave out, and no more what it should
 * not: as it is shown, so that those of the libraries' own dialogs are among them. */
void strata_accessible_mend (void);

G_END_DECLS

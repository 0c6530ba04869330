/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Widgets that several parts of the window show and that know a session. */

#pragma once

#include <gtk/gtk.h>

#include "app/state/session.h"

G_BEGIN_DECLS

/* Which database, why this one, whether it can be read, and what else it may be: rows with at most one button each. Where
 * the profiles stand elsewhere, they are no candidates here. */
void strata_database_rows_add (GtkListBox     *list,
                               StrataSnapshot *snapshot,
                               StrataLink      link,
                               gboolean        with_profiles);

G_END_DECLS

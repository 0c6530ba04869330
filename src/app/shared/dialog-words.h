/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/snapshot.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a screen reader says of a dialog that writes to the snapshot's database: which one, how careful to be with it, and what
 * else the dialog says before it asks, or NULL. Those that write files, and no database, say so in their templates. */
void strata_dialog_words_name_database (GtkWindow      *dialog,
                                        StrataSnapshot *snapshot,
                                        const char     *more);

G_END_DECLS

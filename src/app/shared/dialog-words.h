/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/snapshot.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a screen reader says of a dialog that writes to the snapshot's database: which one, and how careful to be with it. Those
 * that write files, and no database, say so in their templates. */
void strata_dialog_words_name_database (GtkWindow      *dialog,
                                        StrataSnapshot *snapshot);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/state/differences.h"
#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_WRITE_NOTES (strata_write_notes_get_type ())

/* What a person should know before what is ticked becomes a revision: what comes along, what would be dropped, whether the
 * database is at its heads, and whether it is what its own revisions say, which is looked for while they read. "changed" when
 * they have said something. */
G_DECLARE_FINAL_TYPE (StrataWriteNotes, strata_write_notes, STRATA, WRITE_NOTES, GtkBox)

/* Begins at: the chosen database is what the revision starts from. Agreed: to scratch work. */
GtkWidget *strata_write_notes_new           (StrataSession     *session,
                                             StrataDifferences *differences,
                                             gboolean           begins_at_database,
                                             gboolean           agreed);
/* They are to be dropped: the person has said so. */
gboolean   strata_write_notes_has_drops     (StrataWriteNotes  *self);
/* FALSE: tables would be dropped that nobody may want to be, and nobody has said that they are to be. */
gboolean   strata_write_notes_allows        (StrataWriteNotes  *self);

G_END_DECLS

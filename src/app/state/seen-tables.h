/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/session.h"
#include "core/schema/picture.h"

G_BEGIN_DECLS

#define STRATA_TYPE_SEEN_TABLES (strata_seen_tables_get_type ())

/* Which tables and columns the session's database has: read in the background when somebody wants them, once, and again where
 * the database has moved or is another one. "changed" when they are there, or are not known any more. */
G_DECLARE_FINAL_TYPE (StrataSeenTables, strata_seen_tables, STRATA, SEEN_TABLES, GObject)

/* The session is borrowed: it goes later. */
StrataSeenTables   *strata_seen_tables_new      (StrataSession    *session);
/* Begins to read them where they are not known. */
void                strata_seen_tables_want     (StrataSeenTables *self);
/* NULL: not known. */
StrataPicture      *strata_seen_tables_get      (StrataSeenTables *self);
/* The revisions that the database had then. */
const char * const *strata_seen_tables_get_rows (StrataSeenTables *self);

G_END_DECLS

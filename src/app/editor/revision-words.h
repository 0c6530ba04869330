/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/session.h"

G_BEGIN_DECLS

/* What the database has that the folder has not: found elsewhere, or NULL. */
const StrataLostRevision *strata_revision_words_find_lost (StrataSnapshot *snapshot,
                                                           const char     *id);
/* One sentence: where this revision stands on the database. */
char                     *strata_revision_words_dup_state (StrataSession  *session,
                                                           const char     *id);
/* "After ..., needs ...": markup with links "select:ID"; "" for a first revision without dependencies. */
char                     *strata_revision_words_dup_links (StrataSnapshot *snapshot,
                                                           StrataRevision *revision);
/* "app.db", "orders on db1 (PostgreSQL)"; never NULL. */
char                     *strata_revision_words_dup_database (StrataSnapshot *snapshot);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/lost.h"

G_BEGIN_DECLS

/* "Add lamp stock (3f1a2b4c5d6e)": a revision inside a sentence or a list. */
char *strata_words_dup_revision (const StrataRevision *revision);
/* "~/shop": a path with the home folder as people write it. */
char *strata_words_dup_path     (const char               *path);
/* Where a database is, for people: its masked URL; of a SQLite file its path, "~/shop/shop.db". */
char *strata_words_dup_address  (StrataUrl                *url);
/* "on feature/x, by ana, 3 days ago": where one went that the folder lacks. */
char *strata_words_dup_where    (const StrataLostRevision *lost);
/* "3 days ago", "just now"; seconds since 1970, both. */
char *strata_words_dup_age      (gint64                then,
                                 gint64                now);

G_END_DECLS

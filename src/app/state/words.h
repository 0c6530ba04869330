/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/revision/revision.h"

G_BEGIN_DECLS

/* "Add lamp stock (3f1a2b4c5d6e)": a revision inside a sentence or a list. */
char *strata_words_dup_revision (const StrataRevision *revision);
/* "3 days ago", "just now"; seconds since 1970, both. */
char *strata_words_dup_age      (gint64                then,
                                 gint64                now);

G_END_DECLS

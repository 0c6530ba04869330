/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/revision/revision.h"

G_BEGIN_DECLS

/* "Add lamp stock (3f1a2b4c5d6e)": a revision inside a sentence or a list. */
char *strata_words_dup_revision (const StrataRevision *revision);

G_END_DECLS

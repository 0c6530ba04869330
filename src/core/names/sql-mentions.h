/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/names/mentions.h"
#include "core/sql/splitter.h"

G_BEGIN_DECLS

/* What one statement mentions, by its tokens: without the grammar, so that only what is clear from a few words counts. */
void strata_mentions_add_statement (StrataMentions        *self,
                                    StrataDialect          dialect,
                                    const StrataStatement *statement);
/* A text of statements that begins in that line (0: not known); where it can't be taken apart, all of it is in doubt. */
void strata_mentions_add_sql       (StrataMentions        *self,
                                    StrataDialect          dialect,
                                    const char            *text,
                                    gsize                  length,
                                    guint                  line);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLite keeps the text of a CREATE as somebody wrote it. Here is one spelling for it, so that layout, comments, the case of
 * keywords and the quotes of names make no difference. Where the meaning could change, the author's token stays. */

#pragma once

#include "core/sql/lexer.h"

G_BEGIN_DECLS

/* The elements are StrataToken, into the text. */
GArray     *strata_sqlite_tokenize       (const char        *text);
/* A name in any quotes, or a string that stands for one, without them; a word as it is. */
char       *strata_sqlite_token_dup_name (const StrataToken *self);

/* One spelling of so many tokens. Columns (const char*, as they were declared) are those that may be meant, or NULL for a text
 * in which any name may stand: there a word that SQLite takes for a name where it must stays as it is. */
char       *strata_sqlite_spell          (const StrataToken *tokens,
                                          guint              n_tokens,
                                          const GPtrArray   *columns);
void        strata_sqlite_append_spelled (GString           *out,
                                          const StrataToken *tokens,
                                          guint              n_tokens,
                                          const GPtrArray   *columns);

/* Text in which tokens that are such a name (lower case to the new one) are called so: not those of functions, types, collations
 * and aliases. */
char       *strata_sqlite_rename         (const char        *text,
                                          GHashTable        *names);
/* Whether a token of the text is that name, in any quotes and case. */
gboolean    strata_sqlite_mentions       (const char        *text,
                                          const char        *name);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a statement begins, as words and signs with blanks between:
 *
 *   WORD, A|B     that word, number or sign, one of them
 *   ?WORD, ?A|B   the same if it is there
 *   ()            options in parentheses, if they are there
 *   (+A|B)        options in parentheses, of which A or B is on; with "-": is off, with "=": is named
 *   *             anything, up to what follows
 *   $             the end */

#pragma once

#include "core/sql/lexer.h"

G_BEGIN_DECLS

/* From where the lexer is; it is a copy. */
gboolean strata_lexer_fits      (StrataLexer        lexer,
                                 const char        *pattern);
/* The token is a word, sign or number that stands between the bars of the text. */
gboolean strata_token_is_one_of (const StrataToken *token,
                                 const char        *alternatives,
                                 gsize              length);
/* Between statements: pg_dump puts its script between two lines, "\restrict TOKEN" and "\unrestrict TOKEN", which say nothing to
 * a server. TRUE where the token, of this text, begins one; the lexer is behind it then. */
gboolean strata_lexer_skip_restriction (StrataLexer       *self,
                                        const StrataToken *token,
                                        const char        *text);

G_END_DECLS

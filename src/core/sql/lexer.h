/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQL text, as far as it can be understood without its grammar: tokens, the statements that they make up, and what the
 * first tokens of a statement say about how it can be run. Texts are borrowed and need not be NUL-terminated; any
 * bytes are accepted. Nothing here knows what a migration or a connection is. */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_TOKEN_WORD,      /* keyword or unquoted name */
  STRATA_TOKEN_NAME,      /* quoted name */
  STRATA_TOKEN_STRING,    /* of any kind, with its prefix or dollar tags */
  STRATA_TOKEN_NUMBER,
  STRATA_TOKEN_SYMBOL,    /* operator or punctuation */
  STRATA_TOKEN_COMMENT,   /* only one that does not end: the others are skipped */
} StrataTokenKind;

typedef struct
{
  StrataTokenKind  kind;
  gboolean         is_open;   /* the text ended first */
  const char      *text;
  gsize            length;
} StrataToken;

/* A position in a text; a copy remembers it. */
typedef struct
{
  StrataDialect  dialect;
  const char    *at;
  const char    *end;
  const char    *escape_string;   /* a quote that goes on with an E'' string of PostgreSQL, or NULL */
} StrataLexer;

void     strata_lexer_init       (StrataLexer       *self,
                                  StrataDialect      dialect,
                                  const char        *text,
                                  gsize              length);
/* FALSE at the end. */
gboolean strata_lexer_next       (StrataLexer       *self,
                                  StrataToken       *token);
/* Words in any case, upper case being expected. */
gboolean strata_token_is_word    (const StrataToken *self,
                                  const char        *word);
gboolean strata_token_is_symbol  (const StrataToken *self,
                                  const char        *symbol);
/* A quoted name without its quotes; anything else as it stands. */
char    *strata_token_dup_name   (const StrataToken *self);

G_END_DECLS

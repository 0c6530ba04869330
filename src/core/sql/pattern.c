/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/pattern.h"

#include <string.h>

/* Enough for everything that stands before the words that matter, and a bound for hostile input. */
#define LONGEST_SKIP 200

gboolean
strata_token_is_one_of (const StrataToken *token,
                        const char        *alternatives,
                        gsize              length)
{
  const char *end = alternatives + length;

  if (token->kind != STRATA_TOKEN_WORD && token->kind != STRATA_TOKEN_SYMBOL && token->kind != STRATA_TOKEN_NUMBER)
    return FALSE;

  while (alternatives < end)
    {
      const char *bar = memchr (alternatives, '|', end - alternatives);
      gsize size = (bar != NULL ? bar : end) - alternatives;

      if (token->length == size && g_ascii_strncasecmp (token->text, alternatives, size) == 0)
        return TRUE;
      alternatives += size + 1;
    }

  return FALSE;
}

static gboolean
is_off (const StrataToken *value)
{
  StrataToken bare = *value;

  if (bare.kind == STRATA_TOKEN_STRING && bare.length >= 2)
    {
      bare.text++;
      bare.length -= 2;
    }
  bare.kind = STRATA_TOKEN_WORD;

  return strata_token_is_one_of (&bare, "false|off|0", strlen ("false|off|0"));
}

/* From behind the opening parenthesis of "(a, b = off, c on)". The question is what a pattern has between its
 * parentheses; an empty one is answered with yes. */
static gboolean
skip_options (StrataLexer *lexer,
              const char  *question,
              gsize        length)
{
  gboolean answer = length == 0;
  gboolean at_name = TRUE;
  gboolean named = FALSE;
  gboolean off = FALSE;
  guint depth = 1;
  StrataToken token;

  while (depth > 0 && strata_lexer_next (lexer, &token))
    {
      depth += strata_token_is_symbol (&token, "(");
      depth -= strata_token_is_symbol (&token, ")");

      if (depth == 0 || strata_token_is_symbol (&token, ","))
        {
          answer |= named && (*question == '=' || (*question == '-') == off);
          at_name = TRUE;
          named = off = FALSE;
        }
      else if (at_name && length > 0)
        {
          named = strata_token_is_one_of (&token, question + 1, length - 1);
          at_name = FALSE;
        }
      else
        off |= is_off (&token);
    }

  return answer;
}

static gboolean
match_anywhere (StrataLexer  lexer,
                const char  *pattern)
{
  StrataToken token;

  for (guint i = 0; i < LONGEST_SKIP; i++)
    {
      if (strata_lexer_fits (lexer, pattern))
        return TRUE;
      if (!strata_lexer_next (&lexer, &token))
        return FALSE;
    }

  return FALSE;
}

/* The lexer is a copy, so that each pattern starts where the statement does. */
gboolean
strata_lexer_fits (StrataLexer  lexer,
                   const char  *pattern)
{
  while (*pattern != '\0')
    {
      gsize length = strcspn (pattern, " ");
      const char *rest = pattern + length + strspn (pattern + length, " ");
      gboolean optional = *pattern == '?' || g_str_has_prefix (pattern, "()");
      gboolean fits;
      StrataLexer before = lexer;
      StrataToken token;

      if (*pattern == '*')
        return match_anywhere (lexer, rest);

      fits = strata_lexer_next (&lexer, &token);
      if (*pattern == '$')
        return !fits;

      if (fits && *pattern == '(')
        fits = strata_token_is_symbol (&token, "(") && skip_options (&lexer, pattern + 1, length - 2);
      else if (fits)
        fits = strata_token_is_one_of (&token, pattern + optional, length - optional);

      if (!fits && !optional)
        return FALSE;
      if (!fits)
        lexer = before;
      pattern = rest;
    }

  return TRUE;
}

gboolean
strata_lexer_skip_restriction (StrataLexer       *self,
                               const StrataToken *token,
                               const char        *text)
{
  static const char * const words[] = { "\\restrict ", "\\unrestrict " };
  const char *at = token->text;
  gsize left = self->end - at;

  if (*at != '\\' || (self->dialect != STRATA_DIALECT_POSTGRESQL && self->dialect != STRATA_DIALECT_UNKNOWN)
      || (at > text && at[-1] != '\n'))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize length = strlen (words[i]);

      if (left < length || memcmp (at, words[i], length) != 0)
        continue;
      for (at += length; at < self->end && g_ascii_isalnum (*at); at++)
        ;
      if (at < self->end && *at != '\n' && *at != '\r')
        return FALSE;
      self->at = at;
      return TRUE;
    }

  return FALSE;
}

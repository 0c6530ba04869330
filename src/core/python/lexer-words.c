/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/lexer.h"

#include <string.h>

#include "core/python/lexer-private.h"

static gboolean
skip_digits (StrataPyLexer *self,
             const char    *digits)
{
  guint32 start = self->position;

  while (self->text[self->position] != '\0' && strchr (digits, self->text[self->position]) != NULL)
    {
      self->position++;
      if (self->text[self->position] == '_' && self->text[self->position + 1] != '\0' &&
          strchr (digits, self->text[self->position + 1]) != NULL)
        self->position++;
    }

  return self->position > start;
}

/* "1if x else y" is still allowed; "1abc" never was. */
static gboolean
ends_number (StrataPyLexer *self)
{
  static const char * const words[] = { "and", "else", "for", "if", "in", "is", "not", "or" };
  const char *rest = self->text + self->position;

  if (!strata_py_is_name_byte (*rest))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strncmp (rest, words[i], strlen (words[i])) == 0)
      return TRUE;

  return FALSE;
}

static const char *
digits_of_radix (char letter)
{
  switch (letter)
    {
    case 'x': case 'X': return "0123456789abcdefABCDEF";
    case 'o': case 'O': return "01234567";
    case 'b': case 'B': return "01";
    default: return NULL;
    }
}

static void
skip_exponent (StrataPyLexer *self)
{
  const char *p = self->text + self->position;

  if (*p != 'e' && *p != 'E')
    return;
  if (g_ascii_isdigit (p[1]) || ((p[1] == '+' || p[1] == '-') && g_ascii_isdigit (p[2])))
    {
      self->position += g_ascii_isdigit (p[1]) ? 1 : 2;
      skip_digits (self, "0123456789");
    }
}

StrataPyToken
strata_py_lexer_number (StrataPyLexer *self)
{
  guint32 offset = self->position;
  const char *start = self->text + offset;
  const char *radix = *start == '0' ? digits_of_radix (start[1]) : NULL;
  gboolean is_integer;
  guint32 whole;

  if (radix != NULL)
    {
      self->position += start[2] == '_' ? 3 : 2;
      if (!skip_digits (self, radix) || !ends_number (self))
        return strata_py_lexer_error (self, offset, "this is not a number");
      return strata_py_lexer_token (self, STRATA_PY_TOKEN_NUMBER, offset);
    }

  skip_digits (self, "0123456789");
  whole = self->position;
  if (self->text[self->position] == '.')
    {
      self->position++;
      skip_digits (self, "0123456789");
    }
  skip_exponent (self);
  is_integer = self->position == whole;
  if (self->text[self->position] == 'j' || self->text[self->position] == 'J')
    {
      is_integer = FALSE;
      self->position++;
    }

  if (!ends_number (self))
    return strata_py_lexer_error (self, offset, "this is not a number");
  if (is_integer && *start == '0' && strspn (start, "0_") < whole - offset)
    return strata_py_lexer_error (self, offset, "leading zeros are not allowed in a number; octal is written 0o7");

  return strata_py_lexer_token (self, STRATA_PY_TOKEN_NUMBER, offset);
}

static gboolean
is_name_character (gunichar c,
                   gboolean first)
{
  switch ((int) g_unichar_type (c))
    {
    case G_UNICODE_UPPERCASE_LETTER:
    case G_UNICODE_LOWERCASE_LETTER:
    case G_UNICODE_TITLECASE_LETTER:
    case G_UNICODE_MODIFIER_LETTER:
    case G_UNICODE_OTHER_LETTER:
    case G_UNICODE_LETTER_NUMBER:
      return TRUE;
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_DECIMAL_NUMBER:
    case G_UNICODE_CONNECT_PUNCTUATION:
      return !first;
    default:
      /* The few that Unicode itself lists apart: middle dots, ethiopic digits, script capital p and the like. */
      return c == 0x2118 || c == 0x212e || c == 0x309b || c == 0x309c ||
             (!first && (c == 0xb7 || c == 0x387 || c == 0x19da || (c >= 0x1369 && c <= 0x1371)));
    }
}

StrataPyToken
strata_py_lexer_name (StrataPyLexer *self)
{
  guint32 offset = self->position;
  StrataPyToken token;

  for (;;)
    {
      const char *p = self->text + self->position;

      if (g_ascii_isalnum (*p) || *p == '_')
        self->position++;
      else if ((*p & 0x80) != 0 && is_name_character (g_utf8_get_char (p), self->position == offset))
        self->position += g_utf8_skip[*(guchar *) p];
      else
        break;
    }

  token = strata_py_lexer_token (self, STRATA_PY_TOKEN_NAME, offset);
  token.symbol = strata_py_symbol_of_word (self->text + offset, token.length);
  if (token.symbol != STRATA_PY_NO_SYMBOL)
    token.kind = STRATA_PY_TOKEN_SYMBOL;

  return token;
}

gboolean
strata_py_lexer_at_name (const StrataPyLexer *self)
{
  const char *text = self->text + self->position;

  return g_ascii_isalpha (*text) || *text == '_' ||
         ((*text & 0x80) != 0 && is_name_character (g_utf8_get_char (text), TRUE));
}

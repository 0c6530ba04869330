/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/lexer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/python/lexer-private.h"

int
strata_py_lexer_measure_prefix (StrataPyLexer *self,
                                gboolean      *is_format,
                                gboolean      *is_raw)
{
  static const char * const prefixes[] = { "", "r", "u", "b", "f", "br", "rb", "fr", "rf" };
  const char *text = self->text + self->position;
  char prefix[3] = "";
  guint n;

  for (n = 0; n < 2 && g_ascii_isalpha (text[n]); n++)
    prefix[n] = g_ascii_tolower (text[n]);
  if (text[n] != '"' && text[n] != '\'')
    return -1;

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (strcmp (prefix, prefixes[i]) == 0)
      {
        *is_format = strchr (prefix, 'f') != NULL;
        *is_raw = strchr (prefix, 'r') != NULL;
        return n;
      }

  return -1;
}

static gboolean
at_quotes (const StrataPyLexer *self,
           char                 quote,
           gboolean             triple)
{
  const char *text = self->text + self->position;

  return text[0] == quote && (!triple || (text[1] == quote && text[2] == quote));
}

static void
skip_line (StrataPyLexer *self)
{
  const char *newline = memchr (self->text + self->position, '\n', self->length - self->position);

  self->position = newline != NULL ? newline - self->text : self->length;
}

gboolean
strata_py_lexer_skip_string (StrataPyLexer *self)
{
  guint32 start = self->position;
  char quote = self->text[start];
  gboolean triple = at_quotes (self, quote, TRUE);

  for (self->position += triple ? 3 : 1; self->position < self->length; self->position++)
    {
      char c = self->text[self->position];

      if (c == '\\' && self->position + 1 < self->length)
        self->position++;
      else if (c == '\n' && !triple)
        return FALSE;
      else if (c == quote && at_quotes (self, quote, triple))
        {
          self->position += triple ? 3 : 1;
          return TRUE;
        }
    }

  /* One that never ends takes only its first line with it. */
  self->position = start;
  skip_line (self);

  return FALSE;
}

StrataPyToken
strata_py_lexer_string (StrataPyLexer *self,
                        guint          prefix)
{
  guint32 offset = self->position;

  self->position += prefix;
  if (!strata_py_lexer_skip_string (self))
    return strata_py_lexer_error (self, offset, "this string has no end");

  return strata_py_lexer_token (self, STRATA_PY_TOKEN_STRING, offset);
}

StrataPyToken
strata_py_lexer_start_fstring (StrataPyLexer *self,
                               guint          prefix,
                               gboolean       is_raw)
{
  guint32 offset = self->position;
  StrataPyMode *mode;
  char quote;
  gboolean triple;

  self->position += prefix;
  quote = self->text[self->position];
  triple = at_quotes (self, quote, TRUE);
  self->position += triple ? 3 : 1;

  if (self->n_modes == STRATA_PY_MAX_MODES)
    return strata_py_lexer_error (self, offset, "f-strings are nested too deeply");

  mode = &self->modes[self->n_modes++];
  *mode = (StrataPyMode) { MODE_TEXT, quote, triple, is_raw, self->n_brackets, offset };

  return strata_py_lexer_token (self, STRATA_PY_TOKEN_FSTRING_START, offset);
}

/* Leaves the innermost f-string with all that is open in it. */
static StrataPyToken
abandon (StrataPyLexer *self,
         const char    *message)
{
  StrataPyMode *mode;
  guint32 offset;

  do
    mode = &self->modes[--self->n_modes];
  while (mode->state != MODE_TEXT);

  offset = mode->offset;
  self->n_brackets = mode->n_brackets;
  if (mode->triple)
    {
      self->position = offset;
      skip_line (self);
    }

  return strata_py_lexer_error (self, offset, message);
}

/* A backslash takes the next character with it, except a brace, and "\N{...}" has braces of its own. */
static void
skip_escape (StrataPyLexer *self,
             gboolean       raw)
{
  const char *text = self->text + self->position;
  const char *close;

  if (!raw && text[1] == 'N' && text[2] == '{')
    {
      close = text + 3 + strcspn (text + 3, "}\n\"'");
      self->position += *close == '}' ? close + 1 - text : 3;
    }
  else if (text[1] == '{' || text[1] == '}' || text[1] == '\0')
    self->position += 1;
  else
    self->position += 2;
}

static StrataPyToken
start_field (StrataPyLexer *self)
{
  StrataPyMode *mode = strata_py_lexer_mode (self);
  StrataPyMode field = *mode;
  guint n_modes = self->n_modes;
  StrataPyToken token;

  if (n_modes == STRATA_PY_MAX_MODES)
    return abandon (self, N_("f-strings are nested too deeply"));

  field.state = MODE_FIELD;
  field.n_brackets = self->n_brackets;
  self->modes[self->n_modes++] = field;
  token = strata_py_lexer_symbol (self);
  if (token.kind == STRATA_PY_TOKEN_ERROR)
    self->n_modes = n_modes;

  return token;
}

static StrataPyToken
end_fstring (StrataPyLexer *self)
{
  StrataPyMode *mode = strata_py_lexer_mode (self);
  guint32 offset = self->position;

  self->position += mode->triple ? 3 : 1;
  self->n_modes--;

  return strata_py_lexer_token (self, STRATA_PY_TOKEN_FSTRING_END, offset);
}

/* To the end of a piece of text: a field, the end of the field that this is the format of, the end of the string. */
static gboolean
skip_text (StrataPyLexer *self,
           StrataPyMode  *mode)
{
  while (self->position < self->length)
    {
      const char *text = self->text + self->position;

      if (*text == '\\')
        skip_escape (self, mode->raw);
      else if (*text == '\n' && !mode->triple)
        return FALSE;
      else if (at_quotes (self, mode->quote, mode->triple))
        return TRUE;
      else if ((*text == '{' || *text == '}') && (mode->state == MODE_FORMAT || text[1] != *text))
        return TRUE;
      else
        self->position += *text == '{' || *text == '}' ? 2 : 1;
    }

  return FALSE;
}

StrataPyToken
strata_py_lexer_fstring_text (StrataPyLexer *self)
{
  StrataPyMode *mode = strata_py_lexer_mode (self);
  guint32 offset = self->position;
  char c;

  if (!skip_text (self, mode))
    return abandon (self, N_("this f-string has no end"));
  if (self->position > offset)
    return strata_py_lexer_token (self, STRATA_PY_TOKEN_FSTRING_MIDDLE, offset);

  c = self->text[self->position];
  if (c == '{')
    return start_field (self);
  if (c == '}' && mode->state == MODE_FORMAT)
    return strata_py_lexer_symbol (self);
  if (c == '}')
    {
      self->position++;
      return strata_py_lexer_error (self, offset, "a single “}” in an f-string is written “}}”");
    }
  if (mode->state == MODE_FORMAT)
    return abandon (self, N_("a replacement field in this f-string is never closed"));

  return end_fstring (self);
}

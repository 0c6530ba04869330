/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/lexer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/python/lexer-private.h"

void
strata_py_lexer_init (StrataPyLexer        *self,
                      const StrataPySource *source)
{
  /* The stacks need no clearing: their counters say how much of them counts. */
  memset (self, 0, G_STRUCT_OFFSET (StrataPyLexer, indents));

  self->text = strata_py_source_get_text (source);
  self->length = strata_py_source_get_length (source);
  self->at_line_start = TRUE;
}

/* From the offset to the position. */
StrataPyToken
strata_py_lexer_token (StrataPyLexer     *self,
                       StrataPyTokenKind  kind,
                       guint32            offset)
{
  StrataPyToken token = { kind, STRATA_PY_NO_SYMBOL, self->starts_line, offset, self->position - offset };

  self->starts_line = FALSE;

  return token;
}

StrataPyToken
strata_py_lexer_error (StrataPyLexer *self,
                       guint32        offset,
                       const char    *message)
{
  self->message = message;

  return strata_py_lexer_token (self, STRATA_PY_TOKEN_ERROR, offset);
}

static void
skip_comment (StrataPyLexer *self)
{
  const char *newline = memchr (self->text + self->position, '\n', self->length - self->position);

  self->position = newline != NULL ? newline - self->text : self->length;
}

/* The white space at the start of a line; what is too wide for the stack counts as its largest width. */
static void
measure_space (const StrataPyLexer *self,
               guint32             *position,
               guint               *wide,
               guint               *narrow)
{
  for (*wide = *narrow = 0; ; (*position)++)
    switch (self->text[*position])
      {
      case ' ':
        *wide = MIN (*wide + 1, G_MAXUINT16);
        *narrow = MIN (*narrow + 1, G_MAXUINT16);
        break;
      case '\t':
        *wide = MIN ((*wide / 8 + 1) * 8, G_MAXUINT16);
        *narrow = MIN (*narrow + 1, G_MAXUINT16);
        break;
      case '\f':
        *wide = *narrow = 0;
        break;
      default:
        return;
      }
}

/* A backslash may join the white space of several lines: the first of them counts. */
static void
skip_joined_space (StrataPyLexer *self)
{
  while (self->text[self->position] == '\\' && self->text[self->position + 1] == '\n')
    {
      self->position += 2;
      while (self->text[self->position] != '\0' && strchr (" \t\f", self->text[self->position]) != NULL)
        self->position++;
    }
}

static void
enter_line (StrataPyLexer *self,
            guint          wide,
            guint          narrow)
{
  guint top = strata_py_lexer_get_indent (self);

  if (wide > top && self->n_indents == STRATA_PY_MAX_INDENTS)
    self->line_message = N_("too many levels of indentation");
  else if (wide > top)
    {
      if (self->n_indents > 0 && narrow <= self->narrow_indents[self->n_indents - 1])
        self->line_message = N_("tabs and spaces are mixed up in the indentation");
      self->indents[self->n_indents] = wide;
      self->narrow_indents[self->n_indents++] = narrow;
      self->pending = 1;
    }
  else
    {
      while (wide < strata_py_lexer_get_indent (self))
        {
          self->n_indents--;
          self->pending--;
        }
      if (wide != strata_py_lexer_get_indent (self))
        self->line_message = N_("the indentation fits to no outer level");
      else if (narrow != (self->n_indents > 0 ? self->narrow_indents[self->n_indents - 1] : 0))
        self->line_message = N_("tabs and spaces are mixed up in the indentation");
    }
}

/* To the first token of the next logical line, past blank lines and comments. */
static void
begin_line (StrataPyLexer *self)
{
  guint wide, narrow;

  for (;;)
    {
      measure_space (self, &self->position, &wide, &narrow);
      skip_joined_space (self);
      if (self->text[self->position] == '#')
        skip_comment (self);
      if (self->text[self->position] != '\n')
        break;
      self->position++;
    }

  self->at_line_start = FALSE;
  self->starts_line = TRUE;

  if (self->position == self->length)
    wide = narrow = 0;
  enter_line (self, wide, narrow);
}

static void
skip_space (StrataPyLexer *self)
{
  for (;;)
    switch (self->text[self->position])
      {
      case ' ':
      case '\t':
      case '\f':
        self->position++;
        break;
      case '#':
        skip_comment (self);
        break;
      case '\\':
        if (self->text[self->position + 1] != '\n')
          return;
        self->position += 2;
        break;
      case '\n':
        if (self->n_brackets == 0)
          return;
        self->starts_line = TRUE;
        self->position++;
        break;
      default:
        return;
      }
}

static StrataPyToken
open_bracket (StrataPyLexer *self)
{
  guint32 offset = self->position++;

  if (self->n_brackets == STRATA_PY_MAX_BRACKETS)
    return strata_py_lexer_error (self, offset, "too many open brackets");

  self->brackets[self->n_brackets++] = offset;

  return strata_py_lexer_token (self, STRATA_PY_TOKEN_SYMBOL, offset);
}

static StrataPyToken
close_bracket (StrataPyLexer *self)
{
  StrataPyMode *mode = strata_py_lexer_mode (self);
  guint32 offset = self->position++;
  guint floor = mode != NULL ? mode->n_brackets : 0;
  char open;

  if (self->n_brackets <= floor)
    return strata_py_lexer_error (self, offset, "nothing was opened that this bracket closes");

  open = self->text[self->brackets[--self->n_brackets]];
  /* The field's own bracket counts as open inside of it. */
  if (mode != NULL && self->n_brackets == floor)
    self->n_modes--;
  if (self->text[offset] != (open == '(' ? ')' : open == '[' ? ']' : '}'))
    return strata_py_lexer_error (self, offset, "this bracket closes another one than was opened");

  return strata_py_lexer_token (self, STRATA_PY_TOKEN_SYMBOL, offset);
}

StrataPyToken
strata_py_lexer_symbol (StrataPyLexer *self)
{
  StrataPyMode *mode = strata_py_lexer_mode (self);
  guint32 offset = self->position;
  gsize length;
  StrataPySymbol symbol = strata_py_symbol_of_text (self->text + offset, &length);
  StrataPyToken token;

  /* In "{value:=10}" the colon begins the format, whatever follows. */
  if (mode != NULL && self->text[offset] == ':' && self->n_brackets == mode->n_brackets + 1u)
    {
      symbol = STRATA_PY_COLON;
      length = 1;
      mode->state = MODE_FORMAT;
    }

  if (symbol == STRATA_PY_NO_SYMBOL || (symbol == STRATA_PY_EXCLAMATION && mode == NULL))
    {
      self->position += g_utf8_skip[(guchar) self->text[offset]];
      return strata_py_lexer_error (self, offset, "this character has no meaning in Python");
    }

  if (strchr ("([{", self->text[offset]) != NULL)
    token = open_bracket (self);
  else if (strchr (")]}", self->text[offset]) != NULL)
    token = close_bracket (self);
  else
    {
      self->position += length;
      token = strata_py_lexer_token (self, STRATA_PY_TOKEN_SYMBOL, offset);
    }

  token.symbol = symbol;

  return token;
}

static StrataPyToken
end_of_text (StrataPyLexer *self)
{
  if (self->n_brackets > 0)
    {
      guint32 offset = self->brackets[self->n_brackets - 1];
      StrataPyToken token;

      self->n_brackets = self->n_modes = 0;
      self->starts_line = FALSE;
      token = strata_py_lexer_error (self, offset, "this bracket is never closed");
      token.length = 1;
      return token;
    }

  if (self->starts_line)
    return (StrataPyToken) { STRATA_PY_TOKEN_END, STRATA_PY_NO_SYMBOL, TRUE, self->length, 0 };

  self->at_line_start = TRUE;

  return strata_py_lexer_token (self, STRATA_PY_TOKEN_NEWLINE, self->position);
}

/* What stands before the first token of a line: its DEDENTs or INDENT, and what is wrong with its white space. */
static StrataPyToken
line_token (StrataPyLexer *self)
{
  StrataPyToken token;

  if (self->pending != 0)
    {
      token = strata_py_lexer_token (self, self->pending > 0 ? STRATA_PY_TOKEN_INDENT : STRATA_PY_TOKEN_DEDENT,
                                     self->position);
      self->pending += self->pending > 0 ? -1 : 1;
    }
  else
    {
      token = strata_py_lexer_error (self, self->position, self->line_message);
      self->line_message = NULL;
    }

  self->starts_line = TRUE;

  return token;
}

StrataPyToken
strata_py_lexer_next (StrataPyLexer *self)
{
  StrataPyMode *mode = strata_py_lexer_mode (self);
  gboolean is_format, is_raw;
  int prefix;
  char c;

  if (mode != NULL && mode->state != MODE_FIELD)
    return strata_py_lexer_fstring_text (self);
  if (self->at_line_start)
    begin_line (self);
  if (self->pending != 0 || self->line_message != NULL)
    return line_token (self);

  skip_space (self);
  if (self->position == self->length)
    return end_of_text (self);

  c = self->text[self->position];
  if (c == '\n')
    {
      self->position++;
      self->at_line_start = TRUE;
      return strata_py_lexer_token (self, STRATA_PY_TOKEN_NEWLINE, self->position - 1);
    }

  prefix = strata_py_lexer_measure_prefix (self, &is_format, &is_raw);
  if (prefix >= 0)
    return is_format ? strata_py_lexer_start_fstring (self, prefix, is_raw) : strata_py_lexer_string (self, prefix);
  if (g_ascii_isdigit (c) || (c == '.' && g_ascii_isdigit (self->text[self->position + 1])))
    return strata_py_lexer_number (self);
  if (strata_py_lexer_at_name (self))
    return strata_py_lexer_name (self);

  return strata_py_lexer_symbol (self);
}

guint
strata_py_lexer_get_indent (const StrataPyLexer *self)
{
  return self->n_indents > 0 ? self->indents[self->n_indents - 1] : 0;
}

static guint32
find_line_start (const StrataPyLexer *self,
                 guint32              offset)
{
  while (offset > 0 && self->text[offset - 1] != '\n')
    offset--;

  return offset;
}

guint
strata_py_lexer_measure (const StrataPyLexer *self,
                         guint32              offset)
{
  guint32 start = find_line_start (self, offset);
  guint wide, narrow;

  measure_space (self, &start, &wide, &narrow);

  return wide;
}

void
strata_py_lexer_restart (StrataPyLexer *self,
                         guint32        offset)
{
  self->position = find_line_start (self, offset);
  self->at_line_start = TRUE;
  self->pending = 0;
  self->line_message = NULL;
  self->n_brackets = self->n_modes = 0;
}

/* f-strings may hold strings of their own quotes, so only tokens find their end. */
static void
skip_fstring (StrataPyLexer *self,
              guint          prefix,
              gboolean       is_raw)
{
  guint n_modes = self->n_modes;
  StrataPyToken token = strata_py_lexer_start_fstring (self, prefix, is_raw);

  while (self->n_modes > n_modes && token.kind != STRATA_PY_TOKEN_END)
    token = strata_py_lexer_next (self);
}

static gboolean
begins_outer_line (const StrataPyLexer *self)
{
  guint32 position = self->position;
  guint wide, narrow;

  measure_space (self, &position, &wide, &narrow);

  return wide == 0 && position < self->length && strchr ("#\n", self->text[position]) == NULL;
}

static void
skip_word_or_string (StrataPyLexer *self)
{
  gboolean is_format, is_raw;
  int prefix = strata_py_lexer_measure_prefix (self, &is_format, &is_raw);

  if (prefix >= 0 && is_format)
    skip_fstring (self, prefix, is_raw);
  else if (prefix >= 0)
    {
      self->position += prefix;
      strata_py_lexer_skip_string (self);
    }
  else
    while (strata_py_is_name_byte (self->text[self->position]))
      self->position++;
}

/* One piece of a line that is skipped: a string, a comment, a bracket, a word, anything else. */
static void
skip_piece (StrataPyLexer *self,
            guint         *n_brackets)
{
  switch (self->text[self->position])
    {
    case '(': case '[': case '{':
      (*n_brackets)++;
      self->position++;
      break;
    case ')': case ']': case '}':
      *n_brackets -= *n_brackets > 0;
      self->position++;
      break;
    case '#':
      skip_comment (self);
      break;
    case '\\':
      self->position += self->position + 1 < self->length ? 2 : 1;
      break;
    case '"': case '\'':
    case 'b': case 'B': case 'f': case 'F': case 'r': case 'R': case 'u': case 'U':
      skip_word_or_string (self);
      break;
    default:
      do
        self->position++;
      while (strata_py_is_name_byte (self->text[self->position]) &&
             strata_py_is_name_byte (self->text[self->position - 1]));
      break;
    }
}

void
strata_py_lexer_skip_block (StrataPyLexer *self)
{
  guint n_brackets = self->n_brackets;

  self->n_brackets = self->n_modes = 0;

  while (self->position < self->length)
    {
      if (self->text[self->position] != '\n')
        skip_piece (self, &n_brackets);
      else
        {
          self->position++;
          if (n_brackets == 0 && begins_outer_line (self))
            break;
        }
    }

  self->n_indents = self->pending = 0;
  self->line_message = NULL;
  self->at_line_start = TRUE;
}

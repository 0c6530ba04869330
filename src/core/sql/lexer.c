/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/lexer.h"

#include <string.h>

/* What decides where tokens end, by dialect. An unknown server is read as PostgreSQL. */
typedef struct
{
  const char *name_quotes;          /* the characters that open a quoted name */
  const char *string_prefixes;      /* the letters that may stand before the quote of a string */
  const char *word_marks;           /* what words have besides letters, digits, "_" and "$" */
  gboolean    nested_comments;
  gboolean    hash_comments;
  gboolean    dashes_need_space;    /* "--1" is no comment */
  gboolean    cr_ends_comment;
  gboolean    executable_comments;
  gboolean    dollar_quotes;
  gboolean    escape_strings;       /* E'' and U&'' */
  gboolean    backslash_strings;    /* "" is a string too */
  gboolean    bracket_doubling;     /* ]] inside [] */
  gboolean    free_operators;       /* any run of operator characters is one */
} Rules;

#define POSTGRESQL_RULES \
  { \
    .name_quotes = "\"", .nested_comments = TRUE, .cr_ends_comment = TRUE, .dollar_quotes = TRUE, \
    .escape_strings = TRUE, .free_operators = TRUE, .word_marks = "", .string_prefixes = "bBeEnNxX" \
  }
#define MYSQL_RULES \
  { \
    .name_quotes = "`", .hash_comments = TRUE, .dashes_need_space = TRUE, .executable_comments = TRUE, \
    .backslash_strings = TRUE, .word_marks = "", .string_prefixes = "bBnNxX" \
  }

static const Rules dialect_rules[] = {
  [STRATA_DIALECT_SQLITE] = { .name_quotes = "\"`[", .word_marks = "", .string_prefixes = "xX" },
  [STRATA_DIALECT_POSTGRESQL] = POSTGRESQL_RULES,
  [STRATA_DIALECT_MYSQL] = MYSQL_RULES,
  [STRATA_DIALECT_MARIADB] = MYSQL_RULES,
  [STRATA_DIALECT_MSSQL] = {
    .name_quotes = "\"[", .nested_comments = TRUE, .bracket_doubling = TRUE, .word_marks = "@#", .string_prefixes = "nN"
  },
  [STRATA_DIALECT_UNKNOWN] = POSTGRESQL_RULES,
};

/* The longest first. */
static const char * const operators[] = {
  "->>", "<=>", "!=", "!<", "!>", "%=", "&&", "&=", "*=", "+=", "-=", "->", "/=", ":=", "::", "<<", "<=", "<>", "==", ">=",
  ">>", "^=", "|=", "||",
};

static const Rules *
get_rules (const StrataLexer *self)
{
  return &dialect_rules[self->dialect];
}

/* The sets are so short that a call of strchr() takes longer. */
static gboolean
has_char (const char *set,
          char        c)
{
  for (; *set != '\0'; set++)
    if (*set == c)
      return TRUE;

  return FALSE;
}

static char
peek (const StrataLexer *self,
      gsize              offset)
{
  return offset < (gsize) (self->end - self->at) ? self->at[offset] : '\0';
}

static gboolean
begins (const StrataLexer *self,
        const char        *text)
{
  gsize length;

  /* The first character tells nearly always. */
  if (peek (self, 0) != *text)
    return FALSE;
  length = strlen (text);

  return (gsize) (self->end - self->at) >= length && memcmp (self->at, text, length) == 0;
}

static gboolean
is_space (char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

enum
{
  GOES_ON_WORD = 1,
  STARTS_WORD = 2,
};

static const guint8 places[256] = {
  ['A' ... 'Z'] = STARTS_WORD, ['a' ... 'z'] = STARTS_WORD, ['_'] = STARTS_WORD, [0x80 ... 0xff] = STARTS_WORD,
  ['0' ... '9'] = GOES_ON_WORD, ['$'] = GOES_ON_WORD,
};

static gboolean
starts_word (const Rules *rules,
             char         c)
{
  return places[(guint8) c] == STARTS_WORD || has_char (rules->word_marks, c);
}

static gboolean
goes_on_word (const Rules *rules,
              char         c)
{
  return places[(guint8) c] != 0 || has_char (rules->word_marks, c);
}

void
strata_lexer_init (StrataLexer   *self,
                   StrataDialect  dialect,
                   const char    *text,
                   gsize          length)
{
  *self = (StrataLexer) { .dialect = dialect, .at = text, .end = text + length };
}

static gboolean
at_line_comment (const StrataLexer *self)
{
  const Rules *rules = get_rules (self);

  if (rules->hash_comments && begins (self, "#"))
    return TRUE;

  return begins (self, "--") && (!rules->dashes_need_space || self->end - self->at == 2 || is_space (self->at[2]));
}

static void
skip_line_comment (StrataLexer *self)
{
  const char *stop = memchr (self->at, '\n', self->end - self->at);
  const char *line_end = stop != NULL ? stop : self->end;

  if (get_rules (self)->cr_ends_comment && (stop = memchr (self->at, '\r', line_end - self->at)) != NULL)
    line_end = stop;

  self->at = line_end;
}

/* MySQL runs what stands in these. */
static gboolean
at_executable_comment (const StrataLexer *self)
{
  return get_rules (self)->executable_comments && (begins (self, "/*!") || begins (self, "/*M!"));
}

/* FALSE where it does not end. */
static gboolean
skip_block_comment (StrataLexer *self)
{
  gboolean nested = get_rules (self)->nested_comments;
  guint depth = 0;

  while (self->at < self->end)
    {
      if (begins (self, "/*") && (nested || depth == 0))
        {
          depth++;
          self->at += 2;
        }
      else if (begins (self, "*/"))
        {
          self->at += 2;
          if (--depth == 0)
            return TRUE;
        }
      else
        self->at++;
    }

  return FALSE;
}

/* FALSE where a comment does not end; at is then where it begins. */
static gboolean
skip_layout (StrataLexer *self)
{
  while (self->at < self->end)
    {
      const char *start = self->at;

      if (is_space (*self->at))
        self->at++;
      else if (at_line_comment (self))
        skip_line_comment (self);
      else if (!begins (self, "/*") || at_executable_comment (self))
        return TRUE;
      else if (!skip_block_comment (self))
        {
          self->at = start;
          return FALSE;
        }
    }

  return TRUE;
}

/* From the opening quote; FALSE where the closing one is missing. */
static gboolean
skip_quoted (StrataLexer *self,
             char         close,
             gboolean     doubling,
             gboolean     backslashes)
{
  self->at++;

  while (self->at < self->end)
    {
      char c = *self->at++;

      if (c == close && !(doubling && peek (self, 0) == close))
        return TRUE;
      if (self->at < self->end && (c == close || (backslashes && c == '\\')))
        self->at++;
    }

  return FALSE;
}

/* 'a' and 'b' with a line end and no block comment between them are one string for PostgreSQL, so that backslashes
 * count in the second where they do in the first. Remembers where that one begins. */
static void
find_escape_string (StrataLexer *self)
{
  StrataLexer ahead = *self;
  gboolean line_ended = FALSE;

  while (is_space (peek (&ahead, 0)) || at_line_comment (&ahead))
    {
      if (at_line_comment (&ahead))
        skip_line_comment (&ahead);
      else
        line_ended |= has_char ("\r\n", *ahead.at++);
    }

  if (line_ended && begins (&ahead, "'"))
    self->escape_string = ahead.at;
}

/* From the quote. */
static gboolean
skip_string (StrataLexer *self,
             gboolean     escapes)
{
  const Rules *rules = get_rules (self);
  gboolean closed;

  escapes = escapes || self->at == self->escape_string;
  closed = skip_quoted (self, *self->at, TRUE, escapes || rules->backslash_strings);
  if (escapes && closed)
    find_escape_string (self);

  return closed;
}

static gboolean
skip_name (StrataLexer *self)
{
  if (*self->at == '[')
    return skip_quoted (self, ']', get_rules (self)->bracket_doubling, FALSE);

  return skip_quoted (self, *self->at, TRUE, FALSE);
}

/* The length of "$tag$", 0 for any other use of "$". */
static gsize
measure_dollar_tag (const StrataLexer *self)
{
  const Rules *rules = get_rules (self);
  gsize length = 1;

  if (starts_word (rules, peek (self, length)))
    while (peek (self, length) != '$' && goes_on_word (rules, peek (self, length)))
      length++;

  return peek (self, length) == '$' ? length + 1 : 0;
}

static gboolean
skip_dollar_quoted (StrataLexer *self,
                    gsize        tag_length)
{
  const char *tag = self->at;
  const char *close;

  self->at += tag_length;
  close = memmem (self->at, self->end - self->at, tag, tag_length);
  self->at = close != NULL ? close + tag_length : self->end;

  return close != NULL;
}

static void
skip_number (StrataLexer *self)
{
  char last = '\0';

  while (self->at < self->end)
    {
      char c = *self->at;
      gboolean is_sign = (c == '+' || c == '-') && (last == 'e' || last == 'E') && g_ascii_isdigit (peek (self, 1));

      if (!g_ascii_isalnum (c) && c != '_' && c != '.' && !is_sign)
        return;
      last = c;
      self->at++;
    }
}

/* PostgreSQL lets people define operators. One of several characters ends in "+" or "-" only if it has a character that
 * no operator of standard SQL has, so that "a=-1" is what it looks like. */
static void
skip_free_operator (StrataLexer *self)
{
  enum { LONGEST = 64 };
  gsize length = 0;
  gboolean special = FALSE;

  for (StrataLexer ahead = *self; length < LONGEST && has_char ("+-*/<>=~!@#%^&|`?", peek (&ahead, 0)); ahead.at++)
    {
      if (length > 0 && (begins (&ahead, "--") || begins (&ahead, "/*")))
        break;
      special |= has_char ("~!@#%^&|`?", *ahead.at);
      length++;
    }

  while (length > 1 && !special && has_char ("+-", self->at[length - 1]))
    length--;
  self->at += MAX (length, 1);
}

static void
skip_symbol (StrataLexer *self)
{
  if (get_rules (self)->free_operators && *self->at != ':')
    {
      skip_free_operator (self);
      return;
    }

  /* Most symbols by far, and none of them begins another. */
  if (has_char ("(),.;", *self->at))
    {
      self->at++;
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (begins (self, operators[i]))
      {
        self->at += strlen (operators[i]);
        return;
      }

  self->at++;
}

/* Whether a quote with letters before it begins here, "E'", "U&'"; and the length of those. */
static gboolean
has_prefix (const StrataLexer *self,
            gsize             *length)
{
  const Rules *rules = get_rules (self);
  char c = *self->at;

  if (peek (self, 1) == '\'' && has_char (rules->string_prefixes, c))
    *length = 1;
  else if (rules->escape_strings && (c == 'U' || c == 'u') && peek (self, 1) == '&' && has_char ("'\"", peek (self, 2)))
    *length = 2;
  else
    return FALSE;

  return TRUE;
}

static StrataTokenKind
lex_quoted (StrataLexer *self,
            gsize        prefix_length,
            gboolean    *is_open)
{
  const Rules *rules = get_rules (self);
  gboolean escapes = rules->escape_strings && prefix_length == 1 && has_char ("eE", *self->at);
  gboolean is_name;

  self->at += prefix_length;
  is_name = has_char (rules->name_quotes, *self->at);
  *is_open = !(is_name ? skip_name (self) : skip_string (self, escapes));

  return is_name ? STRATA_TOKEN_NAME : STRATA_TOKEN_STRING;
}

static StrataTokenKind
lex_token (StrataLexer *self,
           gboolean    *is_open)
{
  const Rules *rules = get_rules (self);
  char c = *self->at;
  gsize length;

  if (has_prefix (self, &length))
    return lex_quoted (self, length, is_open);

  if (starts_word (rules, c))
    {
      while (self->at < self->end && goes_on_word (rules, *self->at))
        self->at++;
      return STRATA_TOKEN_WORD;
    }

  if (c == '\'' || (c == '"' && rules->backslash_strings) || has_char (rules->name_quotes, c))
    return lex_quoted (self, 0, is_open);

  if (c == '$' && rules->dollar_quotes && (length = measure_dollar_tag (self)) > 0)
    {
      *is_open = !skip_dollar_quoted (self, length);
      return STRATA_TOKEN_STRING;
    }

  if (g_ascii_isdigit (c) || (c == '.' && g_ascii_isdigit (peek (self, 1))))
    {
      skip_number (self);
      return STRATA_TOKEN_NUMBER;
    }

  if (at_executable_comment (self))
    *is_open = !skip_block_comment (self);
  else
    skip_symbol (self);

  return STRATA_TOKEN_SYMBOL;
}

gboolean
strata_lexer_next (StrataLexer *self,
                   StrataToken *token)
{
  gboolean closed = skip_layout (self);

  *token = (StrataToken) { .text = self->at };
  if (!closed)
    {
      token->kind = STRATA_TOKEN_COMMENT;
      token->is_open = TRUE;
      self->at = self->end;
    }
  else if (self->at < self->end)
    token->kind = lex_token (self, &token->is_open);
  token->length = self->at - token->text;

  return token->length > 0;
}

gboolean
strata_token_is_word (const StrataToken *self,
                      const char        *word)
{
  return (self->kind == STRATA_TOKEN_WORD
          && self->length == strlen (word)
          && g_ascii_strncasecmp (self->text, word, self->length) == 0);
}

gboolean
strata_token_is_symbol (const StrataToken *self,
                        const char        *symbol)
{
  return (self->kind == STRATA_TOKEN_SYMBOL
          && self->length == strlen (symbol)
          && memcmp (self->text, symbol, self->length) == 0);
}

char *
strata_token_dup_name (const StrataToken *self)
{
  g_autoptr(GString) name = NULL;
  char close;

  if (self->kind != STRATA_TOKEN_NAME || self->length < 2)
    return g_strndup (self->text, self->length);

  close = self->text[self->length - 1];
  name = g_string_sized_new (self->length);
  for (gsize i = 1; i < self->length - 1; i++)
    {
      g_string_append_c (name, self->text[i]);
      if (self->text[i] == close && self->text[i + 1] == close && i + 2 < self->length)
        i++;
    }

  return g_string_free (g_steal_pointer (&name), FALSE);
}

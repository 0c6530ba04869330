/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/parser.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/python/parser-private.h"

/* Far above what people write, far below what a stack holds: of calls while parsing, and of nodes one below another
 * (a long sum is deep, but not nested). */
#define DEEPEST_LEVEL  400
#define DEEPEST_NODE   2000
#define MOST_MISTAKES  50
#define LARGEST_TREE   (96 * 1024 * 1024)   /* bytes */

#define HINT N_("What Python 3.8 to 3.13 does not allow is left out; the rest of the file is read")

StrataPyParser *
strata_py_parser_new (StrataPySource *source,
                      StrataPyArena  *arena,
                      GPtrArray      *findings)
{
  StrataPyParser *self = g_new0 (StrataPyParser, 1);

  self->source = strata_py_source_ref (source);
  self->arena = arena;
  self->findings = findings;
  self->pending = g_ptr_array_new ();
  strata_py_lexer_init (&self->lexer, source);
  self->token = strata_py_lexer_next (&self->lexer);

  return self;
}

void
strata_py_parser_free (StrataPyParser *self)
{
  g_ptr_array_unref (self->pending);
  strata_py_source_unref (self->source);
  g_free (self);
}

static void
report (StrataPyParser *self,
        guint32         offset,
        const char     *message)
{
  StrataPlace place = strata_py_source_get_place (self->source, offset);

  g_ptr_array_add (self->findings, strata_finding_new (STRATA_SEVERITY_ERROR, "python-syntax", place, _(HINT),
                                                       _("Not understood: %s"), message));
  self->n_mistakes++;
}

static void
give_up (StrataPyParser *self,
         const char     *message)
{
  if (self->given_up)
    return;

  report (self, self->token.offset, _(message));
  self->given_up = TRUE;
  self->token = (StrataPyToken) { .kind = STRATA_PY_TOKEN_END, .offset = self->token.offset };
}

void
strata_py_parser_fail (StrataPyParser *self,
                       guint32         offset,
                       const char     *message)
{
  if (self->failed)
    return;

  if (!self->given_up)
    report (self, offset, _(message));
  self->failed = TRUE;
  self->failed_token = self->token;
  self->token = (StrataPyToken) { .kind = STRATA_PY_TOKEN_ERROR, .offset = self->token.offset };
}

/* A statement's word at the start of a line, inside brackets: what is wrong is the bracket. (Or any word, inside of a
 * field of an f-string.) */
static gboolean
begins_statement (StrataPyToken token)
{
  static const guint8 words[] = {
    STRATA_PY_ASSERT, STRATA_PY_BREAK, STRATA_PY_CLASS, STRATA_PY_CONTINUE, STRATA_PY_DEF, STRATA_PY_DEL,
    STRATA_PY_GLOBAL, STRATA_PY_IMPORT, STRATA_PY_NONLOCAL, STRATA_PY_PASS, STRATA_PY_RAISE, STRATA_PY_RETURN,
    STRATA_PY_TRY, STRATA_PY_WHILE, STRATA_PY_WITH,
  };

  return token.starts_line && token.symbol != 0 && memchr (words, token.symbol, sizeof words) != NULL;
}

void
strata_py_parser_unexpected (StrataPyParser *self)
{
  StrataPyToken token = self->token;
  g_autofree char *unfit = NULL;
  const char *message = NULL;
  const char *text = strata_py_source_get_text (self->source) + token.offset;

  if (self->failed)
    return;

  if (self->lexer.n_brackets > 0 && (begins_statement (token) || (self->lexer.n_modes > 0 && token.starts_line)))
    {
      strata_py_parser_fail (self, self->lexer.brackets[self->lexer.n_brackets - 1], "this bracket is never closed");
      return;
    }

  switch ((StrataPyTokenKind) token.kind)
    {
    case STRATA_PY_TOKEN_ERROR:
      message = self->lexer.message;
      break;
    case STRATA_PY_TOKEN_END:
    case STRATA_PY_TOKEN_NEWLINE:
      message = N_("something is missing at the end of this line");
      break;
    case STRATA_PY_TOKEN_INDENT:
      message = N_("this line is indented without a reason");
      break;
    case STRATA_PY_TOKEN_DEDENT:
      message = N_("something is missing before this line");
      break;
    case STRATA_PY_TOKEN_NAME:
    case STRATA_PY_TOKEN_NUMBER:
    case STRATA_PY_TOKEN_SYMBOL:
      message = unfit = g_strdup_printf (_("“%.*s” does not belong here"), (int) MIN (token.length, 40), text);
      break;
    case STRATA_PY_TOKEN_STRING:
    case STRATA_PY_TOKEN_FSTRING_START:
    case STRATA_PY_TOKEN_FSTRING_MIDDLE:
    case STRATA_PY_TOKEN_FSTRING_END:
    default:
      message = N_("this string does not belong here");
      break;
    }

  strata_py_parser_fail (self, token.offset, message);
}

void
strata_py_parser_advance (StrataPyParser *self)
{
  if (self->failed || self->given_up)
    return;

  self->previous_end = self->token.offset + self->token.length;
  self->token = strata_py_lexer_next (&self->lexer);
}

StrataPyToken
strata_py_parser_look_ahead (StrataPyParser *self)
{
  StrataPyLexer lexer = self->lexer;

  return strata_py_lexer_next (&lexer);
}

gboolean
strata_py_parser_accept (StrataPyParser *self,
                         StrataPySymbol  symbol)
{
  if (self->token.symbol != symbol)
    return FALSE;

  strata_py_parser_advance (self);

  return TRUE;
}

void
strata_py_parser_expect (StrataPyParser *self,
                         StrataPySymbol  symbol)
{
  if (!strata_py_parser_accept (self, symbol))
    strata_py_parser_unexpected (self);
}

/* NEWLINE, INDENT and the like, which have no symbol. */
void
strata_py_parser_expect_kind (StrataPyParser    *self,
                              StrataPyTokenKind  kind)
{
  if (self->token.kind == kind)
    strata_py_parser_advance (self);
  else
    strata_py_parser_unexpected (self);
}

/* For the words that are reserved only in places. */
gboolean
strata_py_parser_at_word (StrataPyParser *self,
                          const char     *word)
{
  return self->token.kind == STRATA_PY_TOKEN_NAME && self->token.length == strlen (word) &&
         memcmp (strata_py_source_get_text (self->source) + self->token.offset, word, self->token.length) == 0;
}

/* Python compares names in their compatibility form. */
const char *
strata_py_parser_name (StrataPyParser *self)
{
  const char *text = strata_py_source_get_text (self->source) + self->token.offset;
  gsize length = self->token.length;
  g_autofree char *normal = NULL;
  const char *name;

  if (self->token.kind != STRATA_PY_TOKEN_NAME)
    {
      strata_py_parser_unexpected (self);
      return "";
    }

  for (gsize i = 0; i < length && normal == NULL; i++)
    if ((text[i] & 0x80) != 0)
      normal = g_utf8_normalize (text, length, G_NORMALIZE_NFKC);

  name = strata_py_arena_strndup (self->arena, normal != NULL ? normal : text, normal != NULL ? strlen (normal) : length);
  strata_py_parser_advance (self);

  return name;
}

gboolean
strata_py_parser_enter (StrataPyParser *self)
{
  if (self->level == DEEPEST_LEVEL)
    {
      strata_py_parser_fail (self, self->token.offset, "this is nested too deeply");
      return FALSE;
    }

  self->level++;

  return TRUE;
}

void
strata_py_parser_leave (StrataPyParser *self)
{
  self->level--;
}

StrataPyNode *
strata_py_parser_node (StrataPyParser *self,
                       StrataPyKind    kind,
                       guint32         offset)
{
  StrataPyNode *node = strata_py_arena_new_struct (self->arena, StrataPyNode);

  node->kind = kind;
  node->offset = node->end = offset;

  return node;
}

static void
find_depth (const StrataPyNode *child,
            gpointer            data)
{
  guint *depth = data;

  *depth = MAX (*depth, child->depth + 1u);
}

StrataPyNode *
strata_py_parser_done (StrataPyParser *self,
                       StrataPyNode   *node)
{
  guint depth = 0;

  node->end = MAX (node->offset, self->previous_end);
  strata_py_node_foreach (node, find_depth, &depth);
  if (depth > DEEPEST_NODE)
    {
      strata_py_parser_fail (self, node->offset, "this is nested too deeply");
      return strata_py_parser_node (self, STRATA_PY_NODE_BROKEN, node->offset);
    }
  node->depth = depth;

  return node;
}

StrataPyNode *
strata_py_parser_pair (StrataPyParser *self,
                       StrataPyKind    kind,
                       guint32         offset,
                       StrataPyNode   *first,
                       StrataPyNode   *second)
{
  StrataPyNode *node = strata_py_parser_node (self, kind, offset);

  node->pair.first = first;
  node->pair.second = second;

  return strata_py_parser_done (self, node);
}

StrataPyNode *
strata_py_parser_parent (StrataPyParser *self,
                         StrataPyKind    kind,
                         guint32         offset,
                         StrataPyNode   *child)
{
  StrataPyNode *node = strata_py_parser_node (self, kind, offset);

  node->child = child;

  return strata_py_parser_done (self, node);
}

guint
strata_py_parser_open_list (StrataPyParser *self)
{
  return self->pending->len;
}

void
strata_py_parser_push (StrataPyParser *self,
                       StrataPyNode   *node)
{
  g_ptr_array_add (self->pending, node);
}

StrataPyList
strata_py_parser_close_list (StrataPyParser *self,
                             guint           mark)
{
  guint length = self->pending->len - mark;
  StrataPyList list = strata_py_list_new (self->arena, length > 0 ? self->pending->pdata + mark : NULL, length);

  g_ptr_array_set_size (self->pending, mark);

  return list;
}

static void
skip_indented (StrataPyParser *self)
{
  guint depth = 0;

  do
    {
      if (self->token.kind == STRATA_PY_TOKEN_INDENT)
        depth++;
      else if (self->token.kind == STRATA_PY_TOKEN_DEDENT)
        depth--;
      strata_py_parser_advance (self);
    }
  while (depth > 0 && self->token.kind != STRATA_PY_TOKEN_END);
}

/* A new statement may begin here: outside of brackets on any new line, and even where brackets are still open, which were
 * meant to be closed before, where the line is indented no further than the block. None begins with a closing bracket. */
static gboolean
looks_like_next_statement (StrataPyParser *self,
                           guint32         start)
{
  StrataPyToken token = self->token;

  if (!token.starts_line || token.offset == start || token.symbol == STRATA_PY_RIGHT_PAREN ||
      token.symbol == STRATA_PY_RIGHT_BRACKET || token.symbol == STRATA_PY_RIGHT_BRACE)
    return FALSE;

  return strata_py_lexer_measure (&self->lexer, token.offset) <= strata_py_lexer_get_indent (&self->lexer);
}

/* From a mistake in the statement that began at the offset to the statement after it. */
static void
recover (StrataPyParser *self,
         guint32         start)
{
  self->failed = FALSE;
  self->token = self->failed_token;

  for (;; strata_py_parser_advance (self))
    {
      gboolean is_open = self->lexer.n_brackets > 0 || self->lexer.n_modes > 0;

      if (self->token.kind == STRATA_PY_TOKEN_END || self->token.kind == STRATA_PY_TOKEN_DEDENT)
        return;
      if (self->token.kind == STRATA_PY_TOKEN_INDENT)
        {
          skip_indented (self);
          return;
        }
      if (self->token.kind == STRATA_PY_TOKEN_NEWLINE)
        {
          strata_py_parser_advance (self);
          if (self->token.kind == STRATA_PY_TOKEN_INDENT)
            skip_indented (self);
          return;
        }

      if (looks_like_next_statement (self, start))
        {
          if (is_open)
            {
              strata_py_lexer_restart (&self->lexer, self->token.offset);
              self->token = strata_py_lexer_next (&self->lexer);
            }
          return;
        }
    }
}

static void
parse_line (StrataPyParser *self)
{
  do
    strata_py_parser_push (self, strata_py_parse_simple (self));
  while (strata_py_parser_accept (self, STRATA_PY_SEMICOLON) && self->token.kind != STRATA_PY_TOKEN_NEWLINE);

  strata_py_parser_expect_kind (self, STRATA_PY_TOKEN_NEWLINE);
}

/* Pushes what it reads: one statement, or those of one line. */
void
strata_py_parse_statement (StrataPyParser *self)
{
  guint32 start = self->token.offset;
  guint mark = strata_py_parser_open_list (self);
  StrataPyNode *compound;

  if (self->token.kind == STRATA_PY_TOKEN_ERROR && self->token.length == 0)
    {
      /* Only the white space before the statement is wrong. */
      report (self, start, self->lexer.message);
      strata_py_parser_advance (self);
    }
  else if ((compound = strata_py_parse_compound (self)) != NULL)
    strata_py_parser_push (self, compound);
  else
    parse_line (self);

  if (self->failed)
    {
      g_ptr_array_set_size (self->pending, mark);
      recover (self, start);
      strata_py_parser_push (self, strata_py_parser_node (self, STRATA_PY_NODE_BROKEN, start));
    }

  if (self->n_mistakes >= MOST_MISTAKES)
    give_up (self, N_("this file has too many mistakes; its rest was not read"));
  else if (strata_py_arena_get_size (self->arena) > LARGEST_TREE)
    give_up (self, N_("this file is too large; its rest was not read"));
}

StrataPyList
strata_py_parse_block (StrataPyParser *self)
{
  guint mark = strata_py_parser_open_list (self);

  strata_py_parser_expect (self, STRATA_PY_COLON);

  if (self->token.kind != STRATA_PY_TOKEN_NEWLINE)
    {
      parse_line (self);
      return strata_py_parser_close_list (self, mark);
    }

  strata_py_parser_advance (self);
  if (self->token.kind != STRATA_PY_TOKEN_INDENT)
    strata_py_parser_fail (self, self->token.offset, "an indented block is missing before this line");
  else
    {
      strata_py_parser_advance (self);
      while (self->token.kind != STRATA_PY_TOKEN_DEDENT && self->token.kind != STRATA_PY_TOKEN_END)
        strata_py_parse_statement (self);
      if (self->token.kind == STRATA_PY_TOKEN_DEDENT)
        strata_py_parser_advance (self);
    }

  return strata_py_parser_close_list (self, mark);
}

StrataPyToken
strata_py_parser_peek (StrataPyParser *self)
{
  return self->token;
}

StrataPyList
strata_py_parser_read (StrataPyParser *self)
{
  guint mark = strata_py_parser_open_list (self);

  if (self->token.kind != STRATA_PY_TOKEN_END)
    strata_py_parse_statement (self);

  return strata_py_parser_close_list (self, mark);
}

void
strata_py_parser_skip (StrataPyParser *self)
{
  if (self->token.kind == STRATA_PY_TOKEN_END)
    return;

  strata_py_lexer_skip_block (&self->lexer);
  strata_py_parser_advance (self);
}

gboolean
strata_py_parser_has_given_up (StrataPyParser *self)
{
  return self->given_up;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/python/parser-private.h"

static StrataPyNode *parse_pattern (StrataPyParser *self);

static StrataPyNode *
new_capture (StrataPyParser *self,
             StrataPyKind    kind,
             guint32         offset)
{
  StrataPyNode *node = strata_py_parser_node (self, kind, offset);
  const char *name = strata_py_parser_name (self);

  node->name = strcmp (name, "_") == 0 ? NULL : name;

  return strata_py_parser_done (self, node);
}

/* A number with a sign and an imaginary part ("-1 + 2j"), a string, None, True or False. */
static StrataPyNode *
parse_literal (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *node;

  if (self->token.kind != STRATA_PY_TOKEN_NUMBER && self->token.symbol != STRATA_PY_MINUS)
    return strata_py_parse_atom (self);

  node = strata_py_parse_unary (self);
  if (self->token.symbol == STRATA_PY_PLUS || self->token.symbol == STRATA_PY_MINUS)
    {
      StrataPySymbol op = self->token.symbol;

      strata_py_parser_advance (self);
      node = strata_py_parser_pair (self, STRATA_PY_NODE_BINARY, offset, node, strata_py_parse_unary (self));
      node->op = op;
    }

  return node;
}

/* "a.b.c", after the first name. */
static StrataPyNode *
parse_attributes (StrataPyParser *self,
                  StrataPyNode   *node)
{
  while (strata_py_parser_accept (self, STRATA_PY_DOT))
    {
      StrataPyNode *attribute = strata_py_parser_node (self, STRATA_PY_NODE_ATTRIBUTE, node->offset);

      attribute->attribute.value = node;
      attribute->attribute.name = strata_py_parser_name (self);
      node = strata_py_parser_done (self, attribute);
    }

  return node;
}

static StrataPyNode *
parse_member_pattern (StrataPyParser *self)
{
  guint32 offset = self->token.offset;

  if (strata_py_parser_accept (self, STRATA_PY_STAR))
    return new_capture (self, STRATA_PY_NODE_PATTERN_STAR, offset);

  return parse_pattern (self);
}

/* After the opening bracket. "(a)" is a pattern in parentheses, "(a,)" and "[a]" are sequences. */
static StrataPyNode *
parse_sequence_pattern (StrataPyParser *self,
                        guint32         offset,
                        StrataPySymbol  end)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_PATTERN_SEQUENCE, offset);
  guint mark = strata_py_parser_open_list (self);
  gboolean has_comma = FALSE;

  while (self->token.symbol != end && !self->failed)
    {
      strata_py_parser_push (self, parse_member_pattern (self));
      if (!strata_py_parser_accept (self, STRATA_PY_COMMA))
        break;
      has_comma = TRUE;
    }
  strata_py_parser_expect (self, end);
  node->list = strata_py_parser_close_list (self, mark);

  if (end == STRATA_PY_RIGHT_PAREN && !has_comma && node->list.length == 1 &&
      node->list.items[0]->kind != STRATA_PY_NODE_PATTERN_STAR)
    return (StrataPyNode *) node->list.items[0];

  return strata_py_parser_done (self, node);
}

/* "case a, *b:", after the first member. */
static StrataPyNode *
parse_open_sequence (StrataPyParser *self,
                     guint32         offset,
                     StrataPyNode   *first)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_PATTERN_SEQUENCE, offset);
  guint mark = strata_py_parser_open_list (self);

  strata_py_parser_push (self, first);
  while (strata_py_parser_accept (self, STRATA_PY_COMMA) && self->token.symbol != STRATA_PY_COLON &&
         self->token.symbol != STRATA_PY_IF)
    strata_py_parser_push (self, parse_member_pattern (self));
  node->list = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

/* Pushes a key, NULL before "**", and a pattern. */
static void
parse_entry (StrataPyParser *self)
{
  guint32 offset = self->token.offset;

  if (strata_py_parser_accept (self, STRATA_PY_DOUBLE_STAR))
    {
      strata_py_parser_push (self, NULL);
      strata_py_parser_push (self, new_capture (self, STRATA_PY_NODE_PATTERN_CAPTURE, offset));
      return;
    }

  strata_py_parser_push (self, parse_attributes (self, parse_literal (self)));
  strata_py_parser_expect (self, STRATA_PY_COLON);
  strata_py_parser_push (self, parse_pattern (self));
}

static StrataPyNode *
parse_mapping_pattern (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_PATTERN_MAPPING, self->token.offset);
  guint mark = strata_py_parser_open_list (self);

  strata_py_parser_advance (self);
  if (self->token.symbol != STRATA_PY_RIGHT_BRACE)
    do
      parse_entry (self);
    while (strata_py_parser_accept (self, STRATA_PY_COMMA) && self->token.symbol != STRATA_PY_RIGHT_BRACE);
  strata_py_parser_expect (self, STRATA_PY_RIGHT_BRACE);
  node->list = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_class_keyword (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_KEYWORD, self->token.offset);

  node->attribute.name = strata_py_parser_name (self);
  strata_py_parser_expect (self, STRATA_PY_ASSIGN);
  node->attribute.value = parse_pattern (self);

  return strata_py_parser_done (self, node);
}

/* "Point(0, y=b)", after the name. */
static StrataPyNode *
parse_class_pattern (StrataPyParser *self,
                     StrataPyNode   *name)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_PATTERN_CLASS, name->offset);
  g_autoptr(GPtrArray) keywords = g_ptr_array_new ();
  guint mark = strata_py_parser_open_list (self);

  node->call.function = name;
  strata_py_parser_expect (self, STRATA_PY_LEFT_PAREN);
  if (self->token.symbol != STRATA_PY_RIGHT_PAREN)
    do
      if (self->token.kind == STRATA_PY_TOKEN_NAME &&
          strata_py_parser_look_ahead (self).symbol == STRATA_PY_ASSIGN)
        g_ptr_array_add (keywords, parse_class_keyword (self));
      else
        strata_py_parser_push (self, parse_pattern (self));
    while (strata_py_parser_accept (self, STRATA_PY_COMMA) && self->token.symbol != STRATA_PY_RIGHT_PAREN);
  strata_py_parser_expect (self, STRATA_PY_RIGHT_PAREN);

  node->call.arguments = strata_py_parser_close_list (self, mark);
  node->call.keywords = strata_py_list_new (self->arena, keywords->pdata, keywords->len);

  return strata_py_parser_done (self, node);
}

/* A name to capture in, the dotted name of a value, or a class. */
static StrataPyNode *
parse_name_pattern (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPySymbol next = strata_py_parser_look_ahead (self).symbol;
  StrataPyNode *name;

  if (next != STRATA_PY_DOT && next != STRATA_PY_LEFT_PAREN)
    return new_capture (self, STRATA_PY_NODE_PATTERN_CAPTURE, offset);

  name = parse_attributes (self, strata_py_parse_atom (self));
  if (self->token.symbol == STRATA_PY_LEFT_PAREN)
    return parse_class_pattern (self, name);

  return strata_py_parser_parent (self, STRATA_PY_NODE_PATTERN_VALUE, offset, name);
}

static StrataPyNode *
parse_closed_pattern (StrataPyParser *self)
{
  guint32 offset = self->token.offset;

  if (self->token.kind == STRATA_PY_TOKEN_NAME)
    return parse_name_pattern (self);
  if (strata_py_parser_accept (self, STRATA_PY_LEFT_PAREN))
    return parse_sequence_pattern (self, offset, STRATA_PY_RIGHT_PAREN);
  if (strata_py_parser_accept (self, STRATA_PY_LEFT_BRACKET))
    return parse_sequence_pattern (self, offset, STRATA_PY_RIGHT_BRACKET);
  if (self->token.symbol == STRATA_PY_LEFT_BRACE)
    return parse_mapping_pattern (self);

  return strata_py_parser_parent (self, STRATA_PY_NODE_PATTERN_VALUE, offset, parse_literal (self));
}

static StrataPyNode *
parse_alternatives (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *first = parse_closed_pattern (self);
  StrataPyNode *node;
  guint mark;

  if (self->token.symbol != STRATA_PY_BAR)
    return first;

  mark = strata_py_parser_open_list (self);
  strata_py_parser_push (self, first);
  while (strata_py_parser_accept (self, STRATA_PY_BAR))
    strata_py_parser_push (self, parse_closed_pattern (self));
  node = strata_py_parser_node (self, STRATA_PY_NODE_PATTERN_OR, offset);
  node->list = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_pattern (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *node;

  if (!strata_py_parser_enter (self))
    return strata_py_parser_node (self, STRATA_PY_NODE_BROKEN, offset);

  node = parse_alternatives (self);
  if (strata_py_parser_accept (self, STRATA_PY_AS))
    {
      StrataPyNode *as = strata_py_parser_node (self, STRATA_PY_NODE_PATTERN_AS, offset);

      as->attribute.value = node;
      as->attribute.name = strata_py_parser_name (self);
      node = strata_py_parser_done (self, as);
    }
  strata_py_parser_leave (self);

  return node;
}

static StrataPyNode *
parse_case (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_CASE, self->token.offset);
  guint32 offset;

  if (!strata_py_parser_at_word (self, "case"))
    strata_py_parser_unexpected (self);
  strata_py_parser_advance (self);

  offset = self->token.offset;
  node->arm.pattern = parse_member_pattern (self);
  if (self->token.symbol == STRATA_PY_COMMA)
    node->arm.pattern = parse_open_sequence (self, offset, (StrataPyNode *) node->arm.pattern);
  if (strata_py_parser_accept (self, STRATA_PY_IF))
    node->arm.guard = strata_py_parse_named (self);
  node->arm.body = strata_py_parse_block (self);

  return strata_py_parser_done (self, node);
}

/* "match" is a name like others unless an expression follows it and the line ends in a colon. */
static gboolean
at_match (StrataPyParser *self)
{
  StrataPyLexer lexer = self->lexer;
  StrataPyToken token, last;

  if (!strata_py_parser_at_word (self, "match"))
    return FALSE;

  token = last = strata_py_lexer_next (&lexer);
  if (token.symbol == STRATA_PY_COLON)
    return FALSE;
  while (token.kind != STRATA_PY_TOKEN_NEWLINE && token.kind != STRATA_PY_TOKEN_END)
    {
      last = token;
      token = strata_py_lexer_next (&lexer);
    }

  return last.symbol == STRATA_PY_COLON;
}

StrataPyNode *
strata_py_parse_match (StrataPyParser *self)
{
  StrataPyNode *node;
  guint mark;

  if (!at_match (self))
    return NULL;

  node = strata_py_parser_node (self, STRATA_PY_NODE_MATCH, self->token.offset);
  strata_py_parser_advance (self);
  node->match.subject = strata_py_parse_list (self);
  strata_py_parser_expect (self, STRATA_PY_COLON);
  strata_py_parser_expect_kind (self, STRATA_PY_TOKEN_NEWLINE);
  strata_py_parser_expect_kind (self, STRATA_PY_TOKEN_INDENT);

  mark = strata_py_parser_open_list (self);
  while (!self->failed && self->token.kind != STRATA_PY_TOKEN_DEDENT && self->token.kind != STRATA_PY_TOKEN_END)
    strata_py_parser_push (self, parse_case (self));
  node->match.cases = strata_py_parser_close_list (self, mark);
  if (self->token.kind == STRATA_PY_TOKEN_DEDENT)
    strata_py_parser_advance (self);

  return strata_py_parser_done (self, node);
}

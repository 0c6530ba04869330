/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/parser-private.h"

static gboolean
at_comp_for (StrataPyParser *self)
{
  return self->token.symbol == STRATA_PY_FOR || self->token.symbol == STRATA_PY_ASYNC;
}

static StrataPyNode *
parse_comp_for (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_COMP_FOR, self->token.offset);
  guint mark;

  if (strata_py_parser_accept (self, STRATA_PY_ASYNC))
    node->flags |= STRATA_PY_IS_ASYNC;
  strata_py_parser_expect (self, STRATA_PY_FOR);
  node->comp_for.target = strata_py_parse_targets (self);
  strata_py_parser_expect (self, STRATA_PY_IN);
  node->comp_for.iterable = strata_py_parse_disjunction (self);

  mark = strata_py_parser_open_list (self);
  while (strata_py_parser_accept (self, STRATA_PY_IF))
    {
      guint32 offset = self->token.offset;
      StrataPyNode *condition = strata_py_parse_disjunction (self);

      if (strata_py_parser_accept (self, STRATA_PY_WALRUS))
        condition = strata_py_parser_pair (self, STRATA_PY_NODE_NAMED, offset, condition,
                                           strata_py_parse_disjunction (self));
      strata_py_parser_push (self, condition);
    }
  node->comp_for.conditions = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

void
strata_py_parse_comp_fors (StrataPyParser *self,
                           StrataPyNode   *node)
{
  guint mark = strata_py_parser_open_list (self);

  while (at_comp_for (self))
    strata_py_parser_push (self, parse_comp_for (self));

  node->comprehension.loops = strata_py_parser_close_list (self, mark);
}

static StrataPyNode *
parse_comprehension (StrataPyParser *self,
                     StrataPyKind    kind,
                     guint32         offset,
                     StrataPyNode   *key,
                     StrataPyNode   *element,
                     StrataPySymbol  end)
{
  StrataPyNode *node = strata_py_parser_node (self, kind, offset);

  node->comprehension.key = key;
  node->comprehension.element = element;
  strata_py_parse_comp_fors (self, node);
  if (end != STRATA_PY_NO_SYMBOL)
    strata_py_parser_expect (self, end);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_member (StrataPyParser *self)
{
  guint32 offset = self->token.offset;

  if (!strata_py_parser_accept (self, STRATA_PY_STAR))
    return strata_py_parse_named (self);

  return strata_py_parser_parent (self, STRATA_PY_NODE_STARRED, offset, strata_py_parse_operand (self));
}

/* The rest of a display after its first member, closing bracket included. */
static StrataPyNode *
parse_members (StrataPyParser *self,
               StrataPyKind    kind,
               guint32         offset,
               StrataPyNode   *first,
               StrataPySymbol  end)
{
  StrataPyNode *node = strata_py_parser_node (self, kind, offset);
  guint mark = strata_py_parser_open_list (self);

  if (first != NULL)
    strata_py_parser_push (self, first);
  while (first != NULL && strata_py_parser_accept (self, STRATA_PY_COMMA) && self->token.symbol != end)
    strata_py_parser_push (self, parse_member (self));

  node->list = strata_py_parser_close_list (self, mark);
  node->flags |= kind == STRATA_PY_NODE_TUPLE ? STRATA_PY_IS_PARENTHESISED : 0;
  strata_py_parser_expect (self, end);

  return strata_py_parser_done (self, node);
}

/* "()", "(a, b)", "(a for a in b)", "(yield)" or "(a)". */
static StrataPyNode *
parse_parentheses (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *first;

  strata_py_parser_advance (self);
  if (self->token.symbol == STRATA_PY_RIGHT_PAREN)
    return parse_members (self, STRATA_PY_NODE_TUPLE, offset, NULL, STRATA_PY_RIGHT_PAREN);

  first = self->token.symbol == STRATA_PY_YIELD ? strata_py_parse_value (self) : parse_member (self);
  if (at_comp_for (self))
    return parse_comprehension (self, STRATA_PY_NODE_GENERATOR, offset, NULL, first, STRATA_PY_RIGHT_PAREN);
  if (self->token.symbol == STRATA_PY_COMMA)
    return parse_members (self, STRATA_PY_NODE_TUPLE, offset, first, STRATA_PY_RIGHT_PAREN);

  if (first->kind == STRATA_PY_NODE_STARRED)
    strata_py_parser_fail (self, first->offset, "a starred value must stand in a list");
  strata_py_parser_expect (self, STRATA_PY_RIGHT_PAREN);
  first->flags |= STRATA_PY_IS_PARENTHESISED;

  return first;
}

static StrataPyNode *
parse_brackets (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *first;

  strata_py_parser_advance (self);
  if (self->token.symbol == STRATA_PY_RIGHT_BRACKET)
    return parse_members (self, STRATA_PY_NODE_LIST, offset, NULL, STRATA_PY_RIGHT_BRACKET);

  first = parse_member (self);
  if (at_comp_for (self))
    return parse_comprehension (self, STRATA_PY_NODE_LIST_COMP, offset, NULL, first, STRATA_PY_RIGHT_BRACKET);

  return parse_members (self, STRATA_PY_NODE_LIST, offset, first, STRATA_PY_RIGHT_BRACKET);
}

/* Pushes a key, NULL before "**", and a value. */
static void
parse_entry (StrataPyParser *self)
{
  if (strata_py_parser_accept (self, STRATA_PY_DOUBLE_STAR))
    {
      strata_py_parser_push (self, NULL);
      strata_py_parser_push (self, strata_py_parse_operand (self));
    }
  else
    {
      strata_py_parser_push (self, strata_py_parse_expression (self));
      strata_py_parser_expect (self, STRATA_PY_COLON);
      strata_py_parser_push (self, strata_py_parse_expression (self));
    }
}

static StrataPyNode *
parse_dict (StrataPyParser *self,
            guint32         offset,
            guint           mark)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_DICT, offset);

  while (strata_py_parser_accept (self, STRATA_PY_COMMA) && self->token.symbol != STRATA_PY_RIGHT_BRACE)
    parse_entry (self);
  node->list = strata_py_parser_close_list (self, mark);
  strata_py_parser_expect (self, STRATA_PY_RIGHT_BRACE);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_braces (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  guint mark = strata_py_parser_open_list (self);
  StrataPyNode *first, *value;

  strata_py_parser_advance (self);
  if (self->token.symbol == STRATA_PY_RIGHT_BRACE)
    return parse_dict (self, offset, mark);
  if (self->token.symbol == STRATA_PY_DOUBLE_STAR)
    {
      parse_entry (self);
      return parse_dict (self, offset, mark);
    }

  first = parse_member (self);
  if (!strata_py_parser_accept (self, STRATA_PY_COLON))
    return at_comp_for (self)
           ? parse_comprehension (self, STRATA_PY_NODE_SET_COMP, offset, NULL, first, STRATA_PY_RIGHT_BRACE)
           : parse_members (self, STRATA_PY_NODE_SET, offset, first, STRATA_PY_RIGHT_BRACE);

  value = strata_py_parse_expression (self);
  if (at_comp_for (self))
    return parse_comprehension (self, STRATA_PY_NODE_DICT_COMP, offset, first, value, STRATA_PY_RIGHT_BRACE);

  strata_py_parser_push (self, first);
  strata_py_parser_push (self, value);

  return parse_dict (self, offset, mark);
}

static StrataPyNode *
parse_bracketed (StrataPyParser *self)
{
  StrataPyNode *node;

  if (!strata_py_parser_enter (self))
    return strata_py_parser_node (self, STRATA_PY_NODE_BROKEN, self->token.offset);

  if (self->token.symbol == STRATA_PY_LEFT_PAREN)
    node = parse_parentheses (self);
  else if (self->token.symbol == STRATA_PY_LEFT_BRACKET)
    node = parse_brackets (self);
  else
    node = parse_braces (self);

  strata_py_parser_leave (self);

  return node;
}

static StrataPyNode *
parse_number (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_NUMBER, self->token.offset);
  const char *text = strata_py_source_get_text (self->source) + self->token.offset;

  node->name = strata_py_arena_strndup (self->arena, text, self->token.length);
  strata_py_parser_advance (self);

  return strata_py_parser_done (self, node);
}

StrataPyNode *
strata_py_parse_atom (StrataPyParser *self)
{
  StrataPyToken token = self->token;
  StrataPyNode *node;

  if (token.kind == STRATA_PY_TOKEN_NAME)
    {
      node = strata_py_parser_node (self, STRATA_PY_NODE_NAME, token.offset);
      node->name = strata_py_parser_name (self);
      return strata_py_parser_done (self, node);
    }
  if (token.kind == STRATA_PY_TOKEN_NUMBER)
    return parse_number (self);
  if (token.kind == STRATA_PY_TOKEN_STRING || token.kind == STRATA_PY_TOKEN_FSTRING_START)
    return strata_py_parse_strings (self);

  switch ((int) token.symbol)
    {
    case STRATA_PY_LEFT_PAREN:
    case STRATA_PY_LEFT_BRACKET:
    case STRATA_PY_LEFT_BRACE:
      return parse_bracketed (self);
    case STRATA_PY_NONE:
    case STRATA_PY_TRUE:
    case STRATA_PY_FALSE:
    case STRATA_PY_ELLIPSIS:
      strata_py_parser_advance (self);
      node = strata_py_parser_node (self, STRATA_PY_NODE_CONSTANT, token.offset);
      node->op = token.symbol;
      return strata_py_parser_done (self, node);
    default:
      strata_py_parser_unexpected (self);
      return strata_py_parser_node (self, STRATA_PY_NODE_BROKEN, token.offset);
    }
}

static StrataPyNode *
parse_keyword (StrataPyParser *self,
               guint32         offset,
               const char     *name)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_KEYWORD, offset);

  node->attribute.name = name;
  node->attribute.value = strata_py_parse_expression (self);

  return strata_py_parser_done (self, node);
}

/* One argument of a call: into the open list, or, where it has a name or "**", to the keywords. */
static void
parse_argument (StrataPyParser *self,
                GPtrArray      *keywords)
{
  guint32 offset = self->token.offset;
  StrataPyNode *node;

  if (strata_py_parser_accept (self, STRATA_PY_STAR))
    node = strata_py_parser_parent (self, STRATA_PY_NODE_STARRED, offset, strata_py_parse_expression (self));
  else if (strata_py_parser_accept (self, STRATA_PY_DOUBLE_STAR))
    {
      g_ptr_array_add (keywords, parse_keyword (self, offset, NULL));
      return;
    }
  else
    node = strata_py_parse_named (self);

  if (node->kind == STRATA_PY_NODE_NAME && (node->flags & STRATA_PY_IS_PARENTHESISED) == 0 &&
      strata_py_parser_accept (self, STRATA_PY_ASSIGN))
    g_ptr_array_add (keywords, parse_keyword (self, offset, node->name));
  else if (at_comp_for (self))
    strata_py_parser_push (self, parse_comprehension (self, STRATA_PY_NODE_GENERATOR, offset, NULL, node,
                                                      STRATA_PY_NO_SYMBOL));
  else
    strata_py_parser_push (self, node);
}

/* Up to the closing parenthesis. */
void
strata_py_parse_arguments (StrataPyParser *self,
                           StrataPyList   *arguments,
                           StrataPyList   *keywords)
{
  g_autoptr(GPtrArray) named = NULL;
  guint mark = strata_py_parser_open_list (self);

  if (self->token.symbol == STRATA_PY_RIGHT_PAREN)
    return;

  named = g_ptr_array_new ();
  do
    parse_argument (self, named);
  while (strata_py_parser_accept (self, STRATA_PY_COMMA) && self->token.symbol != STRATA_PY_RIGHT_PAREN);

  *arguments = strata_py_parser_close_list (self, mark);
  *keywords = strata_py_list_new (self->arena, named->pdata, named->len);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/parser-private.h"

/* Operators that join two operands, weakest first; all of them from left to right. */
static const struct
{
  guint8 symbol;
  guint8 strength;
} operators[] = {
  { STRATA_PY_BAR, 1 },
  { STRATA_PY_CARET, 2 },
  { STRATA_PY_AMPERSAND, 3 },
  { STRATA_PY_LEFT_SHIFT, 4 },
  { STRATA_PY_RIGHT_SHIFT, 4 },
  { STRATA_PY_PLUS, 5 },
  { STRATA_PY_MINUS, 5 },
  { STRATA_PY_STAR, 6 },
  { STRATA_PY_SLASH, 6 },
  { STRATA_PY_DOUBLE_SLASH, 6 },
  { STRATA_PY_PERCENT, 6 },
  { STRATA_PY_AT, 6 },
};

static guint
get_strength (StrataPySymbol symbol)
{
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (operators[i].symbol == symbol)
      return operators[i].strength;

  return 0;
}

static StrataPyNode *
parse_slice (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *parts[3] = { NULL };
  StrataPyNode *node;
  guint mark;

  if (self->token.symbol == STRATA_PY_STAR)
    {
      strata_py_parser_advance (self);
      return strata_py_parser_parent (self, STRATA_PY_NODE_STARRED, offset, strata_py_parse_operand (self));
    }

  if (self->token.symbol != STRATA_PY_COLON)
    {
      parts[0] = strata_py_parse_named (self);
      if (self->token.symbol != STRATA_PY_COLON)
        return parts[0];
    }

  for (guint i = 1; i < 3 && strata_py_parser_accept (self, STRATA_PY_COLON); i++)
    if (self->token.symbol != STRATA_PY_COLON && self->token.symbol != STRATA_PY_COMMA &&
        self->token.symbol != STRATA_PY_RIGHT_BRACKET)
      parts[i] = strata_py_parse_expression (self);

  mark = strata_py_parser_open_list (self);
  for (guint i = 0; i < 3; i++)
    strata_py_parser_push (self, parts[i]);
  node = strata_py_parser_node (self, STRATA_PY_NODE_SLICE, offset);
  node->list = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_index (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  guint mark = strata_py_parser_open_list (self);
  StrataPyNode *first = parse_slice (self);
  StrataPyNode *node;

  if (self->token.symbol != STRATA_PY_COMMA && first->kind != STRATA_PY_NODE_STARRED)
    return first;

  strata_py_parser_push (self, first);
  while (strata_py_parser_accept (self, STRATA_PY_COMMA) && self->token.symbol != STRATA_PY_RIGHT_BRACKET)
    strata_py_parser_push (self, parse_slice (self));
  node = strata_py_parser_node (self, STRATA_PY_NODE_TUPLE, offset);
  node->list = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_call (StrataPyParser *self,
            guint32         offset,
            StrataPyNode   *function)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_CALL, offset);

  node->call.function = function;
  strata_py_parser_expect (self, STRATA_PY_LEFT_PAREN);
  strata_py_parse_arguments (self, &node->call.arguments, &node->call.keywords);
  strata_py_parser_expect (self, STRATA_PY_RIGHT_PAREN);

  return strata_py_parser_done (self, node);
}

/* An atom with its attributes, calls and indices. */
static StrataPyNode *
parse_primary (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *node = strata_py_parse_atom (self);

  for (;;)
    if (self->token.symbol == STRATA_PY_LEFT_PAREN)
      node = parse_call (self, offset, node);
    else if (strata_py_parser_accept (self, STRATA_PY_DOT))
      {
        StrataPyNode *attribute = strata_py_parser_node (self, STRATA_PY_NODE_ATTRIBUTE, offset);

        attribute->attribute.value = node;
        attribute->attribute.name = strata_py_parser_name (self);
        node = strata_py_parser_done (self, attribute);
      }
    else if (strata_py_parser_accept (self, STRATA_PY_LEFT_BRACKET))
      {
        StrataPyNode *index = parse_index (self);

        strata_py_parser_expect (self, STRATA_PY_RIGHT_BRACKET);
        node = strata_py_parser_pair (self, STRATA_PY_NODE_SUBSCRIPT, offset, node, index);
      }
    else
      return node;
}

static StrataPyNode *
parse_power (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *base;
  StrataPyNode *power;

  if (strata_py_parser_accept (self, STRATA_PY_AWAIT))
    base = strata_py_parser_parent (self, STRATA_PY_NODE_AWAIT, offset, parse_primary (self));
  else
    base = parse_primary (self);

  if (!strata_py_parser_accept (self, STRATA_PY_DOUBLE_STAR))
    return base;

  power = strata_py_parser_pair (self, STRATA_PY_NODE_BINARY, offset, base, strata_py_parse_unary (self));
  power->op = STRATA_PY_DOUBLE_STAR;

  return power;
}

/* "-x ** 2" is -(x ** 2), and "2 ** -1" is allowed. */
StrataPyNode *
strata_py_parse_unary (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPySymbol op = self->token.symbol;
  StrataPyNode *node;

  if (!strata_py_parser_enter (self))
    return strata_py_parser_node (self, STRATA_PY_NODE_BROKEN, offset);

  if (op == STRATA_PY_MINUS || op == STRATA_PY_PLUS || op == STRATA_PY_TILDE)
    {
      strata_py_parser_advance (self);
      node = strata_py_parser_parent (self, STRATA_PY_NODE_UNARY, offset, strata_py_parse_unary (self));
      node->op = op;
    }
  else
    node = parse_power (self);

  strata_py_parser_leave (self);

  return node;
}

static StrataPyNode *
parse_binary (StrataPyParser *self,
              guint           weakest)
{
  guint32 offset = self->token.offset;
  StrataPyNode *node = strata_py_parse_unary (self);
  guint strength;

  while ((strength = get_strength (self->token.symbol)) >= weakest && strength > 0)
    {
      StrataPySymbol op = self->token.symbol;

      strata_py_parser_advance (self);
      node = strata_py_parser_pair (self, STRATA_PY_NODE_BINARY, offset, node, parse_binary (self, strength + 1));
      node->op = op;
    }

  return node;
}

StrataPyNode *
strata_py_parse_operand (StrataPyParser *self)
{
  return parse_binary (self, 1);
}

/* Takes the operator of a comparison, which may have two words. */
static StrataPySymbol
accept_comparison (StrataPyParser *self)
{
  StrataPySymbol symbol = self->token.symbol;

  if (symbol >= STRATA_PY_LESS && symbol <= STRATA_PY_NOT_EQUAL)
    {
      strata_py_parser_advance (self);
      return symbol;
    }
  if (strata_py_parser_accept (self, STRATA_PY_IN))
    return STRATA_PY_IN;
  if (strata_py_parser_accept (self, STRATA_PY_IS))
    return strata_py_parser_accept (self, STRATA_PY_NOT) ? STRATA_PY_IS_NOT : STRATA_PY_IS;
  if (strata_py_parser_accept (self, STRATA_PY_NOT))
    {
      strata_py_parser_expect (self, STRATA_PY_IN);
      return STRATA_PY_NOT_IN;
    }

  return STRATA_PY_NO_SYMBOL;
}

static StrataPyNode *
parse_comparison (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *first = strata_py_parse_operand (self);
  StrataPySymbol op = accept_comparison (self);
  g_autoptr(GString) ops = NULL;
  StrataPyNode *node;
  guint mark;

  if (op == STRATA_PY_NO_SYMBOL)
    return first;

  ops = g_string_new (NULL);
  mark = strata_py_parser_open_list (self);
  strata_py_parser_push (self, first);
  for (; op != STRATA_PY_NO_SYMBOL; op = accept_comparison (self))
    {
      g_string_append_c (ops, op);
      strata_py_parser_push (self, strata_py_parse_operand (self));
    }

  node = strata_py_parser_node (self, STRATA_PY_NODE_COMPARE, offset);
  node->compare.ops = (const guint8 *) strata_py_arena_strndup (self->arena, ops->str, ops->len);
  node->compare.operands = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_inversion (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *node;

  if (!strata_py_parser_enter (self))
    return strata_py_parser_node (self, STRATA_PY_NODE_BROKEN, offset);

  if (strata_py_parser_accept (self, STRATA_PY_NOT))
    {
      node = strata_py_parser_parent (self, STRATA_PY_NODE_UNARY, offset, parse_inversion (self));
      node->op = STRATA_PY_NOT;
    }
  else
    node = parse_comparison (self);

  strata_py_parser_leave (self);

  return node;
}

static StrataPyNode *
parse_boolean (StrataPyParser *self,
               StrataPySymbol  op,
               StrataPyNode *(*operand) (StrataPyParser *self))
{
  guint32 offset = self->token.offset;
  StrataPyNode *first = operand (self);
  StrataPyNode *node;
  guint mark;

  if (self->token.symbol != op)
    return first;

  mark = strata_py_parser_open_list (self);
  strata_py_parser_push (self, first);
  while (strata_py_parser_accept (self, op))
    strata_py_parser_push (self, operand (self));

  node = strata_py_parser_node (self, STRATA_PY_NODE_BOOLEAN, offset);
  node->op = op;
  node->list = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_conjunction (StrataPyParser *self)
{
  return parse_boolean (self, STRATA_PY_AND, parse_inversion);
}

StrataPyNode *
strata_py_parse_disjunction (StrataPyParser *self)
{
  return parse_boolean (self, STRATA_PY_OR, parse_conjunction);
}

static StrataPyNode *
parse_lambda (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_LAMBDA, self->token.offset);
  guint mark;

  strata_py_parser_advance (self);
  node->definition.parameters = strata_py_parse_parameters (self, STRATA_PY_COLON, FALSE);
  strata_py_parser_expect (self, STRATA_PY_COLON);
  mark = strata_py_parser_open_list (self);
  strata_py_parser_push (self, strata_py_parse_expression (self));
  node->definition.body = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_conditional (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *then = strata_py_parse_disjunction (self);
  StrataPyNode *node;
  guint mark;

  if (!strata_py_parser_accept (self, STRATA_PY_IF))
    return then;

  mark = strata_py_parser_open_list (self);
  strata_py_parser_push (self, strata_py_parse_disjunction (self));
  strata_py_parser_push (self, then);
  strata_py_parser_expect (self, STRATA_PY_ELSE);
  strata_py_parser_push (self, strata_py_parse_expression (self));

  node = strata_py_parser_node (self, STRATA_PY_NODE_CONDITIONAL, offset);
  node->list = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

StrataPyNode *
strata_py_parse_expression (StrataPyParser *self)
{
  StrataPyNode *node;

  if (!strata_py_parser_enter (self))
    return strata_py_parser_node (self, STRATA_PY_NODE_BROKEN, self->token.offset);

  if (self->token.symbol == STRATA_PY_LAMBDA)
    node = parse_lambda (self);
  else
    node = parse_conditional (self);

  strata_py_parser_leave (self);

  return node;
}

StrataPyNode *
strata_py_parse_named (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *node = strata_py_parse_expression (self);

  if (self->token.symbol != STRATA_PY_WALRUS || node->kind != STRATA_PY_NODE_NAME ||
      (node->flags & STRATA_PY_IS_PARENTHESISED) != 0)
    return node;

  strata_py_parser_advance (self);

  return strata_py_parser_pair (self, STRATA_PY_NODE_NAMED, offset, node, strata_py_parse_expression (self));
}

/* What may follow the last comma of a list without brackets of its own. */
gboolean
strata_py_parser_at_end_of_list (StrataPyParser *self)
{
  StrataPySymbol symbol = self->token.symbol;

  return self->token.kind == STRATA_PY_TOKEN_NEWLINE || self->token.kind == STRATA_PY_TOKEN_END ||
         symbol == STRATA_PY_RIGHT_PAREN || symbol == STRATA_PY_RIGHT_BRACKET || symbol == STRATA_PY_RIGHT_BRACE ||
         symbol == STRATA_PY_COLON || symbol == STRATA_PY_SEMICOLON || symbol == STRATA_PY_EXCLAMATION ||
         symbol == STRATA_PY_IN || (symbol >= STRATA_PY_ASSIGN && symbol <= STRATA_PY_CARET_ASSIGN);
}

static StrataPyNode *
parse_starred_or (StrataPyParser *self,
                  StrataPyNode *(*other) (StrataPyParser *self))
{
  guint32 offset = self->token.offset;

  if (!strata_py_parser_accept (self, STRATA_PY_STAR))
    return other (self);

  return strata_py_parser_parent (self, STRATA_PY_NODE_STARRED, offset, strata_py_parse_operand (self));
}

static StrataPyNode *
parse_list_of (StrataPyParser *self,
               StrataPyNode *(*member) (StrataPyParser *self))
{
  guint32 offset = self->token.offset;
  guint mark = strata_py_parser_open_list (self);
  StrataPyNode *first = parse_starred_or (self, member);
  StrataPyNode *node;

  if (self->token.symbol != STRATA_PY_COMMA)
    return first;

  strata_py_parser_push (self, first);
  while (strata_py_parser_accept (self, STRATA_PY_COMMA) && !strata_py_parser_at_end_of_list (self))
    strata_py_parser_push (self, parse_starred_or (self, member));

  node = strata_py_parser_node (self, STRATA_PY_NODE_TUPLE, offset);
  node->list = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

StrataPyNode *
strata_py_parse_list (StrataPyParser *self)
{
  return parse_list_of (self, strata_py_parse_named);
}

StrataPyNode *
strata_py_parse_targets (StrataPyParser *self)
{
  StrataPyNode *node = parse_list_of (self, strata_py_parse_operand);

  strata_py_parser_check_target (self, node);

  return node;
}

StrataPyNode *
strata_py_parse_value (StrataPyParser *self)
{
  guint32 offset = self->token.offset;

  if (!strata_py_parser_accept (self, STRATA_PY_YIELD))
    return strata_py_parse_list (self);

  if (strata_py_parser_accept (self, STRATA_PY_FROM))
    return strata_py_parser_parent (self, STRATA_PY_NODE_YIELD_FROM, offset, strata_py_parse_expression (self));

  return strata_py_parser_parent (self, STRATA_PY_NODE_YIELD, offset,
                                  strata_py_parser_at_end_of_list (self) ? NULL : strata_py_parse_list (self));
}

static gboolean
is_target (const StrataPyNode *node)
{
  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_NAME:
    case STRATA_PY_NODE_ATTRIBUTE:
    case STRATA_PY_NODE_SUBSCRIPT:
      return TRUE;
    case STRATA_PY_NODE_STARRED:
      return is_target (node->child);
    case STRATA_PY_NODE_TUPLE:
    case STRATA_PY_NODE_LIST:
      for (guint i = 0; i < node->list.length; i++)
        if (!is_target (node->list.items[i]))
          return FALSE;
      return TRUE;
    default:
      return FALSE;
    }
}

void
strata_py_parser_check_target (StrataPyParser     *self,
                               const StrataPyNode *node)
{
  if (!self->failed && !is_target (node))
    strata_py_parser_fail (self, node->offset, "nothing can be assigned to this");
}

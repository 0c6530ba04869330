/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/parser-private.h"

static StrataPyNode *
parse_parameter (StrataPyParser *self,
                 gboolean        annotated)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_PARAMETER, self->token.offset);

  if (self->token.symbol == STRATA_PY_STAR || self->token.symbol == STRATA_PY_DOUBLE_STAR)
    {
      node->op = self->token.symbol;
      strata_py_parser_advance (self);
    }
  node->parameter.name = strata_py_parser_name (self);

  if (annotated && strata_py_parser_accept (self, STRATA_PY_COLON))
    {
      guint32 offset = self->token.offset;

      if (node->op == STRATA_PY_STAR && strata_py_parser_accept (self, STRATA_PY_STAR))
        node->parameter.annotation = strata_py_parser_parent (self, STRATA_PY_NODE_STARRED, offset,
                                                              strata_py_parse_operand (self));
      else
        node->parameter.annotation = strata_py_parse_expression (self);
    }
  if (node->op == STRATA_PY_NO_SYMBOL && strata_py_parser_accept (self, STRATA_PY_ASSIGN))
    node->parameter.value = strata_py_parse_expression (self);

  return strata_py_parser_done (self, node);
}

/* What came before "/" can only be given by position. */
static void
mark_positional (StrataPyParser *self,
                 guint           mark)
{
  for (guint i = mark; i < self->pending->len; i++)
    {
      StrataPyNode *node = self->pending->pdata[i];

      node->flags |= STRATA_PY_IS_POSITIONAL;
    }
}

/* A star alone, with nothing but a comma after it. */
static gboolean
at_bare_star (StrataPyParser *self)
{
  return self->token.symbol == STRATA_PY_STAR && strata_py_parser_look_ahead (self).symbol == STRATA_PY_COMMA;
}

/* Up to the closing parenthesis of a function, or the colon of a lambda. */
StrataPyList
strata_py_parse_parameters (StrataPyParser *self,
                            StrataPySymbol  end,
                            gboolean        annotated)
{
  guint mark = strata_py_parser_open_list (self);
  gboolean keyword_only = FALSE;

  if (self->token.symbol == end)
    return (StrataPyList) { NULL, 0 };

  do
    if (strata_py_parser_accept (self, STRATA_PY_SLASH))
      mark_positional (self, mark);
    else if (at_bare_star (self))
      {
        strata_py_parser_advance (self);
        keyword_only = TRUE;
      }
    else
      {
        StrataPyNode *node = parse_parameter (self, annotated);

        if (keyword_only && node->op == STRATA_PY_NO_SYMBOL)
          node->flags |= STRATA_PY_IS_KEYWORD_ONLY;
        keyword_only |= node->op == STRATA_PY_STAR;
        strata_py_parser_push (self, node);
      }
  while (strata_py_parser_accept (self, STRATA_PY_COMMA) && self->token.symbol != end);

  return strata_py_parser_close_list (self, mark);
}

/* "*Ts = *tuple[int, str]" is the one place where a star may come. */
static StrataPyNode *
parse_type_default (StrataPyParser *self)
{
  guint32 offset = self->token.offset;

  if (!strata_py_parser_accept (self, STRATA_PY_STAR))
    return strata_py_parse_expression (self);

  return strata_py_parser_parent (self, STRATA_PY_NODE_STARRED, offset, strata_py_parse_operand (self));
}

static StrataPyNode *
parse_type_parameter (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_TYPE_PARAMETER, self->token.offset);

  if (self->token.symbol == STRATA_PY_STAR || self->token.symbol == STRATA_PY_DOUBLE_STAR)
    {
      node->op = self->token.symbol;
      strata_py_parser_advance (self);
    }
  node->parameter.name = strata_py_parser_name (self);
  if (strata_py_parser_accept (self, STRATA_PY_COLON))
    node->parameter.annotation = strata_py_parse_expression (self);
  if (strata_py_parser_accept (self, STRATA_PY_ASSIGN))
    node->parameter.value = parse_type_default (self);

  return strata_py_parser_done (self, node);
}

/* "[T, *Ts, **P]", where there are any. */
StrataPyList
strata_py_parse_type_parameters (StrataPyParser *self)
{
  guint mark = strata_py_parser_open_list (self);

  if (!strata_py_parser_accept (self, STRATA_PY_LEFT_BRACKET))
    return (StrataPyList) { NULL, 0 };

  do
    strata_py_parser_push (self, parse_type_parameter (self));
  while (strata_py_parser_accept (self, STRATA_PY_COMMA) && self->token.symbol != STRATA_PY_RIGHT_BRACKET);
  strata_py_parser_expect (self, STRATA_PY_RIGHT_BRACKET);

  return strata_py_parser_close_list (self, mark);
}

static StrataPyList
parse_decorators (StrataPyParser *self)
{
  guint mark = strata_py_parser_open_list (self);

  while (strata_py_parser_accept (self, STRATA_PY_AT))
    {
      strata_py_parser_push (self, strata_py_parse_named (self));
      strata_py_parser_expect_kind (self, STRATA_PY_TOKEN_NEWLINE);
    }

  return strata_py_parser_close_list (self, mark);
}

static void
parse_function (StrataPyParser *self,
                StrataPyNode   *node,
                StrataPyExtras *extras)
{
  node->kind = STRATA_PY_NODE_FUNCTION;
  node->definition.name = strata_py_parser_name (self);
  extras->type_parameters = strata_py_parse_type_parameters (self);
  strata_py_parser_expect (self, STRATA_PY_LEFT_PAREN);
  node->definition.parameters = strata_py_parse_parameters (self, STRATA_PY_RIGHT_PAREN, TRUE);
  strata_py_parser_expect (self, STRATA_PY_RIGHT_PAREN);
  if (strata_py_parser_accept (self, STRATA_PY_ARROW))
    extras->returns = strata_py_parse_expression (self);
}

static void
parse_class (StrataPyParser *self,
             StrataPyNode   *node,
             StrataPyExtras *extras)
{
  node->kind = STRATA_PY_NODE_CLASS;
  node->definition.name = strata_py_parser_name (self);
  extras->type_parameters = strata_py_parse_type_parameters (self);
  if (strata_py_parser_accept (self, STRATA_PY_LEFT_PAREN))
    {
      strata_py_parse_arguments (self, &node->definition.parameters, &extras->keywords);
      strata_py_parser_expect (self, STRATA_PY_RIGHT_PAREN);
    }
}

StrataPyNode *
strata_py_parse_definition (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_BROKEN, self->token.offset);
  StrataPyExtras *extras = strata_py_arena_new_struct (self->arena, StrataPyExtras);

  extras->decorators = parse_decorators (self);
  /* As in Python's own tree, the place of a decorated function is that of its "def". */
  node->offset = self->token.offset;
  if (strata_py_parser_accept (self, STRATA_PY_ASYNC))
    node->flags |= STRATA_PY_IS_ASYNC;

  if (strata_py_parser_accept (self, STRATA_PY_DEF))
    parse_function (self, node, extras);
  else if ((node->flags & STRATA_PY_IS_ASYNC) == 0 && strata_py_parser_accept (self, STRATA_PY_CLASS))
    parse_class (self, node, extras);
  else
    strata_py_parser_unexpected (self);

  if (node->kind != STRATA_PY_NODE_BROKEN)
    {
      node->definition.extras = extras;
      node->definition.body = strata_py_parse_block (self);
    }

  return strata_py_parser_done (self, node);
}

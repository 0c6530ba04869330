/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/python/parser-private.h"

static gboolean
at_end_of_statement (StrataPyParser *self)
{
  return self->token.kind == STRATA_PY_TOKEN_NEWLINE || self->token.symbol == STRATA_PY_SEMICOLON;
}

/* "target = target = value", after the first target. */
static StrataPyNode *
parse_assignment (StrataPyParser *self,
                  StrataPyNode   *first)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_ASSIGN, first->offset);
  StrataPyNode *value = first;
  guint mark = strata_py_parser_open_list (self);

  while (strata_py_parser_accept (self, STRATA_PY_ASSIGN))
    {
      strata_py_parser_check_target (self, value);
      strata_py_parser_push (self, value);
      value = strata_py_parse_value (self);
    }

  node->assign.targets = strata_py_parser_close_list (self, mark);
  node->assign.value = value;

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_annotation (StrataPyParser *self,
                  StrataPyNode   *target)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_ANNOTATED, target->offset);
  guint mark = strata_py_parser_open_list (self);

  if (target->kind == STRATA_PY_NODE_TUPLE || target->kind == STRATA_PY_NODE_LIST)
    strata_py_parser_fail (self, target->offset, "only a single target can be annotated");
  strata_py_parser_check_target (self, target);
  strata_py_parser_push (self, target);
  strata_py_parser_push (self, strata_py_parse_expression (self));
  strata_py_parser_push (self, strata_py_parser_accept (self, STRATA_PY_ASSIGN) ? strata_py_parse_value (self) : NULL);
  node->list = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_expression_statement (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *first = strata_py_parse_value (self);
  StrataPySymbol symbol = self->token.symbol;
  StrataPyNode *node;

  if (symbol == STRATA_PY_ASSIGN)
    return parse_assignment (self, first);
  if (strata_py_parser_accept (self, STRATA_PY_COLON))
    return parse_annotation (self, first);

  if (symbol >= STRATA_PY_PLUS_ASSIGN && symbol <= STRATA_PY_CARET_ASSIGN)
    {
      strata_py_parser_check_target (self, first);
      strata_py_parser_advance (self);
      node = strata_py_parser_pair (self, STRATA_PY_NODE_AUGMENTED, offset, first, strata_py_parse_value (self));
      node->op = symbol - STRATA_PY_PLUS_ASSIGN + STRATA_PY_PLUS;
      return node;
    }

  return strata_py_parser_parent (self, STRATA_PY_NODE_EXPRESSION, offset, first);
}

/* "a.b.c" as one string. */
static const char *
parse_dotted_name (StrataPyParser *self)
{
  const char *name = strata_py_parser_name (self);
  GString *dotted;

  if (self->token.symbol != STRATA_PY_DOT)
    return name;

  dotted = g_string_new (name);
  while (strata_py_parser_accept (self, STRATA_PY_DOT))
    g_string_append_printf (dotted, ".%s", strata_py_parser_name (self));
  name = strata_py_arena_strndup (self->arena, dotted->str, dotted->len);
  g_string_free (dotted, TRUE);

  return name;
}

static void
push_alias (StrataPyParser *self,
            const char   *(*parse_name) (StrataPyParser *self))
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_ALIAS, self->token.offset);

  node->alias.name = parse_name (self);
  if (strata_py_parser_accept (self, STRATA_PY_AS))
    node->alias.as_name = strata_py_parser_name (self);

  strata_py_parser_push (self, strata_py_parser_done (self, node));
}

static StrataPyNode *
parse_import (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_IMPORT, self->token.offset);
  guint mark = strata_py_parser_open_list (self);

  strata_py_parser_advance (self);
  do
    push_alias (self, parse_dotted_name);
  while (strata_py_parser_accept (self, STRATA_PY_COMMA));
  node->import.names = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

/* What follows "import": "*", "a, b as c", or the same in parentheses. */
static void
parse_imported_names (StrataPyParser *self)
{
  if (self->token.symbol == STRATA_PY_STAR)
    {
      StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_ALIAS, self->token.offset);

      node->alias.name = "*";
      strata_py_parser_advance (self);
      strata_py_parser_push (self, strata_py_parser_done (self, node));
    }
  else if (strata_py_parser_accept (self, STRATA_PY_LEFT_PAREN))
    {
      do
        push_alias (self, strata_py_parser_name);
      while (strata_py_parser_accept (self, STRATA_PY_COMMA) && self->token.symbol != STRATA_PY_RIGHT_PAREN);
      strata_py_parser_expect (self, STRATA_PY_RIGHT_PAREN);
    }
  else
    do
      push_alias (self, strata_py_parser_name);
    while (strata_py_parser_accept (self, STRATA_PY_COMMA));
}

static StrataPyNode *
parse_import_from (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_IMPORT_FROM, self->token.offset);
  guint mark = strata_py_parser_open_list (self);

  strata_py_parser_advance (self);
  for (;;)
    if (strata_py_parser_accept (self, STRATA_PY_DOT))
      node->import.level += 1;
    else if (strata_py_parser_accept (self, STRATA_PY_ELLIPSIS))
      node->import.level += 3;
    else
      break;

  node->import.module = "";
  if (node->import.level == 0 || self->token.symbol != STRATA_PY_IMPORT)
    node->import.module = parse_dotted_name (self);
  strata_py_parser_expect (self, STRATA_PY_IMPORT);
  parse_imported_names (self);
  node->import.names = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

/* "global a, b" */
static StrataPyNode *
parse_scope (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_SCOPE, self->token.offset);
  guint mark = strata_py_parser_open_list (self);

  node->op = self->token.symbol;
  strata_py_parser_advance (self);
  do
    {
      StrataPyNode *name = strata_py_parser_node (self, STRATA_PY_NODE_NAME, self->token.offset);

      name->name = strata_py_parser_name (self);
      strata_py_parser_push (self, strata_py_parser_done (self, name));
    }
  while (strata_py_parser_accept (self, STRATA_PY_COMMA));
  node->list = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_delete (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_DELETE, self->token.offset);
  guint mark = strata_py_parser_open_list (self);

  strata_py_parser_advance (self);
  do
    {
      StrataPyNode *target = strata_py_parse_expression (self);

      strata_py_parser_check_target (self, target);
      strata_py_parser_push (self, target);
    }
  while (strata_py_parser_accept (self, STRATA_PY_COMMA) && !at_end_of_statement (self));
  node->list = strata_py_parser_close_list (self, mark);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_return (StrataPyParser *self)
{
  guint32 offset = self->token.offset;

  strata_py_parser_advance (self);

  return strata_py_parser_parent (self, STRATA_PY_NODE_RETURN, offset,
                                  at_end_of_statement (self) ? NULL : strata_py_parse_list (self));
}

/* "raise a from b" and "assert a, b" */
static StrataPyNode *
parse_two (StrataPyParser *self,
           StrataPyKind    kind,
           StrataPySymbol  between)
{
  guint32 offset = self->token.offset;
  StrataPyNode *first = NULL;
  StrataPyNode *second = NULL;

  strata_py_parser_advance (self);
  if (kind != STRATA_PY_NODE_RAISE || !at_end_of_statement (self))
    first = strata_py_parse_expression (self);
  if (first != NULL && strata_py_parser_accept (self, between))
    second = strata_py_parse_expression (self);

  return strata_py_parser_pair (self, kind, offset, first, second);
}

/* "type" is a name like others unless a name follows it. */
static gboolean
at_type_alias (StrataPyParser *self)
{
  return strata_py_parser_at_word (self, "type") &&
         strata_py_parser_look_ahead (self).kind == STRATA_PY_TOKEN_NAME;
}

static StrataPyNode *
parse_type_alias (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_TYPE_ALIAS, self->token.offset);

  strata_py_parser_advance (self);
  node->type.name = strata_py_parser_name (self);
  node->type.parameters = strata_py_parse_type_parameters (self);
  strata_py_parser_expect (self, STRATA_PY_ASSIGN);
  node->type.value = strata_py_parse_expression (self);

  return strata_py_parser_done (self, node);
}

StrataPyNode *
strata_py_parse_simple (StrataPyParser *self)
{
  StrataPySymbol symbol = self->token.symbol;
  StrataPyNode *node;

  switch ((int) symbol)
    {
    case STRATA_PY_PASS:
    case STRATA_PY_BREAK:
    case STRATA_PY_CONTINUE:
      node = strata_py_parser_node (self, STRATA_PY_NODE_SIMPLE, self->token.offset);
      node->op = symbol;
      strata_py_parser_advance (self);
      return strata_py_parser_done (self, node);
    case STRATA_PY_RETURN:
      return parse_return (self);
    case STRATA_PY_RAISE:
      return parse_two (self, STRATA_PY_NODE_RAISE, STRATA_PY_FROM);
    case STRATA_PY_ASSERT:
      return parse_two (self, STRATA_PY_NODE_ASSERT, STRATA_PY_COMMA);
    case STRATA_PY_GLOBAL:
    case STRATA_PY_NONLOCAL:
      return parse_scope (self);
    case STRATA_PY_DEL:
      return parse_delete (self);
    case STRATA_PY_IMPORT:
      return parse_import (self);
    case STRATA_PY_FROM:
      return parse_import_from (self);
    default:
      return at_type_alias (self) ? parse_type_alias (self) : parse_expression_statement (self);
    }
}

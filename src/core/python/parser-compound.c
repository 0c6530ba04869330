/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/parser-private.h"

static StrataPyNode *
parse_branch (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_BRANCH, self->token.offset);

  strata_py_parser_advance (self);
  node->block.test = strata_py_parse_named (self);
  node->block.body = strata_py_parse_block (self);

  return strata_py_parser_done (self, node);
}

static StrataPyList
parse_otherwise (StrataPyParser *self)
{
  if (!strata_py_parser_accept (self, STRATA_PY_ELSE))
    return (StrataPyList) { NULL, 0 };

  return strata_py_parse_block (self);
}

static StrataPyNode *
parse_if (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_IF, self->token.offset);
  guint mark = strata_py_parser_open_list (self);

  do
    strata_py_parser_push (self, parse_branch (self));
  while (self->token.symbol == STRATA_PY_ELIF);

  node->branches.branches = strata_py_parser_close_list (self, mark);
  node->branches.otherwise = parse_otherwise (self);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_while (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_WHILE, self->token.offset);

  strata_py_parser_advance (self);
  node->loop.target = strata_py_parse_named (self);
  node->loop.body = strata_py_parse_block (self);
  node->loop.otherwise = parse_otherwise (self);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_for (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_FOR, self->token.offset);

  strata_py_parser_advance (self);
  node->loop.target = strata_py_parse_targets (self);
  strata_py_parser_expect (self, STRATA_PY_IN);
  node->loop.iterable = strata_py_parse_list (self);
  node->loop.body = strata_py_parse_block (self);
  node->loop.otherwise = parse_otherwise (self);

  return strata_py_parser_done (self, node);
}

/* Whether the parenthesis that comes holds "with" items with names, "(a as b, c as d):", and is no part of an
 * expression. The parenthesis is read twice then, and no "with" can stand inside of it. */
static gboolean
at_named_items (StrataPyParser *self)
{
  StrataPyLexer lexer = self->lexer;
  guint outer = lexer.n_brackets - 1;
  gboolean has_name = FALSE;
  StrataPyToken token;

  if (self->token.symbol != STRATA_PY_LEFT_PAREN)
    return FALSE;

  do
    {
      token = strata_py_lexer_next (&lexer);
      has_name |= token.symbol == STRATA_PY_AS && lexer.n_brackets == outer + 1;
    }
  while (lexer.n_brackets > outer && token.kind != STRATA_PY_TOKEN_END && token.kind != STRATA_PY_TOKEN_ERROR);

  return has_name && strata_py_lexer_next (&lexer).symbol == STRATA_PY_COLON;
}

static void
push_with_item (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *context = strata_py_parse_expression (self);
  StrataPyNode *target = NULL;

  if (strata_py_parser_accept (self, STRATA_PY_AS))
    {
      target = strata_py_parse_operand (self);
      strata_py_parser_check_target (self, target);
    }

  strata_py_parser_push (self, strata_py_parser_pair (self, STRATA_PY_NODE_WITH_ITEM, offset, context, target));
}

/* "with (a, b):" has two contexts; a tuple would be none. */
static void
split_tuple (StrataPyParser *self,
             guint           mark)
{
  StrataPyNode *item = self->pending->pdata[mark];
  const StrataPyNode *tuple = item->pair.first;

  if (self->pending->len - mark != 1 || item->kind != STRATA_PY_NODE_WITH_ITEM || item->pair.second != NULL ||
      tuple->kind != STRATA_PY_NODE_TUPLE || tuple->list.length == 0)
    return;
  for (guint i = 0; i < tuple->list.length; i++)
    if (tuple->list.items[i]->kind == STRATA_PY_NODE_STARRED || tuple->list.items[i]->kind == STRATA_PY_NODE_NAMED)
      return;

  g_ptr_array_set_size (self->pending, mark);
  for (guint i = 0; i < tuple->list.length; i++)
    strata_py_parser_push (self, strata_py_parser_pair (self, STRATA_PY_NODE_WITH_ITEM, tuple->list.items[i]->offset,
                                                        (StrataPyNode *) tuple->list.items[i], NULL));
}

static StrataPyNode *
parse_with (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_WITH, self->token.offset);
  guint mark = strata_py_parser_open_list (self);

  strata_py_parser_advance (self);
  if (at_named_items (self))
    {
      strata_py_parser_advance (self);
      do
        push_with_item (self);
      while (strata_py_parser_accept (self, STRATA_PY_COMMA) && self->token.symbol != STRATA_PY_RIGHT_PAREN);
      strata_py_parser_expect (self, STRATA_PY_RIGHT_PAREN);
    }
  else
    {
      do
        push_with_item (self);
      while (strata_py_parser_accept (self, STRATA_PY_COMMA));
      split_tuple (self, mark);
    }

  node->with.items = strata_py_parser_close_list (self, mark);
  node->with.body = strata_py_parse_block (self);

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_handler (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_HANDLER, self->token.offset);

  strata_py_parser_advance (self);
  if (strata_py_parser_accept (self, STRATA_PY_STAR))
    node->flags |= STRATA_PY_IS_GROUP;
  if (self->token.symbol != STRATA_PY_COLON)
    {
      node->block.test = strata_py_parse_expression (self);
      if (strata_py_parser_accept (self, STRATA_PY_AS))
        node->block.name = strata_py_parser_name (self);
    }
  node->block.body = strata_py_parse_block (self);

  return strata_py_parser_done (self, node);
}

static const StrataPyList *
parse_optional_block (StrataPyParser *self,
                      StrataPySymbol  word)
{
  StrataPyList *block;

  if (!strata_py_parser_accept (self, word))
    return NULL;

  block = strata_py_arena_new_struct (self->arena, StrataPyList);
  *block = strata_py_parse_block (self);

  return block;
}

static StrataPyNode *
parse_try (StrataPyParser *self)
{
  StrataPyNode *node = strata_py_parser_node (self, STRATA_PY_NODE_TRY, self->token.offset);
  guint mark;

  strata_py_parser_advance (self);
  node->attempt.body = strata_py_parse_block (self);

  mark = strata_py_parser_open_list (self);
  while (self->token.symbol == STRATA_PY_EXCEPT)
    strata_py_parser_push (self, parse_handler (self));
  node->attempt.handlers = strata_py_parser_close_list (self, mark);

  if (node->attempt.handlers.length > 0)
    node->attempt.otherwise = parse_optional_block (self, STRATA_PY_ELSE);
  node->attempt.finally = parse_optional_block (self, STRATA_PY_FINALLY);
  if (node->attempt.handlers.length == 0 && node->attempt.finally == NULL)
    strata_py_parser_fail (self, self->token.offset, "“except” or “finally” is missing before this line");

  return strata_py_parser_done (self, node);
}

static StrataPyNode *
parse_async (StrataPyParser *self)
{
  guint32 offset = self->token.offset;
  StrataPyNode *node;

  strata_py_parser_advance (self);
  switch ((int) self->token.symbol)
    {
    case STRATA_PY_DEF:
      node = strata_py_parse_definition (self);
      break;
    case STRATA_PY_FOR:
      node = parse_for (self);
      break;
    case STRATA_PY_WITH:
      node = parse_with (self);
      break;
    default:
      strata_py_parser_unexpected (self);
      return strata_py_parser_node (self, STRATA_PY_NODE_BROKEN, offset);
    }

  node->offset = offset;
  node->flags |= STRATA_PY_IS_ASYNC;

  return node;
}

StrataPyNode *
strata_py_parse_compound (StrataPyParser *self)
{
  switch ((int) self->token.symbol)
    {
    case STRATA_PY_IF:
      return parse_if (self);
    case STRATA_PY_WHILE:
      return parse_while (self);
    case STRATA_PY_FOR:
      return parse_for (self);
    case STRATA_PY_WITH:
      return parse_with (self);
    case STRATA_PY_TRY:
      return parse_try (self);
    case STRATA_PY_ASYNC:
      return parse_async (self);
    case STRATA_PY_DEF:
    case STRATA_PY_CLASS:
    case STRATA_PY_AT:
      return strata_py_parse_definition (self);
    default:
      return strata_py_parse_match (self);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/node.h"

#include <string.h>

typedef struct
{
  StrataPyNodeFunc func;
  gpointer         data;
} Visit;

/* Copies the pointers. */
StrataPyList
strata_py_list_new (StrataPyArena *arena,
                    gpointer      *nodes,
                    guint          length)
{
  const StrataPyNode **items;

  if (length == 0)
    return (StrataPyList) { NULL, 0 };

  items = strata_py_arena_alloc (arena, length * sizeof (gpointer));
  memcpy (items, nodes, length * sizeof (gpointer));

  return (StrataPyList) { items, length };
}

static void
visit (Visit              *self,
       const StrataPyNode *node)
{
  if (node != NULL)
    self->func (node, self->data);
}

static void
visit_list (Visit        *self,
            StrataPyList  list)
{
  for (guint i = 0; i < list.length; i++)
    visit (self, list.items[i]);
}

static void
visit_definition (Visit              *self,
                  const StrataPyNode *node)
{
  const StrataPyExtras *extras = node->definition.extras;

  if (extras != NULL)
    {
      visit_list (self, extras->decorators);
      visit_list (self, extras->type_parameters);
    }
  visit_list (self, node->definition.parameters);
  if (extras != NULL)
    {
      visit_list (self, extras->keywords);
      visit (self, extras->returns);
    }
  visit_list (self, node->definition.body);
}

static void
visit_attempt (Visit              *self,
               const StrataPyNode *node)
{
  visit_list (self, node->attempt.body);
  visit_list (self, node->attempt.handlers);
  if (node->attempt.otherwise != NULL)
    visit_list (self, *node->attempt.otherwise);
  if (node->attempt.finally != NULL)
    visit_list (self, *node->attempt.finally);
}

/* Statements that hold others. */
static void
visit_compound (Visit              *self,
                const StrataPyNode *node)
{
  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_IF:
      visit_list (self, node->branches.branches);
      visit_list (self, node->branches.otherwise);
      break;
    case STRATA_PY_NODE_BRANCH:
    case STRATA_PY_NODE_HANDLER:
      visit (self, node->block.test);
      visit_list (self, node->block.body);
      break;
    case STRATA_PY_NODE_WHILE:
    case STRATA_PY_NODE_FOR:
      visit (self, node->loop.target);
      visit (self, node->loop.iterable);
      visit_list (self, node->loop.body);
      visit_list (self, node->loop.otherwise);
      break;
    case STRATA_PY_NODE_WITH:
      visit_list (self, node->with.items);
      visit_list (self, node->with.body);
      break;
    case STRATA_PY_NODE_TRY:
      visit_attempt (self, node);
      break;
    case STRATA_PY_NODE_LAMBDA:
    case STRATA_PY_NODE_FUNCTION:
    case STRATA_PY_NODE_CLASS:
      visit_definition (self, node);
      break;
    case STRATA_PY_NODE_MATCH:
      visit (self, node->match.subject);
      visit_list (self, node->match.cases);
      break;
    case STRATA_PY_NODE_CASE:
      visit (self, node->arm.pattern);
      visit (self, node->arm.guard);
      visit_list (self, node->arm.body);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* Statements that hold no others, and what is part of a statement. */
static void
visit_simple (Visit              *self,
              const StrataPyNode *node)
{
  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_ASSIGN:
      visit_list (self, node->assign.targets);
      visit (self, node->assign.value);
      break;
    case STRATA_PY_NODE_IMPORT:
    case STRATA_PY_NODE_IMPORT_FROM:
      visit_list (self, node->import.names);
      break;
    case STRATA_PY_NODE_PARAMETER:
    case STRATA_PY_NODE_TYPE_PARAMETER:
      visit (self, node->parameter.annotation);
      visit (self, node->parameter.value);
      break;
    case STRATA_PY_NODE_TYPE_ALIAS:
      visit_list (self, node->type.parameters);
      visit (self, node->type.value);
      break;
    default:
      visit_compound (self, node);
      break;
    }
}

static void
visit_expression (Visit              *self,
                  const StrataPyNode *node)
{
  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_FIELD:
      visit (self, node->field.value);
      visit (self, node->field.format);
      break;
    case STRATA_PY_NODE_ATTRIBUTE:
    case STRATA_PY_NODE_KEYWORD:
    case STRATA_PY_NODE_PATTERN_AS:
      visit (self, node->attribute.value);
      break;
    case STRATA_PY_NODE_CALL:
    case STRATA_PY_NODE_PATTERN_CLASS:
      visit (self, node->call.function);
      visit_list (self, node->call.arguments);
      visit_list (self, node->call.keywords);
      break;
    case STRATA_PY_NODE_COMPARE:
      visit_list (self, node->compare.operands);
      break;
    case STRATA_PY_NODE_LIST_COMP:
    case STRATA_PY_NODE_SET_COMP:
    case STRATA_PY_NODE_DICT_COMP:
    case STRATA_PY_NODE_GENERATOR:
      visit (self, node->comprehension.key);
      visit (self, node->comprehension.element);
      visit_list (self, node->comprehension.loops);
      break;
    case STRATA_PY_NODE_COMP_FOR:
      visit (self, node->comp_for.target);
      visit (self, node->comp_for.iterable);
      visit_list (self, node->comp_for.conditions);
      break;
    default:
      visit_simple (self, node);
      break;
    }
}

void
strata_py_node_foreach (const StrataPyNode *self,
                        StrataPyNodeFunc    func,
                        gpointer            data)
{
  Visit all = { func, data };

  switch ((int) self->kind)
    {
    case STRATA_PY_NODE_NAME:
    case STRATA_PY_NODE_CONSTANT:
    case STRATA_PY_NODE_NUMBER:
    case STRATA_PY_NODE_STRING:
    case STRATA_PY_NODE_SIMPLE:
    case STRATA_PY_NODE_ALIAS:
    case STRATA_PY_NODE_BROKEN:
    case STRATA_PY_NODE_PATTERN_CAPTURE:
    case STRATA_PY_NODE_PATTERN_STAR:
      break;

    case STRATA_PY_NODE_STARRED:
    case STRATA_PY_NODE_UNARY:
    case STRATA_PY_NODE_AWAIT:
    case STRATA_PY_NODE_YIELD:
    case STRATA_PY_NODE_YIELD_FROM:
    case STRATA_PY_NODE_EXPRESSION:
    case STRATA_PY_NODE_RETURN:
    case STRATA_PY_NODE_PATTERN_VALUE:
      visit (&all, self->child);
      break;

    case STRATA_PY_NODE_SUBSCRIPT:
    case STRATA_PY_NODE_BINARY:
    case STRATA_PY_NODE_NAMED:
    case STRATA_PY_NODE_AUGMENTED:
    case STRATA_PY_NODE_RAISE:
    case STRATA_PY_NODE_ASSERT:
    case STRATA_PY_NODE_WITH_ITEM:
      visit (&all, self->pair.first);
      visit (&all, self->pair.second);
      break;

    case STRATA_PY_NODE_FORMATTED:
    case STRATA_PY_NODE_TUPLE:
    case STRATA_PY_NODE_LIST:
    case STRATA_PY_NODE_SET:
    case STRATA_PY_NODE_DICT:
    case STRATA_PY_NODE_SLICE:
    case STRATA_PY_NODE_BOOLEAN:
    case STRATA_PY_NODE_CONDITIONAL:
    case STRATA_PY_NODE_ANNOTATED:
    case STRATA_PY_NODE_DELETE:
    case STRATA_PY_NODE_SCOPE:
    case STRATA_PY_NODE_PATTERN_SEQUENCE:
    case STRATA_PY_NODE_PATTERN_MAPPING:
    case STRATA_PY_NODE_PATTERN_OR:
      visit_list (&all, self->list);
      break;

    default:
      visit_expression (&all, self);
      break;
    }
}

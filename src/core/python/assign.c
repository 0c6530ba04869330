/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"

static gboolean
unpack_error (Machine *py,
              gsize    expected,
              gsize    got,
              gboolean at_least)
{
  if (got > expected)
    strata_py_raise (py, "ValueError", "too many values to unpack (expected %" G_GSIZE_FORMAT ")", expected);
  else
    strata_py_raise (py, "ValueError", "not enough values to unpack (expected %s%" G_GSIZE_FORMAT ", got %" G_GSIZE_FORMAT ")",
                     at_least ? "at least " : "", expected, got);

  return FALSE;
}

/* "a, *b, c = values" */
static gboolean
unpack (Machine            *py,
        Frame              *frame,
        const StrataPyNode *target,
        Value              *value)
{
  guint n = target->list.length;
  guint star = n;
  List *list;

  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (py, value, "is unpacked") != NULL;
  list = strata_py_collect (py, value, STRATA_PY_VALUE_LIST);
  if (list == NULL)
    {
      if (py->failure.outcome == STRATA_PY_RAISES && value->class->slots->iterate == NULL && strata_py_catch (py, "TypeError"))
        return strata_py_raise (py, "TypeError", "cannot unpack non-iterable %s object", value->class->name) != NULL;
      return FALSE;
    }
  for (guint i = 0; i < n; i++)
    if (target->list.items[i]->kind == STRATA_PY_NODE_STARRED)
      star = i;

  if (star == n && list->length != n)
    return unpack_error (py, n, list->length, FALSE);
  if (star < n && list->length < n - 1)
    return unpack_error (py, n - 1, list->length, TRUE);

  for (guint i = 0; i < n; i++)
    {
      const StrataPyNode *item = target->list.items[i];
      gsize after = n - 1 - i;
      Value *part = i < star ? list->items[i] : list->items[list->length - 1 - after];

      if (i == star)
        {
          part = strata_py_list (py, list->items + i, list->length - i - after);
          item = item->child;
        }
      if (!strata_py_assign (py, frame, item, part))
        return FALSE;
    }

  return TRUE;
}

gboolean
strata_py_assign (Machine            *py,
                  Frame              *frame,
                  const StrataPyNode *target,
                  Value              *value)
{
  Value *owner, *key;

  switch ((int) target->kind)
    {
    case STRATA_PY_NODE_NAME:
      return strata_py_store_name (py, frame, target->name, value);
    case STRATA_PY_NODE_TUPLE:
    case STRATA_PY_NODE_LIST:
      frame->node = target;
      return unpack (py, frame, target, value);
    case STRATA_PY_NODE_ATTRIBUTE:
      owner = strata_py_evaluate (py, frame, target->attribute.value);
      frame->node = target;
      return owner != NULL && strata_py_set_attribute (py, owner, target->attribute.name, value);
    case STRATA_PY_NODE_SUBSCRIPT:
      owner = strata_py_evaluate (py, frame, target->pair.first);
      key = owner != NULL ? strata_py_evaluate (py, frame, target->pair.second) : NULL;
      frame->node = target;
      return key != NULL && strata_py_set_item (py, owner, key, value);
    default:
      return strata_py_refuse (py, "this can't be assigned to") != NULL;
    }
}

gboolean
strata_py_delete (Machine            *py,
                  Frame              *frame,
                  const StrataPyNode *target)
{
  Value *owner, *key;

  switch ((int) target->kind)
    {
    case STRATA_PY_NODE_NAME:
      return strata_py_delete_name (py, frame, target->name);
    case STRATA_PY_NODE_TUPLE:
    case STRATA_PY_NODE_LIST:
      for (guint i = 0; i < target->list.length; i++)
        if (!strata_py_delete (py, frame, target->list.items[i]))
          return FALSE;
      return TRUE;
    case STRATA_PY_NODE_ATTRIBUTE:
      owner = strata_py_evaluate (py, frame, target->attribute.value);
      return owner != NULL && strata_py_set_attribute (py, owner, target->attribute.name, NULL);
    case STRATA_PY_NODE_SUBSCRIPT:
      owner = strata_py_evaluate (py, frame, target->pair.first);
      key = owner != NULL ? strata_py_evaluate (py, frame, target->pair.second) : NULL;
      return key != NULL && strata_py_set_item (py, owner, key, NULL);
    default:
      return strata_py_refuse (py, "this can't be deleted") != NULL;
    }
}

static Value *
augmented (Machine            *py,
           Frame              *frame,
           const StrataPyNode *node,
           Value              *old,
           Value              *given)
{
  Value *value = given;

  if (old != NULL && value == NULL)
    value = strata_py_evaluate (py, frame, node->pair.second);
  frame->node = node;

  return old != NULL && value != NULL ? strata_py_binary_in_place (py, node->op, old, value) : NULL;
}

/* The target's parts are evaluated once. A value is given where the statement's own comes from a yield. */
gboolean
strata_py_augment (Machine            *py,
                   Frame              *frame,
                   const StrataPyNode *node,
                   Value              *given)
{
  const StrataPyNode *target = node->pair.first;
  Value *owner, *key, *value;

  switch ((int) target->kind)
    {
    case STRATA_PY_NODE_NAME:
      frame->node = target;
      value = augmented (py, frame, node, strata_py_load_name (py, frame, target->name), given);
      return value != NULL && strata_py_store_name (py, frame, target->name, value);
    case STRATA_PY_NODE_ATTRIBUTE:
      owner = strata_py_evaluate (py, frame, target->attribute.value);
      if (owner == NULL)
        return FALSE;
      value = augmented (py, frame, node, strata_py_get_attribute (py, owner, target->attribute.name), given);
      return value != NULL && strata_py_set_attribute (py, owner, target->attribute.name, value);
    case STRATA_PY_NODE_SUBSCRIPT:
      owner = strata_py_evaluate (py, frame, target->pair.first);
      key = owner != NULL ? strata_py_evaluate (py, frame, target->pair.second) : NULL;
      if (key == NULL)
        return FALSE;
      value = augmented (py, frame, node, strata_py_get_item (py, owner, key), given);
      return value != NULL && strata_py_set_item (py, owner, key, value);
    default:
      return strata_py_refuse (py, "this can't be assigned to") != NULL;
    }
}

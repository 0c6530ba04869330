/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"

#include <string.h>

static Value *
evaluate_number (Machine            *py,
                 const StrataPyNode *node)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gboolean too_big = FALSE;
  double number;
  guint base = 10;
  Wide wide;

  for (const char *c = node->name; *c != '\0'; c++)
    if (*c != '_')
      g_string_append_c (text, g_ascii_tolower (*c));

  if (text->len > 1 && text->str[0] == '0' && strchr ("xob", text->str[1]) != NULL)
    {
      base = text->str[1] == 'x' ? 16 : text->str[1] == 'o' ? 8 : 2;
      g_string_erase (text, 0, 2);
    }
  if (strata_py_parse_int (text->str, text->len, base, &wide, &too_big))
    return strata_py_wide (py, wide);
  if (too_big)
    return strata_py_refuse (py, "this number has more than 127 bits");
  if (strata_py_parse_float (text->str, text->len, &number))
    return strata_py_float (py, number);

  return strata_py_refuse (py, "the number “%s” is not known here", node->name);
}

static Value *
evaluate_string (Machine            *py,
                 const StrataPyNode *node)
{
  const StrataPyString *string = &node->string;

  if (!string->is_exact)
    return strata_py_refuse (py, "this text has a character by its name, or half of one");
  if (string->is_bytes)
    return strata_py_bytes (py, string->text, string->length);

  return strata_py_take_str (py, string->text, string->length);
}

static Value *
evaluate_constant (Machine            *py,
                   const StrataPyNode *node)
{
  switch ((int) node->op)
    {
    case STRATA_PY_TRUE:
      return py->yes;
    case STRATA_PY_FALSE:
      return py->no;
    case STRATA_PY_ELLIPSIS:
      return py->ellipsis;
    default:
      return py->none;
    }
}

static Value *
evaluate_sequence (Machine            *py,
                   Frame              *frame,
                   const StrataPyNode *node)
{
  List *list = strata_py_new_list (py, node->kind == STRATA_PY_NODE_TUPLE ? STRATA_PY_VALUE_TUPLE : STRATA_PY_VALUE_LIST,
                                   node->list.length);

  for (guint i = 0; i < node->list.length; i++)
    {
      const StrataPyNode *item = node->list.items[i];
      gboolean is_starred = item->kind == STRATA_PY_NODE_STARRED;
      Value *value = strata_py_evaluate (py, frame, is_starred ? item->child : item);

      if (value == NULL
          || !(is_starred ? strata_py_extend (py, list, value) : strata_py_list_append (py, &list->base, value)))
        return NULL;
    }

  return &list->base;
}

static Value *
evaluate_set (Machine            *py,
              Frame              *frame,
              const StrataPyNode *node)
{
  List *items = (List *) evaluate_sequence (py, frame, node);
  Dict *set = strata_py_new_set (py, STRATA_PY_VALUE_SET);

  for (gsize i = 0; items != NULL && i < items->length; i++)
    if (!strata_py_set_add (py, set, items->items[i]))
      return NULL;

  return items != NULL ? &set->base : NULL;
}

static Value *
evaluate_dict (Machine            *py,
               Frame              *frame,
               const StrataPyNode *node)
{
  Dict *dict = strata_py_dict (py);

  for (guint i = 0; i + 1 < node->list.length; i += 2)
    {
      const StrataPyNode *key_node = node->list.items[i];
      Value *key = NULL;
      Value *value;

      if (key_node != NULL && (key = strata_py_evaluate (py, frame, key_node)) == NULL)
        return NULL;
      value = strata_py_evaluate (py, frame, node->list.items[i + 1]);
      if (value == NULL)
        return NULL;
      if (key_node != NULL ? !strata_py_dict_set (py, dict, key, value) : !strata_py_update_dict (py, dict, value))
        return NULL;
    }

  return &dict->base;
}

static Value *
evaluate_slice (Machine            *py,
                Frame              *frame,
                const StrataPyNode *node)
{
  Slice *slice = strata_py_new (py, STRATA_PY_VALUE_SLICE, sizeof (Slice));
  Value **parts[] = { &slice->start, &slice->stop, &slice->step };

  for (guint i = 0; i < 3; i++)
    {
      *parts[i] = py->none;
      if (node->list.items[i] != NULL && (*parts[i] = strata_py_evaluate (py, frame, node->list.items[i])) == NULL)
        return NULL;
    }

  return &slice->base;
}

static Value *
evaluate_boolean (Machine            *py,
                  Frame              *frame,
                  const StrataPyNode *node)
{
  Value *value = NULL;

  for (guint i = 0; i < node->list.length; i++)
    {
      int truth;

      value = strata_py_evaluate (py, frame, node->list.items[i]);
      if (value == NULL || i + 1 == node->list.length)
        return value;
      frame->node = node;
      truth = strata_py_truth (py, value);
      if (truth < 0)
        return NULL;
      if ((node->op == STRATA_PY_OR) == (truth == 1))
        return value;
    }

  return value;
}

static Value *
evaluate_compare (Machine            *py,
                  Frame              *frame,
                  const StrataPyNode *node)
{
  Value *left = strata_py_evaluate (py, frame, node->compare.operands.items[0]);
  Value *result = NULL;

  for (guint i = 1; left != NULL && i < node->compare.operands.length; i++)
    {
      Value *right = strata_py_evaluate (py, frame, node->compare.operands.items[i]);
      int truth;

      if (right == NULL)
        return NULL;
      frame->node = node;
      result = strata_py_compare (py, node->compare.ops[i - 1], left, right);
      if (result == NULL || i + 1 == node->compare.operands.length)
        return result;
      truth = strata_py_truth (py, result);
      if (truth <= 0)
        return truth < 0 ? NULL : result;
      left = right;
    }

  return NULL;
}

static Value *
evaluate_binary (Machine            *py,
                 Frame              *frame,
                 const StrataPyNode *node)
{
  Value *a = strata_py_evaluate (py, frame, node->pair.first);
  Value *b = a != NULL ? strata_py_evaluate (py, frame, node->pair.second) : NULL;

  if (b == NULL)
    return NULL;
  frame->node = node;

  return strata_py_binary (py, node->op, a, b);
}

static Value *
evaluate_unary (Machine            *py,
                Frame              *frame,
                const StrataPyNode *node)
{
  Value *value = strata_py_evaluate (py, frame, node->child);
  int truth;

  if (value == NULL)
    return NULL;
  frame->node = node;
  if (node->op != STRATA_PY_NOT)
    return strata_py_unary (py, node->op, value);
  truth = strata_py_truth (py, value);

  return truth < 0 ? NULL : strata_py_bool (py, !truth);
}

static Value *
evaluate_conditional (Machine            *py,
                      Frame              *frame,
                      const StrataPyNode *node)
{
  Value *test = strata_py_evaluate (py, frame, node->list.items[0]);
  int truth;

  if (test == NULL)
    return NULL;
  frame->node = node->list.items[0];
  truth = strata_py_truth (py, test);

  return truth < 0 ? NULL : strata_py_evaluate (py, frame, node->list.items[truth ? 1 : 2]);
}

static Value *
evaluate_named (Machine            *py,
                Frame              *frame,
                const StrataPyNode *node)
{
  Value *value = strata_py_evaluate (py, frame, node->pair.second);

  return value != NULL && strata_py_assign (py, frame, node->pair.first, value) ? value : NULL;
}

static Value *
evaluate_attribute (Machine            *py,
                    Frame              *frame,
                    const StrataPyNode *node)
{
  Value *value = strata_py_evaluate (py, frame, node->attribute.value);

  if (value == NULL)
    return NULL;
  frame->node = node;

  return strata_py_get_attribute (py, value, node->attribute.name);
}

static Value *
evaluate_subscript (Machine            *py,
                    Frame              *frame,
                    const StrataPyNode *node)
{
  Value *value = strata_py_evaluate (py, frame, node->pair.first);
  Value *key = value != NULL ? strata_py_evaluate (py, frame, node->pair.second) : NULL;

  if (key == NULL)
    return NULL;
  frame->node = node;

  return strata_py_get_item (py, value, key);
}

static Value *
evaluate_operation (Machine            *py,
                    Frame              *frame,
                    const StrataPyNode *node)
{
  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_ATTRIBUTE:
      return evaluate_attribute (py, frame, node);
    case STRATA_PY_NODE_SUBSCRIPT:
      return evaluate_subscript (py, frame, node);
    case STRATA_PY_NODE_SLICE:
      return evaluate_slice (py, frame, node);
    case STRATA_PY_NODE_CALL:
      return strata_py_evaluate_call (py, frame, node);
    case STRATA_PY_NODE_UNARY:
      return evaluate_unary (py, frame, node);
    case STRATA_PY_NODE_BINARY:
      return evaluate_binary (py, frame, node);
    case STRATA_PY_NODE_BOOLEAN:
      return evaluate_boolean (py, frame, node);
    case STRATA_PY_NODE_COMPARE:
      return evaluate_compare (py, frame, node);
    case STRATA_PY_NODE_CONDITIONAL:
      return evaluate_conditional (py, frame, node);
    case STRATA_PY_NODE_NAMED:
      return evaluate_named (py, frame, node);
    case STRATA_PY_NODE_LAMBDA:
      return strata_py_define_function (py, frame, node);
    case STRATA_PY_NODE_LIST_COMP:
    case STRATA_PY_NODE_SET_COMP:
    case STRATA_PY_NODE_DICT_COMP:
    case STRATA_PY_NODE_GENERATOR:
      return strata_py_comprehend (py, frame, node);
    case STRATA_PY_NODE_AWAIT:
      return strata_py_refuse (py, "“await” waits for something outside");
    case STRATA_PY_NODE_YIELD:
    case STRATA_PY_NODE_YIELD_FROM:
      return strata_py_refuse (py, "“yield” is part of an expression");
    default:
      return strata_py_refuse (py, "this is not known here");
    }
}

static Value *
evaluate_literal (Machine            *py,
                  Frame              *frame,
                  const StrataPyNode *node)
{
  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_NAME:
      return strata_py_load_name (py, frame, node->name);
    case STRATA_PY_NODE_CONSTANT:
      return evaluate_constant (py, node);
    case STRATA_PY_NODE_NUMBER:
      return evaluate_number (py, node);
    case STRATA_PY_NODE_STRING:
      return evaluate_string (py, node);
    case STRATA_PY_NODE_FORMATTED:
      return strata_py_formatted (py, frame, node);
    case STRATA_PY_NODE_TUPLE:
    case STRATA_PY_NODE_LIST:
      return evaluate_sequence (py, frame, node);
    case STRATA_PY_NODE_SET:
      return evaluate_set (py, frame, node);
    case STRATA_PY_NODE_DICT:
      return evaluate_dict (py, frame, node);
    default:
      return evaluate_operation (py, frame, node);
    }
}

Value *
strata_py_evaluate (Machine            *py,
                    Frame              *frame,
                    const StrataPyNode *node)
{
  Value *value;

  frame->node = node;
  if (!strata_py_enter (py))
    return NULL;
  value = evaluate_literal (py, frame, node);
  strata_py_leave (py);

  return value;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"

static gboolean
add_keyword (Machine    *py,
             Dict       *keywords,
             const char *name,
             Value      *value)
{
  if (strata_py_dict_get_name (keywords, name) != NULL)
    return strata_py_raise (py, "TypeError", "got multiple values for keyword argument '%s'", name) != NULL;
  strata_py_dict_set_name (py, keywords, name, value);

  return TRUE;
}

/* "**options" */
static gboolean
add_keywords (Machine *py,
              Dict    *keywords,
              Value   *mapping)
{
  Dict *dict = strata_py_dict (py);
  guint position = 0;
  Value *key, *value;

  if (IS_OPAQUE (mapping))
    return strata_py_refuse_opaque (py, mapping, "gives the arguments of a call") != NULL;
  if (!IS_DICT (mapping))
    return strata_py_raise (py, "TypeError", "argument after ** must be a mapping, not %s", mapping->class->name) != NULL;
  if (!strata_py_update_dict (py, dict, mapping))
    return FALSE;
  while (strata_py_dict_next (dict, &position, &key, &value))
    {
      if (!IS_STR (key))
        return strata_py_raise (py, "TypeError", "keywords must be strings") != NULL;
      if (!add_keyword (py, keywords, ((Str *) key)->text, value))
        return FALSE;
    }

  return TRUE;
}

static Dict *
evaluate_keywords (Machine            *py,
                   Frame              *frame,
                   const StrataPyNode *node)
{
  Dict *keywords = strata_py_dict (py);

  for (guint i = 0; i < node->call.keywords.length; i++)
    {
      const StrataPyNode *keyword = node->call.keywords.items[i];
      Value *value = strata_py_evaluate (py, frame, keyword->attribute.value);

      if (value == NULL)
        return NULL;
      frame->node = node;
      if (keyword->attribute.name != NULL ? !add_keyword (py, keywords, keyword->attribute.name, value)
                                          : !add_keywords (py, keywords, value))
        return NULL;
    }

  return keywords;
}

Value *
strata_py_evaluate_call (Machine            *py,
                         Frame              *frame,
                         const StrataPyNode *node)
{
  Value *function = strata_py_evaluate (py, frame, node->call.function);
  List *positional = strata_py_new_list (py, STRATA_PY_VALUE_LIST, node->call.arguments.length);
  StrataPyArguments arguments = { NULL };
  Value *result;

  for (guint i = 0; function != NULL && i < node->call.arguments.length; i++)
    {
      const StrataPyNode *argument = node->call.arguments.items[i];
      gboolean is_starred = argument->kind == STRATA_PY_NODE_STARRED;
      Value *value = strata_py_evaluate (py, frame, is_starred ? argument->child : argument);

      if (value == NULL || !(is_starred ? strata_py_extend (py, positional, value)
                                        : strata_py_list_append (py, &positional->base, value)))
        return NULL;
    }
  if (function != NULL && node->call.keywords.length > 0)
    {
      arguments.keywords = evaluate_keywords (py, frame, node);
      if (arguments.keywords == NULL)
        return NULL;
    }
  if (function == NULL)
    return NULL;

  frame->node = node;
  arguments.positional = positional->items;
  arguments.n_positional = positional->length;
  result = strata_py_call (py, function, &arguments);
  frame->node = node;

  return result;
}

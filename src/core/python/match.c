/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"

/* The patterns of "case". 1: matches, 0: does not, -1: failed. */

static int
match_value (Machine            *py,
             Frame              *frame,
             const StrataPyNode *node,
             Value              *subject)
{
  Value *value = strata_py_evaluate (py, frame, node->child);

  if (value == NULL)
    return -1;
  if (node->child->kind == STRATA_PY_NODE_CONSTANT)
    {
      if (IS_OPAQUE (subject))
        strata_py_refuse_opaque (py, subject, "is compared");
      return IS_OPAQUE (subject) ? -1 : value == subject;
    }

  return strata_py_equal (py, subject, value);
}

static int
capture (Machine    *py,
         Frame      *frame,
         const char *name,
         Value      *value)
{
  return name == NULL || strata_py_store_name (py, frame, name, value) ? 1 : -1;
}

static int
match_sequence (Machine            *py,
                Frame              *frame,
                const StrataPyNode *node,
                Value              *subject)
{
  List *list = (List *) subject;
  guint n = node->list.length;
  guint star = n;

  if (!IS_LIST (subject) && !IS_TUPLE (subject))
    return 0;
  for (guint i = 0; i < n; i++)
    if (node->list.items[i]->kind == STRATA_PY_NODE_PATTERN_STAR)
      star = i;
  if (star == n ? list->length != n : list->length < n - 1)
    return 0;

  for (guint i = 0; i < n; i++)
    {
      const StrataPyNode *item = node->list.items[i];
      gsize after = n - 1 - i;
      int matches;

      if (i == star)
        matches = capture (py, frame, item->name, strata_py_list (py, list->items + i, list->length - i - after));
      else
        matches = strata_py_match_pattern (py, frame, item, list->items[i < star ? i : list->length - 1 - after]);
      if (matches <= 0)
        return matches;
    }

  return 1;
}

static int
match_mapping (Machine            *py,
               Frame              *frame,
               const StrataPyNode *node,
               Value              *subject)
{
  Dict *rest = strata_py_dict (py);

  if (!IS_DICT (subject))
    return 0;
  if (!strata_py_dict_merge (py, rest, (Dict *) subject))
    return -1;
  for (guint i = 0; i + 1 < node->list.length; i += 2)
    {
      const StrataPyNode *key_node = node->list.items[i];
      Value *key, *value;
      int matches;

      if (key_node == NULL)
        return capture (py, frame, node->list.items[i + 1]->name, &rest->base);
      key = strata_py_evaluate (py, frame, key_node->kind == STRATA_PY_NODE_PATTERN_VALUE ? key_node->child : key_node);
      if (key == NULL)
        return -1;
      value = strata_py_dict_get (py, (Dict *) subject, key);
      if (value == NULL)
        return strata_py_has_failed (py) ? -1 : 0;
      strata_py_dict_remove (py, rest, key, NULL);
      matches = strata_py_match_pattern (py, frame, node->list.items[i + 1], value);
      if (matches <= 0)
        return matches;
    }

  return 1;
}

/* The attribute that a pattern without a name is for. */
static Value *
positional_attribute (Machine *py,
                      Class   *class,
                      Value   *subject,
                      guint    i)
{
  List *names = (List *) strata_py_class_lookup (py, class, "__match_args__");
  const char *name;

  if (names == NULL || !IS_TUPLE (&names->base))
    return i == 0 && !class->is_user && class->kind != STRATA_PY_VALUE_OBJECT ? subject
           : strata_py_refuse (py, "what “%s()” matches by position is not known here", class->name);
  name = i < names->length ? strata_py_value_get_text (names->items[i], NULL) : NULL;

  return name != NULL ? strata_py_get_attribute (py, subject, name)
                      : strata_py_raise (py, "TypeError", "%s() accepts %" G_GSIZE_FORMAT " positional sub-patterns", class->name,
                                         names->length);
}

static int
match_class (Machine            *py,
             Frame              *frame,
             const StrataPyNode *node,
             Value              *subject)
{
  Value *class = strata_py_evaluate (py, frame, node->call.function);
  int matches = class != NULL ? strata_py_check_instance (py, subject, class, FALSE) : -1;

  for (guint i = 0; matches > 0 && i < node->call.arguments.length; i++)
    {
      Value *value = positional_attribute (py, (Class *) class, subject, i);

      matches = value != NULL ? strata_py_match_pattern (py, frame, node->call.arguments.items[i], value) : -1;
    }
  for (guint i = 0; matches > 0 && i < node->call.keywords.length; i++)
    {
      const StrataPyNode *keyword = node->call.keywords.items[i];
      Value *value = strata_py_find_attribute (py, subject, keyword->attribute.name);

      if (value == NULL)
        return strata_py_has_failed (py) && !strata_py_catch (py, "AttributeError") ? -1 : 0;
      matches = strata_py_match_pattern (py, frame, keyword->attribute.value, value);
    }

  return matches;
}

static int
match_or (Machine            *py,
          Frame              *frame,
          const StrataPyNode *node,
          Value              *subject)
{
  for (guint i = 0; i < node->list.length; i++)
    {
      int matches = strata_py_match_pattern (py, frame, node->list.items[i], subject);

      if (matches != 0)
        return matches;
    }

  return 0;
}

int
strata_py_match_pattern (Machine            *py,
                         Frame              *frame,
                         const StrataPyNode *node,
                         Value              *subject)
{
  int matches;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_PATTERN_VALUE:
      return match_value (py, frame, node, subject);
    case STRATA_PY_NODE_PATTERN_CAPTURE:
      return capture (py, frame, node->name, subject);
    case STRATA_PY_NODE_PATTERN_OR:
      return match_or (py, frame, node, subject);
    case STRATA_PY_NODE_PATTERN_AS:
      matches = strata_py_match_pattern (py, frame, node->attribute.value, subject);
      return matches > 0 ? capture (py, frame, node->attribute.name, subject) : matches;
    default:
      break;
    }
  if (IS_OPAQUE (subject))
    {
      strata_py_refuse_opaque (py, subject, "is matched");
      return -1;
    }
  if (node->kind == STRATA_PY_NODE_PATTERN_SEQUENCE)
    return match_sequence (py, frame, node, subject);
  if (node->kind == STRATA_PY_NODE_PATTERN_MAPPING)
    return match_mapping (py, frame, node, subject);

  return match_class (py, frame, node, subject);
}

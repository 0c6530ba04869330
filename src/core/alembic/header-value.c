/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/header-value.h"

#include <string.h>

static const StrataHeaderValue *
new_text (const StrataHeaderConstants *constants,
          const char                  *text)
{
  StrataHeaderValue *value = strata_py_arena_new_struct (constants->arena, StrataHeaderValue);

  value->kind = STRATA_HEADER_TEXT;
  value->text = text;

  return value;
}

static const StrataHeaderValue *
new_list (const StrataHeaderConstants *constants,
          GPtrArray                   *members,
          gboolean                     can_change)
{
  StrataHeaderValue *value = strata_py_arena_new_struct (constants->arena, StrataHeaderValue);
  const char **list = strata_py_arena_alloc (constants->arena, (members->len + 1) * sizeof (char *));

  if (members->len > 0)
    memcpy (list, members->pdata, members->len * sizeof (char *));
  value->kind = STRATA_HEADER_LIST;
  value->list = list;
  value->length = members->len;
  value->can_change = can_change;

  return value;
}

static void
add_list (GPtrArray               *members,
          const StrataHeaderValue *list)
{
  for (guint i = 0; i < list->length; i++)
    g_ptr_array_add (members, (gpointer) list->list[i]);
}

/* "a" + "b", ("a",) + ("b",) */
const StrataHeaderValue *
strata_header_join (const StrataHeaderConstants *constants,
                    const StrataHeaderValue     *first,
                    const StrataHeaderValue     *second)
{
  g_autoptr(GPtrArray) members = NULL;

  if (first == NULL || second == NULL || first->kind != second->kind || first->kind == STRATA_HEADER_NONE)
    return NULL;

  if (first->kind == STRATA_HEADER_TEXT)
    {
      g_autofree char *text = g_strconcat (first->text, second->text, NULL);

      return new_text (constants, strata_py_arena_strndup (constants->arena, text, strlen (text)));
    }

  members = g_ptr_array_new ();
  add_list (members, first);
  add_list (members, second);

  return new_list (constants, members, first->can_change);
}

static const StrataHeaderValue *
evaluate_members (const StrataHeaderConstants *constants,
                  StrataPyList                 nodes,
                  gboolean                     can_change)
{
  g_autoptr(GPtrArray) members = g_ptr_array_sized_new (nodes.length);

  for (guint i = 0; i < nodes.length; i++)
    {
      const StrataPyNode *node = nodes.items[i];
      gboolean is_starred = node->kind == STRATA_PY_NODE_STARRED;
      const StrataHeaderValue *value = strata_header_evaluate (constants, is_starred ? node->child : node);

      if (value == NULL || value->kind != (is_starred ? STRATA_HEADER_LIST : STRATA_HEADER_TEXT))
        return NULL;
      if (is_starred)
        add_list (members, value);
      else
        g_ptr_array_add (members, (gpointer) value->text);
    }

  return new_list (constants, members, can_change);
}

/* tuple(["a"]), set(): of one list, or of nothing. */
static const StrataHeaderValue *
evaluate_call (const StrataHeaderConstants *constants,
               const StrataPyNode          *node)
{
  static const char * const makers[] = { "frozenset", "list", "set", "tuple", NULL };
  const StrataPyNode *function = node->call.function;
  g_autoptr(GPtrArray) members = NULL;
  const StrataHeaderValue *value;

  if (function->kind != STRATA_PY_NODE_NAME || !g_strv_contains (makers, function->name) ||
      (constants->names != NULL && g_hash_table_contains (constants->names, function->name)) ||
      node->call.arguments.length > 1 || node->call.keywords.length > 0)
    return NULL;

  members = g_ptr_array_new ();
  if (node->call.arguments.length == 1)
    {
      value = strata_header_evaluate (constants, node->call.arguments.items[0]);
      if (value == NULL || value->kind != STRATA_HEADER_LIST)
        return NULL;
      add_list (members, value);
    }

  return new_list (constants, members, TRUE);
}

static const StrataHeaderValue *
evaluate_string (const StrataHeaderConstants *constants,
                 const StrataPyString        *string)
{
  if (string->is_bytes || !string->is_exact || strlen (string->text) != string->length)
    return NULL;

  return new_text (constants, string->text);
}

/* An f-string, with nothing in its fields but text that is known. */
static const StrataHeaderValue *
evaluate_formatted (const StrataHeaderConstants *constants,
                    StrataPyList                 parts)
{
  const StrataHeaderValue *joined = new_text (constants, "");

  for (guint i = 0; i < parts.length && joined != NULL; i++)
    {
      const StrataPyNode *part = parts.items[i];
      const StrataPyNode *node = part->kind == STRATA_PY_NODE_FIELD ? part->field.value : part;

      if (part->kind == STRATA_PY_NODE_FIELD &&
          (part->field.conversion != '\0' || part->field.format != NULL || part->field.text != NULL))
        return NULL;
      joined = strata_header_join (constants, joined, strata_header_evaluate (constants, node));
    }

  return joined;
}

const StrataHeaderValue *
strata_header_evaluate (const StrataHeaderConstants *constants,
                        const StrataPyNode          *node)
{
  static const StrataHeaderValue none = { STRATA_HEADER_NONE };

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_CONSTANT:
      return node->op == STRATA_PY_NONE ? &none : NULL;
    case STRATA_PY_NODE_STRING:
      return evaluate_string (constants, &node->string);
    case STRATA_PY_NODE_FORMATTED:
      return evaluate_formatted (constants, node->list);
    case STRATA_PY_NODE_TUPLE:
    case STRATA_PY_NODE_LIST:
    case STRATA_PY_NODE_SET:
      return evaluate_members (constants, node->list, node->kind != STRATA_PY_NODE_TUPLE);
    case STRATA_PY_NODE_NAME:
      return strata_header_get (constants, node->name);
    case STRATA_PY_NODE_CALL:
      return evaluate_call (constants, node);
    case STRATA_PY_NODE_BINARY:
      if (node->op != STRATA_PY_PLUS)
        return NULL;
      return strata_header_join (constants, strata_header_evaluate (constants, node->pair.first),
                                 strata_header_evaluate (constants, node->pair.second));
    default:
      return NULL;
    }
}

const StrataHeaderValue *
strata_header_get (const StrataHeaderConstants *constants,
                   const char                  *name)
{
  return constants->names != NULL ? g_hash_table_lookup (constants->names, name) : NULL;
}

void
strata_header_set (StrataHeaderConstants   *constants,
                   const char              *name,
                   const StrataHeaderValue *value)
{
  if (constants->names == NULL)
    constants->names = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (constants->names, (gpointer) name, (gpointer) value);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/frame.h"
#include "core/env/natives.h"

#define DEEPEST 60   /* of calls */

StrataPlace
strata_env_place (StrataEnvFrame     *frame,
                  const StrataPyNode *node)
{
  StrataPlace place = strata_py_tree_get_place (frame->module->tree, node);

  /* The tree goes away before the values do; the reader keeps the path. */
  place.file = frame->module->path;

  return place;
}

StrataEnvThing *
strata_env_not_followed (StrataEnvReader    *self,
                         StrataEnvFrame     *frame,
                         const StrataPyNode *node)
{
  g_autofree char *quote = strata_py_tree_quote (frame->module->tree, node);
  g_autofree char *reason = g_strdup_printf (_("“%s” can't be followed"), quote);

  return strata_env_thing_unknown (self, strata_env_place (frame, node), reason);
}

static StrataEnvThing *
new_constant (StrataEnvReader *self,
              StrataEnvOp      op,
              StrataPlace      place)
{
  return strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena, op, place, NULL));
}

static StrataEnvThing *
new_condition (StrataEnvReader      *self,
               const StrataEnvValue *condition)
{
  return strata_env_thing_of_value (self, condition);
}

/* The names of the function, of those around it, of the module; then Python's own. */
static StrataEnvThing *
look_up (StrataEnvReader    *self,
         StrataEnvFrame     *frame,
         const StrataPyNode *node)
{
  g_autofree char *builtin = NULL;
  StrataPlace place = strata_env_place (frame, node);
  StrataEnvThing *found;

  for (StrataEnvThing *names = frame->names; names != NULL; names = names->first)
    if ((found = strata_env_cell_get (names, node->name)) != NULL)
      return strata_env_resolve (self, found);
  if ((found = strata_env_cell_get (frame->module->thing, node->name)) != NULL)
    return strata_env_resolve (self, found);

  if (strcmp (node->name, "__file__") == 0)
    return strata_env_thing_of_text (self, place, frame->module->path);
  if (strcmp (node->name, "__name__") == 0)
    return strata_env_thing_of_text (self, place, *frame->module->name != '\0' ? frame->module->name : "env_py");

  found = strata_env_cell_get (frame->module->thing, "*");
  if (found != NULL && !strata_env_is_builtin (node->name))
    return strata_env_outside_get (self, place, found->text, node->name);

  builtin = g_strconcat (strata_env_is_builtin (node->name) ? "builtins." : "", node->name, NULL);

  return strata_env_thing_outside (self, place, builtin);
}

static StrataEnvThing *
evaluate_string (StrataEnvReader    *self,
                 StrataEnvFrame     *frame,
                 const StrataPyNode *node)
{
  if (!node->string.is_exact || node->string.is_bytes || strlen (node->string.text) != node->string.length)
    return strata_env_not_followed (self, frame, node);

  return strata_env_thing_of_text (self, strata_env_place (frame, node), node->string.text);
}

typedef struct
{
  StrataEnvReader *reader;
  StrataEnvFrame  *frame;
} Parts;

static void
evaluate_part (const StrataPyNode *node,
               gpointer            data)
{
  Parts *parts = data;

  if (node->kind < STRATA_PY_NODE_EXPRESSION)
    strata_env_evaluate (parts->reader, parts->frame, node);
}

/* What is in an expression that is not followed itself happens all the same. */
static StrataEnvThing *
evaluate_parts (StrataEnvReader    *self,
                StrataEnvFrame     *frame,
                const StrataPyNode *node)
{
  Parts parts = { self, frame };

  strata_py_node_foreach (node, evaluate_part, &parts);
  strata_env_risk (self);

  return strata_env_not_followed (self, frame, node);
}

static StrataEnvThing *
evaluate_formatted (StrataEnvReader    *self,
                    StrataEnvFrame     *frame,
                    const StrataPyNode *node)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();

  for (guint i = 0; i < node->list.length; i++)
    {
      const StrataPyNode *part = node->list.items[i];
      StrataEnvThing *thing;

      if (part->kind != STRATA_PY_NODE_FIELD)
        thing = strata_env_evaluate (self, frame, part);
      else if (part->field.text != NULL || part->field.format != NULL ||
               (part->field.conversion != '\0' && part->field.conversion != 's'))
        thing = evaluate_parts (self, frame, part);
      else
        thing = strata_env_evaluate (self, frame, part->field.value);
      g_ptr_array_add (parts, (gpointer) strata_env_thing_to_value (self, thing));
    }

  return strata_env_thing_of_value (self, strata_env_value_new_join (self->arena, strata_env_place (frame, node),
                                                                     parts));
}

static StrataEnvThing *
evaluate_members (StrataEnvReader    *self,
                  StrataEnvFrame     *frame,
                  const StrataPyNode *node)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new ();
  gboolean is_open = FALSE;
  StrataEnvThing *list;

  for (guint i = 0; i < node->list.length; i++)
    {
      const StrataPyNode *member = node->list.items[i];
      gboolean is_starred = member->kind == STRATA_PY_NODE_STARRED;
      StrataEnvThing *item = strata_env_evaluate (self, frame, is_starred ? member->child : member);

      if (!is_starred)
        g_ptr_array_add (items, item);
      else if (item->kind == STRATA_THING_LIST && !item->is_open)
        for (guint j = 0; j < item->n_items; j++)
          g_ptr_array_add (items, item->items[j]);
      else
        is_open = TRUE;
    }

  list = strata_env_thing_list (self, strata_env_place (frame, node), items);
  list->is_open = is_open;

  return list;
}

static StrataEnvThing *
evaluate_dict (StrataEnvReader    *self,
               StrataEnvFrame     *frame,
               const StrataPyNode *node)
{
  StrataEnvThing *dict = strata_env_thing_new (self, STRATA_THING_DICT, strata_env_place (frame, node));

  for (guint i = 0; i + 1 < node->list.length; i += 2)
    {
      StrataEnvThing *value = strata_env_evaluate (self, frame, node->list.items[i + 1]);

      if (node->list.items[i] == NULL)
        strata_env_dict_update (self, dict, value);
      else
        strata_env_set_item (self, dict, strata_env_evaluate (self, frame, node->list.items[i]), value);
    }

  return dict;
}

static StrataEnvThing *evaluate_boolean (StrataEnvReader    *self,
                                         StrataEnvFrame     *frame,
                                         const StrataPyNode *node,
                                         guint               i);

/* The second of two is only worked out where the first does not decide. */
static StrataEnvThing *
evaluate_second (StrataEnvReader      *self,
                 StrataEnvFrame       *frame,
                 const StrataPyNode   *node,
                 guint                 i,
                 const StrataEnvValue *condition)
{
  gboolean is_or = node->op == STRATA_PY_OR;
  StrataEnvThing *second;
  StrataEnvFork fork;

  if (strata_env_value_get_truth (condition) != STRATA_ENV_SOMETIMES)
    return evaluate_boolean (self, frame, node, i);

  strata_env_fork_begin (self, frame, &fork, is_or ? strata_env_not (self, condition) : condition);
  second = evaluate_boolean (self, frame, node, i);
  strata_env_fork_turn (self, frame, &fork, TRUE);
  strata_env_fork_end (self, frame, &fork, TRUE);

  return second;
}

/* "a or b", "a and b": the second may be of any kind. */
static StrataEnvThing *
evaluate_boolean (StrataEnvReader    *self,
                  StrataEnvFrame     *frame,
                  const StrataPyNode *node,
                  guint               i)
{
  StrataEnvThing *first = strata_env_evaluate (self, frame, node->list.items[i]);
  gboolean is_or = node->op == STRATA_PY_OR;
  const StrataEnvValue *condition;
  StrataEnvThing *second;

  if (i + 1 == node->list.length)
    return first;

  condition = strata_env_truth (self, first);
  if (strata_env_value_get_truth (condition) == (is_or ? STRATA_ENV_ALWAYS : STRATA_ENV_NEVER))
    return first;

  second = evaluate_second (self, frame, node, i + 1, condition);
  if (first->kind == STRATA_THING_VALUE && second->kind == STRATA_THING_VALUE)
    return strata_env_thing_of_value (self, strata_env_value_new_op (self->arena, is_or ? STRATA_ENV_OP_OR
                                                                                        : STRATA_ENV_OP_AND,
                                                                     strata_env_place (frame, node), 0, 2,
                                                                     first->value, second->value));

  return is_or ? strata_env_thing_choice (self, condition, first, second)
               : strata_env_thing_choice (self, condition, second, first);
}

static StrataEnvThing *
evaluate_conditional (StrataEnvReader    *self,
                      StrataEnvFrame     *frame,
                      const StrataPyNode *node)
{
  const StrataEnvValue *condition = strata_env_truth (self, strata_env_evaluate (self, frame, node->list.items[0]));
  StrataEnvTruth truth = strata_env_value_get_truth (condition);
  StrataEnvThing *first, *second;
  StrataEnvFork fork;

  if (truth != STRATA_ENV_SOMETIMES)
    return strata_env_evaluate (self, frame, node->list.items[truth == STRATA_ENV_ALWAYS ? 1 : 2]);

  strata_env_fork_begin (self, frame, &fork, condition);
  first = strata_env_evaluate (self, frame, node->list.items[1]);
  strata_env_fork_turn (self, frame, &fork, TRUE);
  second = strata_env_evaluate (self, frame, node->list.items[2]);
  strata_env_fork_end (self, frame, &fork, TRUE);

  return strata_env_thing_choice (self, condition, first, second);
}

static StrataEnvThing *
evaluate_unary (StrataEnvReader    *self,
                StrataEnvFrame     *frame,
                const StrataPyNode *node)
{
  StrataEnvThing *operand = strata_env_evaluate (self, frame, node->child);
  g_autofree char *text = NULL;

  if (node->op == STRATA_PY_NOT)
    return new_condition (self, strata_env_not (self, strata_env_truth (self, operand)));
  if (node->op != STRATA_PY_MINUS || operand->kind != STRATA_THING_VALUE ||
      operand->value->op != STRATA_ENV_OP_NUMBER)
    return strata_env_not_followed (self, frame, node);

  text = g_strconcat ("-", operand->value->text, NULL);

  return strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_NUMBER,
                                                                     strata_env_place (frame, node), text));
}

static StrataEnvThing *
evaluate_constant (StrataEnvReader    *self,
                   StrataEnvFrame     *frame,
                   const StrataPyNode *node)
{
  StrataPlace place = strata_env_place (frame, node);
  g_autofree char *digits = NULL;

  if (node->kind == STRATA_PY_NODE_CONSTANT)
    switch ((int) node->op)
      {
      case STRATA_PY_NONE:
        return new_constant (self, STRATA_ENV_OP_NONE, place);
      case STRATA_PY_TRUE:
        return new_constant (self, STRATA_ENV_OP_TRUE, place);
      case STRATA_PY_FALSE:
        return new_constant (self, STRATA_ENV_OP_FALSE, place);
      default:
        return strata_env_thing_outside (self, place, "builtins.Ellipsis");
      }

  if (strspn (node->name, "0123456789_.") != strlen (node->name))
    return strata_env_not_followed (self, frame, node);

  digits = g_strdup (node->name);
  for (char *from = digits, *to = digits; ; from++)
    {
      if (*from != '_')
        *to++ = *from;
      if (*from == '\0')
        break;
    }

  return strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_NUMBER, place, digits));
}

static StrataEnvThing *
evaluate_node (StrataEnvReader    *self,
               StrataEnvFrame     *frame,
               const StrataPyNode *node)
{
  StrataEnvThing *thing;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_NAME:
      return look_up (self, frame, node);
    case STRATA_PY_NODE_CONSTANT:
    case STRATA_PY_NODE_NUMBER:
      return evaluate_constant (self, frame, node);
    case STRATA_PY_NODE_STRING:
      return evaluate_string (self, frame, node);
    case STRATA_PY_NODE_FORMATTED:
      return evaluate_formatted (self, frame, node);
    case STRATA_PY_NODE_TUPLE:
    case STRATA_PY_NODE_LIST:
    case STRATA_PY_NODE_SET:
      return evaluate_members (self, frame, node);
    case STRATA_PY_NODE_DICT:
      return evaluate_dict (self, frame, node);
    case STRATA_PY_NODE_ATTRIBUTE:
      return strata_env_attribute (self, frame, node, strata_env_evaluate (self, frame, node->attribute.value),
                                   node->attribute.name);
    case STRATA_PY_NODE_SUBSCRIPT:
      thing = strata_env_evaluate (self, frame, node->pair.first);
      return strata_env_subscript (self, frame, node, thing);
    case STRATA_PY_NODE_CALL:
      return strata_env_call_node (self, frame, node);
    case STRATA_PY_NODE_BINARY:
      thing = strata_env_evaluate (self, frame, node->pair.first);
      return strata_env_binary (self, frame, node, thing, strata_env_evaluate (self, frame, node->pair.second));
    case STRATA_PY_NODE_BOOLEAN:
      return evaluate_boolean (self, frame, node, 0);
    case STRATA_PY_NODE_UNARY:
      return evaluate_unary (self, frame, node);
    case STRATA_PY_NODE_COMPARE:
      return strata_env_compare (self, frame, node);
    case STRATA_PY_NODE_CONDITIONAL:
      return evaluate_conditional (self, frame, node);
    case STRATA_PY_NODE_LAMBDA:
      return strata_env_function_new (self, frame, node);
    case STRATA_PY_NODE_AWAIT:
      return strata_env_evaluate (self, frame, node->child);
    case STRATA_PY_NODE_NAMED:
      thing = strata_env_evaluate (self, frame, node->pair.second);
      strata_env_assign (self, frame, node->pair.first, thing);
      return thing;
    case STRATA_PY_NODE_LIST_COMP:
    case STRATA_PY_NODE_SET_COMP:
    case STRATA_PY_NODE_DICT_COMP:
    case STRATA_PY_NODE_GENERATOR:
      return strata_env_comprehension (self, frame, node);
    default:
      return evaluate_parts (self, frame, node);
    }
}

StrataEnvThing *
strata_env_evaluate (StrataEnvReader    *self,
                     StrataEnvFrame     *frame,
                     const StrataPyNode *node)
{
  StrataEnvThing *thing;

  self->n_steps++;
  if (self->given_up || self->depth > DEEPEST * 8)
    return strata_env_not_followed (self, frame, node);

  self->depth++;
  thing = evaluate_node (self, frame, node);
  self->depth--;

  return thing;
}

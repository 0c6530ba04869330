/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What "Field(...)" and validators say about a field. */

StrataEnvThing *
strata_env_field_get_call (const StrataEnvField *field)
{
  return field->assigned != NULL && field->assigned->kind == STRATA_THING_OBJECT &&
         g_str_has_suffix (field->assigned->text, ".Field") ? field->assigned : NULL;
}

static void
add_names (GPtrArray      *names,
           StrataEnvThing *thing,
           gboolean       *is_known)
{
  gboolean is_list = thing->kind == STRATA_THING_LIST ||
                     (thing->kind == STRATA_THING_OBJECT && g_str_has_suffix (thing->text, ".AliasChoices"));

  if (is_list && !thing->is_open)
    for (guint i = 0; i < thing->n_items; i++)
      add_names (names, thing->items[i], is_known);
  else if (strata_env_thing_is_text (thing, NULL))
    g_ptr_array_add (names, (gpointer) thing->value->text);
  else if (thing->kind != STRATA_THING_VALUE || thing->value->op != STRATA_ENV_OP_NONE)
    *is_known = FALSE;
}

static gboolean
has_known_arguments (StrataEnvThing *call)
{
  static const char * const known[] = {
    "alias", "default", "default_factory", "deprecated", "description", "env", "example", "examples", "exclude", "frozen",
    "ge", "gt", "json_schema_extra", "kw_only", "le", "lt", "max_length", "min_length", "multiple_of", "pattern", "regex",
    "repr", "serialization_alias", "strict", "title", "validate_default", "validation_alias", NULL,
  };
  GHashTableIter iter;
  gpointer name, value;

  if (call->is_open)
    return FALSE;
  if (call->cells == NULL)
    return TRUE;

  g_hash_table_iter_init (&iter, call->cells);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (value != NULL && !g_strv_contains (known, name))
      return FALSE;

  return TRUE;
}

/* Given names are as they are, its own has the prefix. */
gboolean
strata_env_field_get_names (const StrataEnvField   *field,
                            const StrataEnvOptions *options,
                            GPtrArray              *names,
                            GPtrArray              *own)
{
  static const char * const new_keys[] = { "validation_alias", "alias", NULL };
  static const char * const old_keys[] = { "env", NULL };
  const char * const *keys = options->is_old ? old_keys : new_keys;
  StrataEnvThing *call = strata_env_field_get_call (field);
  gboolean is_known = call == NULL || has_known_arguments (call);

  for (guint i = 0; call != NULL && keys[i] != NULL && names->len == 0; i++)
    {
      StrataEnvThing *given = strata_env_cell_get (call, keys[i]);

      if (given != NULL)
        add_names (names, given, &is_known);
    }

  if (names->len == 0 || options->by_name)
    {
      g_ptr_array_add (own, g_strconcat (options->prefix, field->name, NULL));
      g_ptr_array_add (names, own->pdata[own->len - 1]);
    }

  return is_known;
}

static gboolean
is_named (const StrataPyNode *node,
          const char         *name)
{
  return (node->kind == STRATA_PY_NODE_NAME && strcmp (node->name, name) == 0) ||
         (node->kind == STRATA_PY_NODE_ATTRIBUTE && strcmp (node->attribute.name, name) == 0);
}

static const StrataPyNode *
get_decorator (const StrataPyNode *function,
               const char         *name)
{
  const StrataPyExtras *extras = function->kind == STRATA_PY_NODE_FUNCTION ? function->definition.extras : NULL;

  for (guint i = 0; extras != NULL && i < extras->decorators.length; i++)
    {
      const StrataPyNode *decorator = extras->decorators.items[i];

      if (decorator->kind == STRATA_PY_NODE_CALL && is_named (decorator->call.function, name))
        return decorator;
    }

  return NULL;
}

static const StrataPyNode *
get_keyword (const StrataPyNode *call,
             const char         *name)
{
  for (guint i = 0; i < call->call.keywords.length; i++)
    if (g_strcmp0 (call->call.keywords.items[i]->attribute.name, name) == 0)
      return call->call.keywords.items[i]->attribute.value;

  return NULL;
}

static gboolean
has_mode (const StrataPyNode *decorator,
          const char         *mode)
{
  const StrataPyNode *value = get_keyword (decorator, "mode");

  return value != NULL && value->kind == STRATA_PY_NODE_STRING && strcmp (value->string.text, mode) == 0;
}

gboolean
strata_env_has_mode (const StrataPyNode *function,
                     const char         *mode)
{
  const StrataPyNode *decorator = get_decorator (function, "model_validator");

  return decorator != NULL && has_mode (decorator, mode);
}

/* "@validator("URL", pre=True)", "@field_validator(...)": the decorator, where it may be for this field. */
static const StrataPyNode *
get_validator (const StrataPyNode *function,
               const char         *field)
{
  const StrataPyNode *decorator = get_decorator (function, "validator");

  if (decorator == NULL)
    decorator = get_decorator (function, "field_validator");
  for (guint i = 0; decorator != NULL && i < decorator->call.arguments.length; i++)
    {
      const StrataPyNode *name = decorator->call.arguments.items[i];

      if (name->kind != STRATA_PY_NODE_STRING || strcmp (name->string.text, field) == 0 ||
          strcmp (name->string.text, "*") == 0)
        return decorator;
    }

  return NULL;
}

/* Whether anything in the class may change what a field comes to. */
gboolean
strata_env_class_validates (StrataEnvThing *class_thing)
{
  static const char * const kinds[] = { "field_validator", "model_validator", "root_validator", "validator", NULL };
  StrataEnvThing *order = class_thing->second;

  for (guint i = 0; i < order->n_items; i++)
    for (guint j = 0; j < order->items[i]->node->definition.body.length; j++)
      {
        const StrataPyNode *node = order->items[i]->node->definition.body.items[j];

        if (node->kind == STRATA_PY_NODE_FUNCTION && strata_env_has_decorator (node, kinds))
          return TRUE;
      }

  return strata_env_class_find (class_thing, "model_post_init") != NULL ||
         strata_env_class_find (class_thing, "__init__") != NULL;
}

/* What is set in the body of a class, with an annotation or (in pydantic 1) without. */
static const StrataPyNode *
get_target (const StrataPyNode *node)
{
  if (node->kind == STRATA_PY_NODE_ANNOTATED)
    return node->list.items[0];

  return node->kind == STRATA_PY_NODE_ASSIGN && node->assign.targets.length == 1 ? node->assign.targets.items[0] : NULL;
}

/* The fields before this one, as a validator is given them: by name, and as the data of an "info". */
static StrataEnvThing *
make_values (StrataEnvReader      *self,
             StrataEnvFrame       *frame,
             StrataEnvThing       *instance,
             const StrataEnvField *field)
{
  StrataEnvThing *values = strata_env_thing_new (self, STRATA_THING_DICT, instance->place);
  StrataEnvThing *order = instance->first->second;

  for (guint i = order->n_items; i > 0; i--)
    {
      StrataPyList body = order->items[i - 1]->node->definition.body;

      for (guint j = 0; j < body.length && body.items[j] != field->node; j++)
        {
          const StrataPyNode *target = get_target (body.items[j]);
          StrataEnvThing *value = NULL;

          if (target != NULL && target->kind == STRATA_PY_NODE_NAME && strcmp (target->name, field->name) != 0)
            value = strata_env_field_get (self, frame, field->node, instance, target->name);
          if (value != NULL)
            strata_env_cell_set (self, values, target->name, value);
        }
      if (order->items[i - 1] == field->class_thing)
        break;
    }

  return values;
}

/* One function: it may or may not take the class, and the other fields. */
static StrataEnvThing *
call_validator (StrataEnvReader      *self,
                StrataEnvFrame       *frame,
                StrataEnvThing       *instance,
                const StrataEnvField *field,
                const StrataPyNode   *decorator,
                StrataEnvThing       *function,
                StrataEnvThing       *value)
{
  StrataPyList parameters = function->node->definition.parameters;
  gboolean has_class = parameters.length > 0 && strcmp (parameters.items[0]->parameter.name, "cls") == 0;
  guint n = parameters.length - has_class;
  StrataEnvThing *more = n > 1 ? make_values (self, frame, instance, field) : NULL;
  StrataEnvThing *info;

  if (n == 0 || n > 2 || has_mode (decorator, "wrap"))
    return strata_env_thing_unknown (self, instance->place, _("this validator was not followed"));

  if (more != NULL && is_named (decorator->call.function, "field_validator"))
    {
      info = strata_env_thing_new (self, STRATA_THING_OBJECT, instance->place);
      info->text = "pydantic.ValidationInfo";
      strata_env_cell_set (self, info, "data", more);
      more = info;
    }
  else if (more != NULL && strcmp (parameters.items[parameters.length - 1]->parameter.name, "values") != 0)
    more = strata_env_thing_unknown (self, instance->place, _("what this validator is given was not followed"));

  return has_class ? strata_env_call_with (self, frame, field->node, function, field->class_thing, value, more, NULL)
                   : strata_env_call_with (self, frame, field->node, function, value, more, NULL);
}

StrataEnvThing *
strata_env_field_validate (StrataEnvReader      *self,
                           StrataEnvFrame       *frame,
                           StrataEnvThing       *instance,
                           const StrataEnvField *field,
                           StrataEnvThing       *value)
{
  StrataEnvThing *order = instance->first->second;
  const StrataPyNode *found = NULL;
  StrataEnvThing *function = NULL;
  guint n_found = 0;

  for (guint i = 0; i < order->n_items; i++)
    for (guint j = 0; j < order->items[i]->node->definition.body.length; j++)
      {
        const StrataPyNode *node = order->items[i]->node->definition.body.items[j];
        const StrataPyNode *validator = get_validator (node, field->name);
        StrataEnvThing *defined = validator != NULL ? strata_env_class_find (instance->first, node->definition.name) : NULL;

        if (validator == NULL || (defined != NULL && defined->kind == STRATA_THING_FUNCTION && defined->node != node))
          continue;
        found = validator;
        function = defined;
        n_found++;
      }

  if (n_found == 0)
    return value;
  if (n_found > 1 || function == NULL || function->kind != STRATA_THING_FUNCTION || field->kind != STRATA_ENV_AS_TEXT)
    return strata_env_thing_unknown (self, instance->place, _("the validators of this setting were not followed"));
  for (guint i = 0; i < found->call.arguments.length; i++)
    if (found->call.arguments.items[i]->kind != STRATA_PY_NODE_STRING)
      return strata_env_thing_unknown (self, instance->place,
                                       _("which settings a validator is for was not understood"));

  return call_validator (self, frame, instance, field, found, function, value);
}

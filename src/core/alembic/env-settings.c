/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-reader.h"

#include <string.h>

#include "core/alembic/env-frame.h"
#include "core/alembic/env-natives.h"

#define DEEPEST_BASE 20
#define MOST_FILES   8

/* How a pydantic settings class reads its fields. */
typedef struct
{
  StrataEnvThing *file;            /* env_file; NULL: none */
  const char     *prefix;
  const char     *delimiter;       /* of nested names; NULL: none */
  gboolean        case_sensitive;
  gboolean        is_known;
} Options;

/* A field: its annotation and what is assigned to it. */
typedef struct
{
  const StrataPyNode *node;        /* ANNOTATED */
  StrataEnvThing     *class_thing; /* that it stands in */
} Field;

static gboolean
find_field (StrataEnvThing *class_thing,
            const char     *name,
            guint           depth,
            Field          *field)
{
  StrataPyList body = class_thing->node->definition.body;

  for (guint i = 0; i < body.length; i++)
    if (body.items[i]->kind == STRATA_PY_NODE_ANNOTATED &&
        body.items[i]->list.items[0]->kind == STRATA_PY_NODE_NAME &&
        strcmp (body.items[i]->list.items[0]->name, name) == 0)
      {
        *field = (Field) { body.items[i], class_thing };
        return TRUE;
      }

  for (guint i = 0; i < class_thing->n_items && depth < DEEPEST_BASE; i++)
    if (class_thing->items[i]->kind == STRATA_THING_CLASS && find_field (class_thing->items[i], name, depth + 1, field))
      return TRUE;

  return FALSE;
}

/* model_config = SettingsConfigDict(...) or {...}, or the attributes of an inner class Config. */
static StrataEnvThing *
get_option (StrataEnvThing *class_thing,
            const char     *name)
{
  StrataEnvThing *config = strata_env_class_find (class_thing, "model_config");

  if (config == NULL)
    config = strata_env_class_find (class_thing, "Config");
  if (config == NULL)
    return NULL;

  return config->kind == STRATA_THING_CLASS ? strata_env_class_find (config, name) : strata_env_cell_get (config, name);
}

static gboolean
read_text_option (StrataEnvThing  *class_thing,
                  const char      *name,
                  const char     **text)
{
  StrataEnvThing *option = get_option (class_thing, name);

  if (option == NULL || (option->kind == STRATA_THING_VALUE && option->value->op == STRATA_ENV_OP_NONE))
    return TRUE;
  if (!strata_env_thing_is_text (option, NULL))
    return FALSE;

  *text = option->value->text;

  return TRUE;
}

static Options
read_options (StrataEnvReader *self,
              StrataEnvThing  *instance)
{
  StrataEnvThing *class_thing = instance->first;
  StrataEnvThing *config = strata_env_class_find (class_thing, "model_config");
  StrataEnvThing *case_sensitive = get_option (class_thing, "case_sensitive");
  Options options = { strata_env_cell_get (instance, "_env_file"), "", NULL, FALSE, TRUE };

  if (options.file == NULL)
    options.file = get_option (class_thing, "env_file");
  options.case_sensitive = case_sensitive != NULL &&
                           strata_env_value_get_truth (strata_env_truth (self, case_sensitive)) != STRATA_ENV_NEVER;
  options.is_known = read_text_option (class_thing, "env_prefix", &options.prefix) &&
                     read_text_option (class_thing, "env_nested_delimiter", &options.delimiter) &&
                     (config == NULL || (!config->is_open && (config->kind == STRATA_THING_OBJECT ||
                                                              config->kind == STRATA_THING_DICT))) &&
                     strata_env_class_find (class_thing, "settings_customise_sources") == NULL &&
                     strata_env_class_find (class_thing, "customise_sources") == NULL &&
                     get_option (class_thing, "secrets_dir") == NULL &&
                     get_option (class_thing, "toml_file") == NULL && get_option (class_thing, "yaml_file") == NULL;

  return options;
}

/* The files of env_file, which is a path or several: the last one wins. */
static guint
read_files (StrataEnvReader *self,
            StrataEnvThing  *option,
            StrataEnvFile   *files)
{
  guint n_files = 0;

  if (option == NULL || (option->kind == STRATA_THING_VALUE && option->value->op == STRATA_ENV_OP_NONE))
    return 0;

  if (option->kind != STRATA_THING_LIST)
    {
      files[0] = (StrataEnvFile) { strata_env_literal_path (self, option), FALSE, FALSE, option->place };
      return 1;
    }

  for (guint i = option->n_items; i > 0 && n_files < MOST_FILES; i--)
    files[n_files++] = (StrataEnvFile) { strata_env_literal_path (self, option->items[i - 1]), FALSE, FALSE, option->place };

  return n_files;
}

/* "Field(...)", as far as it is given; NULL where the field has a plain value or none. */
static StrataEnvThing *
get_field_call (StrataEnvThing *assigned)
{
  return assigned != NULL && assigned->kind == STRATA_THING_OBJECT && g_str_has_suffix (assigned->text, ".Field")
         ? assigned : NULL;
}

static void
add_names (GPtrArray      *names,
           StrataEnvThing *thing,
           gboolean       *is_known)
{
  if (thing->kind == STRATA_THING_LIST && !thing->is_open)
    for (guint i = 0; i < thing->n_items; i++)
      add_names (names, thing->items[i], is_known);
  else if (thing->kind == STRATA_THING_OBJECT && g_str_has_suffix (thing->text, ".AliasChoices") && !thing->is_open)
    for (guint i = 0; i < thing->n_items; i++)
      add_names (names, thing->items[i], is_known);
  else if (strata_env_thing_is_text (thing, NULL))
    g_ptr_array_add (names, (gpointer) thing->value->text);
  else
    *is_known = FALSE;
}

/* The names of the variables that the field may come from: given ones as they are, else its own with the prefix. */
static gboolean
collect_names (StrataEnvThing *call,
               const Options  *options,
               const char     *field,
               GPtrArray      *names,
               char          **own_name)
{
  static const char * const keys[] = { "validation_alias", "alias", "env" };
  gboolean is_known = TRUE;

  for (guint i = 0; call != NULL && i < G_N_ELEMENTS (keys) && names->len == 0; i++)
    {
      StrataEnvThing *given = strata_env_cell_get (call, keys[i]);

      if (given != NULL)
        add_names (names, given, &is_known);
    }
  if (call != NULL && call->is_open)
    is_known = FALSE;

  if (names->len == 0)
    {
      *own_name = g_strconcat (options->prefix, field, NULL);
      g_ptr_array_add (names, *own_name);
    }

  return is_known;
}

static gboolean
annotation_is (const StrataPyNode *node,
               const char         *name)
{
  const StrataPyNode *inner;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_NAME:
      return strcmp (node->name, name) == 0;
    case STRATA_PY_NODE_ATTRIBUTE:
      return strcmp (node->attribute.name, name) == 0;
    case STRATA_PY_NODE_STRING:
      return strcmp (node->string.text, name) == 0;
    case STRATA_PY_NODE_BINARY:
      return annotation_is (node->pair.first, name) || annotation_is (node->pair.second, name);
    case STRATA_PY_NODE_SUBSCRIPT:
      inner = node->pair.second;
      if (inner->kind == STRATA_PY_NODE_TUPLE && inner->list.length > 0)
        inner = inner->list.items[0];
      return annotation_is (node->pair.first, name) || annotation_is (inner, name);
    default:
      return FALSE;
    }
}

static const StrataEnvValue *
convert (StrataEnvReader      *self,
         const StrataEnvValue *value,
         const StrataPyNode   *annotation)
{
  if (annotation_is (annotation, "bool"))
    return strata_env_value_new_op (self->arena, STRATA_ENV_OP_FLAG, value->place, 0, 1, value);

  return value;
}

/* What the field is without a variable: NULL where it must have one. */
static StrataEnvThing *
get_default (StrataEnvReader    *self,
             StrataEnvFrame     *frame,
             const StrataPyNode *node,
             StrataEnvThing     *assigned)
{
  StrataEnvThing *call = get_field_call (assigned);
  StrataEnvThing *found;

  if (call == NULL)
    return assigned;

  found = strata_env_cell_get (call, "default_factory");
  if (found != NULL)
    return strata_env_call_with (self, frame, node, found, NULL);

  found = strata_env_cell_get (call, "default");
  if (found == NULL && call->n_items > 0)
    found = call->items[0];

  /* "Field(...)" says that it is required. */
  return found != NULL && found->kind == STRATA_THING_OUTSIDE && strcmp (found->text, "builtins.Ellipsis") == 0
         ? NULL : found;
}

static const StrataPyNode *
get_decorator (const StrataPyNode *function,
               const char         *name)
{
  const StrataPyExtras *extras = function->definition.extras;

  for (guint i = 0; extras != NULL && i < extras->decorators.length; i++)
    {
      const StrataPyNode *decorator = extras->decorators.items[i];
      const StrataPyNode *called = decorator->kind == STRATA_PY_NODE_CALL ? decorator->call.function : decorator;

      if (decorator->kind == STRATA_PY_NODE_CALL && annotation_is (called, name))
        return decorator;
    }

  return NULL;
}

static gboolean
has_keyword (const StrataPyNode *call,
             const char         *name,
             const char         *text)
{
  for (guint i = 0; i < call->call.keywords.length; i++)
    {
      const StrataPyNode *keyword = call->call.keywords.items[i];
      const StrataPyNode *value = keyword->attribute.value;

      if (g_strcmp0 (keyword->attribute.name, name) == 0)
        return text == NULL ? value->kind == STRATA_PY_NODE_CONSTANT && value->op == STRATA_PY_TRUE
                            : value->kind == STRATA_PY_NODE_STRING && strcmp (value->string.text, text) == 0;
    }

  return FALSE;
}

gboolean
strata_env_has_mode (const StrataPyNode *function,
                     const char         *mode)
{
  const StrataPyNode *decorator = get_decorator (function, "model_validator");

  return decorator != NULL && has_keyword (decorator, "mode", mode);
}

/* "@validator("URL", pre=True)": the decorator, where it is for this field. */
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

      if (name->kind == STRATA_PY_NODE_STRING && (strcmp (name->string.text, field) == 0 ||
                                                  strcmp (name->string.text, "*") == 0))
        return decorator;
    }

  return NULL;
}

/* The fields before this one, as a validator is given them: by name, and as the data of an "info". */
static StrataEnvThing *
make_values (StrataEnvReader    *self,
             StrataEnvFrame     *frame,
             const StrataPyNode *node,
             StrataEnvThing     *instance,
             const Field        *field)
{
  StrataEnvThing *values = strata_env_thing_new (self, STRATA_THING_DICT, instance->place);
  StrataPyList body = field->class_thing->node->definition.body;

  for (guint i = 0; i < body.length && body.items[i] != field->node; i++)
    {
      const StrataPyNode *target = body.items[i]->kind == STRATA_PY_NODE_ANNOTATED ? body.items[i]->list.items[0] : NULL;
      StrataEnvThing *value = target != NULL && target->kind == STRATA_PY_NODE_NAME
                              ? strata_env_field_get (self, frame, node, instance, target->name) : NULL;

      if (value != NULL)
        strata_env_cell_set (self, values, target->name, value);
    }

  return values;
}

/* Runs what the class says about the values of this field. A validator does not see a default unless it is told to. */
static StrataEnvThing *
validate (StrataEnvReader    *self,
          StrataEnvFrame     *frame,
          const StrataPyNode *node,
          StrataEnvThing     *instance,
          const Field        *field,
          StrataEnvThing     *value)
{
  const char *name = field->node->list.items[0]->name;
  StrataPyList body = field->class_thing->node->definition.body;

  for (guint i = 0; i < body.length; i++)
    {
      const StrataPyNode *validator = body.items[i]->kind == STRATA_PY_NODE_FUNCTION ? get_validator (body.items[i], name)
                                                                                     : NULL;
      StrataEnvThing *function, *values, *info;

      if (validator == NULL)
        continue;
      function = strata_env_class_find (field->class_thing, body.items[i]->definition.name);
      if (function == NULL || function->kind != STRATA_THING_FUNCTION)
        continue;

      values = make_values (self, frame, node, instance, field);
      info = values;
      if (annotation_is (validator->call.function, "field_validator"))
        {
          info = strata_env_thing_new (self, STRATA_THING_OBJECT, instance->place);
          info->text = "pydantic.ValidationInfo";
          strata_env_cell_set (self, info, "data", values);
        }
      value = function->node->definition.parameters.length > 2
              ? strata_env_call_with (self, frame, node, function, field->class_thing, value, info, NULL)
              : strata_env_call_with (self, frame, node, function, field->class_thing, value, NULL);
    }

  return value;
}

static const StrataEnvValue *
read_variables (StrataEnvReader *self,
                StrataPlace      place,
                const Options   *options,
                GPtrArray       *names)
{
  StrataEnvFile files[MOST_FILES];
  guint n_files = read_files (self, options->file, files);
  const StrataEnvValue *value = NULL;

  for (guint i = names->len; i > 0; i--)
    {
      const StrataEnvValue *variable = strata_env_variable (self, place, names->pdata[i - 1], !options->case_sensitive,
                                                            files, n_files);

      value = value == NULL ? variable : strata_env_value_new_op (self->arena, STRATA_ENV_OP_DEFAULT, place, 0, 2,
                                                                  variable, value);
    }

  return value;
}

static StrataEnvThing *
read_nested_field (StrataEnvReader    *self,
                   const Options      *options,
                   const char         *outer,
                   const StrataPyNode *inner,
                   StrataEnvThing     *otherwise)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autofree char *name = g_strconcat (options->prefix, outer, options->delimiter, inner->list.items[0]->name, NULL);
  const StrataEnvValue *value;

  g_ptr_array_add (names, name);
  value = convert (self, read_variables (self, options->file != NULL ? options->file->place : (StrataPlace) { NULL },
                                         options, names), inner->list.items[1]);

  return strata_env_thing_of_value (self, otherwise != NULL ? strata_env_default (self, value, otherwise)
                                                            : strata_env_need (self, value));
}

/* A group of settings in a field, whose own fields have nested names: "DB__HOST". NULL where it is none. */
static StrataEnvThing *
read_nested (StrataEnvReader    *self,
             StrataEnvFrame     *frame,
             const StrataPyNode *node,
             const Options      *options,
             const Field        *field,
             StrataEnvThing     *otherwise)
{
  StrataEnvThing *class_thing = otherwise != NULL && otherwise->kind == STRATA_THING_INSTANCE ? otherwise->first : NULL;
  const StrataPyNode *annotation = field->node->list.items[1];
  StrataEnvThing *nested;

  if (class_thing != NULL && options->delimiter == NULL)
    return otherwise;
  if (class_thing == NULL && annotation->kind == STRATA_PY_NODE_NAME)
    class_thing = strata_env_evaluate (self, frame, annotation);
  if (class_thing == NULL || class_thing->kind != STRATA_THING_CLASS || options->delimiter == NULL ||
      !strata_env_class_derives (class_thing, "BaseModel"))
    return NULL;

  nested = strata_env_thing_new (self, STRATA_THING_INSTANCE, class_thing->place);
  nested->first = class_thing;
  for (guint i = 0; i < class_thing->node->definition.body.length; i++)
    {
      const StrataPyNode *inner = class_thing->node->definition.body.items[i];
      const char *name = inner->kind == STRATA_PY_NODE_ANNOTATED ? inner->list.items[0]->name : NULL;
      StrataEnvThing *value;

      if (name == NULL || inner->list.items[0]->kind != STRATA_PY_NODE_NAME)
        continue;
      value = otherwise != NULL ? strata_env_field_get (self, frame, node, otherwise, name)
                                : strata_env_field_get (self, frame, node, nested, name);
      strata_env_cell_keep (self, nested, name,
                            read_nested_field (self, options, field->node->list.items[0]->name, inner, value));
    }

  return nested;
}

static StrataEnvThing *
read_field (StrataEnvReader    *self,
            StrataEnvFrame     *frame,
            const StrataPyNode *node,
            StrataEnvThing     *instance,
            const Field        *field)
{
  const char *name = field->node->list.items[0]->name;
  StrataPlace place = strata_py_tree_get_place (((StrataEnvModule *) field->class_thing->module)->tree, field->node);
  StrataEnvThing *assigned = strata_env_class_find (field->class_thing, name);
  StrataEnvThing *otherwise = get_default (self, frame, node, assigned);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autofree char *own_name = NULL;
  Options options = read_options (self, instance);
  const StrataEnvValue *value;
  StrataEnvThing *nested;

  place.file = ((StrataEnvModule *) field->class_thing->module)->path;
  if (!options.is_known || !collect_names (get_field_call (assigned), &options, name, names, &own_name))
    return strata_env_thing_unknown (self, place, "the sources of these settings were not understood");
  nested = read_nested (self, frame, node, &options, field, otherwise);
  if (nested != NULL)
    return nested;
  if (otherwise != NULL && otherwise->kind != STRATA_THING_VALUE && otherwise->kind != STRATA_THING_CHOICE &&
      otherwise->kind != STRATA_THING_PATH && otherwise->kind != STRATA_THING_URL)
    return strata_env_thing_unknown (self, place, "this setting is not a plain value");

  value = convert (self, read_variables (self, place, &options, names), field->node->list.items[1]);
  value = otherwise != NULL ? strata_env_default (self, value, otherwise) : strata_env_need (self, value);

  return validate (self, frame, node, instance, field, strata_env_thing_of_value (self, value));
}

StrataEnvThing *
strata_env_field_get (StrataEnvReader    *self,
                      StrataEnvFrame     *frame,
                      const StrataPyNode *node,
                      StrataEnvThing     *instance,
                      const char         *name)
{
  StrataEnvThing *value = strata_env_cell_get (instance, name);
  StrataEnvThing *class_thing = instance->first;
  StrataEnvThing *as_of = self->as_of;
  StrataEnvFrame own;
  Field field;

  if (value != NULL)
    return value;
  if (!find_field (class_thing, name, 0, &field))
    return NULL;

  /* Annotations and defaults are seen from the class. */
  strata_env_frame_init (&own, self, field.class_thing->module, field.class_thing);
  own.condition = frame->condition;
  /* The sources were read when the instance was made. */
  if (instance->second != NULL)
    self->as_of = instance->second;
  if (strata_env_class_derives (class_thing, "BaseSettings"))
    value = read_field (self, &own, field.node, instance, &field);
  /* Models have no sources of their own: what they were not given is their default. */
  else if (strata_env_class_derives (class_thing, "BaseModel"))
    value = get_default (self, &own, field.node, strata_env_class_find (field.class_thing, name));
  strata_env_frame_clear (&own);
  self->as_of = as_of;

  /* Worked out once: it would come to the same again, at some length. */
  if (value != NULL)
    strata_env_cell_keep (self, instance, name, value);

  return value;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/settings.h"

#include <string.h>

/* Options of a settings class, and what its annotations say. */

/* What only describes, and what is understood: any other option may change what a field comes to. */
static gboolean
is_known_option (const char *name)
{
  static const char * const known[] = {
    "allow_mutation", "arbitrary_types_allowed", "case_sensitive", "env_file", "env_file_encoding", "env_ignore_empty",
    "env_nested_delimiter", "env_prefix", "extra", "from_attributes", "frozen", "hide_input_in_errors", "json_encoders",
    "json_file", "json_file_encoding", "json_schema_extra", "orm_mode", "populate_by_name", "protected_namespaces", "schema_extra", "table", "title",
    "toml_file", "use_attribute_docstrings", "use_enum_values", "validate_all", "validate_assignment", "validate_by_name",
    "validate_default", "yaml_file", "yaml_file_encoding", NULL,
  };

  return g_strv_contains (known, name);
}

static gboolean
has_known_options (StrataEnvThing *options)
{
  GHashTableIter iter;
  gpointer name, value;

  if (options->is_open)
    return FALSE;
  if (options->cells == NULL)
    return TRUE;

  g_hash_table_iter_init (&iter, options->cells);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (value != NULL && !is_known_option (name))
      return FALSE;

  return TRUE;
}

/* model_config = SettingsConfigDict(...) or {...}, or the attributes of an inner class Config. */
static StrataEnvThing *
get_own_options (StrataEnvThing *class_thing)
{
  StrataEnvThing *config = strata_env_cell_get (class_thing, "model_config");

  return config != NULL ? config : strata_env_cell_get (class_thing, "Config");
}

StrataEnvThing *
strata_env_settings_option (StrataEnvThing *class_thing,
                            const char     *name)
{
  StrataEnvThing *order = class_thing->second;
  StrataEnvThing *found = NULL;

  for (guint i = 0; i < order->n_items && found == NULL; i++)
    {
      StrataEnvThing *config = get_own_options (order->items[i]);

      if (order->items[i]->options != NULL)
        found = strata_env_cell_get (order->items[i]->options, name);
      if (found == NULL && config != NULL)
        found = config->kind == STRATA_THING_CLASS ? strata_env_class_find (config, name)
                                                   : strata_env_cell_get (config, name);
    }

  return found;
}

static gboolean
options_are_known (StrataEnvThing *instance)
{
  StrataEnvThing *class_thing = instance->first;
  StrataEnvThing *order = class_thing->second;

  for (guint i = 0; i < order->n_items; i++)
    {
      StrataEnvThing *config = get_own_options (order->items[i]);

      if (order->items[i]->options != NULL && !has_known_options (order->items[i]->options))
        return FALSE;
      if (config == NULL)
        continue;
      if (config->kind == STRATA_THING_CLASS)
        for (guint j = 0; j < config->second->n_items; j++)
          if (!has_known_options (config->second->items[j]))
            return FALSE;
      if (config->kind != STRATA_THING_CLASS && config->kind != STRATA_THING_DICT && config->kind != STRATA_THING_OBJECT)
        return FALSE;
      if (config->kind != STRATA_THING_CLASS && !has_known_options (config))
        return FALSE;
    }

  return !strata_env_settings_has_strange_sources (instance) &&
         strata_env_class_find (class_thing, "customise_sources") == NULL;
}

static gboolean
read_text_option (StrataEnvThing  *class_thing,
                  const char      *name,
                  const char     **text)
{
  StrataEnvThing *option = strata_env_settings_option (class_thing, name);

  if (option == NULL || (option->kind == STRATA_THING_VALUE && option->value->op == STRATA_ENV_OP_NONE))
    return TRUE;
  if (!strata_env_thing_is_text (option, NULL))
    return FALSE;

  *text = option->value->text;

  return TRUE;
}

static gboolean
read_flag_option (StrataEnvReader *self,
                  StrataEnvThing  *class_thing,
                  const char      *name,
                  gboolean        *flag)
{
  StrataEnvThing *option = strata_env_settings_option (class_thing, name);
  StrataEnvTruth truth = option != NULL ? strata_env_value_get_truth (strata_env_truth (self, option)) : STRATA_ENV_NEVER;

  *flag = truth == STRATA_ENV_ALWAYS;

  return truth != STRATA_ENV_SOMETIMES;
}

/* "Settings(_env_file=..., _secrets_dir=...)": but for the first these are not followed. */
static gboolean
has_strange_arguments (StrataEnvThing *instance)
{
  GHashTableIter iter;
  gpointer name, value;

  if (instance->cells == NULL)
    return FALSE;

  g_hash_table_iter_init (&iter, instance->cells);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (value != NULL && g_str_has_prefix (name, "=_") && strcmp (name, "=_env_file") != 0 &&
        strcmp (name, "=_env_file_encoding") != 0)
      return TRUE;

  return FALSE;
}

/* Version 1 has the settings in pydantic itself. */
static gboolean
is_old (StrataEnvThing *class_thing)
{
  StrataEnvThing *order = class_thing->second;

  for (guint i = 0; i < order->n_items; i++)
    for (guint j = 0; j < order->items[i]->n_items; j++)
      {
        StrataEnvThing *base = order->items[i]->items[j];

        if (base->kind == STRATA_THING_OUTSIDE && g_str_has_prefix (base->text, "pydantic.") &&
            g_str_has_suffix (base->text, ".BaseSettings"))
          return TRUE;
      }

  return FALSE;
}

StrataEnvOptions
strata_env_read_options (StrataEnvReader *self,
                         StrataEnvThing  *instance)
{
  StrataEnvThing *class_thing = instance->first;
  StrataEnvOptions options = { strata_env_cell_get (instance, "=_env_file"), "" };

  if (options.file == NULL)
    options.file = strata_env_settings_option (class_thing, "env_file");
  options.is_old = is_old (class_thing);
  options.is_known = options_are_known (instance) && !has_strange_arguments (instance) &&
                     read_text_option (class_thing, "env_prefix", &options.prefix) &&
                     read_text_option (class_thing, "env_nested_delimiter", &options.delimiter) &&
                     read_flag_option (self, class_thing, "case_sensitive", &options.case_sensitive) &&
                     read_flag_option (self, class_thing, "env_ignore_empty", &options.ignores_empty) &&
                     read_flag_option (self, class_thing, "populate_by_name", &options.by_name) &&
                     read_flag_option (self, class_thing, "use_enum_values", &options.plain_enums);

  return options;
}

static const char *
get_last_name (const StrataEnvThing *outside)
{
  const char *dot = strrchr (outside->text, '.');

  return dot != NULL ? dot + 1 : outside->text;
}

/* What a plain name in an annotation is. */
static StrataEnvFieldKind
get_kind_of_name (StrataEnvReader    *self,
                  StrataEnvFrame     *frame,
                  const StrataPyNode *node,
                  StrataEnvThing    **type)
{
  static const char * const texts[] = {
    "AmqpDsn", "Any", "AnyHttpUrl", "AnyUrl", "AnyWebsocketUrl", "CockroachDsn", "DirectoryPath", "EmailStr", "FilePath",
    "FileUrl", "HttpUrl", "Literal", "MariaDBDsn", "MongoDsn", "MultiHostUrl", "MySQLDsn", "NewPath", "Path", "PostgresDsn",
    "RedisDsn", "StrictStr", "UUID", "Url", "object", "str", "timedelta", NULL,
  };
  StrataEnvThing *thing = strata_env_evaluate (self, frame, node);
  const char *name = thing->kind == STRATA_THING_OUTSIDE ? get_last_name (thing) : NULL;

  if (thing->kind == STRATA_THING_CLASS)
    {
      *type = thing;
      if (strata_env_class_is_strange (thing))
        return STRATA_ENV_AS_OTHER;
      if (strata_env_class_derives (thing, "BaseModel") || strata_env_class_derives (thing, "BaseSettings"))
        return STRATA_ENV_AS_MODEL;
      return strata_env_class_is_enum (thing) ? STRATA_ENV_AS_ENUM : STRATA_ENV_AS_OTHER;
    }
  if (name == NULL)
    return STRATA_ENV_AS_OTHER;
  if (strcmp (name, "bool") == 0 || strcmp (name, "StrictBool") == 0)
    return STRATA_ENV_AS_FLAG;
  if (strcmp (name, "int") == 0 || strcmp (name, "PositiveInt") == 0 || strcmp (name, "NonNegativeInt") == 0)
    return STRATA_ENV_AS_INTEGER;
  if (strcmp (name, "SecretStr") == 0)
    return STRATA_ENV_AS_SECRET;

  return g_strv_contains (texts, name) ? STRATA_ENV_AS_TEXT : STRATA_ENV_AS_OTHER;
}

static gboolean
is_none (const StrataPyNode *node)
{
  return node->kind == STRATA_PY_NODE_CONSTANT && node->op == STRATA_PY_NONE;
}

/* One of several: a text is taken as it is where it may be one. */
static StrataEnvFieldKind
join_kinds (StrataEnvFieldKind first,
            StrataEnvFieldKind second)
{
  if (first == second)
    return first == STRATA_ENV_AS_ENUM || first == STRATA_ENV_AS_MODEL ? STRATA_ENV_AS_OTHER : first;
  if (first >= STRATA_ENV_AS_SECRET || second >= STRATA_ENV_AS_SECRET)
    return STRATA_ENV_AS_OTHER;

  return first == STRATA_ENV_AS_TEXT || second == STRATA_ENV_AS_TEXT ? STRATA_ENV_AS_TEXT : STRATA_ENV_AS_OTHER;
}

static StrataEnvFieldKind get_kind (StrataEnvReader    *self,
                                    StrataEnvFrame     *frame,
                                    const StrataPyNode *node,
                                    StrataEnvField     *field);

static StrataEnvFieldKind
get_kind_of_either (StrataEnvReader    *self,
                    StrataEnvFrame     *frame,
                    StrataPyList        nodes,
                    StrataEnvField     *field)
{
  StrataEnvFieldKind kind = STRATA_ENV_AS_OTHER;
  gboolean is_first = TRUE;

  for (guint i = 0; i < nodes.length; i++)
    if (!is_none (nodes.items[i]))
      {
        StrataEnvFieldKind next = get_kind (self, frame, nodes.items[i], field);

        kind = is_first ? next : join_kinds (kind, next);
        is_first = FALSE;
      }

  return kind;
}

/* Annotated[type, Field(...), ...]: what else is said may change the value. */
static StrataEnvFieldKind
get_kind_of_annotated (StrataEnvReader *self,
                       StrataEnvFrame  *frame,
                       StrataPyList     nodes,
                       StrataEnvField  *field)
{
  for (guint i = 1; i < nodes.length; i++)
    {
      StrataEnvThing *more = strata_env_evaluate (self, frame, nodes.items[i]);
      gboolean is_field = more->kind == STRATA_THING_OBJECT && g_str_has_suffix (more->text, ".Field");

      if (is_field && field->assigned == NULL)
        field->assigned = more;
      else if (!is_field && more->kind != STRATA_THING_VALUE)
        return STRATA_ENV_AS_OTHER;
      else if (is_field)
        return STRATA_ENV_AS_OTHER;
    }

  return get_kind (self, frame, nodes.items[0], field);
}

static StrataEnvFieldKind
get_kind (StrataEnvReader    *self,
          StrataEnvFrame     *frame,
          const StrataPyNode *node,
          StrataEnvField     *field)
{
  static const char * const either[] = { "Final", "Optional", "Union", NULL };
  StrataPyList one = { NULL, 1 };
  StrataPyList inner;
  const StrataPyNode *both[2];
  StrataEnvThing *outer;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_NAME:
    case STRATA_PY_NODE_ATTRIBUTE:
      return get_kind_of_name (self, frame, node, &field->type);
    case STRATA_PY_NODE_STRING:
      return strcmp (node->string.text, "str") == 0 ? STRATA_ENV_AS_TEXT : STRATA_ENV_AS_OTHER;
    case STRATA_PY_NODE_BINARY:
      both[0] = node->pair.first;
      both[1] = node->pair.second;
      return node->op == STRATA_PY_BAR ? get_kind_of_either (self, frame, (StrataPyList) { both, 2 }, field)
                                       : STRATA_ENV_AS_OTHER;
    case STRATA_PY_NODE_SUBSCRIPT:
      outer = strata_env_evaluate (self, frame, node->pair.first);
      one.items = &node->pair.second;
      inner = node->pair.second->kind == STRATA_PY_NODE_TUPLE ? node->pair.second->list : one;
      if (outer->kind != STRATA_THING_OUTSIDE || inner.length == 0)
        return STRATA_ENV_AS_OTHER;
      if (g_str_equal (get_last_name (outer), "Literal"))
        return STRATA_ENV_AS_TEXT;
      if (g_str_equal (get_last_name (outer), "Annotated"))
        return get_kind_of_annotated (self, frame, inner, field);
      return g_strv_contains (either, get_last_name (outer)) ? get_kind_of_either (self, frame, inner, field)
                                                             : STRATA_ENV_AS_OTHER;
    default:
      return STRATA_ENV_AS_OTHER;
    }
}

static const StrataPyNode *
find_annotation (StrataEnvThing *class_thing,
                 const char     *name)
{
  StrataPyList body = class_thing->node->definition.body;

  for (guint i = 0; i < body.length; i++)
    if (body.items[i]->kind == STRATA_PY_NODE_ANNOTATED && body.items[i]->list.items[0]->kind == STRATA_PY_NODE_NAME &&
        strcmp (body.items[i]->list.items[0]->name, name) == 0)
      return body.items[i];

  return NULL;
}

static const StrataPyNode *
find_assignment (StrataEnvThing *class_thing,
                 const char     *name)
{
  StrataPyList body = class_thing->node->definition.body;

  for (guint i = 0; i < body.length; i++)
    if (body.items[i]->kind == STRATA_PY_NODE_ASSIGN && body.items[i]->assign.targets.length == 1 &&
        body.items[i]->assign.targets.items[0]->kind == STRATA_PY_NODE_NAME &&
        strcmp (body.items[i]->assign.targets.items[0]->name, name) == 0)
      return body.items[i];

  return NULL;
}

/* To pydantic 1 a plain value without an annotation is a field as well, of the value's type. */
static gboolean
find_plain_field (StrataEnvThing *class_thing,
                  const char     *name,
                  StrataEnvField *field)
{
  StrataEnvThing *order = class_thing->second;

  if (*name == '_' || field->assigned == NULL || field->assigned->kind != STRATA_THING_VALUE ||
      !strata_env_class_derives (class_thing, "BaseSettings"))
    return FALSE;

  for (guint i = 0; i < order->n_items && field->node == NULL; i++)
    {
      field->node = find_assignment (order->items[i], name);
      field->class_thing = order->items[i];
    }
  switch ((int) field->assigned->value->op)
    {
    case STRATA_ENV_OP_TRUE:
    case STRATA_ENV_OP_FALSE:
      field->kind = STRATA_ENV_AS_FLAG;
      break;
    case STRATA_ENV_OP_NUMBER:
      field->kind = STRATA_ENV_AS_INTEGER;
      break;
    default:
      field->kind = STRATA_ENV_AS_TEXT;
      break;
    }

  return field->node != NULL;
}

gboolean
strata_env_find_field (StrataEnvReader *self,
                       StrataEnvThing  *class_thing,
                       const char      *name,
                       StrataEnvField  *field)
{
  StrataEnvThing *order = class_thing->second;
  StrataEnvFrame own;

  *field = (StrataEnvField) { .name = name };
  for (guint i = 0; i < order->n_items && field->node == NULL; i++)
    {
      /* Of what is assigned the latest counts, with an annotation or (in pydantic 1) without. */
      if (field->assigned == NULL)
        field->assigned = strata_env_cell_get (order->items[i], name);
      field->node = find_annotation (order->items[i], name);
      field->class_thing = order->items[i];
    }
  if (field->node == NULL)
    return find_plain_field (class_thing, name, field);

  /* Annotations are seen from the class. */
  strata_env_frame_init (&own, self, field->class_thing->module, field->class_thing);
  field->kind = get_kind (self, &own, field->node->list.items[1], field);
  strata_env_frame_clear (&own);

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/settings.h"

#include <string.h>

#include "core/env/data.h"
#include "core/env/frame.h"

/* settings_customise_sources() of pydantic-settings: of the usual form, which returns some of what it is given and new sources of
 * files, in the order in which they count. They are read when an instance is made. */

#define SOURCES "@sources"

/* What the function is given, behind itself and the class. */
static const char * const given[] = { "init_settings", "env_settings", "dotenv_settings", "file_secret_settings", NULL };

typedef struct
{
  const char      *class_name;
  const char      *file;         /* the option, and the argument */
  const char      *encoding;     /* NULL: there is none */
  StrataEnvFormat  format;
} Kind;

static const Kind kinds[] = {
  { ".JsonConfigSettingsSource", "json_file", "json_file_encoding", STRATA_ENV_JSON },
  { ".TomlConfigSettingsSource", "toml_file", NULL, STRATA_ENV_TOML },
  { ".YamlConfigSettingsSource", "yaml_file", "yaml_file_encoding", STRATA_ENV_YAML },
};

typedef struct
{
  StrataEnvReader *reader;
  StrataEnvFrame  *frame;      /* of the module that has the function */
  StrataEnvThing  *instance;
  const char      *class_name; /* its second parameter */
  StrataPlace      place;
} Sources;

static const Kind *
find_kind (StrataEnvThing *called)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds) && called->kind == STRATA_THING_OUTSIDE; i++)
    if (g_str_has_prefix (called->text, "pydantic_settings.") && g_str_has_suffix (called->text, kinds[i].class_name))
      return &kinds[i];

  return NULL;
}

static gboolean
is_utf8 (const Sources *self,
         const char    *option)
{
  StrataEnvThing *encoding = option != NULL ? strata_env_settings_option (self->instance->first, option) : NULL;

  return encoding == NULL || strata_env_thing_is_text (encoding, "utf-8");
}

/* Entries that are no fields stop pydantic, unless they are said to be welcome. */
static gboolean
fits (const Sources  *self,
      StrataEnvThing *data)
{
  StrataEnvThing *extra = strata_env_settings_option (self->instance->first, "extra");
  g_autoptr(GPtrArray) names = strata_env_cell_names (data);
  StrataEnvField field;

  if (extra != NULL && (strata_env_thing_is_text (extra, "ignore") || strata_env_thing_is_text (extra, "allow")))
    return TRUE;

  for (guint i = 0; i < names->len; i++)
    if (!strata_env_find_field (self->reader, self->instance->first, names->pdata[i], &field))
      return FALSE;

  return TRUE;
}

/* The DICT of a file, which is empty where the file is not there; NULL: it is not known. */
static StrataEnvThing *
read_file (const Sources  *self,
           const Kind     *kind,
           StrataEnvThing *path)
{
  StrataEnvThing *data;
  StrataEnvReading reading;
  StrataEnvData file;

  if (path->kind == STRATA_THING_VALUE && path->value->op == STRATA_ENV_OP_TEXT && *path->value->text == '~')
    return NULL;

  reading = strata_env_data_read (self->reader, self->place, path, &file);
  if (reading == STRATA_ENV_FILE_MISSING && file.condition == NULL)
    return strata_env_thing_new (self->reader, STRATA_THING_DICT, self->place);
  if (reading != STRATA_ENV_FILE_READ || file.condition != NULL ||
      (kind->format == STRATA_ENV_YAML && strata_env_cell_get (self->reader->world, "yaml") != NULL))
    return NULL;

  data = strata_env_data_parse (self->reader, kind->format, &file);
  /* YAML with nothing in it. */
  if (data->kind == STRATA_THING_VALUE && data->value->op == STRATA_ENV_OP_NONE)
    return strata_env_thing_new (self->reader, STRATA_THING_DICT, self->place);

  return data->kind == STRATA_THING_DICT && !data->is_open && fits (self, data) ? data : NULL;
}

/* "TomlConfigSettingsSource (settings_cls)", with the file as an argument or as an option of the class. */
static StrataEnvThing *
read_new_source (const Sources      *self,
                 const StrataPyNode *call)
{
  const Kind *kind = find_kind (strata_env_evaluate (self->reader, self->frame, call->call.function));
  StrataPyList arguments = call->call.arguments;
  StrataPyList keywords = call->call.keywords;
  const StrataPyNode *path = arguments.length == 2 ? arguments.items[1] : NULL;
  StrataEnvThing *option;

  if (kind == NULL || !is_utf8 (self, kind->encoding) || arguments.length < 1 || arguments.length > 2 ||
      arguments.items[0]->kind != STRATA_PY_NODE_NAME || strcmp (arguments.items[0]->name, self->class_name) != 0 ||
      arguments.length + keywords.length > 2)
    return NULL;
  if (keywords.length == 1 && g_strcmp0 (keywords.items[0]->attribute.name, kind->file) != 0)
    return NULL;
  if (keywords.length == 1)
    path = keywords.items[0]->attribute.value;
  if (path != NULL)
    return read_file (self, kind, strata_env_evaluate (self->reader, self->frame, path));

  option = strata_env_settings_option (self->instance->first, kind->file);

  return option != NULL ? read_file (self, kind, option)
                        : strata_env_thing_new (self->reader, STRATA_THING_DICT, self->place);
}

static StrataEnvThing *
read_source (const Sources      *self,
             const StrataPyNode *node)
{
  if (node->kind == STRATA_PY_NODE_CALL)
    return read_new_source (self, node);

  return node->kind == STRATA_PY_NODE_NAME && g_strv_contains (given, node->name)
         ? strata_env_thing_of_text (self->reader, self->place, node->name) : NULL;
}

/* The tuple that is returned, by a function that takes what it always takes and does nothing else; else NULL. */
static const StrataPyNode *
get_tuple (const StrataPyNode *function)
{
  StrataPyList parameters = function->definition.parameters;
  StrataPyList body = function->definition.body;
  guint first = body.length == 2 && body.items[0]->kind == STRATA_PY_NODE_EXPRESSION &&
                body.items[0]->child->kind == STRATA_PY_NODE_STRING;

  if (parameters.length != 2 + g_strv_length ((GStrv) given) || body.length != first + 1 ||
      body.items[first]->kind != STRATA_PY_NODE_RETURN || body.items[first]->child == NULL)
    return NULL;
  for (guint i = 0; given[i] != NULL; i++)
    if (strcmp (parameters.items[i + 2]->parameter.name, given[i]) != 0)
      return NULL;

  return body.items[first]->child->kind == STRATA_PY_NODE_TUPLE ? body.items[first]->child : NULL;
}

static gboolean
has_given (StrataEnvThing *instance)
{
  g_autoptr(GPtrArray) names = strata_env_cell_names (instance);

  for (guint i = 0; i < names->len; i++)
    if (g_str_has_prefix (names->pdata[i], "="))
      return TRUE;

  return FALSE;
}

static StrataEnvThing *
read_all (const Sources      *self,
          const StrataPyNode *tuple)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < tuple->list.length; i++)
    {
      StrataEnvThing *source = read_source (self, tuple->list.items[i]);

      /* What is given to the instance counts first, as elsewhere. */
      if (source == NULL || (i == 0 && has_given (self->instance) && !strata_env_thing_is_text (source, "init_settings")))
        return NULL;
      g_ptr_array_add (items, source);
    }

  return strata_env_thing_list (self->reader, self->place, items);
}

void
strata_env_settings_read_sources (StrataEnvReader *self,
                                  StrataEnvThing  *instance,
                                  StrataPlace      place)
{
  StrataEnvThing *function = strata_env_class_find (instance->first, "settings_customise_sources");
  const StrataPyNode *tuple = function != NULL && function->kind == STRATA_THING_FUNCTION &&
                              function->node->kind == STRATA_PY_NODE_FUNCTION ? get_tuple (function->node) : NULL;
  StrataEnvModule *module;
  StrataEnvThing *list;
  StrataEnvFrame frame;
  Sources sources;

  if (tuple == NULL)
    return;

  module = function->module;
  strata_env_frame_init (&frame, self, module, module->thing);
  sources = (Sources) { self, &frame, instance, function->node->definition.parameters.items[1]->parameter.name, place };
  list = read_all (&sources, tuple);
  strata_env_frame_clear (&frame);
  if (list != NULL)
    strata_env_cell_set (self, instance, SOURCES, list);
}

static StrataEnvThing *
get_sources (StrataEnvThing *instance)
{
  return strata_env_cell_get (instance, SOURCES);
}

gboolean
strata_env_settings_has_strange_sources (StrataEnvThing *instance)
{
  return strata_env_class_find (instance->first, "settings_customise_sources") != NULL &&
         get_sources (instance) == NULL;
}

/* Goes through the sources as they count: the environment stands before the file that has the field, or nothing has it. */
gboolean
strata_env_settings_find_entry (StrataEnvThing         *instance,
                                const StrataEnvOptions *options,
                                const StrataEnvField   *field,
                                StrataEnvEntry         *entry)
{
  StrataEnvThing *sources = get_sources (instance);
  gboolean is_model = field->kind == STRATA_ENV_AS_MODEL;

  *entry = (StrataEnvEntry) { .has_variables = sources == NULL, .has_files = sources == NULL };
  for (guint i = 0; sources != NULL && i < sources->n_items; i++)
    {
      StrataEnvThing *source = sources->items[i];
      StrataEnvThing *found = source->kind == STRATA_THING_DICT ? strata_env_cell_get (source, field->name) : NULL;

      if (source->kind == STRATA_THING_DICT)
        {
          entry->has_data |= source->cells != NULL;
          /* Groups of settings are put together of all that have some. */
          if (found != NULL && entry->data != NULL && is_model)
            return FALSE;
          if (entry->data == NULL)
            entry->data = found;
        }
      else if (strata_env_thing_is_text (source, "env_settings"))
        {
          if (entry->data != NULL && is_model)
            return FALSE;
          entry->has_variables |= entry->data == NULL;
        }
      else if (strata_env_thing_is_text (source, "dotenv_settings") && options->file != NULL)
        {
          if (entry->data != NULL && !is_model)
            continue;
          if (i == 0 || !strata_env_thing_is_text (sources->items[i - 1], "env_settings"))
            return FALSE;
          entry->has_files = TRUE;
        }
    }

  return TRUE;
}

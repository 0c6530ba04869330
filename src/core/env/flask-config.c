/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/flask-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/modules.h"

#define DEEPEST_CHOICE 24

/* app.config of a Flask application: a dict that takes over the names in capitals of classes, modules and files. */

static gboolean
is_in_capitals (const char *name)
{
  gboolean has_letter = FALSE;

  for (; *name != '\0'; name++)
    {
      if (g_ascii_islower (*name))
        return FALSE;
      has_letter |= g_ascii_isupper (*name);
    }

  return has_letter;
}

static void
take_name (StrataEnvReader *self,
           StrataEnvCall   *call,
           StrataEnvThing  *object,
           StrataEnvThing  *entries,
           const char      *name)
{
  if (is_in_capitals (name) && strata_env_cell_get (entries, name) == NULL)
    strata_env_cell_set (self, entries, name, strata_env_attribute (self, call->frame, call->node, object, name));
}

static void
take_cells (StrataEnvReader *self,
            StrataEnvCall   *call,
            StrataEnvThing  *object,
            StrataEnvThing  *from,
            StrataEnvThing  *entries)
{
  g_autoptr(GPtrArray) names = strata_env_cell_names (from);

  for (guint i = 0; i < names->len; i++)
    take_name (self, call, object, entries, names->pdata[i]);
}

/* What a class and its bases define; of an instance also the fields that are only announced. */
static void
take_class (StrataEnvReader *self,
            StrataEnvCall   *call,
            StrataEnvThing  *object,
            StrataEnvThing  *class_thing,
            StrataEnvThing  *entries)
{
  StrataEnvThing *order = class_thing->second;

  entries->is_open |= strata_env_class_is_strange (class_thing);
  for (guint i = 0; i < order->n_items; i++)
    {
      StrataPyList body = order->items[i]->node->definition.body;

      take_cells (self, call, object, order->items[i], entries);
      for (guint j = 0; j < body.length && object != class_thing; j++)
        if (body.items[j]->kind == STRATA_PY_NODE_ANNOTATED && body.items[j]->list.items[0]->kind == STRATA_PY_NODE_NAME)
          take_name (self, call, object, entries, body.items[j]->list.items[0]->name);
    }
}

static StrataEnvThing *entries_of (StrataEnvReader *self,
                                   StrataEnvCall   *call,
                                   StrataEnvThing  *object,
                                   guint            depth);

/* "config.Production" is a class of a module, or a module. */
static StrataEnvThing *
import_object (StrataEnvReader *self,
               StrataPlace      place,
               const char      *name)
{
  g_autofree char *dotted = g_strdelimit (g_strdup (name), ":", '.');
  StrataEnvModule *module = strata_env_load_with_parents (self, dotted);
  const char *dot = strrchr (dotted, '.');
  g_autofree char *owner = NULL;

  if (module != NULL || dot == NULL)
    return module != NULL ? module->thing : NULL;

  owner = g_strndup (dotted, dot - dotted);
  module = strata_env_load_with_parents (self, owner);
  if (module == NULL)
    return NULL;
  strata_env_module_import (self, module);

  return strata_env_module_get (self, module, place,
                                strata_py_arena_strndup (self->scratch, dot + 1, strlen (dot + 1)));
}

/* An entry of one of two, each NULL where it has none; what Python stops at is that in every entry. */
static StrataEnvThing *
get_way (StrataEnvReader *self,
         StrataEnvThing  *entries,
         const char      *name)
{
  StrataEnvThing *held = strata_env_cell_get (entries, name);

  if (entries->first != NULL)
    return entries->first;
  if (held == NULL && entries->is_open)
    return strata_env_thing_unknown (self, entries->place, _("the application's configuration was not understood"));

  return held != NULL ? held : strata_env_thing_outside (self, entries->place, STRATA_ENV_NO_ENTRY);
}

static StrataEnvThing *
join_entries (StrataEnvReader      *self,
              StrataPlace           place,
              const StrataEnvValue *condition,
              StrataEnvThing       *first,
              StrataEnvThing       *second)
{
  StrataEnvThing *joined = strata_env_thing_new (self, STRATA_THING_DICT, place);
  StrataEnvThing *ways[] = { first, second };

  joined->is_open = first->is_open || second->is_open;
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr(GPtrArray) names = strata_env_cell_names (ways[i]);

      for (guint j = 0; j < names->len; j++)
        strata_env_cell_set (self, joined, names->pdata[j],
                             strata_env_thing_choice (self, condition, get_way (self, first, names->pdata[j]),
                                                      get_way (self, second, names->pdata[j])));
    }

  return joined;
}

static StrataEnvThing *
entries_of_value (StrataEnvReader *self,
                  StrataEnvCall   *call,
                  StrataEnvThing  *object,
                  guint            depth)
{
  const StrataEnvValue *value = object->value;
  StrataEnvThing *entries = strata_env_thing_new (self, STRATA_THING_DICT, object->place);
  StrataEnvThing *found = NULL;

  if (value->op == STRATA_ENV_OP_CHOICE)
    return join_entries (self, object->place, value->parts[0],
                         entries_of (self, call, strata_env_thing_of_value (self, value->parts[1]), depth + 1),
                         entries_of (self, call, strata_env_thing_of_value (self, value->parts[2]), depth + 1));
  if (value->op == STRATA_ENV_OP_DEFAULT)
    return join_entries (self, object->place,
                         strata_env_value_new_op (self->arena, STRATA_ENV_OP_IS_NONE, object->place, 0, 1, value->parts[0]),
                         entries_of (self, call, strata_env_thing_of_value (self, value->parts[1]), depth + 1),
                         entries_of (self, call, strata_env_thing_of_value (self, value->parts[0]), depth + 1));

  if (value->op == STRATA_ENV_OP_STOP)
    entries->first = object;
  else if (value->op == STRATA_ENV_OP_TEXT)
    found = import_object (self, object->place, value->text);
  if (found != NULL)
    return entries_of (self, call, found, depth + 1);
  entries->is_open = entries->first == NULL;

  return entries;
}

/* The names in capitals of an object, as a dict that is open where there may be more. */
static StrataEnvThing *
entries_of (StrataEnvReader *self,
            StrataEnvCall   *call,
            StrataEnvThing  *object,
            guint            depth)
{
  StrataEnvThing *entries = strata_env_thing_new (self, STRATA_THING_DICT, object->place);

  entries->is_open = depth > DEEPEST_CHOICE;
  if (entries->is_open)
    return entries;

  switch ((int) object->kind)
    {
    case STRATA_THING_VALUE:
      return entries_of_value (self, call, object, depth);
    case STRATA_THING_CHOICE:
      return join_entries (self, object->place, object->value, entries_of (self, call, object->first, depth + 1),
                           entries_of (self, call, object->second, depth + 1));
    case STRATA_THING_CLASS:
      take_class (self, call, object, object, entries);
      break;
    case STRATA_THING_INSTANCE:
      take_cells (self, call, object, object, entries);
      take_class (self, call, object, object->first, entries);
      entries->is_open |= object->is_open;
      break;
    case STRATA_THING_MODULE:
      strata_env_module_enter (self, object->module);
      take_cells (self, call, object, object, entries);
      entries->is_open |= object->is_open || strata_env_cell_get (object, "*") != NULL;
      break;
    default:
      entries->is_open = TRUE;
      break;
    }

  return entries;
}

static StrataEnvThing *
take_entries (StrataEnvReader *self,
              StrataEnvThing  *config,
              StrataEnvThing  *entries,
              StrataEnvCall   *call)
{
  if (entries->is_open)
    strata_env_doubt_entries (self, config);
  strata_env_dict_update (self, config, entries);

  return strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_TRUE, call->place, NULL));
}

static StrataEnvThing *
from_object (StrataEnvReader *self,
             StrataEnvThing  *config,
             StrataEnvCall   *call)
{
  StrataEnvThing *object = strata_env_call_get (call, 0, "obj");

  return object != NULL ? take_entries (self, config, entries_of (self, call, object, 0), call) : NULL;
}

/* from_mapping({...}, KEY=...) */
static StrataEnvThing *
from_mapping (StrataEnvReader *self,
              StrataEnvThing  *config,
              StrataEnvCall   *call)
{
  StrataEnvThing *mapping = strata_env_call_get (call, 0, "mapping");

  if (call->is_open)
    strata_env_doubt_entries (self, config);
  if (mapping != NULL)
    strata_env_dict_update (self, config, mapping);
  for (guint i = 0; i < call->names->len; i++)
    if (is_in_capitals (call->names->pdata[i]))
      strata_env_cell_set (self, config, call->names->pdata[i], call->keywords->pdata[i]);

  return strata_env_thing_none (self, call->place);
}

/* A file of the application's folder, or of its instance's; none from anywhere else. */
static StrataEnvThing *
from_pyfile (StrataEnvReader *self,
             StrataEnvThing  *config,
             StrataEnvCall   *call)
{
  const char *name = strata_env_literal_path (self, strata_env_call_get (call, 0, "filename"));
  StrataEnvThing *silent = strata_env_call_get (call, 1, "silent");
  StrataEnvThing *root = config->first;
  g_autofree char *path = NULL;
  StrataEnvModule *module;

  if (name == NULL || !strata_env_thing_is_text (root, NULL))
    return NULL;
  path = g_canonicalize_filename (name, root->value->text);
  if (!strata_env_flask_owns (self, path))
    return NULL;
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return silent != NULL && strata_env_value_get_truth (strata_env_truth (self, silent)) == STRATA_ENV_ALWAYS
           ? strata_env_thing_none (self, call->place) : NULL;

  module = strata_env_flask_read_file (self, path);
  if (module == NULL)
    return NULL;

  return take_entries (self, config, entries_of (self, call, module->thing, 0), call);
}

/* Every entry may come from FLASK_NAME instead. */
static StrataEnvThing *
from_prefixed_env (StrataEnvReader *self,
                   StrataEnvThing  *config,
                   StrataEnvCall   *call)
{
  StrataEnvThing *prefix = strata_env_call_get (call, 0, "prefix");
  g_autoptr(GPtrArray) names = strata_env_cell_names (config);

  if (prefix != NULL && !strata_env_thing_is_text (prefix, NULL))
    return NULL;
  if (strata_env_cell_get (config, STRATA_ENV_FLASK_URI) == NULL)
    g_ptr_array_add (names, (gpointer) STRATA_ENV_FLASK_URI);

  for (guint i = 0; i < names->len; i++)
    {
      StrataEnvThing *held = strata_env_cell_get (config, names->pdata[i]);
      g_autofree char *name = g_strconcat (prefix != NULL ? prefix->value->text : "FLASK", "_", names->pdata[i], NULL);
      const StrataEnvValue *variable = strata_env_variable (self, call->place,
                                                            strata_py_arena_strndup (self->scratch, name, strlen (name)),
                                                            FALSE, NULL, 0);
      const StrataEnvValue *is_none = strata_env_value_new_op (self->arena, STRATA_ENV_OP_IS_NONE, call->place, 0, 1,
                                                               variable);

      if (held == NULL)
        held = config->is_open ? strata_env_no_idea (self, call)
                               : strata_env_thing_outside (self, call->place, STRATA_ENV_NO_ENTRY);
      strata_env_cell_set (self, config, names->pdata[i],
                           strata_env_thing_choice (self, is_none, held, strata_env_thing_of_value (self, variable)));
    }
  config->is_open = TRUE;

  return strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_TRUE, call->place, NULL));
}

StrataEnvThing *
strata_env_call_flask_config (StrataEnvReader *self,
                              StrataEnvThing  *config,
                              const char      *name,
                              StrataEnvCall   *call)
{
  static const struct
  {
    const char     *name;
    StrataEnvThing *(*call) (StrataEnvReader *self, StrataEnvThing *config, StrataEnvCall *call);
  } methods[] = {
    { "from_mapping", from_mapping },
    { "from_object", from_object },
    { "from_prefixed_env", from_prefixed_env },
    { "from_pyfile", from_pyfile },
  };
  StrataEnvThing *result = NULL;

  if (!g_str_has_prefix (name, "from_"))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (methods) && result == NULL; i++)
    if (strcmp (methods[i].name, name) == 0)
      result = methods[i].call (self, config, call);
  if (result != NULL)
    return result;

  strata_env_doubt_entries (self, config);

  return strata_env_no_idea (self, call);
}

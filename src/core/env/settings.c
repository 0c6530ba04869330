/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/frame.h"

#define MOST_FILES 8
/* One in another. */
#define MOST_CHOICES 4

/* From where the code was when the instance was made. */
static StrataEnvFile
make_file (StrataEnvReader *self,
           StrataEnvThing  *instance,
           StrataEnvThing  *path)
{
  StrataEnvFile file = { strata_env_literal_path (self, path), FALSE, FALSE, path->place };
  g_autofree char *placed = NULL;

  if (file.path == NULL || g_path_is_absolute (file.path) || instance->value == NULL)
    return file;

  if (strata_env_value_is_text (instance->value, NULL))
    {
      placed = g_build_filename (instance->value->text, file.path, NULL);
      file.path = strata_py_arena_strndup (self->arena, placed, strlen (placed));
    }
  else
    file.path = NULL;

  return file;
}

/* The files of env_file, which is a path or several: the last one wins. */
static guint
read_files (StrataEnvReader *self,
            StrataEnvThing  *instance,
            StrataEnvThing  *option,
            StrataEnvFile   *files)
{
  guint n_files = 0;

  if (option == NULL || (option->kind == STRATA_THING_VALUE && option->value->op == STRATA_ENV_OP_NONE))
    return 0;

  if (option->kind != STRATA_THING_LIST || option->is_open || option->n_items > MOST_FILES)
    {
      files[0] = make_file (self, instance, option);
      return 1;
    }

  for (guint i = option->n_items; i > 0; i--)
    files[n_files++] = make_file (self, instance, option->items[i - 1]);

  return n_files;
}

/* The first of the names that is there, or in the files that the option names. */
static const StrataEnvValue *
read_with_files (StrataEnvReader        *self,
                 StrataPlace             place,
                 StrataEnvThing         *instance,
                 const StrataEnvOptions *options,
                 StrataEnvThing         *option,
                 GPtrArray              *names)
{
  const StrataEnvValue *none = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_NONE, place, NULL);
  StrataEnvFile files[MOST_FILES];
  guint n_files = read_files (self, instance, option, files);
  const StrataEnvValue *value = NULL;

  for (guint i = names->len; i > 0; i--)
    {
      const StrataEnvValue *variable = strata_env_variable (self, place, names->pdata[i - 1], !options->case_sensitive,
                                                            files, n_files);

      if (options->ignores_empty && variable->op == STRATA_ENV_OP_VARIABLE)
        ((StrataEnvValue *) variable)->number |= STRATA_ENV_IGNORES_EMPTY;
      else if (options->ignores_empty)
        variable = strata_env_value_new_op (self->arena, STRATA_ENV_OP_OR, place, 0, 2, variable, none);
      value = value == NULL ? variable : strata_env_value_new_op (self->arena, STRATA_ENV_OP_DEFAULT, place, 0, 2,
                                                                  variable, value);
    }

  return value;
}

/* A condition may decide which file it is: ".env.test" in tests, else ".env". */
static gboolean
get_choice (StrataEnvReader       *self,
            StrataEnvThing        *option,
            const StrataEnvValue **condition,
            StrataEnvThing        *ways[2])
{
  const StrataEnvValue *value = option != NULL && option->kind == STRATA_THING_VALUE ? option->value : NULL;

  if (option != NULL && option->kind == STRATA_THING_CHOICE)
    {
      *condition = option->value;
      ways[0] = option->first;
      ways[1] = option->second;
      return TRUE;
    }
  if (value == NULL || value->op != STRATA_ENV_OP_CHOICE)
    return FALSE;

  *condition = value->parts[0];
  ways[0] = strata_env_thing_of_value (self, value->parts[1]);
  ways[1] = strata_env_thing_of_value (self, value->parts[2]);

  return TRUE;
}

static const StrataEnvValue *
read_choice (StrataEnvReader        *self,
             StrataPlace             place,
             StrataEnvThing         *instance,
             const StrataEnvOptions *options,
             StrataEnvThing         *option,
             GPtrArray              *names,
             guint                   n_choices)
{
  const StrataEnvValue *condition;
  StrataEnvThing *ways[2];

  if (n_choices >= MOST_CHOICES || !get_choice (self, option, &condition, ways))
    return read_with_files (self, place, instance, options, option, names);

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, place, 0, 3, condition,
                                  read_choice (self, place, instance, options, ways[0], names, n_choices + 1),
                                  read_choice (self, place, instance, options, ways[1], names, n_choices + 1));
}

static const StrataEnvValue *
read_variables (StrataEnvReader        *self,
                StrataPlace             place,
                StrataEnvThing         *instance,
                const StrataEnvOptions *options,
                GPtrArray              *names)
{
  return read_choice (self, place, instance, options, options->file, names, 0);
}

/* What the field is without a variable: NULL where it must have one. */
static StrataEnvThing *
get_default (StrataEnvReader      *self,
             StrataEnvFrame       *frame,
             const StrataEnvField *field)
{
  StrataEnvThing *call = strata_env_field_get_call (field);
  StrataEnvThing *found;

  if (call == NULL)
    return field->assigned;

  found = strata_env_cell_get (call, "default_factory");
  if (found != NULL)
    return strata_env_call_with (self, frame, field->node, found, NULL);

  found = strata_env_cell_get (call, "default");
  if (found == NULL && call->n_items > 0)
    found = call->items[0];

  /* "Field(...)" says that it is required. */
  return found != NULL && found->kind == STRATA_THING_OUTSIDE && strcmp (found->text, "builtins.Ellipsis") == 0
         ? NULL : found;
}

/* The plain value of a default, which may be a secret or a member of an enumeration. */
static const StrataEnvValue *
get_plain (StrataEnvReader *self,
           StrataEnvThing  *thing)
{
  if (thing->kind == STRATA_THING_OBJECT &&
      (strcmp (thing->text, STRATA_ENV_SECRET) == 0 || strcmp (thing->text, STRATA_ENV_MEMBER_OF_ENUM) == 0))
    return thing->value;

  return strata_env_thing_to_value (self, thing);
}

static const StrataEnvValue *
is_none (StrataEnvReader      *self,
         const StrataEnvValue *value)
{
  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_IS_NONE, value->place, 0, 1, value);
}

static const StrataEnvValue *
unless_none (StrataEnvReader      *self,
             const StrataEnvValue *value,
             const StrataEnvValue *converted)
{
  const StrataEnvValue *none = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_NONE, value->place, NULL);

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, value->place, 0, 3, is_none (self, value), none,
                                  converted);
}

/* The value with the face that its annotation gives it. */
static StrataEnvThing *
dress (StrataEnvReader        *self,
       const StrataEnvOptions *options,
       const StrataEnvField   *field,
       const StrataEnvValue   *value,
       gboolean                may_be_none)
{
  StrataEnvThing *plain = strata_env_thing_of_value (self, value);
  StrataEnvThing *dressed = plain;

  if (field->kind == STRATA_ENV_AS_SECRET)
    {
      dressed = strata_env_thing_with (self, STRATA_THING_OBJECT, value->place, value);
      dressed->text = STRATA_ENV_SECRET;
    }
  else if (field->kind == STRATA_ENV_AS_ENUM && !options->plain_enums)
    dressed = strata_env_enum_new (self, value->place, field->type, plain, NULL);
  if (dressed == plain || !may_be_none)
    return dressed;

  return strata_env_thing_choice (self, is_none (self, value), strata_env_thing_none (self, value->place), dressed);
}

/* A variable, or else the default. */
static StrataEnvThing *
read_plain (StrataEnvReader        *self,
            const StrataEnvOptions *options,
            const StrataEnvField   *field,
            const StrataEnvValue   *variable,
            StrataEnvThing         *otherwise)
{
  const StrataEnvValue *value = variable;
  const StrataEnvValue *plain = otherwise != NULL ? get_plain (self, otherwise) : NULL;

  if (field->kind == STRATA_ENV_AS_FLAG)
    value = strata_env_value_new_op (self->arena, STRATA_ENV_OP_FLAG, value->place, 0, 1, value);
  else if (field->kind == STRATA_ENV_AS_INTEGER)
    value = unless_none (self, value, strata_env_value_new_op (self->arena, STRATA_ENV_OP_INTEGER, value->place, 0, 1,
                                                               value));
  value = plain != NULL ? strata_env_value_new_op (self->arena, STRATA_ENV_OP_DEFAULT, value->place, 0, 2, value, plain)
                        : strata_env_need (self, value);

  return dress (self, options, field, value, plain != NULL && (!strata_env_value_is_literal (plain) ||
                                                               plain->op == STRATA_ENV_OP_NONE));
}

static StrataEnvThing *
read_nested_field (StrataEnvReader        *self,
                   StrataEnvFrame         *frame,
                   StrataEnvThing         *instance,
                   const StrataEnvOptions *options,
                   const char             *outer,
                   const StrataEnvField   *inner,
                   StrataEnvThing         *given)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autofree char *name = g_strconcat (options->prefix, outer, options->delimiter, inner->name, NULL);
  StrataEnvThing *call = strata_env_field_get_call (inner);
  StrataEnvThing *otherwise = given != NULL ? strata_env_field_get (self, frame, inner->node, given, inner->name)
                                            : get_default (self, frame, inner);
  StrataPlace place = inner->class_thing->place;

  if (inner->kind >= STRATA_ENV_AS_MODEL || (call != NULL && (strata_env_cell_get (call, "alias") != NULL ||
                                                              strata_env_cell_get (call, "validation_alias") != NULL)))
    return strata_env_thing_unknown (self, place, _("these nested settings were not followed"));

  g_ptr_array_add (names, name);

  return read_plain (self, options, inner, read_variables (self, place, instance, options, names), otherwise);
}

/* A group of settings in a field, whose own fields have nested names: "DB__HOST". One variable for all of them has JSON,
 * which is not read. */
static StrataEnvThing *
read_nested (StrataEnvReader        *self,
             StrataEnvFrame         *frame,
             StrataEnvThing         *instance,
             const StrataEnvOptions *options,
             const StrataEnvField   *field,
             const StrataEnvValue   *variable,
             StrataEnvThing         *otherwise,
             gboolean                is_merged)
{
  StrataEnvThing *given = otherwise != NULL && otherwise->kind == STRATA_THING_INSTANCE ? otherwise : NULL;
  StrataEnvThing *nested = given;
  StrataEnvThing *order = field->type->second;

  if ((options->delimiter == NULL && given == NULL) || strata_env_class_validates (field->type) ||
      (options->delimiter != NULL && given != NULL && given->cells != NULL && !is_merged))
    return strata_env_thing_unknown (self, variable->place, _("these nested settings were not followed"));

  if (options->delimiter != NULL)
    {
      nested = strata_env_thing_new (self, STRATA_THING_INSTANCE, field->type->place);
      nested->first = field->type;
    }
  for (guint i = 0; i < order->n_items && options->delimiter != NULL; i++)
    for (guint j = 0; j < order->items[i]->node->definition.body.length; j++)
      {
        const StrataPyNode *node = order->items[i]->node->definition.body.items[j];
        StrataEnvField inner;

        if (node->kind == STRATA_PY_NODE_ANNOTATED && node->list.items[0]->kind == STRATA_PY_NODE_NAME &&
            strata_env_cell_get (nested, node->list.items[0]->name) == NULL &&
            strata_env_find_field (self, field->type, node->list.items[0]->name, &inner))
          strata_env_cell_keep (self, nested, inner.name,
                                read_nested_field (self, frame, instance, options, field->name, &inner, given));
      }

  return strata_env_thing_choice (self, is_none (self, variable), nested,
                                  strata_env_thing_unknown (self, variable->place,
                                                            _("this setting is read from JSON")));
}

static StrataEnvThing *
find_given (StrataEnvThing *instance,
            const char     *name)
{
  g_autofree char *key = g_strconcat ("=", name, NULL);

  return strata_env_cell_get (instance, key);
}

/* "Settings(**{"database": {...}})": a model of its own, made of the dict. */
static StrataEnvThing *
make_model (StrataEnvReader      *self,
            const StrataEnvField *field,
            StrataEnvThing       *dict)
{
  StrataEnvThing *init = strata_env_class_find (field->type, "__init__");
  StrataEnvThing *model = strata_env_thing_new (self, STRATA_THING_INSTANCE, dict->place);
  g_autoptr(GPtrArray) names = strata_env_cell_names (dict);

  if (dict->is_open || init != NULL || strata_env_class_validates (field->type) ||
      strata_env_class_derives (field->type, "BaseSettings"))
    return strata_env_thing_unknown (self, dict->place, _("these nested settings were not followed"));

  model->first = field->type;
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *key = g_strconcat ("=", names->pdata[i], NULL);
      StrataEnvThing *entry = strata_env_cell_get (dict, names->pdata[i]);

      if (strata_env_is_missing (entry))
        continue;
      if (entry->kind == STRATA_THING_CHOICE)
        entry = strata_env_thing_unknown (self, dict->place, _("whether this is given depends on a condition"));
      strata_env_cell_keep (self, model, strata_py_arena_strndup (self->scratch, key, strlen (key)), entry);
    }

  return model;
}

/* What pydantic makes of a value that comes from a file: a number is no text to it, and a secret does not show. */
static StrataEnvThing *
accept (StrataEnvReader        *self,
        const StrataEnvOptions *options,
        const StrataEnvField   *field,
        StrataEnvThing         *value)
{
  StrataEnvOp op = value->kind == STRATA_THING_VALUE ? value->value->op : STRATA_ENV_OP_NONE;

  if (field->kind == STRATA_ENV_AS_MODEL && value->kind == STRATA_THING_DICT)
    return make_model (self, field, value);
  if (field->kind == STRATA_ENV_AS_TEXT && op >= STRATA_ENV_OP_FALSE && op <= STRATA_ENV_OP_NUMBER)
    return strata_env_thing_unknown (self, value->place, _("a number or boolean is given where a text is wanted"));
  if ((op == STRATA_ENV_OP_TEXT || op == STRATA_ENV_OP_ENTRY) && field->kind == STRATA_ENV_AS_FLAG)
    return strata_env_thing_of_value (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_FLAG, value->place, 0, 1,
                                                                     value->value));
  if (op == STRATA_ENV_OP_TEXT || op == STRATA_ENV_OP_ENTRY)
    return dress (self, options, field, value->value, FALSE);

  return value;
}

/* A field of a model goes by its alias alone. */
static gboolean
has_alias (const StrataEnvField *field)
{
  StrataEnvThing *call = strata_env_field_get_call (field);

  return call != NULL && (strata_env_cell_get (call, "alias") != NULL || strata_env_cell_get (call, "validation_alias") != NULL);
}

/* What a file of settings has for a field; the file's null is no text. */
static StrataEnvThing *
accept_entry (StrataEnvReader        *self,
              const StrataEnvOptions *options,
              const StrataEnvField   *field,
              StrataEnvThing         *value)
{
  if (value->kind == STRATA_THING_VALUE && value->value->op == STRATA_ENV_OP_NONE)
    return strata_env_thing_unknown (self, value->place, _("null is given for this setting"));

  return accept (self, options, field, value);
}

static StrataEnvThing *
read_field (StrataEnvReader      *self,
            StrataEnvFrame       *frame,
            StrataEnvThing       *instance,
            const StrataEnvField *field)
{
  StrataPlace place = strata_py_tree_get_place (((StrataEnvModule *) field->class_thing->module)->tree, field->node);
  StrataEnvOptions options = strata_env_read_options (self, instance);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  g_autoptr(GPtrArray) own = g_ptr_array_new_with_free_func (g_free);
  const StrataEnvValue *variable;
  StrataEnvThing *otherwise;
  StrataEnvEntry entry;

  place.file = ((StrataEnvModule *) field->class_thing->module)->path;
  if (!options.is_known || !strata_env_field_get_names (field, &options, names, own))
    return strata_env_thing_unknown (self, place, _("the sources of these settings were not understood"));
  /* By its alias it may be given too. */
  for (guint i = 0; i < names->len; i++)
    if (find_given (instance, names->pdata[i]) != NULL)
      return strata_env_thing_unknown (self, place, _("this setting is given by another name"));

  if (!strata_env_settings_find_entry (instance, &options, field, &entry) || (entry.has_data && has_alias (field)))
    return strata_env_thing_unknown (self, place, _("the sources of this setting were not understood"));

  otherwise = entry.data != NULL ? accept_entry (self, &options, field, entry.data) : get_default (self, frame, field);
  variable = !entry.has_variables ? strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_NONE, place, NULL)
             : entry.has_files    ? read_variables (self, place, instance, &options, names)
                                  : read_with_files (self, place, instance, &options, NULL, names);
  if (field->kind == STRATA_ENV_AS_MODEL)
    return read_nested (self, frame, instance, &options, field, variable, otherwise, entry.data != NULL);
  if (field->kind == STRATA_ENV_AS_OTHER)
    return strata_env_thing_unknown (self, place, _("this setting is not a plain value"));

  return strata_env_field_validate (self, frame, instance, field, read_plain (self, &options, field, variable, otherwise));
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
  StrataEnvOptions options;
  StrataEnvField field;
  StrataEnvFrame own;

  if (value != NULL)
    return value;
  if (!strata_env_find_field (self, class_thing, name, &field))
    return NULL;

  /* Defaults are seen from the class. */
  strata_env_frame_init (&own, self, field.class_thing->module, field.class_thing);
  own.condition = frame->condition;
  /* The sources were read when the instance was made. */
  if (instance->second != NULL)
    self->as_of = instance->second;

  value = find_given (instance, name);
  options = strata_env_read_options (self, instance);
  if (strata_env_class_derives (class_thing, "BaseModel") && (has_alias (&field) || !options.is_known))
    value = strata_env_thing_unknown (self, instance->place,
                                      _("by which names this model takes its fields was not understood"));
  else if (value != NULL && strata_env_settings_has_strange_sources (instance))
    value = strata_env_thing_unknown (self, instance->place, _("the sources of these settings were not understood"));
  else if (value != NULL)
    value = strata_env_field_validate (self, &own, instance, &field, accept (self, &options, &field, value));
  else if (strata_env_class_derives (class_thing, "BaseSettings"))
    value = read_field (self, &own, instance, &field);
  /* Models have no sources of their own: what they were not given is their default. */
  else if (strata_env_class_derives (class_thing, "BaseModel"))
    value = get_default (self, &own, &field);
  strata_env_frame_clear (&own);
  self->as_of = as_of;

  /* Worked out once: it would come to the same again, at some length. */
  if (value != NULL)
    strata_env_cell_keep (self, instance, field.name, value);

  return value;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <string.h>

/* The Config and its ConfigParser. What was set in a section stays raw, as ConfigParser keeps it, and is interpolated
 * when it is read: with what was set, and what the file has, at that time. */

#define CONFIG      "alembic.context.config."
#define FILE_CONFIG "alembic.context.config.file_config."

/* Names are of any case. */
const char *
strata_env_ini_fold_name (StrataEnvReader *self,
                          const char      *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return strata_py_arena_strndup (self->arena, lower, strlen (lower));
}

StrataEnvThing *
strata_env_ini_section (StrataEnvReader *self,
                        const char      *name)
{
  StrataEnvThing *store = strata_env_cell_get (self->ini, name);

  if (store == NULL)
    {
      store = strata_env_thing_new (self, STRATA_THING_SECTION, (StrataPlace) { NULL });
      store->op = STRATA_ENV_OP_INTERPOLATE;
      store->is_open = self->ini->is_open;
      store->text = strcmp (name, self->source->section) == 0 ? NULL
                    : strata_py_arena_strndup (self->arena, name, strlen (name));
      strata_env_cell_keep (self, self->ini, strata_py_arena_strndup (self->scratch, name, strlen (name)), store);
    }

  return store;
}

/* Whether all sections are as they are in the file. */
static gboolean
is_untouched (StrataEnvReader *self)
{
  g_autoptr(GPtrArray) names = strata_env_cell_names (self->ini);

  for (guint i = 0; i < names->len; i++)
    if (strata_env_cell_get (self->ini, names->pdata[i])->cells != NULL)
      return FALSE;

  return !self->ini->is_open;
}

/* The section of that name; where the name depends on something, one that is only read. NULL where neither is known. */
static StrataEnvThing *
find_section (StrataEnvReader *self,
              StrataEnvThing  *name)
{
  const StrataEnvValue *value = name != NULL ? strata_env_thing_to_value (self, name) : NULL;
  StrataEnvThing *section;

  if (value != NULL && value->op == STRATA_ENV_OP_TEXT)
    return strata_env_ini_section (self, value->text);
  if (value == NULL || strata_env_value_is_literal (value) || value->op == STRATA_ENV_OP_UNKNOWN || !is_untouched (self))
    return NULL;

  section = strata_env_thing_with (self, STRATA_THING_SECTION, name->place, value);
  section->op = STRATA_ENV_OP_INI_KEY;

  return section;
}

/* The one that config.config_ini_section names. */
static StrataEnvThing *
get_main_section (StrataEnvReader *self)
{
  StrataEnvThing *name = strata_env_cell_get (self->world, "section");

  return name != NULL ? find_section (self, name) : strata_env_ini_section (self, self->source->section);
}

/* What is set in a section whose name depends on something may be set in any. */
static StrataEnvThing *
only_stored (StrataEnvThing *section)
{
  return section != NULL && section->op == STRATA_ENV_OP_INTERPOLATE ? section : NULL;
}

/* The entry as it is in the file, before interpolation where it is raw. */
static const StrataEnvValue *
new_leaf (StrataEnvReader *self,
          const char      *section,
          StrataPlace      place,
          const char      *key,
          gboolean         is_raw)
{
  StrataEnvValue *leaf = (StrataEnvValue *) strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_INI_KEY, place, key);

  leaf->section = section;
  leaf->number = is_raw;
  g_ptr_array_add (self->sources, leaf);

  return leaf;
}

/* The entry of a section whose name is a part of the value. */
static const StrataEnvValue *
new_entry_of (StrataEnvReader      *self,
              const StrataEnvValue *section,
              StrataPlace           place,
              const char           *key)
{
  StrataEnvValue *entry = (StrataEnvValue *) strata_env_value_new_op (self->arena, STRATA_ENV_OP_INI_KEY, place, 0, 1,
                                                                      section);

  if (entry->op == STRATA_ENV_OP_INI_KEY)
    {
      entry->text = strata_py_arena_strndup (self->arena, key, strlen (key));
      g_ptr_array_add (self->sources, entry);
    }

  return entry;
}

/* Name, value, name, value ...: what was set, but for one key. */
static void
collect_set (StrataEnvReader *self,
             StrataEnvThing  *store,
             const char      *key,
             GPtrArray       *parts)
{
  g_autoptr(GPtrArray) names = strata_env_cell_names (store);

  for (guint i = 0; i < names->len; i++)
    {
      StrataEnvThing *set = strata_env_cell_get (store, names->pdata[i]);

      if (strcmp (names->pdata[i], key) == 0)
        continue;
      g_ptr_array_add (parts, (gpointer) strata_env_text (self, set->place, names->pdata[i]));
      g_ptr_array_add (parts, (gpointer) strata_env_thing_to_value (self, set));
    }
}

/* "%" doubled by the code itself is so simply "%" again. */
static const StrataEnvValue *
interpolate (StrataEnvReader      *self,
             StrataEnvThing       *store,
             StrataPlace           place,
             const char           *key,
             const StrataEnvValue *raw)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new ();
  StrataEnvValue *result;

  if (raw->op == STRATA_ENV_OP_REPLACE && raw->number == 0 && strata_env_value_is_text (raw->parts[1], "%") &&
      strata_env_value_is_text (raw->parts[2], "%%"))
    return raw->parts[0];
  if (raw->op == STRATA_ENV_OP_UNKNOWN || raw->op == STRATA_ENV_OP_STOP ||
      (strata_env_value_is_literal (raw) && (raw->op != STRATA_ENV_OP_TEXT || strchr (raw->text, '%') == NULL)))
    return raw;
  if (raw->op == STRATA_ENV_OP_CHOICE && raw->depth < 20)
    return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, raw->place, 0, 3, raw->parts[0],
                                    interpolate (self, store, place, key, raw->parts[1]),
                                    interpolate (self, store, place, key, raw->parts[2]));

  g_ptr_array_add (parts, (gpointer) raw);
  collect_set (self, store, key, parts);
  /* With nothing else set, the file's own interpolation is the one that counts. */
  if (raw->op == STRATA_ENV_OP_INI_KEY && raw->number == 1 && parts->len == 1)
    return new_leaf (self, raw->section, raw->place, raw->text, FALSE);

  result = (StrataEnvValue *) strata_env_value_new_list (self->arena, STRATA_ENV_OP_INTERPOLATE, place, parts);
  if (result->op == STRATA_ENV_OP_INTERPOLATE)
    result->section = store->text;

  return result;
}

/* The entry as it is in the file, and raw where what was set meanwhile belongs into it. */
const StrataEnvValue *
strata_env_ini_leaf (StrataEnvReader *self,
                     StrataEnvThing  *section,
                     StrataPlace      place,
                     const char      *key)
{
  if (section->op == STRATA_ENV_OP_INTERPOLATE)
    return new_leaf (self, section->text, place, key, TRUE);
  if (section->value != NULL)
    return new_entry_of (self, section->value, place, key);
  if (section->first == NULL)
    return new_leaf (self, section->text, place, key, FALSE);

  return interpolate (self, section->first, place, key, new_leaf (self, section->text, place, key, TRUE));
}

/* What is read of a section that keeps what was set raw. */
const StrataEnvValue *
strata_env_ini_read (StrataEnvReader *self,
                     StrataEnvThing  *store,
                     StrataPlace      place,
                     const char      *name)
{
  const char *key = strata_env_ini_fold_name (self, name);
  StrataEnvThing *set = strata_env_cell_get (store, key);
  const StrataEnvValue *raw = set != NULL ? strata_env_thing_to_value (self, set)
                                          : strata_env_section_leaf (self, store, place, key);

  return interpolate (self, store, place, key, raw);
}

/* A copy, as config.get_section() gives one: all is interpolated, and what is set in it is set nowhere else. */
static StrataEnvThing *
copy_section (StrataEnvReader *self,
              StrataPlace      place,
              const char      *name)
{
  StrataEnvThing *store = strata_env_ini_section (self, name);
  StrataEnvThing *copy = strata_env_thing_new (self, STRATA_THING_SECTION, place);
  g_autoptr(GPtrArray) keys = strata_env_cell_names (store);

  copy->op = STRATA_ENV_OP_INI_KEY;
  copy->text = store->text;
  copy->is_open = store->is_open;
  copy->first = keys->len > 0 ? strata_env_copy (self, store, place) : NULL;
  for (guint i = 0; i < keys->len; i++)
    strata_env_cell_set (self, copy, keys->pdata[i],
                         strata_env_thing_of_value (self, strata_env_ini_read (self, store, place, keys->pdata[i])));

  return copy;
}

static StrataEnvThing *
get_option (StrataEnvReader *self,
            StrataEnvCall   *call,
            StrataEnvThing  *section,
            guint            position,
            const char      *key_name)
{
  StrataEnvThing *key = strata_env_call_get (call, position, key_name);
  StrataEnvThing *otherwise = strata_env_call_get (call, position + 1, "default");

  if (section == NULL || call->is_open || !strata_env_thing_is_text (key, NULL))
    return strata_env_no_idea (self, call);
  if (strcmp (key->value->text, "databases") == 0)
    self->traits |= STRATA_ENV_MULTIDB;

  return strata_env_thing_of_value (self, strata_env_default (self, strata_env_section_get (self, section, call->place,
                                                                                            key->value->text),
                                                              otherwise));
}

static StrataEnvThing *
call_get_main_option (StrataEnvReader *self,
                      StrataEnvCall   *call)
{
  return get_option (self, call, get_main_section (self), 0, "name");
}

/* The ini, then pyproject.toml: of that no database is known. */
static StrataEnvThing *
call_get_alembic_option (StrataEnvReader *self,
                         StrataEnvCall   *call)
{
  StrataEnvThing *main_section = get_main_section (self);
  StrataEnvThing *key = strata_env_call_get (call, 0, "name");

  if (main_section == NULL || !strata_env_thing_is_text (key, NULL))
    return strata_env_no_idea (self, call);

  return strata_env_thing_of_value (self, strata_env_default (self, strata_env_section_get (self, main_section, call->place,
                                                                                            key->value->text),
                                                              strata_env_no_idea (self, call)));
}

static StrataEnvThing *
find_named_section (StrataEnvReader *self,
                    StrataEnvCall   *call,
                    const char      *name)
{
  return find_section (self, strata_env_call_get (call, 0, name));
}

static StrataEnvThing *
call_get_section_option (StrataEnvReader *self,
                         StrataEnvCall   *call)
{
  return get_option (self, call, find_named_section (self, call, "section"), 1, "name");
}

/* ConfigParser.get(section, option, fallback=...), without which a missing one is an error. */
static StrataEnvThing *
call_get (StrataEnvReader *self,
          StrataEnvCall   *call)
{
  StrataEnvThing *section = find_named_section (self, call, "section");
  StrataEnvThing *option = strata_env_call_get (call, 1, "option");
  StrataEnvThing *otherwise = strata_env_call_get (call, G_MAXUINT, "fallback");
  const StrataEnvValue *value;

  if (section == NULL || call->is_open || !strata_env_thing_is_text (option, NULL) ||
      strata_env_call_get (call, G_MAXUINT, "raw") != NULL || strata_env_call_get (call, G_MAXUINT, "vars") != NULL)
    return strata_env_no_idea (self, call);

  value = strata_env_section_get (self, section, call->place, option->value->text);

  return strata_env_thing_of_value (self, otherwise != NULL ? strata_env_default (self, value, otherwise)
                                                            : strata_env_need (self, value));
}

static StrataEnvThing *
call_get_section (StrataEnvReader *self,
                  StrataEnvCall   *call)
{
  StrataEnvThing *name = strata_env_call_get (call, 0, "name");
  StrataEnvThing *section = strata_env_thing_is_text (name, NULL) ? copy_section (self, call->place, name->value->text)
                                                                  : find_section (self, name);

  if (section != NULL)
    return section;

  /* Why its name is not known is why it is not. */
  return name != NULL && name->kind == STRATA_THING_VALUE && name->value->op == STRATA_ENV_OP_UNKNOWN
         ? name : strata_env_no_idea (self, call);
}

/* Where it is not known what is set, all of it may be. */
static StrataEnvThing *
set_option (StrataEnvReader *self,
            StrataEnvCall   *call,
            StrataEnvThing  *section,
            guint            position,
            const char      *key_name)
{
  StrataEnvThing *key = strata_env_call_get (call, position, key_name);
  StrataEnvThing *value = strata_env_call_get (call, position + 1, "value");

  /* What is set for all sections is seen where a section does not have it, which only the file says. */
  if (section == NULL || g_strcmp0 (section->text, "DEFAULT") == 0)
    strata_env_spoil_ini (self, call->place);
  else if (value == NULL || !strata_env_thing_is_text (key, NULL))
    strata_env_doubt_entries (self, section);
  else
    strata_env_section_set (self, section, key->value->text, value);

  return strata_env_thing_none (self, call->place);
}

static StrataEnvThing *
call_set_main_option (StrataEnvReader *self,
                      StrataEnvCall   *call)
{
  return set_option (self, call, only_stored (get_main_section (self)), 0, "name");
}

static StrataEnvThing *
call_set_section_option (StrataEnvReader *self,
                         StrataEnvCall   *call)
{
  return set_option (self, call, only_stored (find_named_section (self, call, "section")), 1, "name");
}

static StrataEnvThing *
call_set (StrataEnvReader *self,
          StrataEnvCall   *call)
{
  return set_option (self, call, only_stored (find_named_section (self, call, "section")), 1, "option");
}

/* What [DEFAULT] has of that name is what remains. */
static StrataEnvThing *
remove_option (StrataEnvReader *self,
               StrataEnvCall   *call,
               StrataEnvThing  *section,
               StrataEnvThing  *key)
{
  const char *name = strata_env_thing_is_text (key, NULL) ? strata_env_ini_fold_name (self, key->value->text) : NULL;

  if (section == NULL)
    strata_env_spoil_ini (self, call->place);
  else if (name == NULL)
    strata_env_doubt_entries (self, section);
  else
    strata_env_cell_set (self, section, name,
                         strata_env_thing_of_value (self, new_leaf (self, "DEFAULT", call->place, name, TRUE)));

  return strata_env_thing_none (self, call->place);
}

static StrataEnvThing *
call_remove_main_option (StrataEnvReader *self,
                         StrataEnvCall   *call)
{
  return remove_option (self, call, only_stored (get_main_section (self)), strata_env_call_get (call, 0, "name"));
}

static StrataEnvThing *
call_remove_option (StrataEnvReader *self,
                    StrataEnvCall   *call)
{
  return remove_option (self, call, only_stored (find_named_section (self, call, "section")),
                        strata_env_call_get (call, 1, "option"));
}

static const StrataEnvNative functions[] = {
  { FILE_CONFIG "get", call_get },
  { FILE_CONFIG "remove_option", call_remove_option },
  { FILE_CONFIG "set", call_set },
  { CONFIG "get_alembic_option", call_get_alembic_option },
  { CONFIG "get_main_option", call_get_main_option },
  { CONFIG "get_section", call_get_section },
  { CONFIG "get_section_option", call_get_section_option },
  { CONFIG "remove_main_option", call_remove_main_option },
  { CONFIG "set_main_option", call_set_main_option },
  { CONFIG "set_section_option", call_set_section_option },
};

/* Methods that change nothing, of which nothing else is known. */
static gboolean
only_looks (const char *name)
{
  static const char * const looks[] = {
    FILE_CONFIG "getboolean", FILE_CONFIG "getfloat", FILE_CONFIG "getint", FILE_CONFIG "has_option",
    FILE_CONFIG "has_section", FILE_CONFIG "items", FILE_CONFIG "options", FILE_CONFIG "sections", FILE_CONFIG "write",
    CONFIG "get_alembic_boolean_option", CONFIG "get_hooks_list", CONFIG "get_prepend_sys_paths_list",
    CONFIG "get_template_directory", CONFIG "get_version_locations_list", CONFIG "print_stdout", NULL,
  };

  return g_strv_contains (looks, name);
}

/* A call of the Config, or of something in it: what is not known may change all. */
StrataEnvThing *
strata_env_call_config (StrataEnvReader *self,
                        const char      *name,
                        StrataEnvCall   *call)
{
  if (!g_str_has_prefix (name, CONFIG))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (strcmp (functions[i].name, name) == 0)
      return functions[i].call (self, call);

  if (!only_looks (name))
    strata_env_spoil_ini (self, call->place);

  return strata_env_no_idea (self, call);
}

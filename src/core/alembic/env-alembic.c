/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-natives.h"

#include <string.h>

static StrataEnvThing *
truth (StrataEnvReader *self,
       StrataPlace      place,
       gboolean         is_true)
{
  return strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena,
                                                                     is_true ? STRATA_ENV_OP_TRUE : STRATA_ENV_OP_FALSE,
                                                                     place, NULL));
}

/* What config.set_main_option() and the like have set, by section. */
static StrataEnvThing *
get_store (StrataEnvReader *self,
           const char      *name)
{
  StrataEnvThing *store = strata_env_cell_get (self->ini, name);

  if (store == NULL)
    {
      store = strata_env_thing_new (self, STRATA_THING_SECTION, (StrataPlace) { NULL });
      store->op = STRATA_ENV_OP_INI_KEY;
      store->text = strcmp (name, self->source->section) == 0 ? NULL
                    : strata_py_arena_strndup (self->arena, name, strlen (name));
      strata_env_cell_keep (self, self->ini, strata_py_arena_strndup (self->scratch, name, strlen (name)), store);
    }

  return store;
}

/* A copy, as config.get_section() gives one: what is set in it is set nowhere else. */
StrataEnvThing *
strata_env_section (StrataEnvReader *self,
                    StrataPlace      place,
                    const char      *name)
{
  return strata_env_copy (self, get_store (self, name), place);
}

/* The entry as it is outside. */
const StrataEnvValue *
strata_env_section_leaf (StrataEnvReader *self,
                         StrataEnvThing  *section,
                         StrataPlace      place,
                         const char      *key)
{
  StrataEnvValue *leaf;

  if (section->is_open)
    return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_UNKNOWN, place,
                                      "something that was not followed may have changed this section");

  leaf = (StrataEnvValue *) strata_env_value_new_leaf (self->arena, section->op, place, key);
  leaf->section = section->op == STRATA_ENV_OP_INI_KEY ? section->text : NULL;
  g_ptr_array_add (self->sources, leaf);

  return leaf;
}

const StrataEnvValue *
strata_env_section_get (StrataEnvReader *self,
                        StrataEnvThing  *section,
                        StrataPlace      place,
                        const char      *key)
{
  StrataEnvThing *set = strata_env_cell_get (section, key);

  return set != NULL ? strata_env_thing_to_value (self, set) : strata_env_section_leaf (self, section, place, key);
}

static StrataEnvThing *
call_offline (StrataEnvReader *self,
              StrataEnvCall   *call)
{
  return truth (self, call->place, self->offline);
}

static StrataEnvThing *
get_option (StrataEnvReader *self,
            StrataEnvCall   *call,
            const char      *section,
            guint            position,
            const char      *key_name)
{
  StrataEnvThing *key = strata_env_call_get (call, position, key_name);
  StrataEnvThing *otherwise = strata_env_call_get (call, position + 1, "default");

  if (!strata_env_thing_is_text (key, NULL))
    return NULL;
  if (strcmp (key->value->text, "databases") == 0)
    self->traits |= STRATA_ENV_MULTIDB;

  return strata_env_thing_of_value (self, strata_env_default (self, strata_env_section_get (self, get_store (self, section),
                                                                                            call->place,
                                                                                            key->value->text),
                                                              otherwise));
}

static StrataEnvThing *
call_get_main_option (StrataEnvReader *self,
                      StrataEnvCall   *call)
{
  return get_option (self, call, self->source->section, 0, "name");
}

static StrataEnvThing *
call_get_section_option (StrataEnvReader *self,
                         StrataEnvCall   *call)
{
  StrataEnvThing *section = strata_env_call_get (call, 0, "section");

  return strata_env_thing_is_text (section, NULL) ? get_option (self, call, section->value->text, 1, "name") : NULL;
}

static StrataEnvThing *
call_get_section (StrataEnvReader *self,
                  StrataEnvCall   *call)
{
  StrataEnvThing *section = strata_env_call_get (call, 0, "name");

  return strata_env_thing_is_text (section, NULL) ? strata_env_section (self, call->place, section->value->text) : NULL;
}

/* ConfigParser interpolates what was set when it is read. "%" doubled is so simply "%" again. */
static const StrataEnvValue *
interpolated (StrataEnvReader      *self,
              StrataPlace           place,
              const StrataEnvValue *value,
              const char           *section)
{
  StrataEnvValue *result;

  if (value->op == STRATA_ENV_OP_REPLACE && value->number == 0 && strata_env_value_is_text (value->parts[1], "%") &&
      strata_env_value_is_text (value->parts[2], "%%"))
    return value->parts[0];
  if (value->op == STRATA_ENV_OP_TEXT && strchr (value->text, '%') == NULL)
    return value;

  result = (StrataEnvValue *) strata_env_value_new_op (self->arena, STRATA_ENV_OP_INTERPOLATE, place, 0, 1, value);
  if (result->op == STRATA_ENV_OP_INTERPOLATE)
    result->section = section;

  return result;
}

static StrataEnvThing *
set_option (StrataEnvReader *self,
            StrataEnvCall   *call,
            const char      *section,
            guint            position)
{
  StrataEnvThing *key = strata_env_call_get (call, position, "name");
  StrataEnvThing *value = strata_env_call_get (call, position + 1, "value");
  StrataEnvThing *store = get_store (self, section);

  if (value == NULL || !strata_env_thing_is_text (key, NULL))
    {
      store->is_open = TRUE;
      return NULL;
    }

  strata_env_cell_set (self, store, key->value->text,
                       strata_env_thing_of_value (self, interpolated (self, call->place,
                                                                      strata_env_thing_to_value (self, value),
                                                                      store->text)));

  return strata_env_thing_none (self, call->place);
}

static StrataEnvThing *
call_set_main_option (StrataEnvReader *self,
                      StrataEnvCall   *call)
{
  return set_option (self, call, self->source->section, 0);
}

static StrataEnvThing *
call_set_section_option (StrataEnvReader *self,
                         StrataEnvCall   *call)
{
  StrataEnvThing *section = strata_env_call_get (call, 0, "section");

  return strata_env_thing_is_text (section, NULL) ? set_option (self, call, section->value->text, 1) : NULL;
}

static StrataEnvThing *
call_get_x_argument (StrataEnvReader *self,
                     StrataEnvCall   *call)
{
  StrataEnvThing *as_dictionary = strata_env_call_get (call, 0, "as_dictionary");
  StrataEnvThing *arguments;

  if (as_dictionary == NULL ||
      strata_env_value_get_truth (strata_env_truth (self, as_dictionary)) != STRATA_ENV_ALWAYS)
    return NULL;

  arguments = strata_env_thing_new (self, STRATA_THING_SECTION, call->place);
  arguments->op = STRATA_ENV_OP_X_ARGUMENT;

  return arguments;
}

/* No program is there that gives a connection or anything else. */
static StrataEnvThing *
call_get_attribute (StrataEnvReader *self,
                    StrataEnvCall   *call)
{
  StrataEnvThing *otherwise = strata_env_call_get (call, 1, NULL);

  return otherwise != NULL ? otherwise : strata_env_thing_none (self, call->place);
}

static StrataEnvThing *
call_nothing (StrataEnvReader *self,
              StrataEnvCall   *call)
{
  return strata_env_thing_none (self, call->place);
}

static const char * const setting_names[STRATA_ENV_N_SETTINGS] = {
  [STRATA_ENV_VERSION_TABLE] = "version_table",
  [STRATA_ENV_VERSION_TABLE_SCHEMA] = "version_table_schema",
  [STRATA_ENV_VERSION_TABLE_PK] = "version_table_pk",
  [STRATA_ENV_RENDER_AS_BATCH] = "render_as_batch",
  [STRATA_ENV_TRANSACTION_PER_MIGRATION] = "transaction_per_migration",
  [STRATA_ENV_TRANSACTIONAL_DDL] = "transactional_ddl",
  [STRATA_ENV_LITERAL_BINDS] = "literal_binds",
  [STRATA_ENV_PARAMSTYLE] = "paramstyle",
  [STRATA_ENV_INCLUDE_SCHEMAS] = "include_schemas",
  [STRATA_ENV_COMPARE_TYPE] = "compare_type",
  [STRATA_ENV_COMPARE_SERVER_DEFAULT] = "compare_server_default",
};

const char *
strata_env_setting_get_name (StrataEnvSetting setting)
{
  g_return_val_if_fail (setting < STRATA_ENV_N_SETTINGS, NULL);

  return setting_names[setting];
}

/* dialect_opts={"paramstyle": "named"} */
static StrataEnvThing *
get_paramstyle (StrataEnvReader *self,
                StrataEnvCall   *call)
{
  StrataEnvThing *options = strata_env_call_get (call, G_MAXUINT, "dialect_opts");
  StrataEnvThing *key = strata_env_thing_of_text (self, call->place, "paramstyle");
  StrataEnvThing *found;

  if (options == NULL)
    return NULL;

  found = strata_env_find_item (self, call->place, options, key);
  if (found == NULL)
    return strata_env_no_idea (self, call);

  return found->kind == STRATA_THING_VALUE && found->value->op == STRATA_ENV_OP_NONE ? NULL : found;
}

/* Not given at all is told apart from None by an outside name that nothing else has. */
static StrataEnvThing *
get_setting (StrataEnvReader  *self,
             StrataEnvCall    *call,
             StrataEnvSetting  setting)
{
  StrataEnvThing *given = setting == STRATA_ENV_PARAMSTYLE ? get_paramstyle (self, call)
                          : strata_env_call_get (call, G_MAXUINT, setting_names[setting]);

  if (given == NULL)
    return call->is_open ? strata_env_no_idea (self, call)
                         : strata_env_thing_outside (self, call->place, STRATA_ENV_NOT_GIVEN);
  if (given->kind != STRATA_THING_VALUE && given->kind != STRATA_THING_CHOICE)
    return strata_env_thing_of_value (self, strata_env_thing_to_value (self, given));

  return given;
}

/* The database that a configure() is about: of its connection, else its URL. */
static StrataEnvThing *
get_url (StrataEnvReader *self,
         StrataEnvCall   *call)
{
  StrataEnvThing *connection = strata_env_call_get (call, 0, "connection");
  StrataEnvThing *url = strata_env_call_get (call, 1, "url");

  if (connection != NULL && !(connection->kind == STRATA_THING_VALUE && connection->value->op == STRATA_ENV_OP_NONE))
    return strata_env_connection_url (self, connection);
  if (url != NULL)
    return strata_env_thing_of_value (self, strata_env_thing_to_value (self, url));

  return strata_env_no_idea (self, call);
}

static StrataEnvThing *
call_configure (StrataEnvReader *self,
                StrataEnvCall   *call)
{
  StrataEnvThing *before = strata_env_cell_get (self->facts, "url");
  StrataEnvThing *url = get_url (self, call);

  if (before != NULL && !strata_env_thing_same (before, url))
    {
      self->traits |= STRATA_ENV_MULTIDB;
      url = strata_env_thing_unknown (self, call->place, "more than one database is migrated in one run");
    }
  strata_env_cell_set (self, self->facts, "url", url);

  for (StrataEnvSetting setting = 0; setting < STRATA_ENV_N_SETTINGS; setting++)
    strata_env_cell_set (self, self->facts, setting_names[setting], get_setting (self, call, setting));

  return strata_env_thing_none (self, call->place);
}

static const StrataEnvNative functions[] = {
  { "alembic.context.config.attributes.get", call_get_attribute },
  { "alembic.context.config.file_config.get", call_get_section_option },
  { "alembic.context.config.get_main_option", call_get_main_option },
  { "alembic.context.config.get_section", call_get_section },
  { "alembic.context.config.get_section_option", call_get_section_option },
  { "alembic.context.config.set_main_option", call_set_main_option },
  { "alembic.context.config.set_section_option", call_set_section_option },
  { "alembic.context.configure", call_configure },
  { "alembic.context.get_tag_argument", call_nothing },
  { "alembic.context.get_x_argument", call_get_x_argument },
  { "alembic.context.is_offline_mode", call_offline },
  { "alembic.context.run_migrations", call_nothing },
};

StrataEnvThing *
strata_env_call_alembic (StrataEnvReader *self,
                         const char      *name,
                         StrataEnvCall   *call)
{
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (strcmp (functions[i].name, name) == 0)
      return functions[i].call (self, call);

  return NULL;
}

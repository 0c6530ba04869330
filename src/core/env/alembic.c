/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <glib/gi18n-lib.h>
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

static StrataEnvThing *
call_offline (StrataEnvReader *self,
              StrataEnvCall   *call)
{
  return truth (self, call->place, self->offline);
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
  /* Of a dict that does not always have it: None is as good as not given. */
  given = strata_env_entry_or (self, given, strata_env_thing_none (self, call->place));
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

/* A CHOICE has its own values, that are made into one. */
static StrataEnvThing *
place_url (StrataEnvReader *self,
           StrataEnvThing  *url)
{
  if (strata_env_get_cwd (self) == NULL)
    return url;

  return strata_env_thing_of_value (self, strata_env_place_url (self, strata_env_thing_to_value (self, url)));
}

static StrataEnvThing *
call_configure (StrataEnvReader *self,
                StrataEnvCall   *call)
{
  StrataEnvThing *before = strata_env_cell_get (self->facts, "url");
  StrataEnvThing *url = place_url (self, get_url (self, call));

  if (before != NULL && !strata_env_thing_same (before, url))
    {
      self->traits |= STRATA_ENV_MULTIDB;
      url = strata_env_thing_unknown (self, call->place, _("more than one database is migrated in one run"));
    }
  strata_env_cell_set (self, self->facts, "url", url);

  for (StrataEnvSetting setting = 0; setting < STRATA_ENV_N_SETTINGS; setting++)
    strata_env_cell_set (self, self->facts, setting_names[setting], get_setting (self, call, setting));

  return strata_env_thing_none (self, call->place);
}

static const StrataEnvNative functions[] = {
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

  return strata_env_call_config (self, name, call);
}

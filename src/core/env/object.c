/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/flask-private.h"

static StrataEnvThing *
new_member (StrataEnvReader *self,
            StrataPlace      place,
            StrataEnvThing  *owner,
            const char      *name)
{
  StrataEnvThing *member = strata_env_thing_new (self, STRATA_THING_MEMBER, place);

  member->first = owner;
  member->text = name;

  return member;
}

static StrataEnvThing *
get_of_engine (StrataEnvReader *self,
               StrataPlace      place,
               StrataEnvThing  *thing,
               const char      *name)
{
  if (strcmp (name, "url") == 0)
    return strata_env_thing_with (self, STRATA_THING_URL, place, thing->value);
  if (strcmp (name, "sync_engine") == 0)
    return thing;
  if (strcmp (name, "engine") == 0)
    return strata_env_thing_with (self, STRATA_THING_ENGINE, place, thing->value);
  if (strcmp (name, "dialect") == 0)
    return strata_env_thing_outside (self, place, "connection.dialect");

  return new_member (self, place, thing, name);
}

static StrataEnvThing *
get_of_path (StrataEnvReader *self,
             StrataPlace      place,
             StrataEnvThing  *thing,
             const char      *name)
{
  g_autofree char *part = NULL;

  if (!strata_env_value_is_text (thing->value, NULL))
    return new_member (self, place, thing, name);

  if (strcmp (name, "parent") == 0)
    {
      part = g_path_get_dirname (thing->value->text);
      return strata_env_thing_with (self, STRATA_THING_PATH, place, strata_env_text (self, place, part));
    }
  if (strcmp (name, "name") == 0)
    {
      part = g_path_get_basename (thing->value->text);
      return strata_env_thing_of_text (self, place, part);
    }

  return new_member (self, place, thing, name);
}

/* MetaData(schema=...).schema, declarative_base(metadata=...).metadata: what was given is what is there. */
static StrataEnvThing *
get_of_object (StrataEnvReader *self,
               StrataPlace      place,
               StrataEnvThing  *thing,
               const char      *name)
{
  StrataEnvThing *given = strata_env_cell_get (thing, name);

  if (strcmp (thing->text, STRATA_ENV_MEMBER_OF_ENUM) == 0)
    return strata_env_enum_get (self, place, thing, name);
  if (strcmp (thing->text, STRATA_ENV_SUPER) == 0)
    return strata_env_super_get (self, place, thing, name);
  if (given != NULL)
    return given;
  if (strata_env_is_flask_app (thing))
    return strata_env_outside_get (self, place, STRATA_ENV_FLASK "()", name);
  if (g_str_has_suffix (thing->text, ".MetaData") && strcmp (name, "schema") == 0 && !thing->is_open)
    return strata_env_thing_none (self, place);

  return new_member (self, place, thing, name);
}

StrataEnvThing *
strata_env_attribute (StrataEnvReader    *self,
                      StrataEnvFrame     *frame,
                      const StrataPyNode *node,
                      StrataEnvThing     *thing,
                      const char         *name)
{
  StrataPlace place = strata_env_place (frame, node);

  /* Its attributes by another way, that leads out of here. */
  if (strcmp (name, "__dict__") == 0)
    {
      strata_env_spoil (self, thing);
      return strata_env_not_followed (self, frame, node);
    }

  switch ((StrataEnvThingKind) thing->kind)
    {
    case STRATA_THING_OUTSIDE:
      return strata_env_outside_get (self, place, thing->text, name);
    case STRATA_THING_MODULE:
      return strata_env_module_get (self, thing->module, place, name);
    case STRATA_THING_CLASS:
      return strata_env_class_get (self, frame, node, thing, name);
    case STRATA_THING_INSTANCE:
      return strata_env_instance_get (self, frame, node, thing, name);
    case STRATA_THING_ENGINE:
    case STRATA_THING_CONNECTION:
      return get_of_engine (self, place, thing, name);
    case STRATA_THING_PATH:
      return get_of_path (self, place, thing, name);
    case STRATA_THING_OBJECT:
      return get_of_object (self, place, thing, name);
    case STRATA_THING_CHOICE:
      return strata_env_thing_choice (self, thing->value, strata_env_attribute (self, frame, node, thing->first, name),
                                      strata_env_attribute (self, frame, node, thing->second, name));
    case STRATA_THING_VALUE:
      return thing->value->op == STRATA_ENV_OP_STOP ? thing : new_member (self, place, thing, name);
    case STRATA_THING_FUNCTION:
      return thing->text != NULL ? strata_env_outside_get (self, place, thing->text, name)
                                 : new_member (self, place, thing, name);
    case STRATA_THING_URL:
      return strcmp (name, "drivername") == 0 ? strata_env_url_driver (self, place, thing, NULL)
                                              : new_member (self, place, thing, name);
    case STRATA_THING_METHOD:
    case STRATA_THING_MEMBER:
    case STRATA_THING_DICT:
    case STRATA_THING_LIST:
    case STRATA_THING_SECTION:
    case STRATA_THING_ENVIRONMENT:
    case STRATA_THING_NAMES:
    case STRATA_THING_IMPORT:
    default:
      return new_member (self, place, thing, name);
    }
}

/* "os.getenv = ...": whoever looks there from now on finds the other one. What is used inside of a library is not
 * replaced for those who have it already, so that nothing is known where that could matter. */
static void
patch (StrataEnvReader *self,
       StrataEnvThing  *owner,
       const char      *name,
       StrataEnvThing  *thing)
{
  static const char * const vital[] = { "configure", "connect", "create", "create_engine", "engine_from_config", "make_url",
                                        NULL };
  g_autofree char *full = g_strconcat (owner->text, ".", name, NULL);

  if (strcmp (full, "connection.dialect.default_schema_name") == 0)
    self->traits |= STRATA_ENV_SETS_SEARCH_PATH;
  else if (strcmp (full, "alembic.context.config.config_ini_section") == 0)
    strata_env_cell_set (self, self->world, "section", thing);
  else if (strcmp (full, "sys.path") == 0)
    self->path_is_unknown = TRUE;
  else if (g_str_has_prefix (full, "os.environ"))
    strata_env_spoil_environment (self, thing->place);
  else if (g_str_has_prefix (full, "sys.modules") || g_str_has_prefix (full, "dotenv.") ||
           g_str_has_prefix (full, "pydantic") || g_str_has_prefix (full, "alembic.context.config.cmd_opts") ||
           g_strv_contains (vital, name))
    strata_env_lose (self, thing->place, _("a function of a library is replaced here"));
  else if (g_str_has_prefix (full, "alembic.context.config.file_config") ||
           strcmp (full, "alembic.context.config") == 0)
    strata_env_spoil_ini (self, thing->place);
  else
    strata_env_cell_set (self, self->patches, strata_py_arena_strndup (self->scratch, full, strlen (full)), thing);
}

static void
set_of_instance (StrataEnvReader *self,
                 StrataEnvThing  *instance,
                 const char      *name,
                 StrataEnvThing  *thing)
{
  StrataEnvThing *found = strata_env_class_find (instance->first, name);

  /* A property, or a method for all that is set: it may do anything with it. */
  if ((found != NULL && found->kind == STRATA_THING_FUNCTION) ||
      strata_env_class_find (instance->first, "__setattr__") != NULL)
    strata_env_spoil (self, instance);
  else
    strata_env_cell_set (self, instance, name, thing);
}

void
strata_env_set_attribute (StrataEnvReader *self,
                          StrataEnvThing  *owner,
                          const char      *name,
                          StrataEnvThing  *thing)
{
  switch ((StrataEnvThingKind) owner->kind)
    {
    case STRATA_THING_INSTANCE:
      set_of_instance (self, owner, name, thing);
      break;
    case STRATA_THING_CLASS:
    case STRATA_THING_OBJECT:
      strata_env_cell_set (self, owner, name, thing);
      break;
    case STRATA_THING_MODULE:
      strata_env_set_global (self, owner, name, thing);
      break;
    case STRATA_THING_OUTSIDE:
      patch (self, owner, name, thing);
      break;
    case STRATA_THING_ENGINE:
      if (strcmp (name, "url") == 0)
        owner->value = strata_env_thing_unknown (self, thing->place, _("the URL of an engine is replaced here"))->value;
      break;
    case STRATA_THING_CHOICE:
      /* Whichever it is: what it holds under that name is not known any more. */
      thing = strata_env_thing_unknown (self, thing->place, _("it depends on a condition which object this is set on"));
      strata_env_set_attribute (self, owner->first, name, thing);
      strata_env_set_attribute (self, owner->second, name, thing);
      break;
    case STRATA_THING_VALUE:
    case STRATA_THING_MEMBER:
    case STRATA_THING_FUNCTION:
    case STRATA_THING_METHOD:
    case STRATA_THING_DICT:
    case STRATA_THING_LIST:
    case STRATA_THING_SECTION:
    case STRATA_THING_CONNECTION:
    case STRATA_THING_PATH:
    case STRATA_THING_URL:
    case STRATA_THING_ENVIRONMENT:
    case STRATA_THING_NAMES:
    case STRATA_THING_IMPORT:
    default:
      break;
    }
}


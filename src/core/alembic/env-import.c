/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-modules.h"

#include <string.h>

gboolean
strata_env_is_well_known (const char *name)
{
  static const char * const roots[] = {
    "alembic", "asyncio", "collections", "contextlib", "dataclasses", "datetime", "decouple", "dotenv", "enum", "environs",
    "fastapi", "flask", "functools", "importlib", "json", "logging", "os", "pathlib", "pydantic", "pydantic_settings",
    "re", "sqlalchemy", "sqlmodel", "starlette", "sys", "typing", "urllib", "uuid", NULL,
  };
  g_autofree char *root = g_strndup (name, strcspn (name, "."));

  return g_strv_contains (roots, root);
}

static StrataEnvThing *
import_outside (StrataEnvReader *self,
                StrataPlace      place,
                const char      *name)
{
  self->n_imports += !strata_env_is_well_known (name);

  return strata_env_thing_outside (self, place, name);
}

static void
follow_plain_import (StrataEnvReader    *self,
                     StrataEnvFrame     *frame,
                     const StrataPyNode *alias)
{
  StrataPlace place = strata_env_place (frame, alias);
  StrataEnvModule *module = strata_env_load_with_parents (self, alias->alias.name);
  g_autofree char *root = g_strndup (alias->alias.name, strcspn (alias->alias.name, "."));
  const char *bound = strata_py_arena_strndup (self->scratch, root, strlen (root));

  if (alias->alias.as_name != NULL)
    bound = alias->alias.as_name;
  else if (module != NULL)
    module = strata_env_load (self, root);

  strata_env_cell_set (self, frame->names, bound,
                       module != NULL ? module->thing
                       : import_outside (self, place, alias->alias.as_name != NULL ? alias->alias.name : root));
}

/* All public names of the module. One that was not followed may give any name that is found nowhere else. */
static void
follow_star_import (StrataEnvReader *self,
                    StrataEnvFrame  *frame,
                    StrataEnvModule *module,
                    const char      *name,
                    StrataPlace      place)
{
  GHashTableIter iter;
  gpointer key, thing;

  if (module == NULL)
    {
      strata_env_cell_set (self, frame->module->thing, "*", import_outside (self, place, name));
      return;
    }

  strata_env_module_enter (self, module);
  if (module->thing->cells == NULL || module->thing == frame->names)
    return;

  g_hash_table_iter_init (&iter, module->thing->cells);
  while (g_hash_table_iter_next (&iter, &key, &thing))
    if (thing != NULL && (*(const char *) key != '_' || strcmp (key, "*") == 0))
      strata_env_cell_set (self, frame->names, key, thing);
}

static void
follow_from_import (StrataEnvReader    *self,
                    StrataEnvFrame     *frame,
                    StrataEnvModule    *module,
                    const char         *name,
                    const StrataPyNode *alias)
{
  g_autofree char *full = g_strconcat (name, ".", alias->alias.name, NULL);
  const char *bound = alias->alias.as_name != NULL ? alias->alias.as_name : alias->alias.name;
  StrataPlace place = strata_env_place (frame, alias);
  StrataEnvModule *submodule = strata_env_load_submodule (self, name, alias->alias.name);
  StrataEnvThing *thing;

  if (module == NULL || module->path[0] == '\0')
    thing = submodule != NULL ? submodule->thing : import_outside (self, place, full);
  else
    {
      thing = strata_env_thing_new (self, STRATA_THING_IMPORT, place);
      thing->module = module;
      thing->text = alias->alias.name;
    }

  strata_env_cell_set (self, frame->names, bound, thing);
}

void
strata_env_follow_import (StrataEnvReader    *self,
                          StrataEnvFrame     *frame,
                          const StrataPyNode *node)
{
  g_autofree char *name = NULL;
  StrataEnvModule *module;

  if (node->kind == STRATA_PY_NODE_IMPORT)
    {
      for (guint i = 0; i < node->import.names.length; i++)
        follow_plain_import (self, frame, node->import.names.items[i]);
      return;
    }

  name = strata_env_resolve_relative (frame->module, node->import.level, node->import.module);
  if (name == NULL)
    name = g_strdup ("?");
  module = strata_env_load_with_parents (self, name);

  for (guint i = 0; i < node->import.names.length; i++)
    if (strcmp (node->import.names.items[i]->alias.name, "*") == 0)
      follow_star_import (self, frame, module, name, strata_env_place (frame, node));
    else
      follow_from_import (self, frame, module, name, node->import.names.items[i]);
}

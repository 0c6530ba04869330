/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/modules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/natives.h"

static StrataEnvThing *
import_outside (StrataEnvReader *self,
                StrataPlace      place,
                const char      *name)
{
  StrataEnvThing *patched = strata_env_cell_get (self->patches, name);
  const char *dot = strrchr (name, '.');

  if (!strata_env_is_well_known (name))
    {
      self->n_imports++;
      self->trouble_at = self->trail->len;
    }
  if (strata_env_library_is_loader (name))
    strata_env_spoil_environment (self, place);

  if (patched != NULL)
    return patched;

  /* A constant of a library that is known is what it is under this name too. */
  return dot != NULL ? strata_env_outside_get (self, place, strata_py_arena_strndup (self->scratch, name, dot - name), dot + 1)
                     : strata_env_thing_outside (self, place, name);
}

static StrataEnvModule *
import_module (StrataEnvReader *self,
               const char      *name)
{
  StrataEnvModule *module = strata_env_load_with_parents (self, name);

  if (module != NULL)
    strata_env_module_import (self, module);

  return module;
}

static void
follow_plain_import (StrataEnvReader    *self,
                     StrataEnvFrame     *frame,
                     const StrataPyNode *alias)
{
  StrataPlace place = strata_env_place (frame, alias);
  StrataEnvModule *module = import_module (self, alias->alias.name);
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

/* Whether the first part of the name is a package of the project, so that the rest would be there as well. */
static gboolean
is_of_project (StrataEnvReader *self,
               const char      *name)
{
  g_autofree char *root = g_strndup (name, strcspn (name, "."));

  return strchr (name, '.') != NULL && strata_env_load (self, root) != NULL;
}

/* A star of what was not followed may give any name, and another meaning to what is a plain value so far. */
static void
follow_unknown_star (StrataEnvReader *self,
                     StrataEnvFrame  *frame,
                     const char      *name,
                     StrataPlace      place)
{
  g_autoptr(GPtrArray) names = strata_env_cell_names (frame->names);

  strata_env_cell_set (self, frame->module->thing, "*", import_outside (self, place, name));
  if (strata_env_is_well_known (name) || is_of_project (self, name))
    return;

  for (guint i = 0; i < names->len; i++)
    {
      StrataEnvThing *held = strata_env_cell_get (frame->names, names->pdata[i]);

      if (held->kind == STRATA_THING_VALUE)
        strata_env_cell_set (self, frame->names, names->pdata[i],
                             strata_env_thing_unknown (self, place,
                                                       _("a star import may have given it another meaning")));
    }
}

/* "__all__", where a module has it and it was understood. */
static gboolean
is_public (StrataEnvThing *all,
           const char     *name)
{
  if (all == NULL || all->kind != STRATA_THING_LIST || all->is_open)
    return *name != '_' || strcmp (name, "*") == 0;

  for (guint i = 0; i < all->n_items; i++)
    if (strata_env_thing_is_text (all->items[i], name))
      return TRUE;

  return FALSE;
}

static void
follow_star_import (StrataEnvReader *self,
                    StrataEnvFrame  *frame,
                    StrataEnvModule *module,
                    const char      *name,
                    StrataPlace      place)
{
  GHashTableIter iter;
  gpointer key, thing;
  StrataEnvThing *all;

  if (module == NULL)
    {
      follow_unknown_star (self, frame, name, place);
      return;
    }

  strata_env_module_enter (self, module);
  if (module->thing->cells == NULL || module->thing == frame->names)
    return;

  all = strata_env_cell_get (module->thing, "__all__");
  g_hash_table_iter_init (&iter, module->thing->cells);
  while (g_hash_table_iter_next (&iter, &key, &thing))
    if (thing != NULL && is_public (all, key))
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
      /* What was changed already is what it is now. */
      if (module->thing->second != NULL && strata_env_cell_get (module->thing->second, thing->text) != NULL)
        thing = strata_env_module_get (self, module, place, thing->text);
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
  module = import_module (self, name);

  for (guint i = 0; i < node->import.names.length; i++)
    if (strcmp (node->import.names.items[i]->alias.name, "*") == 0)
      follow_star_import (self, frame, module, name, strata_env_place (frame, node));
    else
      follow_from_import (self, frame, module, name, node->import.names.items[i]);
}

/* importlib.import_module("app.config"): without a name that is known, whatever it draws in may change the environment. */
StrataEnvThing *
strata_env_call_import (StrataEnvReader *self,
                        const char      *name,
                        StrataEnvCall   *call)
{
  StrataEnvThing *given = strata_env_call_get (call, 0, "name");
  StrataEnvModule *module;

  if ((strcmp (name, "importlib.import_module") != 0 && strcmp (name, "builtins.__import__") != 0) || call->arguments->len != 1 ||
      !strata_env_thing_is_text (given, NULL) || *given->value->text == '.')
    return NULL;

  module = import_module (self, given->value->text);
  /* __import__("a.b") gives "a". */
  if (module != NULL && *name == 'b' && strchr (given->value->text, '.') != NULL)
    return NULL;

  return module != NULL ? module->thing : import_outside (self, call->place, given->value->text);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/modules.h"

#include <glib/gi18n-lib.h>

#include "core/env/frame.h"
#include "core/env/natives.h"

#define MOST_STEPS_BETWEEN_MODULES 40

void
strata_env_module_free (gpointer data)
{
  StrataEnvModule *module = data;

  if (module == NULL)
    return;

  g_clear_pointer (&module->tree, strata_py_tree_unref);
  g_free (module->name);
  g_free (module);
}

/* The text is borrowed. */
StrataEnvModule *
strata_env_module_new (StrataEnvReader     *self,
                       const char          *name,
                       const StrataEnvText *text)
{
  StrataEnvModule *module = g_new0 (StrataEnvModule, 1);

  module->name = g_strdup (name);
  module->path = strata_py_arena_strndup (self->arena, text->path, strlen (text->path));
  module->is_package = *text->path == '\0' || g_str_has_suffix (text->path, "/__init__.py");
  module->text = text->text;
  module->length = text->length;
  module->thing = strata_env_thing_new (self, STRATA_THING_MODULE, (StrataPlace) { module->path, 1, 1 });
  module->thing->module = module;
  module->environment = strata_env_environment (self);
  g_hash_table_replace (self->modules, g_strdup (name), module);

  return module;
}

/* What the module raises under a condition stops env.py too. */
static void
keep_guards (StrataEnvReader *self,
             StrataEnvFrame  *frame)
{
  GArray *exits = frame->exits[STRATA_ENV_BY_RETURN];

  for (guint i = 0; i < exits->len; i++)
    {
      StrataEnvExit *way = &g_array_index (exits, StrataEnvExit, i);
      const StrataEnvValue *none;

      if (way->changes != NULL)
        continue;
      none = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_NONE, way->returned->place, NULL);
      g_ptr_array_add (self->guards, way->condition == NULL ? (gpointer) way->returned->value
                       : (gpointer) strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, way->returned->place, 0, 3,
                                                             way->condition, way->returned->value, none));
    }
}

/* What a module leaves behind stays, whatever branch the import stands in: Python imports a module once. What it has
 * changed of the world is a matter of the branch. */
static void
keep_changes (StrataEnvReader *self,
              guint            mark)
{
  guint kept = mark;

  for (guint i = mark; i < self->trail->len; i++)
    {
      StrataEnvChange *change = &g_array_index (self->trail, StrataEnvChange, i);
      StrataEnvThing *owner = change->owner;

      if (owner == self->world || owner == self->facts || owner == self->patches || owner == self->attributes ||
          (owner->kind == STRATA_THING_SECTION && owner->op == STRATA_ENV_OP_INTERPOLATE))
        g_array_index (self->trail, StrataEnvChange, kept++) = *change;
    }

  g_array_set_size (self->trail, kept);
}

void
strata_env_module_enter (StrataEnvReader *self,
                         StrataEnvModule *module)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  StrataEnvThing *as_of = self->as_of;
  guint mark = self->trail->len;
  StrataEnvFrame frame;

  if (module->is_entered)
    return;

  module->is_entered = TRUE;
  if (module->tree == NULL)
    module->tree = strata_py_tree_parse (module->path, module->text, module->length,
                                         self->findings != NULL && *module->name == '\0' ? self->findings : findings);

  if (!strata_py_tree_is_whole (module->tree))
    strata_env_lose (self, module->thing->place, _("this file could not be read to its end"));

  self->as_of = NULL;
  if (module->environment != strata_env_environment (self))
    self->as_of = module->environment;
  strata_env_frame_init (&frame, self, module, module->thing);
  strata_env_follow (self, &frame, strata_py_tree_get_body (module->tree));
  keep_guards (self, &frame);
  strata_env_frame_clear (&frame);
  module->left = strata_env_environment (self);
  module->is_done = TRUE;
  self->as_of = as_of;

  keep_changes (self, mark);
}

void
strata_env_module_import (StrataEnvReader *self,
                          StrataEnvModule *module)
{
  if (module->is_done)
    strata_env_repeat_changes (self, module->left, module->environment);
}

static StrataEnvThing *
get_submodule (StrataEnvReader *self,
               StrataEnvModule *module,
               const char      *name)
{
  StrataEnvModule *found = strata_env_load_submodule (self, module->name, name);

  return found != NULL ? found->thing : NULL;
}

StrataEnvThing *
strata_env_module_get (StrataEnvReader *self,
                       StrataEnvModule *module,
                       StrataPlace      place,
                       const char      *name)
{
  g_autofree char *reason = NULL;
  StrataEnvThing *found;

  strata_env_module_enter (self, module);
  found = module->thing->is_open ? NULL : strata_env_cell_get (module->thing, name);
  if (found == NULL && !module->thing->is_open)
    found = get_submodule (self, module, name);
  if (found != NULL)
    return strata_env_resolve (self, found);

  reason = g_strdup_printf (_("where %s of %s comes from was not understood"), name, module->name);

  return strata_env_thing_unknown (self, place, reason);
}

/* Those who imported the name before keep what it was. */
void
strata_env_set_global (StrataEnvReader *self,
                       StrataEnvThing  *module,
                       const char      *name,
                       StrataEnvThing  *thing)
{
  StrataEnvThing *before;

  strata_env_module_enter (self, module->module);
  before = strata_env_cell_get (module, name);
  if (module->second == NULL)
    module->second = strata_env_thing_new (self, STRATA_THING_DICT, module->place);
  if (before != NULL && strata_env_cell_get (module->second, name) == NULL)
    strata_env_cell_keep (self, module->second, name, before);

  strata_env_cell_set (self, module, name, thing);
}

/* What is only worked out where it is used. */
StrataEnvThing *
strata_env_postpone (StrataEnvReader    *self,
                     StrataEnvFrame     *frame,
                     const StrataPyNode *node)
{
  StrataEnvThing *thing = strata_env_thing_new (self, STRATA_THING_IMPORT, strata_env_place (frame, node));

  thing->module = frame->module;
  thing->node = node;
  thing->first = frame->names;

  return thing;
}

static StrataEnvThing *
evaluate_postponed (StrataEnvReader *self,
                    StrataEnvThing  *thing)
{
  StrataEnvThing *found;
  StrataEnvFrame frame;

  strata_env_frame_init (&frame, self, thing->module, thing->first);
  found = strata_env_evaluate (self, &frame, thing->node);
  strata_env_frame_clear (&frame);

  return found;
}

static StrataEnvThing *
get_imported (StrataEnvReader *self,
              StrataEnvThing  *thing)
{
  StrataEnvModule *module = thing->module;
  StrataEnvThing *found = strata_env_module_get (self, module, thing->place, thing->text);
  StrataEnvThing *before = module->thing->second != NULL ? strata_env_cell_get (module->thing->second, thing->text) : NULL;

  return before != NULL ? strata_env_resolve (self, before) : found;
}

/* A name that was imported is looked for in its module when it is used: most never are. */
StrataEnvThing *
strata_env_resolve (StrataEnvReader *self,
                    StrataEnvThing  *thing)
{
  StrataEnvThing *found;

  if (thing->kind != STRATA_THING_IMPORT)
    return thing;
  if (self->n_calls > MOST_STEPS_BETWEEN_MODULES)
    return strata_env_thing_unknown (self, thing->place, _("modules import this name from each other"));

  self->n_calls++;
  if (thing->node != NULL)
    found = evaluate_postponed (self, thing);
  else
    found = get_imported (self, thing);
  self->n_calls--;

  return found;
}

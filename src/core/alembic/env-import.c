/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-reader.h"

#include <string.h>

#include "core/alembic/env-frame.h"
#include "core/alembic/env-natives.h"
#include "core/python/parser.h"

/* Of modules of the project that env.py draws in, one by the other. */
#define MOST_BYTES (32 * 1024 * 1024)
#define MOST_STEPS_BETWEEN_MODULES 40
#define DEEPEST_SCAN 100

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

static char *
read_in (StrataEnvReader *self,
         GPtrArray       *folders,
         const char      *name,
         char           **path,
         gsize           *length)
{
  char *text = NULL;

  for (guint i = 0; i < folders->len && text == NULL; i++)
    text = self->source->read_module (name, folders->pdata[i], path, length, self->source->data);

  return text;
}

/* Each module is asked for once, however often env.py is gone through. */
static StrataEnvText *
read_text (StrataEnvReader *self,
           const char      *name)
{
  StrataEnvText *text = g_hash_table_lookup (self->texts, name);

  if (text != NULL)
    return text;

  text = g_new0 (StrataEnvText, 1);
  g_hash_table_insert (self->texts, g_strdup (name), text);
  if (self->source->read_module == NULL || self->n_bytes > MOST_BYTES)
    return text;

  text->text = read_in (self, self->before, name, &text->path, &text->length);
  if (text->text == NULL)
    text->text = self->source->read_module (name, NULL, &text->path, &text->length, self->source->data);
  if (text->text == NULL)
    text->text = read_in (self, self->after, name, &text->path, &text->length);

  return text;
}

static void scan (StrataEnvReader *self,
                  StrataEnvModule *module);

/* A module that changes the environment, or may, is followed at once: what others read depends on it. */
static gboolean
touches_environment (const StrataEnvModule *module)
{
  static const char * const words[] = { "dotenv", "os.environ[", "environ.setdefault", "environ.update", "read_env",
                                        "putenv" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (memmem (module->text, module->length, words[i], strlen (words[i])) != NULL)
      return TRUE;

  return FALSE;
}

static StrataEnvModule *
load (StrataEnvReader *self,
      const char      *name)
{
  StrataEnvModule *module;
  StrataEnvText *text;
  gpointer known;

  if (g_hash_table_lookup_extended (self->modules, name, NULL, &known))
    return known;

  text = read_text (self, name);
  if (text->text == NULL)
    {
      g_hash_table_insert (self->modules, g_strdup (name), NULL);
      return NULL;
    }

  self->n_bytes += text->length;
  module = strata_env_module_new (self, name, text);
  if (self->scans && touches_environment (module))
    strata_env_module_enter (self, module);
  else if (self->scans)
    scan (self, module);

  return module;
}

/* A folder without an __init__.py is a package too, with nothing in it but modules. */
static void
add_namespace (StrataEnvReader *self,
               const char      *name)
{
  static const StrataEnvText nothing = { (char *) "", (char *) "", 0 };

  strata_env_module_new (self, name, &nothing);
}

/* "a.b.c" draws in "a" and "a.b" too. NULL where the last one is not the project's. */
static StrataEnvModule *
load_with_parents (StrataEnvReader *self,
                   const char      *name)
{
  StrataEnvModule *module;

  for (const char *dot = strchr (name, '.'); dot != NULL; dot = strchr (dot + 1, '.'))
    {
      g_autofree char *parent = g_strndup (name, dot - name);

      load (self, parent);
    }

  module = load (self, name);
  for (const char *dot = strchr (name, '.'); dot != NULL && module != NULL; dot = strchr (dot + 1, '.'))
    {
      g_autofree char *parent = g_strndup (name, dot - name);

      if (load (self, parent) == NULL)
        add_namespace (self, parent);
    }

  return module;
}

/* "from ..x import y" in "a.b.c" is about "a.x". NULL where that leads out of everything. */
static char *
resolve_relative (const StrataEnvModule *module,
                  guint                  level,
                  const char            *name)
{
  g_autofree char *base = g_strdup (module->name);

  if (level == 0)
    return g_strdup (name);

  for (guint i = module->is_package ? 1 : 0; i < level; i++)
    {
      char *dot = strrchr (base, '.');

      if (dot == NULL && (i + 1 < level || *base == '\0'))
        return NULL;
      if (dot != NULL)
        *dot = '\0';
      else
        *base = '\0';
    }

  if (*base == '\0')
    return *name != '\0' ? g_strdup (name) : NULL;

  return *name != '\0' ? g_strconcat (base, ".", name, NULL) : g_steal_pointer (&base);
}

static gboolean
is_well_known (const char *name)
{
  static const char * const roots[] = {
    "alembic", "asyncio", "collections", "contextlib", "dataclasses", "datetime", "decouple", "dotenv", "enum", "environs",
    "fastapi", "flask", "functools", "importlib", "json", "logging", "os", "pathlib", "pydantic", "pydantic_settings",
    "re", "sqlalchemy", "sqlmodel", "starlette", "sys", "typing", "urllib", "uuid", NULL,
  };
  g_autofree char *root = g_strndup (name, strcspn (name, "."));

  return g_strv_contains (roots, root);
}

/* "from a import b", where "b" may be a module. */
static StrataEnvModule *
load_submodule (StrataEnvReader *self,
                const char      *package,
                const char      *name)
{
  StrataEnvModule *module = load (self, package);
  g_autofree char *full = g_strconcat (package, ".", name, NULL);

  if (module != NULL ? !module->is_package : is_well_known (package))
    return NULL;

  return load (self, full);
}

static void
scan_import (StrataEnvReader    *self,
             StrataEnvModule    *module,
             const StrataPyNode *node)
{
  g_autofree char *name = NULL;

  if (node->kind == STRATA_PY_NODE_IMPORT)
    {
      for (guint i = 0; i < node->import.names.length; i++)
        load_with_parents (self, node->import.names.items[i]->alias.name);
      return;
    }

  name = resolve_relative (module, node->import.level, node->import.module);
  if (name == NULL)
    return;

  load_with_parents (self, name);
  for (guint i = 0; i < node->import.names.length; i++)
    load_submodule (self, name, node->import.names.items[i]->alias.name);
}

static void
scan_node (const StrataPyNode *node,
           gpointer            data)
{
  gpointer *both = data;

  if (node->kind == STRATA_PY_NODE_IMPORT || node->kind == STRATA_PY_NODE_IMPORT_FROM)
    scan_import (both[0], both[1], node);
  else if (node->kind != STRATA_PY_NODE_FUNCTION && node->kind != STRATA_PY_NODE_CLASS)
    strata_py_node_foreach (node, scan_node, data);
}

/* Looks only at what the module imports, which may change the environment. Functions and classes are passed over. */
static void
scan (StrataEnvReader *self,
      StrataEnvModule *module)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPySource) source = strata_py_source_new (module->path, module->text, module->length, findings);
  g_autoptr(StrataPyArena) arena = strata_py_arena_new ();
  g_autoptr(StrataPyParser) parser = strata_py_parser_new (source, arena, findings);
  gpointer both[] = { self, module };

  if (self->n_scans >= DEEPEST_SCAN)
    return;

  self->n_scans++;
  while (strata_py_parser_peek (parser).kind != STRATA_PY_TOKEN_END)
    {
      StrataPySymbol symbol = strata_py_parser_peek (parser).symbol;
      StrataPyList statements;

      if (symbol == STRATA_PY_DEF || symbol == STRATA_PY_CLASS || symbol == STRATA_PY_AT || symbol == STRATA_PY_ASYNC)
        {
          strata_py_parser_skip (parser);
          continue;
        }
      statements = strata_py_parser_read (parser);
      for (guint i = 0; i < statements.length; i++)
        scan_node (statements.items[i], both);
    }
  self->n_scans--;
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

/* Follows the statements of the module. What they leave behind stays, whatever branch the import stands in: Python
 * imports a module once. */
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

  self->as_of = NULL;
  if (module->environment != strata_env_environment (self))
    self->as_of = module->environment;
  strata_env_frame_init (&frame, self, module, module->thing);
  strata_env_follow (self, &frame, strata_py_tree_get_body (module->tree));
  keep_guards (self, &frame);
  strata_env_frame_clear (&frame);
  self->as_of = as_of;

  g_array_set_size (self->trail, mark);
}

static StrataEnvThing *
get_submodule (StrataEnvReader *self,
               StrataEnvModule *module,
               const char      *name)
{
  StrataEnvModule *found = load_submodule (self, module->name, name);

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
  found = strata_env_cell_get (module->thing, name);
  if (found == NULL)
    found = get_submodule (self, module, name);
  if (found != NULL)
    return strata_env_resolve (self, found);

  reason = g_strdup_printf ("where %s of %s comes from was not understood", name, module->name);

  return strata_env_thing_unknown (self, place, reason);
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

/* A name that was imported is looked for in its module when it is used: most never are. */
StrataEnvThing *
strata_env_resolve (StrataEnvReader *self,
                    StrataEnvThing  *thing)
{
  StrataEnvThing *found;

  if (thing->kind != STRATA_THING_IMPORT)
    return thing;
  if (self->n_calls > MOST_STEPS_BETWEEN_MODULES)
    return strata_env_thing_unknown (self, thing->place, "modules import this name from each other");

  self->n_calls++;
  if (thing->node != NULL)
    found = evaluate_postponed (self, thing);
  else
    found = strata_env_module_get (self, thing->module, thing->place, thing->text);
  self->n_calls--;

  return found;
}

static StrataEnvThing *
import_outside (StrataEnvReader *self,
                StrataPlace      place,
                const char      *name)
{
  self->n_imports += !is_well_known (name);

  return strata_env_thing_outside (self, place, name);
}

static void
follow_plain_import (StrataEnvReader    *self,
                     StrataEnvFrame     *frame,
                     const StrataPyNode *alias)
{
  StrataPlace place = strata_env_place (frame, alias);
  StrataEnvModule *module = load_with_parents (self, alias->alias.name);
  g_autofree char *root = g_strndup (alias->alias.name, strcspn (alias->alias.name, "."));
  const char *bound = strata_py_arena_strndup (self->scratch, root, strlen (root));

  if (alias->alias.as_name != NULL)
    bound = alias->alias.as_name;
  else if (module != NULL)
    module = load (self, root);

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
  StrataEnvModule *submodule = load_submodule (self, name, alias->alias.name);
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

  name = resolve_relative (frame->module, node->import.level, node->import.module);
  if (name == NULL)
    name = g_strdup ("?");
  module = load_with_parents (self, name);

  for (guint i = 0; i < node->import.names.length; i++)
    if (strcmp (node->import.names.items[i]->alias.name, "*") == 0)
      follow_star_import (self, frame, module, name, strata_env_place (frame, node));
    else
      follow_from_import (self, frame, module, name, node->import.names.items[i]);
}

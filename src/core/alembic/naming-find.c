/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/naming-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Where target_metadata= stands in env.py. */
typedef struct
{
  Finder             *finder;
  Module             *module;
  const StrataPyNode *function;
  Thing              *target;
  gboolean            has_configure;
  gboolean            has_spread;
} Search;

static void
take_target (Search             *self,
             const StrataPyNode *node)
{
  Thing *thing = strata_naming_evaluate (self->finder, self->module, self->function, node);

  if (self->target == NULL || self->target == thing || self->target->kind == THING_NONE)
    self->target = thing;
  else if (thing->kind != THING_NONE && self->target->kind != THING_UNKNOWN)
    self->target = strata_naming_unknown (self->finder, self->module, node, "env.py gives more than one target_metadata");
}

static void
search_call (Search             *self,
             const StrataPyNode *node)
{
  const StrataPyNode *function = node->call.function;
  gboolean is_configure = function->kind == STRATA_PY_NODE_ATTRIBUTE && g_str_equal (function->attribute.name, "configure");
  const StrataPyNode *target = strata_naming_keyword (node, "target_metadata");

  if (target != NULL)
    take_target (self, target);
  self->has_configure |= is_configure;
  for (guint i = 0; i < node->call.keywords.length && is_configure; i++)
    self->has_spread |= node->call.keywords.items[i]->attribute.name == NULL;
}

static void
search_dict (Search             *self,
             const StrataPyNode *node)
{
  for (guint i = 0; i + 1 < node->list.length; i += 2)
    if (node->list.items[i] != NULL && node->list.items[i]->kind == STRATA_PY_NODE_STRING
        && g_strcmp0 (node->list.items[i]->string.text, "target_metadata") == 0)
      take_target (self, node->list.items[i + 1]);
}

static void
search (const StrataPyNode *node,
        gpointer            data)
{
  Search *self = data;
  const StrataPyNode *function = self->function;

  if (node->kind == STRATA_PY_NODE_CALL)
    search_call (self, node);
  else if (node->kind == STRATA_PY_NODE_DICT)
    search_dict (self, node);
  else if (node->kind == STRATA_PY_NODE_FUNCTION)
    self->function = node;
  strata_py_node_foreach (node, search, self);
  self->function = function;
}

static Thing *
find_target (Finder *finder,
             Module *module)
{
  Search self = { finder, module };
  StrataPyList body = strata_py_tree_get_body (module->tree);

  for (guint i = 0; i < body.length; i++)
    search (body.items[i], &self);
  if (self.target != NULL)
    return self.target;
  if ((self.has_configure && !self.has_spread) || strstr (module->text, "metadata") == NULL)
    return strata_naming_new_thing (finder, THING_NONE, module, NULL);

  return strata_naming_unknown (finder, module, NULL, "where env.py gives target_metadata was not found");
}

/* "Base.metadata.naming_convention = {...}" and "SQLModel.metadata = MetaData(...)" */
static void
follow_changes (Finder  *self,
                Module  *module,
                Thing  **target)
{
  for (guint i = 0; i < module->attributes->len; i++)
    {
      const Binding *binding = g_ptr_array_index (module->attributes, i);
      const char *name = binding->target->attribute.name;
      Thing *owner;

      if (!g_str_equal (name, "naming_convention") && !g_str_equal (name, "metadata"))
        continue;
      owner = strata_naming_evaluate (self, module, NULL, binding->target->attribute.value);
      if (g_str_equal (name, "naming_convention") && owner == *target)
        {
          owner->convention = binding->value;
          owner->convention_module = module;
        }
      else if (g_str_equal (name, "metadata") && owner->kind != THING_UNKNOWN && owner->metadata == *target)
        *target = owner->metadata = strata_naming_evaluate (self, module, NULL, binding->value);
    }
}

static void
load_imports (Finder *self,
              Module *module)
{
  for (guint i = 0; i < module->imports->len; i++)
    {
      const StrataPyNode *node = g_ptr_array_index (module->imports, i);
      g_autofree char *from = node->kind == STRATA_PY_NODE_IMPORT_FROM ? strata_naming_resolve (module, node) : NULL;

      if (from != NULL)
        strata_naming_load (self, from);
      for (guint j = 0; j < node->import.names.length; j++)
        {
          const char *name = node->import.names.items[j]->alias.name;
          g_autofree char *path = from != NULL ? g_strdup_printf ("%s.%s", from, name) : g_strdup (name);

          if (node->kind == STRATA_PY_NODE_IMPORT || (from != NULL && g_hash_table_lookup (self->modules, from) != NULL))
            strata_naming_load (self, path);
        }
    }
}

/* Whatever is imported can change a metadata that it knows: all of the project that env.py draws in. */
static void
follow_all_changes (Finder  *self,
                    Thing  **target)
{
  g_autoptr(GHashTable) done = g_hash_table_new (g_direct_hash, g_direct_equal);
  gboolean is_more = TRUE;

  while (is_more && (*target)->kind == THING_METADATA && (*target)->convention == NULL)
    {
      g_autoptr(GList) modules = g_list_sort (g_hash_table_get_keys (self->modules), (GCompareFunc) strcmp);

      is_more = FALSE;
      for (GList *l = modules; l != NULL; l = l->next)
        {
          Module *module = g_hash_table_lookup (self->modules, l->data);

          if (module == NULL || !g_hash_table_add (done, module))
            continue;
          is_more = TRUE;
          follow_changes (self, module, target);
          load_imports (self, module);
        }
    }
}

static void
tell (StrataNamingAnswer *answer,
      StrataNamingState   state,
      Module             *module,
      const StrataPyNode *node,
      const char         *reason)
{
  answer->state = state;
  g_free (answer->path);
  answer->path = module != NULL ? g_strdup (module->path) : NULL;
  answer->line = module != NULL && node != NULL ? strata_py_tree_get_place (module->tree, node).line : 1;
  answer->reason = g_strdup (reason);
}

/* The text of a template, by a constant of a module too; NULL: not known. */
static const char *
read_template (Finder             *self,
               Module             *module,
               const StrataPyNode *node)
{
  Thing *thing = strata_naming_evaluate (self, module, NULL, node);

  return thing->node != NULL && thing->kind == THING_OTHER && thing->node->kind == STRATA_PY_NODE_STRING
         && !thing->node->string.is_bytes && thing->node->string.is_exact ? thing->node->string.text : NULL;
}

static gboolean
set_template (StrataNaming *naming,
              const char   *key,
              const char   *text)
{
  const struct { const char *key; const char **template; } slots[] = {
    { "ix", &naming->index }, { "uq", &naming->unique }, { "ck", &naming->check }, { "fk", &naming->foreign_key },
    { "pk", &naming->primary_key },
  };

  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    if (g_strcmp0 (slots[i].key, key) == 0)
      {
        g_free ((char *) *slots[i].template);
        *slots[i].template = g_strdup (text);
        return text != NULL;
      }

  return FALSE;
}

static gboolean
read_dict (Finder             *self,
           Module             *module,
           const StrataPyNode *node,
           StrataNaming       *naming)
{
  for (guint i = 0; node->kind == STRATA_PY_NODE_DICT && i + 1 < node->list.length; i += 2)
    {
      const StrataPyNode *key = node->list.items[i];

      if (key == NULL || key->kind != STRATA_PY_NODE_STRING
          || !set_template (naming, key->string.text, read_template (self, module, node->list.items[i + 1])))
        return FALSE;
    }
  for (guint i = 0; node->kind == STRATA_PY_NODE_CALL && i < node->call.keywords.length; i++)
    if (!set_template (naming, node->call.keywords.items[i]->attribute.name,
                       read_template (self, module, node->call.keywords.items[i]->attribute.value)))
      return FALSE;

  return node->kind == STRATA_PY_NODE_DICT || (node->kind == STRATA_PY_NODE_CALL && node->call.arguments.length == 0);
}

static gboolean
is_dict_call (const StrataPyNode *node)
{
  return node->kind == STRATA_PY_NODE_CALL && node->call.function->kind == STRATA_PY_NODE_NAME
         && g_str_equal (node->call.function->name, "dict");
}

static void
read_convention (Finder             *self,
                 Thing              *metadata,
                 StrataNamingAnswer *answer)
{
  Thing *thing = is_dict_call (metadata->convention)
                   ? NULL : strata_naming_evaluate (self, metadata->convention_module, NULL, metadata->convention);
  const StrataPyNode *node = thing != NULL ? thing->node : metadata->convention;
  Module *module = thing != NULL ? thing->module : metadata->convention_module;

  if (thing != NULL && thing->kind == THING_NONE)
    return;
  if (node != NULL && module != NULL && (thing == NULL || thing->kind == THING_OTHER || is_dict_call (node))
      && read_dict (self, module, node, &answer->naming))
    tell (answer, STRATA_NAMING_FOUND, module, node, NULL);
  else
    tell (answer, STRATA_NAMING_UNKNOWN, metadata->convention_module, metadata->convention,
          _("this naming convention was not understood"));
}

static void
free_thing (gpointer data)
{
  Thing *thing = data;

  g_free (thing->text);
  g_free (thing);
}

StrataNamingAnswer *
strata_naming_find (const StrataEnvSource *source)
{
  Finder self = {
    .source = source,
    .modules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, strata_naming_module_free),
    .things = g_ptr_array_new_with_free_func (free_thing),
    .by_node = g_hash_table_new (g_direct_hash, g_direct_equal),
    .outside = g_hash_table_new (g_str_hash, g_str_equal),
  };
  StrataNamingAnswer *answer = g_new0 (StrataNamingAnswer, 1);
  Module *env = strata_naming_add_module (&self, "", g_strdup (source->path), g_strndup (source->text, source->length),
                                          source->length);
  Thing *target = find_target (&self, env);

  follow_all_changes (&self, &target);
  if (target->kind == THING_METADATA && target->convention != NULL)
    read_convention (&self, target, answer);
  else if (target->kind != THING_NONE && target->kind != THING_METADATA && target->kind != THING_OTHER)
    tell (answer, STRATA_NAMING_UNKNOWN, target->module != NULL ? target->module : env, target->node,
          target->text != NULL && target->kind == THING_UNKNOWN ? target->text : _("target_metadata was not understood"));

  g_hash_table_unref (self.outside);
  g_hash_table_unref (self.by_node);
  g_ptr_array_unref (self.things);
  g_hash_table_unref (self.modules);

  return answer;
}

void
strata_naming_answer_free (StrataNamingAnswer *self)
{
  if (self == NULL)
    return;

  g_free ((char *) self->naming.index);
  g_free ((char *) self->naming.unique);
  g_free ((char *) self->naming.check);
  g_free ((char *) self->naming.foreign_key);
  g_free ((char *) self->naming.primary_key);
  g_free (self->path);
  g_free (self->reason);
  g_free (self);
}

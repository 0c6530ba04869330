/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/naming-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_DEPTH 60

Thing *
strata_naming_new_thing (Finder             *self,
                         ThingKind           kind,
                         Module             *module,
                         const StrataPyNode *node)
{
  Thing *thing = g_new0 (Thing, 1);

  thing->kind = kind;
  thing->module = module;
  thing->node = node;
  g_ptr_array_add (self->things, thing);

  return thing;
}

Thing *
strata_naming_unknown (Finder             *self,
                       Module             *module,
                       const StrataPyNode *node,
                       const char         *reason)
{
  Thing *thing = strata_naming_new_thing (self, THING_UNKNOWN, module, node);

  thing->text = g_strdup (_(reason));

  return thing;
}

Thing *
strata_naming_outside (Finder     *self,
                       const char *name)
{
  Thing *thing = g_hash_table_lookup (self->outside, name);

  if (thing == NULL)
    {
      thing = strata_naming_new_thing (self, THING_OUTSIDE, NULL, NULL);
      thing->text = g_strdup (name);
      g_hash_table_insert (self->outside, thing->text, thing);
    }

  return thing;
}

static Thing *
outside_of (Finder     *self,
            const char *owner,
            const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s.%s", owner, name);

  return strata_naming_outside (self, path);
}

static Thing *
module_thing (Finder     *self,
              const char *name)
{
  Module *module = strata_naming_load (self, name);

  return module != NULL ? strata_naming_new_thing (self, THING_MODULE, module, NULL) : NULL;
}

static Thing *
import_from (Finder             *self,
             Module             *module,
             const StrataPyNode *node,
             const char         *name)
{
  g_autofree char *from = strata_naming_resolve (module, node);
  g_autofree char *inner = from != NULL ? g_strdup_printf ("%s.%s", from, name) : NULL;
  Module *found;
  Thing *thing;

  if (from == NULL)
    return strata_naming_unknown (self, module, node, "this import leads out of all packages");
  found = strata_naming_load (self, from);
  if (found != NULL)
    {
      thing = strata_naming_lookup (self, found, NULL, name);
      if (thing != NULL)
        return thing;
    }
  thing = module_thing (self, inner);
  if (thing != NULL)
    return thing;

  return found != NULL ? NULL : strata_naming_outside (self, inner);
}

static Thing *
import_plain (Finder             *self,
              const StrataPyNode *alias)
{
  const char *name = alias->alias.name;
  g_autofree char *root = alias->alias.as_name != NULL ? g_strdup (name) : g_strndup (name, strcspn (name, "."));
  Thing *thing = module_thing (self, root);

  return thing != NULL ? thing : strata_naming_outside (self, root);
}

static Thing *
follow_binding (Finder             *self,
                Module             *module,
                const StrataPyNode *function,
                const Binding      *binding)
{
  const StrataPyNode *node = binding->value;
  Thing *thing;

  if (node->kind == STRATA_PY_NODE_IMPORT_FROM)
    return import_from (self, module, node, binding->alias->alias.name);
  if (node->kind == STRATA_PY_NODE_IMPORT)
    return import_plain (self, binding->alias);
  if (node->kind != STRATA_PY_NODE_CLASS && node->kind != STRATA_PY_NODE_FUNCTION)
    return strata_naming_evaluate (self, module, function, node);

  thing = g_hash_table_lookup (self->by_node, node);
  if (thing == NULL)
    {
      thing = strata_naming_new_thing (self, node->kind == STRATA_PY_NODE_CLASS ? THING_CLASS : THING_FUNCTION, module, node);
      g_hash_table_insert (self->by_node, (gpointer) node, thing);
    }

  return thing;
}

/* What a name may be: the last that is said for sure, and whatever may come after it. All have to be the same. */
static Thing *
follow_bindings (Finder             *self,
                 Module             *module,
                 const StrataPyNode *function,
                 GPtrArray          *bindings)
{
  Thing *result = NULL;

  for (guint i = bindings->len; i > 0; i--)
    {
      const Binding *binding = g_ptr_array_index (bindings, i - 1);
      Thing *thing = follow_binding (self, module, function, binding);

      if (result == NULL)
        result = thing;
      else if (thing != result && thing != NULL && !(thing->kind == THING_NONE && result->kind == THING_METADATA))
        return strata_naming_unknown (self, module, binding->value, "this name has more than one value");
      if (!binding->is_conditional)
        break;
    }

  return result;
}

static Thing *
look_through_stars (Finder     *self,
                    Module     *module,
                    const char *name)
{
  for (guint i = module->stars->len; i > 0; i--)
    {
      const StrataPyNode *node = g_ptr_array_index (module->stars, i - 1);
      g_autofree char *from = strata_naming_resolve (module, node);
      Module *found = from != NULL ? strata_naming_load (self, from) : NULL;
      Thing *thing = found != NULL ? strata_naming_lookup (self, found, NULL, name) : NULL;

      if (thing != NULL)
        return thing;
    }

  return NULL;
}

/* NULL: the module has no such name. */
Thing *
strata_naming_lookup (Finder             *self,
                      Module             *module,
                      const StrataPyNode *function,
                      const char         *name)
{
  g_autoptr(GPtrArray) locals = function != NULL ? strata_naming_local_bindings (function, name) : NULL;
  GPtrArray *bindings = g_hash_table_lookup (module->names, name);
  Thing *result;

  if (self->depth > MOST_DEPTH)
    return strata_naming_unknown (self, module, NULL, "this goes around in a circle");
  self->depth++;
  if (locals != NULL)
    result = follow_bindings (self, module, function, locals);
  else if (bindings != NULL)
    result = follow_bindings (self, module, NULL, bindings);
  else
    result = look_through_stars (self, module, name);
  self->depth--;

  return result;
}

static Thing *
module_attribute (Finder             *self,
                  Thing              *owner,
                  const StrataPyNode *node,
                  const char         *name)
{
  g_autofree char *inner = g_strdup_printf ("%s.%s", owner->module->name, name);
  Thing *thing = strata_naming_lookup (self, owner->module, NULL, name);

  if (thing == NULL)
    thing = module_thing (self, inner);

  return thing != NULL ? thing : strata_naming_unknown (self, owner->module, NULL, "the module has no such name");
}

static Thing *
get_attribute (Finder             *self,
               Module             *module,
               const StrataPyNode *node,
               Thing              *owner)
{
  const char *name = node->attribute.name;

  if (owner->kind == THING_UNKNOWN)
    return owner;
  if (owner->kind == THING_MODULE)
    return module_attribute (self, owner, node, name);
  if (owner->kind == THING_OUTSIDE && g_str_has_prefix (owner->text, "flask.current_app") && g_str_equal (name, "db"))
    return strata_naming_find_flask (self, module, node);
  if (g_str_equal (name, "metadata") && (owner->kind == THING_CLASS || owner->kind == THING_OWNER
                                         || (owner->kind == THING_OUTSIDE && g_str_has_prefix (owner->text, "sqlmodel."))))
    return strata_naming_get_metadata (self, owner);
  if (owner->kind == THING_OWNER && (g_str_equal (name, "Model") || g_str_equal (name, "registry")))
    return owner;
  if (owner->kind == THING_OWNER && g_str_equal (name, "metadatas"))
    {
      Thing *thing = strata_naming_new_thing (self, THING_METADATAS, module, node);

      thing->metadata = strata_naming_get_metadata (self, owner);
      return thing;
    }
  if (owner->kind == THING_OUTSIDE)
    return outside_of (self, owner->text, name);

  return strata_naming_unknown (self, module, node, "what this is was not understood");
}

static Thing *
get_item (Finder             *self,
          Module             *module,
          const StrataPyNode *function,
          const StrataPyNode *node)
{
  Thing *owner = strata_naming_evaluate (self, module, function, node->pair.first);

  if (owner->kind == THING_METADATAS)
    return owner->metadata;
  if (owner->kind == THING_OUTSIDE)
    return outside_of (self, owner->text, "[]");

  return owner->kind == THING_UNKNOWN ? owner : strata_naming_unknown (self, module, node, "what this is was not understood");
}

Thing *
strata_naming_evaluate (Finder             *self,
                        Module             *module,
                        const StrataPyNode *function,
                        const StrataPyNode *node)
{
  Thing *thing = NULL;

  if (self->depth > MOST_DEPTH)
    return strata_naming_unknown (self, module, node, "this goes around in a circle");

  self->depth++;
  switch (node->kind)
    {
    case STRATA_PY_NODE_NAME:
      thing = strata_naming_lookup (self, module, function, node->name);
      break;
    case STRATA_PY_NODE_ATTRIBUTE:
      thing = get_attribute (self, module, node, strata_naming_evaluate (self, module, function, node->attribute.value));
      break;
    case STRATA_PY_NODE_SUBSCRIPT:
      thing = get_item (self, module, function, node);
      break;
    case STRATA_PY_NODE_CALL:
      thing = strata_naming_call (self, module, function, node);
      break;
    case STRATA_PY_NODE_CONSTANT:
      thing = strata_naming_new_thing (self, node->op == STRATA_PY_NONE ? THING_NONE : THING_OTHER, module, node);
      break;
    case STRATA_PY_NODE_LIST:
    case STRATA_PY_NODE_TUPLE:
    case STRATA_PY_NODE_DICT:
    case STRATA_PY_NODE_STRING:
    case STRATA_PY_NODE_NUMBER:
      thing = strata_naming_new_thing (self, THING_OTHER, module, node);
      break;
    default:
      break;
    }
  self->depth--;

  return thing != NULL ? thing : strata_naming_unknown (self, module, node, "what this is was not understood");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/naming-private.h"

#include <string.h>

/* Which MetaData() is whose: those of classes, and of what makes such classes. */

const StrataPyNode *
strata_naming_keyword (const StrataPyNode *call,
                       const char         *name)
{
  for (guint i = 0; i < call->call.keywords.length; i++)
    if (g_strcmp0 (call->call.keywords.items[i]->attribute.name, name) == 0)
      return call->call.keywords.items[i]->attribute.value;

  return NULL;
}

/* "**options" may say anything. */
static gboolean
has_spread (const StrataPyNode *call)
{
  for (guint i = 0; i < call->call.keywords.length; i++)
    if (call->call.keywords.items[i]->attribute.name == NULL)
      return TRUE;

  return FALSE;
}

static gboolean
is_called (Thing      *thing,
           const char *name)
{
  const char *dot = thing->kind == THING_OUTSIDE ? strrchr (thing->text, '.') : NULL;

  return dot != NULL && g_str_equal (dot + 1, name);
}

static Thing *
plain_metadata (Finder             *self,
                Module             *module,
                const StrataPyNode *node)
{
  return strata_naming_new_thing (self, THING_METADATA, module, node);
}

static Thing *
new_metadata (Finder             *self,
              Module             *module,
              const StrataPyNode *node)
{
  const StrataPyNode *convention = strata_naming_keyword (node, "naming_convention");
  Thing *thing = plain_metadata (self, module, node);

  if (has_spread (node))
    return strata_naming_unknown (self, module, node, "this MetaData() has arguments that were not understood");
  thing->convention = convention;
  thing->convention_module = module;

  return thing;
}

/* What is given as metadata= counts; else the class that is given, which may have one; else a new one. */
static Thing *
new_owner (Finder             *self,
           Module             *module,
           const StrataPyNode *function,
           const StrataPyNode *node)
{
  const StrataPyNode *metadata = strata_naming_keyword (node, "metadata");
  const StrataPyNode *class = strata_naming_keyword (node, "model_class");
  Thing *owner = strata_naming_new_thing (self, THING_OWNER, module, node);
  Thing *given = NULL;

  if (class == NULL)
    class = strata_naming_keyword (node, "cls");
  if (metadata != NULL)
    given = strata_naming_evaluate (self, module, function, metadata);
  else if (class != NULL)
    {
      Thing *model = strata_naming_evaluate (self, module, function, class);

      if (model->kind == THING_CLASS)
        given = strata_naming_get_metadata (self, model);
    }
  if (has_spread (node) && metadata == NULL)
    given = strata_naming_unknown (self, module, node, "this call has arguments that were not understood");
  owner->metadata = given != NULL && given->kind != THING_NONE ? given : plain_metadata (self, module, node);

  return owner;
}

static void
find_returns (const StrataPyNode *node,
              gpointer            data)
{
  GPtrArray *returns = data;

  if (node->kind == STRATA_PY_NODE_FUNCTION || node->kind == STRATA_PY_NODE_CLASS || node->kind == STRATA_PY_NODE_LAMBDA)
    return;
  if (node->kind == STRATA_PY_NODE_RETURN && node->child != NULL)
    g_ptr_array_add (returns, (gpointer) node->child);
  strata_py_node_foreach (node, find_returns, returns);
}

static Thing *
call_function (Finder *self,
               Thing  *function)
{
  g_autoptr(GPtrArray) returns = g_ptr_array_new ();
  Thing *result = NULL;

  for (guint i = 0; i < function->node->definition.body.length; i++)
    find_returns (function->node->definition.body.items[i], returns);
  for (guint i = 0; i < returns->len; i++)
    {
      Thing *thing = strata_naming_evaluate (self, function->module, function->node, returns->pdata[i]);

      if (thing->kind == THING_UNKNOWN)
        return thing;
      if (result != NULL && thing != result)
        return strata_naming_unknown (self, function->module, returns->pdata[i], "this function returns more than one thing");
      result = thing;
    }

  return result;
}

static gboolean
derives_from (Finder     *self,
              Thing      *class,
              const char *name)
{
  StrataPyList bases = class->node->definition.parameters;

  for (guint i = 0; i < bases.length; i++)
    {
      Thing *base = strata_naming_evaluate (self, class->module, NULL, bases.items[i]);

      if (is_called (base, name) || (base->kind == THING_CLASS && base != class && derives_from (self, base, name)))
        return TRUE;
    }

  return FALSE;
}

Thing *
strata_naming_call (Finder             *self,
                    Module             *module,
                    const StrataPyNode *function,
                    const StrataPyNode *node)
{
  static const char * const makers[] = { "declarative_base", "automap_base", "registry", "SQLAlchemy", "generate_base" };
  const StrataPyNode *what = node->call.function;
  Thing *thing = g_hash_table_lookup (self->by_node, node);
  Thing *called;

  if (thing != NULL)
    return thing;
  if (what->kind == STRATA_PY_NODE_ATTRIBUTE && g_str_equal (what->attribute.name, "generate_base"))
    {
      thing = strata_naming_evaluate (self, module, function, what->attribute.value);
      return thing->kind == THING_OWNER ? thing : strata_naming_unknown (self, module, node, "what this is was not understood");
    }

  called = strata_naming_evaluate (self, module, function, what);
  if (is_called (called, "MetaData"))
    thing = new_metadata (self, module, node);
  else if (called->kind == THING_CLASS && derives_from (self, called, "SQLAlchemy"))
    thing = new_owner (self, module, function, node);
  else if (called->kind == THING_FUNCTION)
    thing = call_function (self, called);
  for (guint i = 0; i < G_N_ELEMENTS (makers) && thing == NULL; i++)
    if (is_called (called, makers[i]))
      thing = new_owner (self, module, function, node);
  if (thing == NULL)
    thing = called->kind == THING_UNKNOWN ? called
                                          : strata_naming_unknown (self, module, node, "what this call gives was not understood");
  g_hash_table_insert (self->by_node, (gpointer) node, thing);

  return thing;
}

static const StrataPyNode *
find_in_body (Thing      *class,
              const char *name)
{
  g_autoptr(GPtrArray) bindings = strata_naming_local_bindings (class->node, name);

  return bindings != NULL ? ((Binding *) g_ptr_array_index (bindings, bindings->len - 1))->value : NULL;
}

static Thing *
metadata_by_decorator (Finder *self,
                       Thing  *class)
{
  const StrataPyExtras *extras = class->node->definition.extras;

  for (guint i = 0; extras != NULL && i < extras->decorators.length; i++)
    {
      const StrataPyNode *decorator = extras->decorators.items[i];

      if (decorator->kind == STRATA_PY_NODE_CALL
          && is_called (strata_naming_evaluate (self, class->module, NULL, decorator->call.function), "as_declarative"))
        return strata_naming_get_metadata (self, new_owner (self, class->module, NULL, decorator));
    }

  return NULL;
}

static Thing *
metadata_of_base (Finder *self,
                  Thing  *class,
                  Thing  *base)
{
  if (base->kind == THING_CLASS || base->kind == THING_OWNER || (base->kind == THING_OUTSIDE && is_called (base, "SQLModel")))
    return strata_naming_get_metadata (self, base);
  if (is_called (base, "DeclarativeBase") || is_called (base, "DeclarativeBaseNoMeta"))
    return plain_metadata (self, class->module, class->node);

  return NULL;
}

static Thing *
metadata_of_class (Finder *self,
                   Thing  *class)
{
  StrataPyList bases = class->node->definition.parameters;
  const StrataPyNode *own = find_in_body (class, "metadata");
  Thing *unknown = NULL, *found;

  if (own == NULL)
    own = find_in_body (class, "registry");
  if (own != NULL)
    {
      found = strata_naming_evaluate (self, class->module, NULL, own);
      return found->kind == THING_OWNER ? strata_naming_get_metadata (self, found) : found;
    }
  if ((found = metadata_by_decorator (self, class)) != NULL)
    return found;

  for (guint i = 0; i < bases.length; i++)
    {
      Thing *base = strata_naming_evaluate (self, class->module, NULL, bases.items[i]);

      found = metadata_of_base (self, class, base);
      if (found != NULL && found->kind != THING_UNKNOWN)
        return found;
      if (found != NULL || base->kind == THING_UNKNOWN
          || (base->kind == THING_OUTSIDE && !g_str_has_prefix (base->text, "sqlalchemy.")))
        unknown = strata_naming_unknown (self, class->module, bases.items[i], "the metadata of this class was not understood");
    }

  return unknown != NULL ? unknown : strata_naming_unknown (self, class->module, class->node, "this class has no metadata");
}

/* A thing has one metadata, whoever asks. */
Thing *
strata_naming_get_metadata (Finder *self,
                            Thing  *owner)
{
  if (owner->metadata != NULL)
    return owner->metadata;
  if (owner->kind == THING_CLASS)
    {
      Thing *found;

      /* A class that is its own base is none of Python's. */
      owner->metadata = strata_naming_unknown (self, owner->module, owner->node, "this goes around in a circle");
      found = metadata_of_class (self, owner);
      owner->metadata = found;
    }
  else
    owner->metadata = plain_metadata (self, NULL, NULL);

  return owner->metadata;
}

Thing *
strata_naming_find_flask (Finder             *self,
                          Module             *module,
                          const StrataPyNode *node)
{
  static const char * const places[] = {
    "app", "app.extensions", "app.db", "app.database", "app.models", "app.ext", "extensions", "models", "db", "database",
    "application", "application.extensions", "src.extensions", "src.app", "api", "main", "project",
  };
  Thing *result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      Module *found = strata_naming_load (self, places[i]);
      Thing *thing = found != NULL ? strata_naming_lookup (self, found, NULL, "db") : NULL;

      if (thing == NULL || thing->kind != THING_OWNER)
        continue;
      if (result != NULL && result != thing)
        return strata_naming_unknown (self, module, node, "the project has more than one db");
      result = thing;
    }

  return result != NULL ? result : strata_naming_unknown (self, module, node, "which db the application has was not found");
}

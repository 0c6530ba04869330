/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/utils.h"

#include <string.h>

static gboolean
refuse_derived (StrataPyMachine *py,
                StrataPyClass   *class)
{
  return strata_py_refuse (py, "an entity of alembic_utils of a class of the project's own") != NULL;
}

static const StrataPySlots base_slots = {
  .name = "ReplaceableEntity",
  .class_methods = strata_utils_entity_readers,
  .lacking = " definition from_database from_path get_database_definition get_required_migration_op literal_signature"
             " render_import_statement render_self_for_migration to_variable_name ",
  .get_attribute = strata_utils_entity_attribute,
  .class_made = refuse_derived,
};

/* The data is what type_ has. */
static const struct { const char *module; StrataPySlots slots; } classes[] = {
  { "pg_extension",
    { .name = "PGExtension", .methods = strata_utils_extension_methods, .parameters = "schema, signature",
      .construct = strata_utils_new_extension, .data = "extension" } },
  { "pg_function",
    { .name = "PGFunction", .methods = strata_utils_function_methods, .class_methods = strata_utils_function_readers,
      .parameters = "schema, signature, definition", .construct = strata_utils_new_function, .data = "function" } },
  { "pg_grant_table",
    { .name = "PGGrantTable", .methods = strata_utils_grant_methods,
      .parameters = "schema, table, role, grant, columns=, with_grant_option=", .construct = strata_utils_new_grant,
      .data = "grant_table" } },
  { "pg_materialized_view",
    { .name = "PGMaterializedView", .methods = strata_utils_materialized_view_methods,
      .class_methods = strata_utils_materialized_view_readers, .parameters = "schema, signature, definition, with_data=",
      .construct = strata_utils_new_materialized_view, .data = "materialized_view" } },
  { "pg_policy",
    { .name = "PGPolicy", .methods = strata_utils_policy_methods, .class_methods = strata_utils_policy_readers,
      .parameters = "schema, signature, definition, on_entity", .construct = strata_utils_new_policy, .data = "policy" } },
  { "pg_trigger",
    { .name = "PGTrigger", .methods = strata_utils_trigger_methods, .class_methods = strata_utils_trigger_readers,
      .parameters = "schema, signature, definition, on_entity, is_constraint=", .construct = strata_utils_new_trigger,
      .data = "trigger" } },
  { "pg_view",
    { .name = "PGView", .methods = strata_utils_view_methods, .class_methods = strata_utils_view_readers,
      .parameters = "schema, signature, definition", .construct = strata_utils_new_view, .data = "view" } },
};

static void
make_names (StrataPyMachine *py,
            StrataPyDict    *names)
{
  static const char * const exceptions[] = {
    "BadInputException", "FailedToGenerateComparable", "SQLParseFailure", "UnreachableException",
  };
  StrataPyClass *exception = strata_py_exception_class (py, "alembic_utils.exceptions", "AlembicUtilsException", NULL);
  StrataPyClass *base = strata_py_class (py, &base_slots, NULL);

  strata_py_dict_set_name (py, names, "AlembicUtilsException", (StrataPyValue *) exception);
  strata_py_dict_set_name (py, names, "ReplaceableEntity", (StrataPyValue *) base);
  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    {
      StrataPyClass *class = strata_py_exception_class (py, "alembic_utils.exceptions", exceptions[i], exception);

      strata_py_dict_set_name (py, names, exceptions[i], (StrataPyValue *) class);
    }
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    strata_py_dict_set_name (py, names, classes[i].slots.name, (StrataPyValue *) strata_py_class (py, &classes[i].slots, base));
}

static StrataPyDict *
get_names (StrataPyMachine *py)
{
  StrataAlembic *self = strata_alembic_get (py);

  if (self->utils == NULL)
    {
      self->utils = strata_py_dict (py);
      make_names (py, self->utils);
    }

  return self->utils;
}

gpointer
strata_utils_raise (StrataPyMachine *py,
                    const char      *exception,
                    const char      *format,
                    ...)
{
  va_list args;

  va_start (args, format);
  strata_py_raise_of (py, (StrataPyClass *) strata_py_dict_get_name (get_names (py), exception), format, args);
  va_end (args);

  return NULL;
}

gpointer
strata_utils_raise_missing (StrataPyMachine *py)
{
  return strata_py_raise_value (py, strata_py_call_values (py, (StrataPyValue *) strata_py_find_class (py, "NotImplementedError"),
                                                           0));
}

/* Autogenerate looks at them; a script does nothing by it. */
static StrataPyValue *
register_entities (StrataPyMachine  *py,
                   StrataPyValue    *self,
                   StrataPyValue   **arguments)
{
  return strata_py_none (py);
}

static const StrataPyNative entity_functions[] = {
  { "register_entities", "entities, schemas=, exclude_schemas=, entity_types=", register_entities },
  { NULL }
};

/* The package itself is nobody's here: a project may have a module of that name. */
StrataPyValue *
strata_utils_find_module (StrataPyMachine *py,
                          const char      *name)
{
  static const char * const others[] = { "exceptions", "experimental", "replaceable_entity", "reversible_op", "statement", NULL };
  const char *part = name + strlen ("alembic_utils.");
  StrataPyValue *module, *key, *value;
  guint position = 0;
  gboolean is_known;

  if (!g_str_has_prefix (name, "alembic_utils."))
    return NULL;
  is_known = g_strv_contains (others, part);
  for (guint i = 0; i < G_N_ELEMENTS (classes) && !is_known; i++)
    is_known = g_str_equal (classes[i].module, part);
  if (!is_known)
    return NULL;
  module = strata_py_module (py, name, FALSE);
  while (strata_py_dict_next (get_names (py), &position, &key, &value))
    strata_py_set (py, module, strata_py_value_get_text (key, NULL), value);
  if (g_str_equal (part, "replaceable_entity"))
    strata_py_set_natives (py, module, entity_functions);

  return module;
}

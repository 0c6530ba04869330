/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/dialect.h"

#include "core/sqlalchemy/type-class.h"

/* The dialect as SQLAlchemy makes it for the drivers that come first: psycopg2 and Python's own sqlite3. */
static StrataPyValue *
get_attribute (StrataPyMachine *py,
               StrataPyValue   *self,
               const char      *name)
{
  StrataDialect dialect = strata_sa_get (py)->dialect;
  gboolean is_postgresql = dialect == STRATA_DIALECT_POSTGRESQL;

  if (g_str_equal (name, "name"))
    return strata_py_str (py, strata_dialect_get_name (dialect));
  if (g_str_equal (name, "supports_native_enum") || g_str_equal (name, "supports_native_uuid")
      || g_str_equal (name, "supports_sequences") || g_str_equal (name, "supports_comments"))
    return strata_py_bool (py, is_postgresql);
  if (g_str_equal (name, "supports_native_boolean"))
    return strata_py_bool (py, is_postgresql);
  if (g_str_equal (name, "max_identifier_length"))
    return strata_py_int (py, is_postgresql ? 63 : 9999);

  return NULL;
}

/* The dialect's own class for a type says nothing more about its words. */
static StrataPyValue *
type_descriptor (StrataPyMachine  *py,
                 StrataPyValue    *self,
                 StrataPyValue   **arguments)
{
  return (StrataPyValue *) strata_sa_to_type (py, arguments[0]);
}

static const StrataPyNative methods[] = {
  { "type_descriptor", "typeobj", type_descriptor },
  { NULL }
};

static const StrataPySlots slots = {
  .name = "Dialect",
  .methods = methods,
  .lacking = " driver dialect_description paramstyle identifier_preparer server_version_info default_schema_name dbapi ischema_names"
             " type_compiler type_compiler_instance ddl_compiler statement_compiler preparer has_table has_index has_sequence"
             " has_schema has_type get_columns get_table_names get_indexes get_foreign_keys positional inspector colspecs"
             " supports_alter supports_schemas supports_statement_cache supports_native_decimal supports_default_values"
             " supports_sane_rowcount insert_returning update_returning delete_returning do_execute denormalize_name"
             " normalize_name implicit_returning case_sensitive encoding ",
  .get_attribute = get_attribute,
};

StrataPyValue *
strata_sa_get_dialect_object (StrataPyMachine *py)
{
  StrataSa *sa = strata_sa_get (py);

  if (sa->dialect_object == NULL)
    sa->dialect_object = strata_py_host_object (py, strata_py_class (py, &slots, NULL), sizeof (StrataPyValue));

  return sa->dialect_object;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/dialect.h"

#include "core/sqlalchemy/inspector.h"
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

#define QUESTION(name) \
  static StrataPyValue * \
  name (StrataPyMachine *py, StrataPyValue *self, StrataPyValue **arguments) \
  { \
    return strata_sa_ask_inspector (py, #name, arguments[0], arguments[1], arguments[2]); \
  }

QUESTION (has_table)
QUESTION (has_sequence)
QUESTION (get_columns)
QUESTION (get_indexes)
QUESTION (get_foreign_keys)

static StrataPyValue *
get_table_names (StrataPyMachine  *py,
                 StrataPyValue    *self,
                 StrataPyValue   **arguments)
{
  return strata_sa_ask_inspector (py, "get_table_names", arguments[0], NULL, arguments[1]);
}

static const StrataPyNative methods[] = {
  { "type_descriptor", "typeobj", type_descriptor },
  { "has_table", "connection, table_name, schema=, **kw", has_table },
  { "has_sequence", "connection, sequence_name, schema=, **kw", has_sequence },
  { "get_columns", "connection, table_name, schema=, **kw", get_columns },
  { "get_indexes", "connection, table_name, schema=, **kw", get_indexes },
  { "get_foreign_keys", "connection, table_name, schema=, **kw", get_foreign_keys },
  { "get_table_names", "connection, schema=, **kw", get_table_names },
  { NULL }
};

static const StrataPySlots slots = {
  .name = "Dialect",
  .methods = methods,
  .lacking = " driver dialect_description paramstyle identifier_preparer server_version_info default_schema_name dbapi ischema_names"
             " type_compiler type_compiler_instance ddl_compiler statement_compiler preparer has_index has_schema has_type"
             " get_pk_constraint get_unique_constraints get_check_constraints get_view_names positional inspector colspecs"
             " supports_alter supports_schemas supports_statement_cache supports_native_decimal supports_default_values"
             " supports_sane_rowcount insert_returning update_returning delete_returning do_execute denormalize_name"
             " normalize_name implicit_returning case_sensitive encoding ",
  .get_attribute = get_attribute,
};

static const StrataPySlots postgresql_slots = { .name = "PGDialect", .get_attribute = get_attribute };
static const StrataPySlots sqlite_slots = { .name = "SQLiteDialect", .get_attribute = get_attribute };
static const StrataPySlots mysql_slots = { .name = "MySQLDialect" };
static const StrataPySlots mssql_slots = { .name = "MSDialect" };
static const StrataPySlots oracle_slots = { .name = "OracleDialect" };

/* Classes by which scripts tell dialects apart. */
void
strata_sa_add_dialects (StrataPyMachine *py)
{
  static const struct { int dialect; StrataSaNamespace where; const StrataPySlots *slots; } dialects[] = {
    { STRATA_DIALECT_POSTGRESQL, STRATA_SA_POSTGRESQL, &postgresql_slots },
    { STRATA_DIALECT_SQLITE, STRATA_SA_SQLITE, &sqlite_slots },
    { STRATA_DIALECT_MYSQL, STRATA_SA_MYSQL, &mysql_slots },
    { STRATA_DIALECT_MSSQL, STRATA_SA_MSSQL, &mssql_slots },
    { -1, STRATA_SA_ORACLE, &oracle_slots },
  };
  StrataSa *sa = strata_sa_get (py);
  StrataPyClass *base = strata_py_class (py, &slots, NULL);

  sa->dialect_object = strata_py_host_object (py, base, sizeof (StrataPyValue));
  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      StrataPyClass *class = strata_py_class (py, dialects[i].slots, base);

      strata_sa_export (py, dialects[i].where, dialects[i].slots->name, (StrataPyValue *) class);
      strata_sa_export (py, dialects[i].where, "dialect", (StrataPyValue *) class);
      if (dialects[i].dialect == (int) sa->dialect)
        sa->dialect_object = strata_py_host_object (py, class, sizeof (StrataPyValue));
    }
}

StrataPyValue *
strata_sa_get_dialect_object (StrataPyMachine *py)
{
  return strata_sa_get (py)->dialect_object;
}

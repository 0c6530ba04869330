/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/dialect.h"
#include "core/sqlalchemy/types.h"

#include <string.h>

/* The modules there are, by what stands before their last part; what is no module is a name. */
static const struct
{
  const char        *package;
  const char        *modules;
  StrataSaNamespace  names;
} places[] = {
  { "", "sqlalchemy", STRATA_SA_ROOT },
  { "", "pgvector", STRATA_SA_PGVECTOR },
  { "", "sqlalchemy_utils", STRATA_SA_UTILS },
  { "", "sqlmodel", STRATA_SA_SQLMODEL },
  { "", "geoalchemy2", STRATA_SA_GEOALCHEMY },
  { "", "citext", STRATA_SA_CITEXT },
  { "", "fastapi_users_db_sqlalchemy", STRATA_SA_FASTAPI_USERS },
  { "sqlalchemy.", "exc", STRATA_SA_EXCEPTIONS },
  { "sqlalchemy.", "orm", STRATA_SA_ORM },
  { "sqlalchemy.orm.", "exc session decl_api attributes query relationships util", STRATA_SA_ORM },
  { "sqlalchemy.", "ext", STRATA_SA_ORM },
  { "sqlalchemy.ext.", "compiler declarative hybrid mutable associationproxy asyncio orderinglist", STRATA_SA_ORM },
  { "sqlalchemy.ext.declarative.", "api", STRATA_SA_ORM },
  { "sqlalchemy.", "types schema sql engine dialects inspection util event pool", STRATA_SA_ROOT },
  { "sqlalchemy.sql.", "expression schema sqltypes elements selectable functions ddl dml operators type_api base", STRATA_SA_ROOT },
  { "sqlalchemy.engine.", "base reflection url interfaces result cursor default", STRATA_SA_ROOT },
  { "sqlalchemy.dialects.", "postgresql", STRATA_SA_POSTGRESQL },
  { "sqlalchemy.dialects.postgresql.", "base array json hstore ranges named_types types dml ext psycopg2 asyncpg bitstring", STRATA_SA_POSTGRESQL },
  { "sqlalchemy.dialects.", "mysql mariadb", STRATA_SA_MYSQL },
  { "sqlalchemy.dialects.mysql.", "base types enumerated json dml", STRATA_SA_MYSQL },
  { "sqlalchemy.dialects.", "sqlite", STRATA_SA_SQLITE },
  { "sqlalchemy.dialects.sqlite.", "base json dml", STRATA_SA_SQLITE },
  { "sqlalchemy.dialects.", "mssql", STRATA_SA_MSSQL },
  { "sqlalchemy.dialects.mssql.", "base", STRATA_SA_MSSQL },
  { "sqlalchemy.dialects.", "oracle", STRATA_SA_ORACLE },
  { "sqlalchemy.dialects.oracle.", "base types", STRATA_SA_ORACLE },
  { "pgvector.", "sqlalchemy", STRATA_SA_PGVECTOR },
  { "pgvector.sqlalchemy.", "vector halfvec bit sparsevec", STRATA_SA_PGVECTOR },
  { "sqlalchemy_utils.", "types", STRATA_SA_UTILS },
  { "sqlalchemy_utils.types.", "uuid email choice json url password arrow ts_vector ltree ip_address country currency locale "
    "phone_number timezone scalar_list encrypted pg_composite bit color weekdays range enriched_datetime", STRATA_SA_UTILS },
  { "sqlalchemy_utils.types.encrypted.", "encrypted_type", STRATA_SA_UTILS },
  { "sqlalchemy_utils.types.enriched_datetime.", "arrow_datetime enriched_date_type enriched_datetime_type", STRATA_SA_UTILS },
  { "sqlmodel.", "sql", STRATA_SA_SQLMODEL },
  { "sqlmodel.sql.", "sqltypes", STRATA_SA_SQLMODEL },
  { "sqlmodel.sql.sqltypes.", "types", STRATA_SA_ROOT },
  { "geoalchemy2.", "types", STRATA_SA_GEOALCHEMY },
  { "fastapi_users_db_sqlalchemy.", "generics guid", STRATA_SA_FASTAPI_USERS },
  { "", "advanced_alchemy", STRATA_SA_ADVANCED },
  { "advanced_alchemy.", "types", STRATA_SA_ADVANCED },
  { "advanced_alchemy.types.", "guid datetime json identity", STRATA_SA_ADVANCED },
};

StrataSa *
strata_sa_get (StrataPyMachine *py)
{
  return strata_py_machine_get_host_data (py);
}

void
strata_sa_init (StrataSa        *self,
                StrataPyMachine *py)
{
  for (guint i = 0; i < STRATA_SA_N_NAMESPACES; i++)
    self->names[i] = strata_py_dict (py);
  strata_sa_add_exceptions (py);
  strata_sa_add_dialects (py);
  strata_sa_add_types (py);
  strata_sa_add_elements (py);
  strata_sa_add_statements (py);
  strata_sa_add_items (py);
  strata_sa_add_connections (py);
}

gboolean
strata_sa_is (StrataPyMachine     *py,
              const StrataPyValue *value,
              StrataSaClass        class)
{
  return strata_py_is_instance (value, strata_sa_get (py)->classes[class]);
}

void
strata_sa_export (StrataPyMachine   *py,
                  StrataSaNamespace  where,
                  const char        *name,
                  StrataPyValue     *value)
{
  strata_py_dict_set_name (py, strata_sa_get (py)->names[where], name, value);
}

void
strata_sa_export_functions (StrataPyMachine      *py,
                            StrataSaNamespace     where,
                            const StrataPyNative *natives)
{
  StrataPyValue *module = strata_py_module (py, "sqlalchemy", FALSE);

  strata_py_set_natives (py, module, natives);
  for (; natives->name != NULL; natives++)
    strata_sa_export (py, where, natives->name, strata_py_find_attribute (py, module, natives->name));
}

const char *
strata_sa_intern (StrataPyMachine *py,
                  const char      *text)
{
  gsize size = text != NULL ? strlen (text) + 1 : 0;
  char *copy = text != NULL ? strata_py_alloc (py, size) : NULL;

  return copy != NULL ? memcpy (copy, text, size) : NULL;
}

static gboolean
is_word (const char *words,
         const char *word)
{
  gsize length = strlen (word);

  for (const char *found = strstr (words, word); found != NULL; found = strstr (found + 1, word))
    if ((found == words || found[-1] == ' ') && (found[length] == '\0' || found[length] == ' '))
      return TRUE;

  return FALSE;
}

StrataPyValue *
strata_sa_find_name (StrataPyMachine   *py,
                     StrataSaNamespace  where,
                     const char        *name)
{
  StrataPyValue *value = strata_py_dict_get_name (strata_sa_get (py)->names[where], name);

  return value != NULL ? value : strata_sa_find_type_class (py, where, name);
}

/* Where the classes take anything, and look at it by themselves. */
static const struct
{
  const char *name;
  const char *parameters;
} loose[] = {
  { "Column", "name=, type_=, *args, autoincrement=, comment=, default=, index=, info=, key=, nullable=, onupdate=, primary_key=, "
    "quote=, server_default=, server_onupdate=, system=, unique=" },
  { "Table", "name, metadata, *args, autoload_with=, comment=, extend_existing=, if_not_exists=, info=, keep_existing=, "
    "listeners=, prefixes=, quote=, schema=" },
};

gboolean
strata_sa_find_parameters (StrataPyMachine    *py,
                           StrataSaNamespace   where,
                           const char         *name,
                           const char        **parameters)
{
  StrataPyValue *value = strata_sa_find_name (py, where, name);

  *parameters = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (loose); i++)
    if (g_str_equal (loose[i].name, name))
      *parameters = loose[i].parameters;
  if (value != NULL && *parameters == NULL)
    *parameters = strata_sa_get_type_parameters (value);
  if (value != NULL && *parameters == NULL)
    *parameters = strata_py_value_get_parameters (value);

  return value != NULL;
}

static StrataPyValue *
find_name (StrataPyMachine *py,
           const char      *name,
           guint            where)
{
  return strata_sa_find_name (py, where, name);
}

/* A server's own names hide the common ones; and sqlmodel gives on what SQLAlchemy has. */
static StrataPyValue *
find_own_name (StrataPyMachine *py,
               const char      *name,
               guint            where)
{
  StrataPyValue *value = strata_sa_find_name (py, where, name);

  return value != NULL || strata_py_has_failed (py) ? value : strata_sa_find_name (py, STRATA_SA_ROOT, name);
}

StrataPyValue *
strata_sa_find_module (StrataPyMachine *py,
                       const char      *name)
{
  const char *dot = strrchr (name, '.');
  const char *last = dot != NULL ? dot + 1 : name;

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    if (strlen (places[i].package) == (gsize) (last - name) && g_str_has_prefix (name, places[i].package)
        && is_word (places[i].modules, last))
      {
        StrataPyValue *module = strata_py_module (py, name, FALSE);
        gboolean has_common = g_str_has_prefix (name, "sqlalchemy.") || g_str_equal (name, "sqlmodel");

        strata_py_module_set_finder (module, has_common ? find_own_name : find_name, places[i].names);
        return module;
      }

  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-class.h"

#include "core/sqlalchemy/dialect.h"

gboolean
strata_sa_is_type (StrataPyMachine *py,
                   StrataPyValue   *value)
{
  return strata_sa_is (py, value, STRATA_SA_TYPE) || strata_sa_type_class (value) != NULL;
}

const StrataType *
strata_sa_read_type (StrataPyMachine *py,
                     StrataPyValue   *value)
{
  static const StrataType none = { STRATA_TYPE_NONE };
  StrataSaTypeInstance *self;

  if (value == NULL || strata_py_is_none (value))
    return &none;

  self = strata_sa_to_type (py, value);
  if (self == NULL)
    return NULL;

  return strata_sa_resolve_type (py, self);
}

/* In the machine's memory, where a type lives as long as any object that has it. */
StrataPyValue *
strata_sa_wrap_type (StrataPyMachine  *py,
                     const StrataType *type)
{
  StrataPyClass *class = strata_sa_get (py)->type_classes[type->kind];
  StrataSaTypeInstance *self;

  if (class == NULL)
    return strata_py_refuse (py, "this type is not known here");

  self = strata_py_host_object (py, class, sizeof (StrataSaTypeInstance));
  self->class = strata_sa_type_class ((StrataPyValue *) class);
  self->object.type = *type;

  return &self->object.base;
}

static void
export_variant (StrataPyMachine *py,
                const char      *name,
                StrataTypeKind   kind,
                StrataDialect    dialect,
                StrataTypeKind   other)
{
  StrataTypeKind chosen = strata_sa_get (py)->dialect == dialect ? other : kind;

  strata_sa_export (py, STRATA_SA_ADVANCED, name, strata_sa_wrap_type (py, &(StrataType) { chosen }));
}

/* Other names, and types that are no classes. */
static void
add_values (StrataPyMachine *py)
{
  strata_sa_export (py, STRATA_SA_PGVECTOR, "Vector",
                    strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_PGVECTOR], "VECTOR"));
  export_variant (py, "JsonB", STRATA_TYPE_JSON, STRATA_DIALECT_POSTGRESQL, STRATA_TYPE_JSONB);
  export_variant (py, "BigIntIdentity", STRATA_TYPE_BIG_INTEGER, STRATA_DIALECT_SQLITE, STRATA_TYPE_ANY_INTEGER);
}

void
strata_sa_add_types (StrataPyMachine *py)
{
  static const struct { StrataSaNamespace where; const StrataSaTypeRow *rows; } tables[] = {
    { STRATA_SA_ROOT, strata_sa_common_types },
    { STRATA_SA_POSTGRESQL, strata_sa_postgresql_types },
    { STRATA_SA_MYSQL, strata_sa_mysql_types },
    { STRATA_SA_SQLITE, strata_sa_sqlite_types },
    { STRATA_SA_MSSQL, strata_sa_mssql_types },
    { STRATA_SA_ORACLE, strata_sa_oracle_types },
    { STRATA_SA_PGVECTOR, strata_sa_pgvector_types },
    { STRATA_SA_UTILS, strata_sa_utils_types },
    { STRATA_SA_SQLMODEL, strata_sa_sqlmodel_types },
    { STRATA_SA_GEOALCHEMY, strata_sa_geoalchemy_types },
    { STRATA_SA_CITEXT, strata_sa_citext_types },
    { STRATA_SA_FASTAPI_USERS, strata_sa_fastapi_users_types },
    { STRATA_SA_ADVANCED, strata_sa_advanced_types },
  };
  StrataSa *sa = strata_sa_get (py);

  sa->type_classes = strata_py_alloc (py, STRATA_N_TYPES * sizeof (StrataPyClass *));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    strata_sa_add_type_rows (py, tables[i].where, tables[i].rows);
  add_values (py);
  strata_sa_export_functions (py, STRATA_SA_ORM, strata_sa_compiler_functions);
}

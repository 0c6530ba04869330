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

static const StrataSaTypeRow * const tables[STRATA_SA_N_NAMESPACES] = {
  [STRATA_SA_ROOT] = strata_sa_common_types,
  [STRATA_SA_POSTGRESQL] = strata_sa_postgresql_types,
  [STRATA_SA_MYSQL] = strata_sa_mysql_types,
  [STRATA_SA_SQLITE] = strata_sa_sqlite_types,
  [STRATA_SA_MSSQL] = strata_sa_mssql_types,
  [STRATA_SA_ORACLE] = strata_sa_oracle_types,
  [STRATA_SA_PGVECTOR] = strata_sa_pgvector_types,
  [STRATA_SA_UTILS] = strata_sa_utils_types,
  [STRATA_SA_SQLMODEL] = strata_sa_sqlmodel_types,
  [STRATA_SA_GEOALCHEMY] = strata_sa_geoalchemy_types,
  [STRATA_SA_CITEXT] = strata_sa_citext_types,
  [STRATA_SA_FASTAPI_USERS] = strata_sa_fastapi_users_types,
  [STRATA_SA_ADVANCED] = strata_sa_advanced_types,
};

/* Types of a library that are no classes. */
static StrataPyValue *
find_object (StrataPyMachine *py,
             const char      *name)
{
  StrataDialect dialect = strata_sa_get (py)->dialect;
  StrataType type = { STRATA_TYPE_NONE };

  if (g_str_equal (name, "JsonB"))
    type.kind = dialect == STRATA_DIALECT_POSTGRESQL ? STRATA_TYPE_JSONB : STRATA_TYPE_JSON;
  else if (g_str_equal (name, "BigIntIdentity"))
    type.kind = dialect == STRATA_DIALECT_SQLITE ? STRATA_TYPE_ANY_INTEGER : STRATA_TYPE_BIG_INTEGER;

  return type.kind != STRATA_TYPE_NONE ? strata_sa_wrap_type (py, &type) : NULL;
}

StrataPyValue *
strata_sa_find_type_class (StrataPyMachine   *py,
                           StrataSaNamespace  where,
                           const char        *name)
{
  const StrataSaTypeRow *row = tables[where];
  StrataPyValue *known = strata_py_dict_get_name (strata_sa_get (py)->names[where], name);

  if (known != NULL)
    return known;
  if (where == STRATA_SA_ADVANCED && (known = find_object (py, name)) != NULL)
    return known;
  if (where == STRATA_SA_PGVECTOR && g_str_equal (name, "Vector"))
    name = "VECTOR";

  while (row != NULL && row->name != NULL && !g_str_equal (row->name, name))
    row++;

  return row != NULL && row->name != NULL ? (StrataPyValue *) strata_sa_add_type_row (py, where, row) : NULL;
}

const char *
strata_sa_get_type_parameters (StrataPyValue *class)
{
  const StrataSaTypeClass *type = strata_sa_type_class (class);

  return type != NULL && type->form != NULL ? type->form->parameters : NULL;
}

static StrataPyValue *
find_class_in (StrataPyMachine   *py,
               StrataSaNamespace  where,
               StrataTypeKind     kind)
{
  for (const StrataSaTypeRow *row = tables[where]; row != NULL && row->name != NULL; row++)
    if (row->kind == kind && row->base != NULL)
      return strata_sa_find_type_class (py, where, row->name);

  return NULL;
}

/* The class that SQLAlchemy has for a type of the machine's database: PostgreSQL's own comes before the common one. */
static StrataPyValue *
find_class_of_kind (StrataPyMachine *py,
                    StrataTypeKind   kind)
{
  StrataPyValue *class = NULL;

  if (kind != STRATA_TYPE_NONE && strata_sa_get (py)->dialect == STRATA_DIALECT_POSTGRESQL)
    class = find_class_in (py, STRATA_SA_POSTGRESQL, kind);
  for (guint where = 0; class == NULL && where < G_N_ELEMENTS (tables); where++)
    class = find_class_in (py, where, kind);

  return class;
}

/* In the machine's memory, where a type lives as long as any object that has it. */
StrataPyValue *
strata_sa_wrap_type (StrataPyMachine  *py,
                     const StrataType *type)
{
  StrataPyValue *class = find_class_of_kind (py, type->kind);
  StrataSaTypeInstance *self;

  if (class == NULL)
    return strata_py_refuse (py, "this type is not known here");

  self = strata_py_host_object (py, (StrataPyClass *) class, sizeof (StrataSaTypeInstance));
  self->class = strata_sa_type_class (class);
  self->object.type = *type;

  return &self->object.base;
}

void
strata_sa_add_types (StrataPyMachine *py)
{
  strata_sa_get (py)->classes[STRATA_SA_TYPE] = strata_sa_add_type_row (py, STRATA_SA_ROOT, strata_sa_common_types);
  strata_sa_export_functions (py, STRATA_SA_ORM, strata_sa_compiler_functions);
  strata_sa_add_mutable (py);
}

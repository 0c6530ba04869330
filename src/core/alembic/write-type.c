/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/write-private.h"

/* ", " before all but the first argument. */
static void
begin_argument (StrataPythonWriter *self,
                const char         *key)
{
  if (self->out->str[self->out->len - 1] != '(')
    g_string_append (self->out, ", ");
  if (key != NULL)
    g_string_append_printf (self->out, "%s=", key);
}

static void
write_number (StrataPythonWriter *self,
              const char         *key,
              guint               number)
{
  begin_argument (self, key);
  g_string_append_printf (self->out, "%u", number);
}

static void
write_word (StrataPythonWriter *self,
            const char         *key,
            const char         *text)
{
  if (text == NULL)
    return;
  begin_argument (self, key);
  strata_python_write_text (self, text);
}

static void
write_flag (StrataPythonWriter *self,
            const char         *key,
            gboolean            flag)
{
  begin_argument (self, key);
  g_string_append (self->out, flag ? "True" : "False");
}

static const char *
module_of (StrataTypeKind kind)
{
  if (kind >= STRATA_TYPE_ARRAY && kind <= STRATA_TYPE_TSTZMULTIRANGE)
    return "postgresql";

  return kind >= STRATA_TYPE_TINYINT && kind <= STRATA_TYPE_SET ? "mysql" : "sa";
}

static void
write_enum (StrataPythonWriter *self,
            const StrataType   *type)
{
  for (guint i = 0; type->values.values != NULL && type->values.values[i] != NULL; i++)
    write_word (self, NULL, type->values.values[i]);
  write_word (self, "name", type->name);
  if (!type->values.has_table_schema)
    write_word (self, "schema", type->values.schema);
  else
    write_flag (self, "inherit_schema", TRUE);
  if (type->values.is_made_elsewhere && type->kind == STRATA_TYPE_ENUM)
    write_flag (self, "create_type", FALSE);
  else if (type->values.is_made_elsewhere)
    strata_python_writer_refuse (self, "an Enum of SQLAlchemy that is made elsewhere");
  if (type->is_not_native)
    write_flag (self, "native_enum", FALSE);
  if (type->creates_check)
    write_flag (self, "create_constraint", TRUE);
  if (type->is_not_native && type->length > 0)
    write_number (self, "length", type->length);
}

static void
write_domain (StrataPythonWriter *self,
              const StrataType   *type)
{
  write_word (self, NULL, type->name);
  begin_argument (self, NULL);
  strata_python_write_type (self, type->item);
  write_word (self, "schema", type->values.schema);
  if (type->domain == NULL)
    return;
  write_word (self, "default", type->domain->default_text);
  write_word (self, "constraint_name", type->domain->constraint_name);
  write_word (self, "check", type->domain->check_text);
  if (type->domain->is_not_null)
    write_flag (self, "not_null", TRUE);
  if (type->values.is_made_elsewhere)
    write_flag (self, "create_type", FALSE);
}

static void
write_array (StrataPythonWriter *self,
             const StrataType   *type)
{
  strata_python_write_type (self, type->item);
  if (type->n_dimensions > 0)
    write_number (self, "dimensions", type->n_dimensions);
}

static void
write_arguments (StrataPythonWriter *self,
                 const StrataType   *type)
{
  if (type->length > 0)
    write_number (self, "length", type->length);
  write_word (self, "collation", type->collation);
  if (type->has_precision || type->precision > 0)
    write_number (self, type->kind == STRATA_TYPE_ANY_INTERVAL ? "second_precision" : "precision", type->precision);
  if (type->has_scale || type->scale > 0)
    write_number (self, "scale", type->scale);
  if (type->has_timezone)
    write_flag (self, "timezone", TRUE);
  write_word (self, "fields", type->fields);
  if (type->is_varying)
    write_flag (self, "varying", TRUE);
  if (type->takes_text)
    write_flag (self, "as_uuid", FALSE);
  if (type->is_not_native)
    write_flag (self, type->kind == STRATA_TYPE_ANY_INTERVAL ? "native" : "native_uuid", FALSE);
  if (type->creates_check)
    write_flag (self, "create_constraint", TRUE);
  if (type->kind == STRATA_TYPE_ANY_BOOLEAN || type->kind == STRATA_TYPE_BOOLEAN)
    write_word (self, "name", type->name);
}

static const char *
dialect_name (StrataDialect dialect)
{
  return dialect == STRATA_DIALECT_POSTGRESQL ? "postgresql" : strata_dialect_get_name (dialect);
}

void
strata_python_write_type (StrataPythonWriter *self,
                          const StrataType   *type)
{
  const char *module = type != NULL ? module_of (type->kind) : "sa";

  if (type != NULL && type->python != NULL)
    {
      for (guint i = 0; type->python->imports != NULL && type->python->imports[i] != NULL; i++)
        g_hash_table_add (self->imports, g_strdup (type->python->imports[i]));
      g_string_append (self->out, type->python->text);
      return;
    }
  if (type == NULL || type->kind == STRATA_TYPE_NONE)
    {
      g_string_append (self->out, "sa.NullType()");
      return;
    }
  if (type->kind == STRATA_TYPE_WORDS || type->kind == STRATA_TYPE_FOREIGN || type->has_spatial_index)
    {
      strata_python_writer_refuse (self, "the type “%s”, of which it is not known what it is called in Python", type->name);
      return;
    }
  if (type->has_precision && (type->kind == STRATA_TYPE_TIMESTAMP || type->kind == STRATA_TYPE_TIME))
    module = "postgresql";

  if (!g_str_equal (module, "sa"))
    g_hash_table_add (self->imports, g_strdup_printf ("from sqlalchemy.dialects import %s", module));
  g_string_append_printf (self->out, "%s.%s(", module, strata_type_kind_get_name (type->kind));
  if (type->kind == STRATA_TYPE_ENUM || type->kind == STRATA_TYPE_ANY_ENUM || type->kind == STRATA_TYPE_SET)
    write_enum (self, type);
  else if (type->kind == STRATA_TYPE_DOMAIN)
    write_domain (self, type);
  else if (type->kind == STRATA_TYPE_ARRAY)
    write_array (self, type);
  else
    write_arguments (self, type);
  g_string_append_c (self->out, ')');

  for (const StrataTypeVariant *variant = type->variants; variant != NULL; variant = variant->next)
    {
      g_string_append (self->out, ".with_variant(");
      strata_python_write_type (self, variant->type);
      g_string_append_printf (self->out, ", '%s')", dialect_name (variant->dialect));
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-forms.h"

/* How the types of one server are constructed. */

static gboolean
fill_postgresql_zoned (StrataPyMachine       *py,
                       StrataSaTypeInstance  *self,
                       StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;

  return strata_sa_read_flag (py, arguments[0], FALSE, &type->has_timezone)
         && strata_sa_read_count (py, arguments[1], &type->precision, &type->has_precision);
}

static gboolean
fill_postgresql_interval (StrataPyMachine       *py,
                          StrataSaTypeInstance  *self,
                          StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;

  return strata_sa_read_count (py, arguments[0], &type->precision, &type->has_precision)
         && strata_sa_read_text (py, arguments[1], &type->fields);
}

static gboolean
fill_postgresql_bit (StrataPyMachine       *py,
                     StrataSaTypeInstance  *self,
                     StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;

  return strata_sa_read_count (py, arguments[0], &type->length, NULL)
         && strata_sa_read_flag (py, arguments[1], FALSE, &type->is_varying);
}

/* Both or none. */
static gboolean
fill_mysql_double (StrataPyMachine       *py,
                   StrataSaTypeInstance  *self,
                   StrataPyValue        **arguments)
{
  const StrataType *type = &self->object.type;

  if (!strata_sa_fill_numeric (py, self, arguments))
    return FALSE;
  if (type->has_precision != type->has_scale)
    return strata_sa_raise (py, "ArgumentError", "You must specify both precision and scale or omit both altogether.") != NULL;

  return TRUE;
}

static gboolean
fill_mssql_fraction (StrataPyMachine       *py,
                     StrataSaTypeInstance  *self,
                     StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;

  return strata_sa_read_count (py, arguments[0], &type->precision, &type->has_precision);
}

static gboolean
fill_oracle_timestamp (StrataPyMachine       *py,
                       StrataSaTypeInstance  *self,
                       StrataPyValue        **arguments)
{
  return strata_sa_read_flag (py, arguments[0], FALSE, &self->object.type.has_timezone);
}

static gboolean
read_collation (StrataPyMachine       *py,
                StrataSaTypeInstance  *self,
                StrataPyValue         *options)
{
  return strata_sa_read_text (py, strata_py_dict_get_name ((StrataPyDict *) options, "collation"),
                              &self->object.type.collation);
}

static gboolean
fill_mysql_string (StrataPyMachine       *py,
                   StrataSaTypeInstance  *self,
                   StrataPyValue        **arguments)
{
  return strata_sa_read_count (py, arguments[0], &self->object.type.length, NULL)
         && read_collation (py, self, arguments[1]);
}

static gboolean
fill_mysql_text (StrataPyMachine       *py,
                 StrataSaTypeInstance  *self,
                 StrataPyValue        **arguments)
{
  return read_collation (py, self, arguments[0]);
}

/* MySQL's digits of a second are in length: precision is what PostgreSQL would print. */
static gboolean
fill_mysql_time (StrataPyMachine       *py,
                 StrataSaTypeInstance  *self,
                 StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;

  return strata_sa_read_flag (py, arguments[0], FALSE, &type->has_timezone)
         && strata_sa_read_count (py, arguments[1], &type->length, NULL);
}

const StrataSaTypeForm strata_sa_form_postgresql_json = { "none_as_null=, astext_type=", "FX", strata_sa_fill_json };
const StrataSaTypeForm strata_sa_form_postgresql_zoned = { "timezone=, precision=", "FN", fill_postgresql_zoned };
const StrataSaTypeForm strata_sa_form_postgresql_interval = { "precision=, fields=", "NN", fill_postgresql_interval };
const StrataSaTypeForm strata_sa_form_postgresql_bit = { "length=, varying=", "NF", fill_postgresql_bit };
const StrataSaTypeForm strata_sa_form_postgresql_hstore = { "text_type=", "-", NULL };

const StrataSaTypeForm strata_sa_form_mysql_integer = { "display_width=, **kw", "N-", strata_sa_fill_length };
const StrataSaTypeForm strata_sa_form_mysql_numeric = { "precision=, scale=, asdecimal=, **kw", "NNT-", strata_sa_fill_numeric };
const StrataSaTypeForm strata_sa_form_mysql_float = { "precision=, scale=, asdecimal=, **kw", "NNF-", strata_sa_fill_numeric };
const StrataSaTypeForm strata_sa_form_mysql_double = { "precision=, scale=, asdecimal=, **kw", "NNT-", fill_mysql_double };
const StrataSaTypeForm strata_sa_form_mysql_string = { "length=, **kwargs", "N-", fill_mysql_string };
const StrataSaTypeForm strata_sa_form_mysql_text = { "**kwargs", "-", fill_mysql_text };
const StrataSaTypeForm strata_sa_form_mysql_time = { "timezone=, fsp=", "FN", fill_mysql_time };
const StrataSaTypeForm strata_sa_form_mysql_year = { "display_width=", "N", strata_sa_fill_length };
const StrataSaTypeForm strata_sa_form_mysql_set = { "*values, **kw", "--", NULL };

const StrataSaTypeForm strata_sa_form_sqlite_time = { "*args, **kwargs", "--", NULL };

const StrataSaTypeForm strata_sa_form_mssql_fraction = { "precision=, **kw", "N-", fill_mssql_fraction };
const StrataSaTypeForm strata_sa_form_mssql_timestamp = { "convert_int=", "F", NULL };
const StrataSaTypeForm strata_sa_form_mssql_number = { "**kw", "-", NULL };
const StrataSaTypeForm strata_sa_form_mssql_varbinary = { "length=, filestream=", "NF", strata_sa_fill_length };
const StrataSaTypeForm strata_sa_form_oracle_number = { "precision=, scale=, asdecimal=", "NNN", strata_sa_fill_numeric };
const StrataSaTypeForm strata_sa_form_oracle_float = { "binary_precision=, asdecimal=, decimal_return_scale=", "NFN", NULL };
const StrataSaTypeForm strata_sa_form_oracle_interval = { "day_precision=, second_precision=", "NN", NULL };
const StrataSaTypeForm strata_sa_form_oracle_timestamp = { "timezone=, local_timezone=", "FF", fill_oracle_timestamp };
const StrataSaTypeForm strata_sa_form_oracle_vector = { "dim=, storage_format=, storage_type=", "NNN", NULL };

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-forms.h"

/* How SQLAlchemy's own types are constructed. What does not matter to the words of a type is taken, and that is all. */

static gboolean
fill_string (StrataPyMachine       *py,
             StrataSaTypeInstance  *self,
             StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;

  return strata_sa_read_count (py, arguments[0], &type->length, NULL)
         && strata_sa_read_text (py, arguments[1], &type->collation);
}

gboolean
strata_sa_fill_length (StrataPyMachine       *py,
                       StrataSaTypeInstance  *self,
                       StrataPyValue        **arguments)
{
  return strata_sa_read_count (py, arguments[0], &self->object.type.length, NULL);
}

gboolean
strata_sa_fill_numeric (StrataPyMachine       *py,
                        StrataSaTypeInstance  *self,
                        StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;

  return strata_sa_read_count (py, arguments[0], &type->precision, &type->has_precision)
         && strata_sa_read_count (py, arguments[1], &type->scale, &type->has_scale);
}

static gboolean
fill_float (StrataPyMachine       *py,
            StrataSaTypeInstance  *self,
            StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;

  return strata_sa_read_count (py, arguments[0], &type->precision, &type->has_precision);
}

static gboolean
fill_zoned (StrataPyMachine       *py,
            StrataSaTypeInstance  *self,
            StrataPyValue        **arguments)
{
  return strata_sa_read_flag (py, arguments[0], FALSE, &self->object.type.has_timezone);
}

static gboolean
fill_boolean (StrataPyMachine       *py,
              StrataSaTypeInstance  *self,
              StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;

  return strata_sa_read_flag (py, arguments[0], FALSE, &type->creates_check)
         && strata_sa_read_text (py, arguments[1], &type->name);
}

static gboolean
fill_any_interval (StrataPyMachine       *py,
                   StrataSaTypeInstance  *self,
                   StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;
  gboolean is_native;

  if (!strata_sa_read_flag (py, arguments[0], TRUE, &is_native)
      || !strata_sa_read_count (py, arguments[1], &type->precision, &type->has_precision))
    return FALSE;
  type->is_not_native = !is_native;

  return TRUE;
}

static gboolean
fill_any_uuid (StrataPyMachine       *py,
               StrataSaTypeInstance  *self,
               StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;
  gboolean is_uuid, is_native;

  if (!strata_sa_read_flag (py, arguments[0], TRUE, &is_uuid) || !strata_sa_read_flag (py, arguments[1], TRUE, &is_native))
    return FALSE;
  type->takes_text = !is_uuid;
  type->is_not_native = !is_native;

  return TRUE;
}

gboolean
strata_sa_fill_json (StrataPyMachine       *py,
                     StrataSaTypeInstance  *self,
                     StrataPyValue        **arguments)
{
  return strata_sa_read_flag (py, arguments[0], FALSE, &self->object.type.takes_none);
}

static gboolean
fill_uuid (StrataPyMachine       *py,
           StrataSaTypeInstance  *self,
           StrataPyValue        **arguments)
{
  gboolean is_uuid;

  if (!strata_sa_read_flag (py, arguments[0], TRUE, &is_uuid))
    return FALSE;
  self->object.type.takes_text = !is_uuid;

  return TRUE;
}

static gboolean
fill_array (StrataPyMachine       *py,
            StrataSaTypeInstance  *self,
            StrataPyValue        **arguments)
{
  StrataType *type = &self->object.type;
  StrataSaTypeInstance *item = strata_sa_to_type (py, arguments[0]);

  if (item == NULL)
    return FALSE;
  if (item->object.type.kind == STRATA_TYPE_ARRAY)
    return strata_py_raise (py, "ValueError", "Do not nest ARRAY types; ARRAY(basetype) handles multi-dimensional arrays of basetype") != NULL;
  self->arguments[0] = &item->object.base;
  type->item = strata_sa_read_type (py, &item->object.base);

  return type->item != NULL && strata_sa_read_count (py, arguments[2], &type->n_dimensions, NULL);
}

static gboolean
fill_pickle (StrataPyMachine       *py,
             StrataSaTypeInstance  *self,
             StrataPyValue        **arguments)
{
  StrataSaTypeInstance *impl;

  if (arguments[3] == NULL || strata_py_is_none (arguments[3]))
    return TRUE;
  impl = strata_sa_to_type (py, arguments[3]);
  if (impl == NULL)
    return FALSE;
  self->impl = &impl->object.base;

  return TRUE;
}

const StrataSaTypeForm strata_sa_form_none = { "", "", NULL };
const StrataSaTypeForm strata_sa_form_string = { "length=, collation=", "NN", fill_string };
const StrataSaTypeForm strata_sa_form_binary = { "length=", "N", strata_sa_fill_length };
const StrataSaTypeForm strata_sa_form_numeric = { "precision=, scale=, decimal_return_scale=, asdecimal=", "NNNT", strata_sa_fill_numeric };
const StrataSaTypeForm strata_sa_form_float = { "precision=, asdecimal=, decimal_return_scale=", "NFN", fill_float };
const StrataSaTypeForm strata_sa_form_zoned = { "timezone=", "F", fill_zoned };
const StrataSaTypeForm strata_sa_form_boolean = { "create_constraint=, name=, _create_events=, _adapted_from=", "FNTN", fill_boolean };
const StrataSaTypeForm strata_sa_form_any_interval = { "native=, second_precision=, day_precision=", "TNN", fill_any_interval };
const StrataSaTypeForm strata_sa_form_any_uuid = { "as_uuid=, native_uuid=", "TT", fill_any_uuid };
const StrataSaTypeForm strata_sa_form_uuid = { "as_uuid=", "T", fill_uuid };
const StrataSaTypeForm strata_sa_form_json = { "none_as_null=", "F", strata_sa_fill_json };
const StrataSaTypeForm strata_sa_form_array = { "item_type, as_tuple=, dimensions=, zero_indexes=", "NFNF", fill_array };
const StrataSaTypeForm strata_sa_form_pickle = { "protocol=, pickler=, comparator=, impl=", "---N", fill_pickle };

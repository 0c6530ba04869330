/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/dialect.h"
#include "core/sqlalchemy/type-forms.h"

/* What becomes of a value that is bound to a type: one of a script's own may store what it likes. */

static const char * const processors[] = {
  "process_bind_param", "process_literal_param", "bind_processor", "literal_processor", "bind_expression",
};

gboolean
strata_sa_type_has_binder (StrataPyMachine      *py,
                           StrataSaTypeInstance *self)
{
  if (self->class->row->changes_values)
    return TRUE;

  for (guint i = 0; self->object.base.attributes != NULL && i < G_N_ELEMENTS (processors); i++)
    if (strata_sa_type_own_method (py, self, processors[i]) != NULL)
      return TRUE;

  return FALSE;
}

StrataPyValue *
strata_sa_bind_value (StrataPyMachine  *py,
                      const StrataType *type,
                      StrataPyValue    *value)
{
  StrataSaTypeInstance *self = (StrataSaTypeInstance *) type->binder;
  const char *name = strata_py_value_get_class_name (&self->object.base);
  StrataPyValue *method;

  /* NULL is written without asking. */
  if (strata_py_is_none (value) && strata_sa_get (py)->is_offline)
    return value;
  if (self->class->row->changes_values)
    return strata_py_refuse (py, "what a value becomes in a column of “%s” is not known here", name);

  for (guint i = 1; i < G_N_ELEMENTS (processors); i++)
    if (strata_sa_type_own_method (py, self, processors[i]) != NULL)
      return strata_py_refuse (py, "a value goes through %s() of “%s”", processors[i], name);

  method = strata_sa_type_own_method (py, self, processors[0]);
  if (method == NULL)
    return strata_py_has_failed (py) ? NULL : value;

  value = strata_py_call_values (py, method, 2, value, strata_sa_get_dialect_object (py));

  /* What it stands for may be such a type too. */
  if (value == NULL || self->impl == NULL)
    return value;
  type = strata_sa_read_type (py, self->impl);
  if (type == NULL)
    return NULL;

  return type->binder != NULL ? strata_sa_bind_value (py, type, value) : value;
}

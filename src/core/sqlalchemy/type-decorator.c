/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/dialect.h"
#include "core/sqlalchemy/type-forms.h"

/* Types that scripts derive: TypeDecorator, which stands for another type, and UserDefinedType, which has words. */

static gboolean
fill_decorator (StrataPyMachine       *py,
                StrataSaTypeInstance  *self,
                StrataPyValue        **arguments)
{
  StrataPyArguments call = { .keywords = (StrataPyDict *) arguments[1] };
  StrataPyValue *impl = strata_py_find_attribute (py, &self->object.base, "impl");

  if (impl == NULL)
    return strata_py_has_failed (py) ? FALSE
           : strata_py_raise (py, "AttributeError", "TypeDecorator implementations require a class-level variable 'impl' which "
                              "refers to the class of type being decorated") != NULL;

  if (strata_py_class_get_slots (impl) != NULL)
    {
      call.positional = strata_py_value_get_items (arguments[0], &call.n_positional);
      impl = strata_py_call (py, impl, &call);
    }
  self->impl = impl != NULL ? (StrataPyValue *) strata_sa_to_type (py, impl) : NULL;

  return self->impl != NULL;
}

const StrataSaTypeForm strata_sa_form_decorator = { "*args, **kwargs", "--", fill_decorator };

/* A method that the class has in Python. */
static StrataPyValue *
own_method (StrataPyMachine      *py,
            StrataSaTypeInstance *self,
            const char           *name)
{
  StrataPyValue *method = strata_py_find_attribute (py, &self->object.base, name);

  return method != NULL && strata_py_value_get_kind (method) == STRATA_PY_VALUE_METHOD ? method : NULL;
}

static const StrataType *
resolve_impl (StrataPyMachine      *py,
              StrataSaTypeInstance *self)
{
  StrataPyValue *method = own_method (py, self, "load_dialect_impl");
  StrataPyValue *impl = self->impl;

  if (strata_py_has_failed (py))
    return NULL;
  if (method != NULL)
    impl = strata_py_call_values (py, method, 1, strata_sa_get_dialect_object (py));
  if (impl == NULL)
    return strata_py_has_failed (py) ? NULL
           : strata_py_raise (py, "AttributeError", "'%s' object has no attribute 'impl'",
                              strata_py_value_get_class_name (&self->object.base));

  /* load_dialect_impl may be done with itself. */
  if (impl == &self->object.base)
    return strata_py_refuse (py, "this type stands for itself");

  return strata_sa_read_type (py, impl);
}

static const StrataType *
resolve_words (StrataPyMachine      *py,
               StrataSaTypeInstance *self)
{
  StrataPyValue *method = strata_py_find_attribute (py, &self->object.base, "get_col_spec");
  StrataType *type = strata_py_alloc (py, sizeof (StrataType));
  StrataPyValue *words;

  if (method == NULL || type == NULL)
    return strata_py_has_failed (py) ? NULL
           : strata_py_raise (py, "AttributeError", "'%s' object has no attribute 'get_col_spec'",
                              strata_py_value_get_class_name (&self->object.base));
  words = strata_py_call_values (py, method, 0);
  if (words == NULL)
    return NULL;
  *type = self->object.type;
  type->kind = STRATA_TYPE_WORDS;
  if (!strata_sa_read_text (py, words, &type->name))
    return NULL;
  if (type->name == NULL)
    return strata_py_refuse (py, "get_col_spec() gives no words");

  return type;
}

const StrataType *
strata_sa_resolve_type (StrataPyMachine      *py,
                        StrataSaTypeInstance *self)
{
  const StrataSa *sa = strata_sa_get (py);
  const StrataType *type = strata_type_for_dialect (&self->object.type, sa->dialect);

  if (type != &self->object.type)
    return type;
  if (self->resolved != NULL)
    return self->resolved;

  if (self->class->form == &strata_sa_form_decorator || self->impl != NULL)
    self->resolved = resolve_impl (py, self);
  else if (type->kind == STRATA_TYPE_WORDS && type->name == NULL)
    self->resolved = resolve_words (py, self);
  else
    self->resolved = type;

  return self->resolved;
}

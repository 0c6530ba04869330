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
  StrataPyValue *value = &self->object.base;
  StrataPyValue *impl = strata_py_find_attribute (py, value, "impl");

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

  /* It hides that of the class. */
  if (self->impl != NULL && value->attributes != NULL)
    strata_py_dict_set_name (py, value->attributes, "impl", self->impl);

  return self->impl != NULL;
}

const StrataSaTypeForm strata_sa_form_decorator = { "*args, **kwargs", "--", fill_decorator };

static StrataPyValue *
load_dialect_impl (StrataPyMachine  *py,
                   StrataPyValue    *value,
                   StrataPyValue   **arguments)
{
  StrataSaTypeInstance *self = strata_sa_type_instance (py, value);
  StrataPyValue *impl = self != NULL ? self->impl : NULL;

  if (impl != NULL)
    return impl;

  /* A constructor that did not call this one leaves what the class has. */
  impl = strata_py_find_attribute (py, value, "impl");
  if (impl == NULL)
    return strata_py_has_failed (py) ? NULL
           : strata_py_raise (py, "AttributeError", "'%s' object has no attribute 'impl'",
                              strata_py_value_get_class_name (value));
  if (strata_py_class_get_slots (impl) != NULL)
    return strata_py_refuse (py, "a type whose constructor does not call TypeDecorator's is not known here");

  return impl;
}

const StrataPyNative strata_sa_decorator_methods[] = {
  { "load_dialect_impl", "dialect", load_dialect_impl },
  { NULL }
};

StrataPyValue *
strata_sa_type_own_method (StrataPyMachine      *py,
                           StrataSaTypeInstance *self,
                           const char           *name)
{
  StrataPyValue *method = strata_py_find_attribute (py, (StrataPyValue *) self->object.base.class, name);

  if (method == NULL || strata_py_value_get_kind (method) != STRATA_PY_VALUE_FUNCTION)
    return NULL;

  return strata_py_find_attribute (py, &self->object.base, name);
}

static const StrataType *
resolve_impl (StrataPyMachine      *py,
              StrataSaTypeInstance *self)
{
  StrataPyValue *dialect = strata_sa_get_dialect_object (py);
  StrataPyValue *method = strata_sa_type_own_method (py, self, "load_dialect_impl");
  StrataPyValue *impl;

  if (strata_py_has_failed (py))
    return NULL;
  impl = method != NULL ? strata_py_call_values (py, method, 1, dialect)
                        : load_dialect_impl (py, &self->object.base, &dialect);
  if (impl == NULL)
    return NULL;

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

/* The compiler is not known here: a function that asks it needs Python. */
static const StrataType *
resolve_compiled (StrataPyMachine      *py,
                  StrataSaTypeInstance *self,
                  StrataPyValue        *function)
{
  StrataPyValue *compiler = strata_py_opaque (py, "the compiler of @compiles");
  StrataPyValue *words = strata_py_call_values (py, function, 2, &self->object.base, compiler);
  StrataType *type = words != NULL ? strata_py_alloc (py, sizeof (StrataType)) : NULL;

  if (type == NULL)
    return NULL;
  *type = self->object.type;
  if (!strata_sa_read_text (py, words, &type->words))
    return NULL;
  if (type->words == NULL)
    return strata_py_refuse (py, "a function of @compiles gives no words");

  return type;
}

static const StrataType *
with_binder (StrataPyMachine      *py,
             StrataSaTypeInstance *self,
             const StrataType     *type)
{
  StrataType *copy;

  if (type == NULL || !strata_sa_type_has_binder (py, self))
    return strata_py_has_failed (py) ? NULL : type;
  copy = strata_py_alloc (py, sizeof (StrataType));
  if (copy == NULL)
    return NULL;
  *copy = *type;
  copy->binder = self;

  return copy;
}

const StrataType *
strata_sa_resolve_type (StrataPyMachine      *py,
                        StrataSaTypeInstance *self)
{
  const StrataType *type = strata_type_for_dialect (&self->object.type, strata_sa_get (py)->dialect);
  StrataPyValue *compiled;

  if (type != &self->object.type)
    return type;
  if (self->resolved != NULL)
    return self->resolved;

  /* What @compiles left on the class, or on one that it is derived from. */
  compiled = strata_py_find_attribute (py, (StrataPyValue *) self->object.base.class, STRATA_SA_COMPILED);
  if (compiled != NULL)
    self->resolved = resolve_compiled (py, self, compiled);
  else if (self->class->form == &strata_sa_form_decorator || self->impl != NULL)
    self->resolved = resolve_impl (py, self);
  else if (type->kind == STRATA_TYPE_WORDS && type->name == NULL)
    self->resolved = resolve_words (py, self);
  else
    self->resolved = type;
  self->resolved = with_binder (py, self, self->resolved);

  return self->resolved;
}

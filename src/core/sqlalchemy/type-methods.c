/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-class.h"

/* What all types can do. */

static StrataPyDict *
copy_dict (StrataPyMachine *py,
           StrataPyDict    *from)
{
  StrataPyDict *copy = strata_py_dict (py);
  StrataPyValue *key, *value;
  guint position = 0;

  while (strata_py_dict_next (from, &position, &key, &value))
    if (!strata_py_dict_set (py, copy, key, value))
      return NULL;

  return copy;
}

static gboolean
add_variant (StrataPyMachine      *py,
             StrataSaTypeInstance *self,
             StrataPyValue        *type,
             const char           *dialect)
{
  StrataSa *sa = strata_sa_get (py);
  StrataTypeVariant *variant;
  StrataPyValue *key = strata_py_str (py, dialect);

  if (self->variants == NULL)
    self->variants = strata_py_dict (py);
  if (strata_py_dict_get (py, self->variants, key) != NULL)
    {
      StrataPyValue *text = strata_py_to_repr (py, &self->object.base);

      return text == NULL ? FALSE
             : strata_sa_raise (py, "ArgumentError", "Dialect '%s' is already present in the mapping for this %s", dialect,
                                strata_py_value_get_text (text, NULL)) != NULL;
    }
  if (!strata_py_dict_set (py, self->variants, key, type))
    return FALSE;

  /* The others are never asked for. */
  if (g_strcmp0 (dialect, strata_dialect_get_name (sa->dialect)) != 0)
    return TRUE;

  variant = strata_py_alloc (py, sizeof (StrataTypeVariant));
  if (variant == NULL)
    return FALSE;
  variant->dialect = sa->dialect;
  variant->next = self->object.type.variants;
  variant->type = strata_sa_read_type (py, type);
  self->object.type.variants = variant;
  self->resolved = NULL;

  return variant->type != NULL;
}

static StrataPyValue *
with_variant (StrataPyMachine  *py,
              StrataPyValue    *self,
              StrataPyValue   **arguments)
{
  StrataSaTypeInstance *copy = strata_sa_copy_type (py, (StrataSaTypeInstance *) self);
  StrataSaTypeInstance *type = strata_sa_to_type (py, arguments[0]);
  guint n;
  StrataPyValue **names = strata_py_value_get_items (arguments[1], &n);

  if (copy == NULL || type == NULL)
    return NULL;
  if (n == 0)
    return strata_sa_raise (py, "ArgumentError", "At least one dialect name is required");
  if (type->variants != NULL)
    return strata_sa_raise (py, "ArgumentError", "can't pass a type that already has variants as a dialect-level type to "
                            "with_variant()");
  if (copy->variants != NULL && (copy->variants = copy_dict (py, copy->variants)) == NULL)
    return NULL;

  for (guint i = 0; i < n; i++)
    {
      const char *name;

      if (!strata_sa_read_text (py, names[i], &name))
        return NULL;
      if (name == NULL)
        return strata_py_refuse (py, "a variant is for no dialect");
      if (!add_variant (py, copy, &type->object.base, name))
        return NULL;
    }

  return &copy->object.base;
}

static StrataPyValue *
copy_type (StrataPyMachine  *py,
           StrataPyValue    *self,
           StrataPyValue   **arguments)
{
  return (StrataPyValue *) strata_sa_copy_type (py, (StrataSaTypeInstance *) self);
}

static StrataPyValue *
dialect_impl (StrataPyMachine  *py,
              StrataPyValue    *self,
              StrataPyValue   **arguments)
{
  const StrataType *type = strata_sa_read_type (py, self);

  return type != NULL ? strata_sa_wrap_type (py, type) : NULL;
}

const StrataPyNative strata_sa_type_methods[] = {
  { "with_variant", "type_, *dialect_names", with_variant },
  { "copy", "**kw", copy_type },
  { "compile", "dialect=", strata_sa_type_compile },
  { "dialect_impl", "dialect", dialect_impl },
  { NULL }
};

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-class.h"

/* sqlalchemy.ext.mutable: MutableDict.as_mutable (JSONB) is the type that it was given, for all that a script can see. */

static StrataPyValue *
as_mutable (StrataPyMachine  *py,
            StrataPyValue    *self,
            StrataPyValue   **arguments)
{
  return (StrataPyValue *) strata_sa_to_type (py, arguments[0]);
}

static const StrataPyNative class_methods[] = {
  { "as_mutable", "sqltype", as_mutable },
  { NULL }
};

static const StrataPySlots classes[] = {
  { .name = "MutableDict", .class_methods = class_methods },
  { .name = "MutableList", .class_methods = class_methods },
  { .name = "MutableSet", .class_methods = class_methods },
};

void
strata_sa_add_mutable (StrataPyMachine *py)
{
  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    strata_sa_export (py, STRATA_SA_ORM, classes[i].name, (StrataPyValue *) strata_py_class (py, &classes[i], NULL));
}

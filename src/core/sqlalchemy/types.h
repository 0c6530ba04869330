/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/sa.h"

G_BEGIN_DECLS

/* An object of a type. What a type of the project's own (TypeDecorator, UserDefinedType) stands for is worked out when it is
 * read. */
typedef struct
{
  StrataPyValue  base;
  StrataType     type;
  StrataPyValue *python_enum;     /* Enum(Colour): the class, for the values of its members; else NULL */
} StrataSaTypeObject;

/* An object of a type, or its class: "sa.Integer" as "sa.Integer()". */
gboolean          strata_sa_is_type       (StrataPyMachine *py, StrataPyValue *value);
/* The type that a value stands for; NULL: failed. None is STRATA_TYPE_NONE. */
const StrataType *strata_sa_read_type     (StrataPyMachine *py, StrataPyValue *value);
/* What a value becomes that is bound to a type with a binder: what process_bind_param() of a script's own type makes. NULL:
 * failed. */
StrataPyValue    *strata_sa_bind_value    (StrataPyMachine *py, const StrataType *type, StrataPyValue *value);
/* Classes of types are made when somebody asks for them. NULL without failure: there is none of that name. */
StrataPyValue    *strata_sa_find_type_class (StrataPyMachine *py, StrataSaNamespace where, const char *name);
/* What its constructor takes, as StrataPyNative has them; NULL: no class of a type, or one that takes nothing. */
const char       *strata_sa_get_type_parameters (StrataPyValue *class);
/* An object of SQLAlchemy's class for the type. */
StrataPyValue    *strata_sa_wrap_type     (StrataPyMachine *py, const StrataType *type);

G_END_DECLS

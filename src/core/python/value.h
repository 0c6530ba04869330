/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/finding.h"

G_BEGIN_DECLS

/* Python's values. All of them belong to one machine, which frees them at once when it goes: nobody counts references.
 * A function that returns NULL or FALSE has failed, and the machine knows why (machine.h), where its comment says no
 * other thing. */
typedef struct _StrataPyMachine StrataPyMachine;
typedef struct _StrataPyClass   StrataPyClass;
typedef struct _StrataPyDict    StrataPyDict;
typedef struct _StrataPyValue   StrataPyValue;

/* How a value is laid out. A class that is derived from a builtin one has the same layout. */
typedef enum
{
  STRATA_PY_VALUE_OBJECT,          /* has attributes and nothing else */
  STRATA_PY_VALUE_TYPE,
  STRATA_PY_VALUE_NONE,
  STRATA_PY_VALUE_BOOL,
  STRATA_PY_VALUE_INT,
  STRATA_PY_VALUE_FLOAT,
  STRATA_PY_VALUE_STR,
  STRATA_PY_VALUE_BYTES,
  STRATA_PY_VALUE_LIST,
  STRATA_PY_VALUE_TUPLE,
  STRATA_PY_VALUE_DICT,
  STRATA_PY_VALUE_SET,
  STRATA_PY_VALUE_FROZENSET,
  STRATA_PY_VALUE_RANGE,
  STRATA_PY_VALUE_SLICE,
  STRATA_PY_VALUE_ELLIPSIS,
  STRATA_PY_VALUE_NOT_IMPLEMENTED,
  STRATA_PY_VALUE_FUNCTION,
  STRATA_PY_VALUE_NATIVE,          /* a function in C */
  STRATA_PY_VALUE_METHOD,
  STRATA_PY_VALUE_PROPERTY,
  STRATA_PY_VALUE_STATIC_METHOD,
  STRATA_PY_VALUE_CLASS_METHOD,
  STRATA_PY_VALUE_SUPER,
  STRATA_PY_VALUE_MODULE,
  STRATA_PY_VALUE_EXCEPTION,
  STRATA_PY_VALUE_ITERATOR,
  STRATA_PY_VALUE_GENERATOR,
  STRATA_PY_VALUE_DICT_VIEW,
  STRATA_PY_VALUE_OPAQUE,          /* nothing is known of it but where it comes from */
  STRATA_PY_VALUE_HOST,            /* the embedder's own (host.h) */
  STRATA_PY_N_VALUES,
} StrataPyValueKind;

/* What every value begins with. */
struct _StrataPyValue
{
  StrataPyClass *class;
  StrataPyDict  *attributes;       /* its own ones; NULL where it has none */
  guint8         kind;             /* StrataPyValueKind */
  guint8         is_varying;       /* would be another one in the next run: uuid4(), now() */
};

StrataPyValueKind strata_py_value_get_kind  (const StrataPyValue *self);
const char       *strata_py_value_get_class_name (const StrataPyValue *self);
gboolean          strata_py_value_is_varying (const StrataPyValue *self);
gboolean          strata_py_is_none         (const StrataPyValue *self);
/* Of kind STR or BYTES: not copied, NUL at the end; else NULL. */
const char       *strata_py_value_get_text  (const StrataPyValue *self,
                                             gsize               *length);
/* Of kind INT or BOOL that fits, or FALSE. */
gboolean          strata_py_value_get_int   (const StrataPyValue *self,
                                             gint64              *number);
double            strata_py_value_get_float (const StrataPyValue *self);
/* Of kind LIST or TUPLE: its elements as they are now; else NULL. */
StrataPyValue   **strata_py_value_get_items (const StrataPyValue *self,
                                             guint               *length);
/* Of kind OPAQUE: "app.models.User"; else NULL. */
const char       *strata_py_value_get_opaque_name (const StrataPyValue *self);

G_END_DECLS

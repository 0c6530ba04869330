/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/value.h"

G_BEGIN_DECLS

/* What functions in C make values with and do with them. NULL, FALSE and -1: failed. Texts are copied. */

typedef struct _StrataPySlots  StrataPySlots;
typedef struct _StrataPyNative StrataPyNative;

typedef struct
{
  StrataPyValue **positional;
  guint           n_positional;
  StrataPyDict   *keywords;        /* NULL: none */
} StrataPyArguments;

StrataPyValue *strata_py_none            (StrataPyMachine *py);
StrataPyValue *strata_py_bool            (StrataPyMachine *py, gboolean truth);
StrataPyValue *strata_py_int             (StrataPyMachine *py, gint64 number);
StrataPyValue *strata_py_float           (StrataPyMachine *py, double number);
StrataPyValue *strata_py_str             (StrataPyMachine *py, const char *text);
StrataPyValue *strata_py_str_len         (StrataPyMachine *py, const char *text, gsize length);
StrataPyValue *strata_py_bytes           (StrataPyMachine *py, const void *bytes, gsize length);
StrataPyValue *strata_py_list            (StrataPyMachine *py, StrataPyValue **items, guint n_items);
StrataPyValue *strata_py_tuple           (StrataPyMachine *py, StrataPyValue **items, guint n_items);
gboolean       strata_py_list_append     (StrataPyMachine *py, StrataPyValue *list, StrataPyValue *item);
StrataPyDict  *strata_py_dict            (StrataPyMachine *py);
/* NULL without failure: no such key. Keys that are names never fail. */
StrataPyValue *strata_py_dict_get        (StrataPyMachine *py, StrataPyDict *dict, StrataPyValue *key);
gboolean       strata_py_dict_set        (StrataPyMachine *py, StrataPyDict *dict, StrataPyValue *key, StrataPyValue *value);
StrataPyValue *strata_py_dict_get_name   (StrataPyDict *dict, const char *name);
void           strata_py_dict_set_name   (StrataPyMachine *py, StrataPyDict *dict, const char *name, StrataPyValue *value);
/* In order; start with a position of 0. FALSE: no more. */
gboolean       strata_py_dict_next       (StrataPyDict *dict, guint *position, StrataPyValue **key, StrataPyValue **value);
guint          strata_py_dict_get_length (StrataPyDict *dict);
StrataPyValue *strata_py_opaque          (StrataPyMachine *py, const char *name);
/* Would be another one in the next run. Returns the value, or a copy that is marked. */
StrataPyValue *strata_py_vary            (StrataPyMachine *py, StrataPyValue *value);

/* Modules and classes. An attribute that an incomplete module lacks is opaque. */
StrataPyValue *strata_py_module          (StrataPyMachine *py, const char *name, gboolean is_complete);
void           strata_py_set             (StrataPyMachine *py, StrataPyValue *module, const char *name, StrataPyValue *value);
void           strata_py_set_natives     (StrataPyMachine *py, StrataPyValue *module, const StrataPyNative *natives);
StrataPyClass *strata_py_class           (StrataPyMachine *py, const StrataPySlots *slots, StrataPyClass *base);
/* Of HOST layout; size is that of a struct that begins with a StrataPyValue, and the rest is zero. */
gpointer       strata_py_host_object     (StrataPyMachine *py, StrataPyClass *class, gsize size);
gboolean       strata_py_is_instance     (const StrataPyValue *value, const StrataPyClass *class);
/* A builtin class, by its name in Python. */
StrataPyClass *strata_py_find_class      (StrataPyMachine *py, const char *name);
/* A copy of a number, a str or bytes, of a class that is derived from it. */
StrataPyValue *strata_py_copy_as         (StrataPyMachine *py, StrataPyValue *value, StrataPyClass *class);
/* Memory of the machine, zeroed. NULL: failed, too much. */
gpointer       strata_py_alloc           (StrataPyMachine *py, gsize size);
/* Calls destroy when the machine goes. */
void           strata_py_own             (StrataPyMachine *py, gpointer data, GDestroyNotify destroy);

/* What Python does with values. */
StrataPyValue *strata_py_call            (StrataPyMachine *py, StrataPyValue *function, const StrataPyArguments *arguments);
StrataPyValue *strata_py_call_values     (StrataPyMachine *py, StrataPyValue *function, guint n_arguments, ...);
/* NULL without failure: no such attribute. */
StrataPyValue *strata_py_find_attribute  (StrataPyMachine *py, StrataPyValue *value, const char *name);
int            strata_py_truth           (StrataPyMachine *py, StrataPyValue *value);
int            strata_py_equal           (StrataPyMachine *py, StrataPyValue *a, StrataPyValue *b);
StrataPyValue *strata_py_to_str          (StrataPyMachine *py, StrataPyValue *value);
StrataPyValue *strata_py_to_repr         (StrataPyMachine *py, StrataPyValue *value);
StrataPyValue *strata_py_iterate         (StrataPyMachine *py, StrataPyValue *value);
/* NULL without failure: no more. */
StrataPyValue *strata_py_next            (StrataPyMachine *py, StrataPyValue *iterator);
StrataPyValue *strata_py_to_list         (StrataPyMachine *py, StrataPyValue *iterable);
StrataPyValue *strata_py_get_item        (StrataPyMachine *py, StrataPyValue *value, StrataPyValue *key);
StrataPyValue *strata_py_compare         (StrataPyMachine *py, StrataPySymbol op, StrataPyValue *a, StrataPyValue *b);

/* A class of exceptions; the base may be NULL: Exception. */
StrataPyClass *strata_py_exception_class (StrataPyMachine *py, const char *module, const char *name, StrataPyClass *base);

/* Ways to fail; each returns NULL. The first raises the builtin exception of that name. What is refused is said in the user's
 * language: po/meson.build knows that those functions take texts. */
gpointer       strata_py_raise           (StrataPyMachine *py, const char *exception, const char *format, ...) G_GNUC_PRINTF (3, 4);
gpointer       strata_py_raise_of        (StrataPyMachine *py, StrataPyClass *class, const char *format, va_list arguments) G_GNUC_PRINTF (3, 0);
gpointer       strata_py_raise_value     (StrataPyMachine *py, StrataPyValue *exception);
gpointer       strata_py_refuse          (StrataPyMachine *py, const char *format, ...) G_GNUC_PRINTF (2, 3);
gpointer       strata_py_stop            (StrataPyMachine *py, const char *code, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* "“app.x” WHAT, and what it is is not known here": the failure tells the name. */
gpointer       strata_py_refuse_opaque   (StrataPyMachine *py, const StrataPyValue *value, const char *what);
gboolean       strata_py_has_failed      (StrataPyMachine *py);

G_END_DECLS

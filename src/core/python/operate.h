/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/machine-private.h"

G_BEGIN_DECLS

/* What can be done with values, by operators, builtins and methods alike. NULL, FALSE and -1: failed. */
Value    *strata_py_binary         (Machine *py, StrataPySymbol op, Value *a, Value *b);
Value    *strata_py_binary_in_place (Machine *py, StrataPySymbol op, Value *a, Value *b);
Value    *strata_py_binary_number  (Machine *py, StrataPySymbol op, Value *a, Value *b);
Value    *strata_py_binary_set     (Machine *py, StrataPySymbol op, Value *a, Value *b);
Value    *strata_py_unary          (Machine *py, StrataPySymbol op, Value *value);
int       strata_py_less           (Machine *py, Value *a, Value *b);
int       strata_py_contains       (Machine *py, Value *container, Value *item);
gint64    strata_py_length         (Machine *py, Value *value);

/* Attributes and items */
Value    *strata_py_get_attribute  (Machine *py, Value *value, const char *name);
gboolean  strata_py_set_attribute  (Machine *py, Value *value, const char *name, Value *to);
Value    *strata_py_class_lookup   (Machine *py, Class *class, const char *name);
Value    *strata_py_class_lookup_after (Machine *py, Class *class, Class *after, const char *name);
Value    *strata_py_bind_attribute (Machine *py, Value *attribute, Value *self, Class *class);
/* A special method that a class written in Python has, bound; NULL without failure: none. */
Value    *strata_py_special        (Machine *py, Value *value, const char *name);
Value    *strata_py_call_special   (Machine *py, Value *value, const char *name, guint n_arguments, ...);
gboolean  strata_py_set_item       (Machine *py, Value *value, Value *key, Value *to);

/* Classes */
Class    *strata_py_new_class      (Machine *py, const char *name, Class **bases, guint n_bases, Dict *names);
gboolean  strata_py_is_subclass    (const Class *class, const Class *of);
int       strata_py_check_instance (Machine *py, Value *value, Value *classes, gboolean is_class);
gboolean  strata_py_finish_enum    (Machine *py, Class *class);
Value    *strata_py_enum_find      (Machine *py, Class *class, Value *value);

/* Sequences */
gboolean  strata_py_slice_bounds   (Machine *py, Slice *slice, gsize length, gint64 *start, gint64 *step, gsize *n);
gboolean  strata_py_to_index       (Machine *py, Value *value, gint64 *index);
gboolean  strata_py_extend         (Machine *py, List *list, Value *iterable);
List     *strata_py_collect        (Machine *py, Value *iterable, StrataPyValueKind kind);
gboolean  strata_py_update_dict    (Machine *py, Dict *dict, Value *from);
/* The members where their order is that of CPython, or can't matter to whoever asks. */
List     *strata_py_set_members    (Machine *py, Dict *set, gboolean any_order);
gboolean  strata_py_sort           (Machine *py, List *list, Value *key, gboolean reverse);
Value    *strata_py_slice_str      (Machine *py, Str *str, gsize start, gsize end);
Value    *strata_py_char_at        (Machine *py, Str *str, gsize index);
gsize     strata_py_byte_offset    (const Str *str, gsize index);

/* Text */
gboolean  strata_py_append_repr    (Machine *py, GString *out, Value *value);
gboolean  strata_py_append_str     (Machine *py, GString *out, Value *value);
void      strata_py_append_quoted  (GString *out, const char *text, gsize length, gboolean is_bytes);
void      strata_py_append_float   (GString *out, double number);
void      strata_py_append_int     (GString *out, Wide number, guint base, gboolean upper);
/* How the digits of a number may be written: NULL without failure where the text is no number. */
gboolean  strata_py_parse_int      (const char *text, gsize length, guint base, Wide *number, gboolean *too_big);
gboolean  strata_py_parse_float    (const char *text, gsize length, double *number);
gboolean  strata_py_float_to_wide  (double number, Wide *wide);
Value    *strata_py_format         (Machine *py, Value *value, const char *spec, gsize length);
Value    *strata_py_format_percent (Machine *py, Str *format, Value *values);
Value    *strata_py_format_fields  (Machine *py, Str *format, List *positional, Dict *keywords);

/* Failures with the words of CPython. */
gpointer  strata_py_bad_operands   (Machine *py, StrataPySymbol op, Value *a, Value *b);
gpointer  strata_py_key_error      (Machine *py, Value *key);
Value    *strata_py_new_exception  (Machine *py, Class *class, Value **args, guint n_args);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/operate.h"

#include <string.h>

StrataPyValueKind
strata_py_value_get_kind (const Value *self)
{
  return self->kind;
}

const char *
strata_py_value_get_class_name (const Value *self)
{
  return self->class->name;
}

gboolean
strata_py_value_is_varying (const Value *self)
{
  return self->is_varying;
}

gboolean
strata_py_is_none (const Value *self)
{
  return IS_NONE (self);
}

const char *
strata_py_value_get_text (const Value *self,
                          gsize       *length)
{
  const Str *str = (const Str *) self;

  if (!IS_STR (self) && !IS_BYTES (self))
    return NULL;
  if (length != NULL)
    *length = str->length;

  return str->text;
}

gboolean
strata_py_value_get_int (const Value *self,
                         gint64      *number)
{
  Wide wide;

  if (!IS_INT (self))
    return FALSE;
  wide = ((const Int *) self)->number;
  if (wide < G_MININT64 || wide > G_MAXINT64)
    return FALSE;
  *number = wide;

  return TRUE;
}

double
strata_py_value_get_float (const Value *self)
{
  return IS_FLOAT (self) ? ((const Float *) self)->number : IS_INT (self) ? (double) ((const Int *) self)->number : 0;
}

Value **
strata_py_value_get_items (const Value *self,
                           guint       *length)
{
  const List *list = (const List *) self;

  if (!IS_LIST (self) && !IS_TUPLE (self))
    return NULL;
  *length = list->length;

  return list->items;
}

const char *
strata_py_value_get_opaque_name (const Value *self)
{
  return IS_OPAQUE (self) ? ((const Opaque *) self)->name : NULL;
}

gpointer
strata_py_new_of (Machine *py,
                  Class   *class,
                  gsize    size)
{
  Value *value = strata_py_arena_alloc (py->arena, size);

  value->class = class;
  value->kind = class->kind;
  if (class->is_user)
    value->attributes = strata_py_dict (py);

  return value;
}

gpointer
strata_py_new (Machine           *py,
               StrataPyValueKind  kind,
               gsize              size)
{
  Value *value = strata_py_arena_alloc (py->arena, size);

  value->class = py->classes[kind];
  value->kind = kind;

  return value;
}

gpointer
strata_py_alloc (Machine *py,
                 gsize    size)
{
  return strata_py_reserve (py, size) ? strata_py_arena_alloc (py->arena, size) : NULL;
}

Value *
strata_py_none (Machine *py)
{
  return py->none;
}

Value *
strata_py_bool (Machine  *py,
                gboolean  truth)
{
  return truth ? py->yes : py->no;
}

Value *
strata_py_wide (Machine *py,
                Wide     number)
{
  Int *value = strata_py_new (py, STRATA_PY_VALUE_INT, sizeof (Int));

  value->number = number;

  return &value->base;
}

Value *
strata_py_int (Machine *py,
               gint64   number)
{
  return strata_py_wide (py, number);
}

Value *
strata_py_float (Machine *py,
                 double   number)
{
  Float *value = strata_py_new (py, STRATA_PY_VALUE_FLOAT, sizeof (Float));

  value->number = number;

  return &value->base;
}

/* Keeps the text, which is the arena's or lives longer. */
Value *
strata_py_take_str (Machine    *py,
                    const char *text,
                    gsize       length)
{
  Str *value = strata_py_new (py, STRATA_PY_VALUE_STR, sizeof (Str));

  value->text = text;
  value->length = length;
  for (gsize i = 0; i < length; i++)
    value->n_characters += (text[i] & 0xc0) != 0x80;

  return &value->base;
}

Value *
strata_py_str_len (Machine    *py,
                   const char *text,
                   gsize       length)
{
  if (!strata_py_reserve (py, length))
    return NULL;

  return strata_py_take_str (py, strata_py_arena_strndup (py->arena, text, length), length);
}

Value *
strata_py_str (Machine    *py,
               const char *text)
{
  return strata_py_str_len (py, text, strlen (text));
}

Value *
strata_py_string (Machine *py,
                  GString *string)
{
  return strata_py_str_len (py, string->str, string->len);
}

Value *
strata_py_bytes (Machine    *py,
                 const void *bytes,
                 gsize       length)
{
  Str *value;

  if (!strata_py_reserve (py, length))
    return NULL;

  value = strata_py_new (py, STRATA_PY_VALUE_BYTES, sizeof (Str));
  value->text = strata_py_arena_strndup (py->arena, bytes, length);
  value->length = length;
  value->n_characters = length;

  return &value->base;
}

List *
strata_py_new_list (Machine           *py,
                    StrataPyValueKind  kind,
                    gsize              allocated)
{
  List *list = strata_py_new (py, kind, sizeof (List));

  if (allocated > 0)
    list->items = strata_py_arena_alloc (py->arena, allocated * sizeof (Value *));
  list->allocated = allocated;

  return list;
}

static Value *
new_sequence (Machine           *py,
              StrataPyValueKind  kind,
              Value            **items,
              guint              n_items)
{
  List *list = strata_py_new_list (py, kind, n_items);

  if (n_items > 0)
    memcpy (list->items, items, n_items * sizeof (Value *));
  list->length = n_items;

  return &list->base;
}

Value *
strata_py_list (Machine  *py,
                Value   **items,
                guint     n_items)
{
  return new_sequence (py, STRATA_PY_VALUE_LIST, items, n_items);
}

Value *
strata_py_tuple (Machine  *py,
                 Value   **items,
                 guint     n_items)
{
  return new_sequence (py, STRATA_PY_VALUE_TUPLE, items, n_items);
}

gboolean
strata_py_list_append (Machine *py,
                       Value   *value,
                       Value   *item)
{
  List *list = (List *) value;

  if (list->length == list->allocated)
    {
      gsize allocated = MAX (8, list->allocated * 2);
      Value **items = strata_py_alloc (py, allocated * sizeof (Value *));

      if (items == NULL)
        return FALSE;
      if (list->length > 0)
        memcpy (items, list->items, list->length * sizeof (Value *));
      list->items = items;
      list->allocated = allocated;
    }
  list->items[list->length++] = item;

  return TRUE;
}

Value *
strata_py_native (Machine              *py,
                  const StrataPyNative *native,
                  Value                *self)
{
  Native *value = strata_py_new (py, STRATA_PY_VALUE_NATIVE, sizeof (Native));

  value->native = native;
  value->self = self;

  return &value->base;
}

Iterator *
strata_py_new_iterator (Machine  *py,
                        Value    *source,
                        Value  *(*next) (Machine *, Iterator *))
{
  Iterator *self = strata_py_new (py, STRATA_PY_VALUE_ITERATOR, sizeof (Iterator));

  self->source = source;
  self->next = next;

  return self;
}

Value *
strata_py_opaque (Machine    *py,
                  const char *name)
{
  Opaque *value = strata_py_new (py, STRATA_PY_VALUE_OPAQUE, sizeof (Opaque));

  value->name = strata_py_arena_strndup (py->arena, name, strlen (name));

  return &value->base;
}

static gsize
layout_size (const Value *value)
{
  switch (value->kind)
    {
    case STRATA_PY_VALUE_INT:
      return sizeof (Int);
    case STRATA_PY_VALUE_FLOAT:
      return sizeof (Float);
    case STRATA_PY_VALUE_STR:
    case STRATA_PY_VALUE_BYTES:
      return sizeof (Str);
    case STRATA_PY_VALUE_LIST:
    case STRATA_PY_VALUE_TUPLE:
      return sizeof (List);
    case STRATA_PY_VALUE_FROZENSET:
    case STRATA_PY_VALUE_SET:
    case STRATA_PY_VALUE_DICT:
      return sizeof (Dict);
    default:
      return 0;
    }
}

/* The same content as an object of a class that is derived from its own. */
Value *
strata_py_copy_as (Machine *py,
                   Value   *value,
                   Class   *class)
{
  gsize size = layout_size (value);
  Value *copy = strata_py_arena_alloc (py->arena, size);

  memcpy (copy, value, size);
  copy->class = class;
  copy->attributes = class->is_user ? strata_py_dict (py) : NULL;

  return copy;
}

/* What stands for itself everywhere, like True, can't be marked; that something varied is known all the same. */
Value *
strata_py_vary (Machine *py,
                Value   *value)
{
  py->has_varied = TRUE;

  if (value == NULL || value->is_varying)
    return value;
  if (value->kind == STRATA_PY_VALUE_HOST)
    value->is_varying = TRUE;
  else if (value->kind == STRATA_PY_VALUE_INT || IS_FLOAT (value) || IS_STR (value) || IS_BYTES (value))
    {
      Dict *attributes = value->attributes;

      value = strata_py_copy_as (py, value, value->class);
      value->attributes = attributes;
      value->is_varying = TRUE;
    }

  return value;
}

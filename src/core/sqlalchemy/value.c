/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"
#include "core/sqlalchemy/private.h"

#include <string.h>

static StrataValue *
new_value (Machine         *py,
           StrataValueKind  kind,
           const char      *text)
{
  StrataValue *self = strata_py_alloc (py, sizeof (StrataValue));

  self->kind = kind;
  self->text = strata_sa_intern (py, text);
  self->length = text != NULL ? strlen (text) : 0;

  return self;
}

static const char *
to_text (Machine *py,
         Value   *value)
{
  Value *text = value != NULL ? strata_py_to_str (py, value) : NULL;

  return text != NULL ? strata_py_value_get_text (text, NULL) : NULL;
}

static const char *
to_json (Machine *py,
         Value   *value)
{
  Value *module = strata_py_import_module (py, "json");
  Value *dumps = module != NULL ? strata_py_find_attribute (py, module, "dumps") : NULL;
  Value *text = dumps != NULL ? strata_py_call_values (py, dumps, 1, value) : NULL;

  return text != NULL ? strata_py_value_get_text (text, NULL) : NULL;
}

static Value *
call_method (Machine    *py,
             Value      *value,
             const char *name)
{
  Value *method = strata_py_find_attribute (py, value, name);

  return method != NULL ? strata_py_call_values (py, method, 0) : NULL;
}

static const StrataValue *
read_text (Machine    *py,
           Value      *value,
           const char *text,
           gsize       length)
{
  StrataValue *self;

  /* What SQL can't hold, a server refuses. */
  if (strlen (text) != length && strata_py_value_get_kind (value) == STRATA_PY_VALUE_STR)
    return strata_py_refuse (py, "a value has a NUL character");
  self = new_value (py, STRATA_VALUE_STRING, NULL);
  self->text = strata_sa_copy (py, text, length + 1);
  self->length = length;
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_BYTES)
    self->kind = STRATA_VALUE_BYTES;

  return self;
}

static const StrataValue *
read_items (Machine          *py,
            Value            *value,
            const StrataType *type)
{
  StrataValue *self = new_value (py, STRATA_VALUE_LIST, NULL);
  StrataAffinity affinity = strata_sa_get_affinity (type);
  const StrataType *of_items = affinity == STRATA_AFFINITY_ARRAY ? type->item : NULL;
  Items items = { NULL };
  guint length;
  Value **values = strata_py_value_get_items (value, &length);

  if (affinity == STRATA_AFFINITY_JSON || affinity == STRATA_AFFINITY_NONE)
    {
      self->json = to_json (py, value);
      return self->json != NULL ? self : NULL;
    }

  self->json = "[]";
  for (guint i = 0; i < length; i++)
    {
      guint n_inner;
      gboolean is_nested = strata_py_value_get_items (values[i], &n_inner) != NULL;
      const StrataValue *item = strata_sa_read_value (py, values[i], is_nested ? type : of_items);

      if (item == NULL)
        return NULL;
      strata_sa_items_add (py, &items, item);
    }
  self->items = (const StrataValue * const *) items.items;

  return self;
}

/* timedelta: its microseconds in seconds, as core/render has it. */
static const StrataValue *
read_interval (Machine *py,
               Value   *value)
{
  Value *seconds = call_method (py, value, "total_seconds");

  return seconds != NULL ? new_value (py, STRATA_VALUE_INTERVAL, to_text (py, seconds)) : NULL;
}

static const StrataValue *
read_object (Machine *py,
             Value   *value)
{
  static const struct { const char *name; StrataValueKind kind; } moments[] = {
    { "date", STRATA_VALUE_DATE }, { "datetime", STRATA_VALUE_DATETIME }, { "time", STRATA_VALUE_TIME },
  };
  const char *name = strata_py_value_get_class_name (value);
  const char *module = value->class->module;
  Value *text;

  if (!g_str_equal (module, "uuid") && !g_str_equal (module, "datetime") && !g_str_equal (module, "decimal"))
    return strata_py_refuse (py, "a value of the class “%s” is not known here", name);
  if (g_str_equal (name, "Decimal"))
    return new_value (py, STRATA_VALUE_DECIMAL, to_text (py, value));
  if (g_str_equal (name, "UUID"))
    return new_value (py, STRATA_VALUE_UUID, to_text (py, value));
  if (g_str_equal (name, "timedelta"))
    return read_interval (py, value);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    if (g_str_equal (name, moments[i].name))
      {
        text = call_method (py, value, "isoformat");
        return text != NULL ? new_value (py, moments[i].kind, to_text (py, text)) : NULL;
      }

  return strata_py_refuse (py, "a value of the class “%s” is not known here", name);
}

/* A member stands for what the type has at its place: its name, or what values_callable made of it. NULL without
 * failure: it is no member. */
static const StrataValue *
read_member (Machine          *py,
             Value            *value,
             const StrataType *type)
{
  Value *members = strata_py_to_list (py, (Value *) value->class);
  guint length = 0;
  Value **items = members != NULL ? strata_py_value_get_items (members, &length) : NULL;

  if (items == NULL)
    return NULL;
  for (guint i = 0; i < length; i++)
    if (items[i] == value && strata_sa_length (type->values.values) == length)
      return new_value (py, STRATA_VALUE_STRING, type->values.values[i]);

  return strata_py_refuse (py, "which value of its type “%s” means is not known here", to_text (py, value));
}

static gboolean
is_enum (const StrataType *type)
{
  return type != NULL && (type->kind == STRATA_TYPE_ANY_ENUM || type->kind == STRATA_TYPE_ENUM);
}

static gboolean
is_member (Machine *py,
           Value   *value)
{
  Class *class = value->class;

  return class->is_enum && class->is_user;
}

static const StrataValue *
read_plain (Machine          *py,
            Value            *value,
            const StrataType *type)
{
  StrataValue *self;
  gsize length;
  const char *text;
  gint64 number;

  switch ((int) strata_py_value_get_kind (value))
    {
    case STRATA_PY_VALUE_NONE:
      return new_value (py, STRATA_VALUE_NULL, NULL);
    case STRATA_PY_VALUE_BOOL:
      self = new_value (py, STRATA_VALUE_BOOLEAN, NULL);
      strata_py_value_get_int (value, &number);
      self->truth = number != 0;
      return self;
    case STRATA_PY_VALUE_INT:
      if (strata_py_value_get_int (value, &number))
        value = strata_py_int (py, number);
      return new_value (py, STRATA_VALUE_INTEGER, to_text (py, value));
    case STRATA_PY_VALUE_FLOAT:
      return new_value (py, STRATA_VALUE_FLOAT, to_text (py, strata_py_float (py, strata_py_value_get_float (value))));
    case STRATA_PY_VALUE_STR:
    case STRATA_PY_VALUE_BYTES:
      text = strata_py_value_get_text (value, &length);
      return read_text (py, value, text, length);
    case STRATA_PY_VALUE_LIST:
    case STRATA_PY_VALUE_TUPLE:
      return read_items (py, value, type);
    case STRATA_PY_VALUE_DICT:
      self = new_value (py, STRATA_VALUE_MAP, NULL);
      self->json = to_json (py, value);
      return self->json != NULL ? self : NULL;
    case STRATA_PY_VALUE_HOST:
      return read_object (py, value);
    case STRATA_PY_VALUE_OPAQUE:
      return strata_py_refuse (py, "“%s” is a value in SQL, and what it is is not known here",
                               strata_py_value_get_opaque_name (value));
    default:
      return strata_py_refuse (py, "a value of the class “%s” is not known here", strata_py_value_get_class_name (value));
    }
}

const StrataValue *
strata_sa_read_value (Machine          *py,
                      Value            *value,
                      const StrataType *type)
{
  const StrataValue *self;
  gboolean is_json = strata_sa_get_affinity (type) == STRATA_AFFINITY_JSON;

  if (type != NULL && type->binder != NULL && (value = strata_sa_bind_value (py, type, value)) == NULL)
    return NULL;
  if (is_enum (type) && is_member (py, value))
    return read_member (py, value, type);

  self = read_plain (py, value, type);
  if (self != NULL && is_json && self->json == NULL && self->kind != STRATA_VALUE_NULL)
    {
      ((StrataValue *) self)->json = to_json (py, value);
      if (self->json == NULL)
        return NULL;
    }

  return self;
}

static Value *
call_library (Machine    *py,
              const char *module,
              const char *class,
              const char *method,
              const char *text)
{
  Value *value = strata_py_import_module (py, module);

  if (value != NULL)
    value = strata_py_find_attribute (py, value, class);
  if (value != NULL && method != NULL)
    value = strata_py_find_attribute (py, value, method);

  return value != NULL ? strata_py_call_values (py, value, 1, strata_py_str (py, text)) : NULL;
}

static Value *
wrap_items (Machine           *py,
            const StrataValue *value)
{
  Value *list = strata_py_list (py, NULL, 0);

  for (guint i = 0; value->items != NULL && value->items[i] != NULL; i++)
    {
      Value *item = strata_sa_wrap_value (py, value->items[i]);

      if (item == NULL || !strata_py_list_append (py, list, item))
        return NULL;
    }

  return list;
}

Value *
strata_sa_wrap_value (Machine           *py,
                      const StrataValue *value)
{
  switch (value->kind)
    {
    case STRATA_VALUE_NULL:
      return strata_py_none (py);
    case STRATA_VALUE_BOOLEAN:
      return strata_py_bool (py, value->truth);
    case STRATA_VALUE_INTEGER:
      return strata_py_int (py, g_ascii_strtoll (value->text, NULL, 10));
    case STRATA_VALUE_FLOAT:
      return strata_py_float (py, g_ascii_strtod (value->text, NULL));
    case STRATA_VALUE_STRING:
      return strata_py_str (py, value->text);
    case STRATA_VALUE_BYTES:
      return strata_py_bytes (py, value->text, value->length);
    case STRATA_VALUE_DATE:
      return call_library (py, "datetime", "date", "fromisoformat", value->text);
    case STRATA_VALUE_DATETIME:
      return call_library (py, "datetime", "datetime", "fromisoformat", value->text);
    case STRATA_VALUE_TIME:
      return call_library (py, "datetime", "time", "fromisoformat", value->text);
    case STRATA_VALUE_UUID:
      return call_library (py, "uuid", "UUID", NULL, value->text);
    case STRATA_VALUE_LIST:
      if (value->items != NULL)
        return wrap_items (py, value);
      return call_library (py, "json", "loads", NULL, value->json);
    case STRATA_VALUE_MAP:
      return call_library (py, "json", "loads", NULL, value->json);
    case STRATA_VALUE_DECIMAL:
    case STRATA_VALUE_INTERVAL:
    case STRATA_VALUE_UNSET:
    default:
      return strata_py_opaque (py, "a value of the database");
    }
}

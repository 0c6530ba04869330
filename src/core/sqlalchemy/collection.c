/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"

/* What .c of a table is. */
typedef struct
{
  StrataPyValue  base;
  Dict          *columns;
} Collection;

static Value *
get_attribute (Machine    *py,
               Value      *self,
               const char *name)
{
  Value *column = strata_py_dict_get_name (((Collection *) self)->columns, name);

  if (column != NULL || g_str_has_prefix (name, "__"))
    return column;

  return strata_py_raise (py, "AttributeError", "%s", name);
}

static Value *
values (Machine *py,
        Value   *self)
{
  Value *list = strata_py_list (py, NULL, 0);
  guint position = 0;
  Value *key, *column;

  while (strata_py_dict_next (((Collection *) self)->columns, &position, &key, &column))
    if (!strata_py_list_append (py, list, column))
      return NULL;

  return list;
}

static Value *
get_item (Machine *py,
          Value   *self,
          Value   *key)
{
  const char *name = strata_py_value_get_text (key, NULL);
  Value *column;
  gint64 index;
  guint length;
  Value **list;

  if (name != NULL)
    {
      column = strata_py_dict_get_name (((Collection *) self)->columns, name);
      return column != NULL ? column : strata_py_raise (py, "KeyError", "%s", name);
    }
  if (strata_py_value_get_int (key, &index))
    {
      list = strata_py_value_get_items (values (py, self), &length);
      if (index < 0)
        index += length;
      return index >= 0 && index < length ? list[index] : strata_py_raise (py, "IndexError", "%s", "index out of range");
    }

  return strata_py_refuse (py, "several columns at once are not known here");
}

static Value *
iterate (Machine *py,
         Value   *self)
{
  return strata_py_iterate (py, values (py, self));
}

static int
contains (Machine *py,
          Value   *self,
          Value   *item)
{
  const char *name = strata_py_value_get_text (item, NULL);

  if (name == NULL)
    return strata_sa_raise (py, "ArgumentError", "__contains__ requires a string argument") != NULL;

  return strata_py_dict_get_name (((Collection *) self)->columns, name) != NULL;
}

static gint64
get_length (Machine *py,
            Value   *self)
{
  return strata_py_dict_get_length (((Collection *) self)->columns);
}

static Value *
call_dict (Machine    *py,
           Value      *self,
           const char *method,
           guint       n,
           Value      *argument)
{
  Value *function = strata_py_find_attribute (py, (Value *) ((Collection *) self)->columns, method);

  return n == 0 ? strata_py_call_values (py, function, 0) : strata_py_call_values (py, function, 1, argument);
}

static Value *
collection_keys (Machine *py,
                 Value   *self,
                 Value  **arguments)
{
  Value *keys = call_dict (py, self, "keys", 0, NULL);

  return keys != NULL ? strata_py_to_list (py, keys) : NULL;
}

static Value *
collection_values (Machine *py,
                   Value   *self,
                   Value  **arguments)
{
  return values (py, self);
}

static Value *
collection_items (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  Value *items = call_dict (py, self, "items", 0, NULL);

  return items != NULL ? strata_py_to_list (py, items) : NULL;
}

static Value *
collection_get (Machine *py,
                Value   *self,
                Value  **arguments)
{
  return call_dict (py, self, "get", 1, arguments[0]);
}

static const StrataPyNative methods[] = {
  { "keys", "", collection_keys },
  { "values", "", collection_values },
  { "items", "", collection_items },
  { "get", "key", collection_get },
  { NULL }
};

static const StrataPySlots slots = {
  .name = "ReadOnlyColumnCollection",
  .methods = methods,
  .get_attribute = get_attribute,
  .get_item = get_item,
  .iterate = iterate,
  .contains = contains,
  .length = get_length,
};

Value *
strata_sa_new_collection (Machine *py,
                          Dict    *columns)
{
  Class *class = (Class *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], "ReadOnlyColumnCollection");
  Collection *self = strata_py_host_object (py, class, sizeof (Collection));

  self->columns = columns;

  return &self->base;
}

Dict *
strata_sa_get_collection (Machine *py,
                          Value   *value)
{
  Class *class = (Class *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], "ReadOnlyColumnCollection");

  return strata_py_is_instance (value, class) ? ((Collection *) value)->columns : NULL;
}

void
strata_sa_add_collections (Machine *py)
{
  strata_sa_export (py, STRATA_SA_ROOT, "ReadOnlyColumnCollection", (Value *) strata_py_class (py, &slots, NULL));
}

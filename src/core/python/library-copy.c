/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library.h"

#include <string.h>

/* copy */

static Value *copy_value (Machine *py,
                          Value   *value,
                          Dict    *copies);

static gboolean
copy_entries (Machine *py,
              Dict    *to,
              Dict    *from,
              Dict    *copies)
{
  guint position = 0;
  Value *key, *value;

  while (strata_py_dict_next (from, &position, &key, &value))
    {
      if (copies != NULL)
        key = copy_value (py, key, copies);
      if (copies != NULL && value != NULL && key != NULL)
        value = copy_value (py, value, copies);
      if (key == NULL || strata_py_has_failed (py) || !strata_py_dict_set (py, to, key, value))
        return FALSE;
    }

  return TRUE;
}

/* With the parts too where there are copies, which maps addresses to what was copied from there already. */
static Value *
copy_parts (Machine *py,
            Value   *value,
            Dict    *copies)
{
  Value *address = strata_py_wide (py, (gsize) value);
  Value *known = copies != NULL ? strata_py_dict_get (py, copies, address) : NULL;
  List *list = (List *) value;
  Value *copy;

  if (known != NULL)
    return known;

  if (IS_LIST (value) || IS_TUPLE (value))
    {
      List *new = strata_py_new_list (py, value->kind, list->length);

      copy = &new->base;
      if (copies != NULL && IS_LIST (value))
        strata_py_dict_set (py, copies, address, copy);
      for (gsize i = 0; i < list->length; i++)
        {
          Value *item = copies != NULL ? copy_value (py, list->items[i], copies) : list->items[i];

          if (item == NULL)
            return NULL;
          new->items[new->length++] = item;
        }
    }
  else if (IS_DICT (value) || IS_SET (value))
    {
      Dict *new = strata_py_new (py, value->kind, sizeof (Dict));

      copy = &new->base;
      new->factory = ((Dict *) value)->factory;
      if (copies != NULL)
        strata_py_dict_set (py, copies, address, copy);
      if (!copy_entries (py, new, (Dict *) value, copies))
        return NULL;
    }
  else
    {
      copy = strata_py_new_of (py, value->class, sizeof (Value));
      if (copies != NULL)
        strata_py_dict_set (py, copies, address, copy);
      if (!copy_entries (py, copy->attributes, value->attributes, copies))
        return NULL;
    }
  copy->class = value->class;

  return copy;
}

static Value *
copy_value (Machine *py,
            Value   *value,
            Dict    *copies)
{
  gboolean is_object = value->kind == STRATA_PY_VALUE_OBJECT && value->attributes != NULL && !value->class->is_enum;
  Value *copy;

  if (value->class->is_user && (strata_py_class_lookup (py, value->class, "__copy__") != NULL
                                || strata_py_class_lookup (py, value->class, "__deepcopy__") != NULL))
    return strata_py_refuse (py, "“%s” copies itself", value->class->name);
  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (py, value, "is copied");
  if (value->kind == STRATA_PY_VALUE_HOST)
    return strata_py_refuse (py, "“%s” is copied", value->class->name);
  if (!IS_LIST (value) && !IS_TUPLE (value) && !IS_DICT (value) && !IS_SET (value) && !is_object)
    return value;
  if (!is_object && value->class->is_user)
    return strata_py_refuse (py, "“%s” is copied", value->class->name);

  if (!strata_py_enter (py) || !strata_py_step (py))
    return NULL;
  copy = copy_parts (py, value, copies);
  strata_py_leave (py);

  return copy;
}

static Value *
shallow (Machine *py,
         Value   *module,
         Value  **arguments)
{
  return copy_value (py, arguments[0], NULL);
}

static Value *
deep (Machine *py,
      Value   *module,
      Value  **arguments)
{
  return copy_value (py, arguments[0], strata_py_dict (py));
}

const StrataPyNative strata_py_copy_functions[] = {
  { "copy", "x", shallow },
  { "deepcopy", "x", deep },
  { NULL }
};

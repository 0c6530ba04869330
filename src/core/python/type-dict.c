/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/slots.h"

/* dict, set and frozenset */

static Value *
construct_dict (Machine *py,
                Value   *class,
                Value  **arguments)
{
  Dict *self = strata_py_new_of (py, (Class *) class, sizeof (Dict));

  if (arguments[0] != NULL && !strata_py_update_dict (py, self, arguments[0]))
    return NULL;

  return strata_py_dict_merge (py, self, (Dict *) arguments[1]) ? &self->base : NULL;
}

static Value *
dict_get (Machine *py,
          Value   *self,
          Value  **arguments)
{
  Value *value = strata_py_dict_get (py, (Dict *) self, arguments[0]);

  if (value != NULL || strata_py_has_failed (py))
    return value;

  return arguments[1] != NULL ? arguments[1] : py->none;
}

static Value *
dict_pop (Machine *py,
          Value   *self,
          Value  **arguments)
{
  Value *value = NULL;

  if (strata_py_dict_remove (py, (Dict *) self, arguments[0], &value) || strata_py_has_failed (py))
    return value;

  return arguments[1] != NULL ? arguments[1] : strata_py_key_error (py, arguments[0]);
}

static Value *
dict_popitem (Machine *py,
              Value   *self,
              Value  **arguments)
{
  Dict *dict = (Dict *) self;

  for (guint i = dict->n_entries; i > 0; i--)
    if (dict->entries[i - 1].key != NULL)
      {
        Value *pair[] = { dict->entries[i - 1].key, dict->entries[i - 1].value };

        strata_py_dict_remove_entry (dict, &dict->entries[i - 1]);
        return strata_py_tuple (py, pair, 2);
      }

  return strata_py_key_error (py, strata_py_str (py, "popitem(): dictionary is empty"));
}

static Value *
dict_setdefault (Machine *py,
                 Value   *self,
                 Value  **arguments)
{
  Value *value = strata_py_dict_get (py, (Dict *) self, arguments[0]);

  if (value != NULL || strata_py_has_failed (py))
    return value;
  value = arguments[1] != NULL ? arguments[1] : py->none;

  return strata_py_dict_set (py, (Dict *) self, arguments[0], value) ? value : NULL;
}

static Value *
dict_update (Machine *py,
             Value   *self,
             Value  **arguments)
{
  if (arguments[0] != NULL && !strata_py_update_dict (py, (Dict *) self, arguments[0]))
    return NULL;

  return strata_py_dict_merge (py, (Dict *) self, (Dict *) arguments[1]) ? py->none : NULL;
}

static Value *
new_view (Machine *py,
          Value   *self,
          char     what)
{
  View *view = strata_py_new (py, STRATA_PY_VALUE_DICT_VIEW, sizeof (View));

  view->dict = (Dict *) self;
  view->what = what;

  return &view->base;
}

static Value *
dict_keys (Machine *py,
           Value   *self,
           Value  **arguments)
{
  return new_view (py, self, 'k');
}

static Value *
dict_values (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return new_view (py, self, 'v');
}

static Value *
dict_items (Machine *py,
            Value   *self,
            Value  **arguments)
{
  return new_view (py, self, 'i');
}

static Value *
copy_table (Machine *py,
            Value   *self,
            Value  **arguments)
{
  Dict *copy = strata_py_new (py, self->kind, sizeof (Dict));

  copy->factory = ((Dict *) self)->factory;
  copy->base.class = IS_DICT (self) && !self->class->is_user ? self->class : copy->base.class;

  return strata_py_dict_merge (py, copy, (Dict *) self) ? &copy->base : NULL;
}

static Value *
clear_table (Machine *py,
             Value   *self,
             Value  **arguments)
{
  strata_py_dict_clear ((Dict *) self);

  return py->none;
}

static Value *
dict_fromkeys (Machine *py,
               Value   *class,
               Value  **arguments)
{
  Dict *dict = strata_py_new_of (py, (Class *) class, sizeof (Dict));
  List *keys = strata_py_collect (py, arguments[0], STRATA_PY_VALUE_LIST);

  for (gsize i = 0; keys != NULL && i < keys->length; i++)
    if (!strata_py_dict_set (py, dict, keys->items[i], arguments[1] != NULL ? arguments[1] : py->none))
      return NULL;

  return keys != NULL ? &dict->base : NULL;
}

static const StrataPyNative dict_methods[] = {
  { "clear", NULL, clear_table },
  { "copy", NULL, copy_table },
  { "get", "key, default=, /", dict_get },
  { "items", NULL, dict_items },
  { "keys", NULL, dict_keys },
  { "pop", "key, default=, /", dict_pop },
  { "popitem", NULL, dict_popitem },
  { "setdefault", "key, default=, /", dict_setdefault },
  { "update", "other=, /, **others", dict_update },
  { "values", NULL, dict_values },
  { NULL }
};

static const StrataPyNative dict_class_methods[] = {
  { "fromkeys", "keys, value=, /", dict_fromkeys },
  { NULL }
};

const StrataPySlots strata_py_dict_slots = {
  .name = "dict",
  .methods = dict_methods,
  .class_methods = dict_class_methods,
  .lacking = " __init__ __missing__ ",
  .parameters = "other=, /, **others",
  .construct = construct_dict,
};

const StrataPySlots strata_py_view_slots = { "dict_view", .lacking = " isdisjoint mapping " };

/* A set of any iterable, itself where it is one. */
static Dict *
as_set (Machine *py,
        Value   *value)
{
  Dict *set;
  List *items;

  if (IS_SET (value))
    return (Dict *) value;
  set = strata_py_new_set (py, STRATA_PY_VALUE_SET);
  if (IS_DICT (value))
    {
      guint position = 0;
      Entry *entry;

      while ((entry = strata_py_dict_step ((Dict *) value, &position)) != NULL)
        if (!strata_py_set_add (py, set, entry->key))
          return NULL;
      return set;
    }
  items = strata_py_collect (py, value, STRATA_PY_VALUE_LIST);
  for (gsize i = 0; items != NULL && i < items->length; i++)
    if (!strata_py_set_add (py, set, items->items[i]))
      return NULL;

  return items != NULL ? set : NULL;
}

static Value *
construct_set (Machine *py,
               Value   *class,
               Value  **arguments)
{
  Dict *self = strata_py_new_of (py, (Class *) class, sizeof (Dict));
  Dict *other = arguments[0] != NULL ? as_set (py, arguments[0]) : NULL;

  if (arguments[0] != NULL && (other == NULL || !strata_py_dict_merge (py, self, other)))
    return NULL;

  return &self->base;
}

static Value *
set_add (Machine *py,
         Value   *self,
         Value  **arguments)
{
  return strata_py_set_add (py, (Dict *) self, arguments[0]) ? py->none : NULL;
}

static Value *
set_discard (Machine *py,
             Value   *self,
             Value  **arguments)
{
  strata_py_dict_remove (py, (Dict *) self, arguments[0], NULL);

  return strata_py_has_failed (py) ? NULL : py->none;
}

static Value *
set_remove (Machine *py,
            Value   *self,
            Value  **arguments)
{
  if (strata_py_dict_remove (py, (Dict *) self, arguments[0], NULL))
    return py->none;

  return strata_py_has_failed (py) ? NULL : strata_py_key_error (py, arguments[0]);
}

static Value *
set_pop (Machine *py,
         Value   *self,
         Value  **arguments)
{
  List *members = strata_py_set_members (py, (Dict *) self, FALSE);

  if (members == NULL)
    return NULL;
  if (members->length == 0)
    return strata_py_key_error (py, strata_py_str (py, "pop from an empty set"));
  if (members->length > 1)
    return strata_py_refuse (py, "which one a set gives first is not known here");
  strata_py_dict_clear ((Dict *) self);

  return members->items[0];
}

/* With each of the arguments in turn. */
static Value *
set_fold (Machine        *py,
          Value          *self,
          Value          *others,
          StrataPySymbol  op)
{
  List *list = (List *) others;
  Value *result = copy_table (py, self, NULL);

  for (gsize i = 0; result != NULL && i < list->length; i++)
    {
      Dict *other = as_set (py, list->items[i]);

      result = other != NULL ? strata_py_binary_set (py, op, result, &other->base) : NULL;
    }

  return result;
}

static Value *
set_union (Machine *py,
           Value   *self,
           Value  **arguments)
{
  return set_fold (py, self, arguments[0], STRATA_PY_BAR);
}

static Value *
set_intersection (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  return set_fold (py, self, arguments[0], STRATA_PY_AMPERSAND);
}

static Value *
set_difference (Machine *py,
                Value   *self,
                Value  **arguments)
{
  return set_fold (py, self, arguments[0], STRATA_PY_MINUS);
}

static Value *
set_symmetric_difference (Machine *py,
                          Value   *self,
                          Value  **arguments)
{
  Dict *other = as_set (py, arguments[0]);

  return other != NULL ? strata_py_binary_set (py, STRATA_PY_CARET, self, &other->base) : NULL;
}

static Value *
assign_set (Machine *py,
            Value   *self,
            Value   *result)
{
  Value base = *self;

  if (result == NULL)
    return NULL;
  *(Dict *) self = *(Dict *) result;
  *self = base;

  return py->none;
}

static Value *
set_update (Machine *py,
            Value   *self,
            Value  **arguments)
{
  return assign_set (py, self, set_union (py, self, arguments));
}

static Value *
set_difference_update (Machine *py,
                       Value   *self,
                       Value  **arguments)
{
  return assign_set (py, self, set_difference (py, self, arguments));
}

static Value *
set_intersection_update (Machine *py,
                         Value   *self,
                         Value  **arguments)
{
  return assign_set (py, self, set_intersection (py, self, arguments));
}

static Value *
set_issubset (Machine *py,
              Value   *self,
              Value  **arguments)
{
  Dict *other = as_set (py, arguments[0]);

  return other != NULL ? strata_py_compare (py, STRATA_PY_LESS_EQUAL, self, &other->base) : NULL;
}

static Value *
set_issuperset (Machine *py,
                Value   *self,
                Value  **arguments)
{
  Dict *other = as_set (py, arguments[0]);

  return other != NULL ? strata_py_compare (py, STRATA_PY_GREATER_EQUAL, self, &other->base) : NULL;
}

static Value *
set_isdisjoint (Machine *py,
                Value   *self,
                Value  **arguments)
{
  Dict *other = as_set (py, arguments[0]);
  Dict *both = other != NULL ? (Dict *) strata_py_binary_set (py, STRATA_PY_AMPERSAND, self, &other->base) : NULL;

  return both != NULL ? strata_py_bool (py, both->n_live == 0) : NULL;
}

static const StrataPyNative set_methods[] = {
  { "add", "item, /", set_add },
  { "clear", NULL, clear_table },
  { "copy", NULL, copy_table },
  { "difference", "*others", set_difference },
  { "difference_update", "*others", set_difference_update },
  { "discard", "item, /", set_discard },
  { "intersection", "*others", set_intersection },
  { "intersection_update", "*others", set_intersection_update },
  { "isdisjoint", "other, /", set_isdisjoint },
  { "issubset", "other, /", set_issubset },
  { "issuperset", "other, /", set_issuperset },
  { "pop", NULL, set_pop },
  { "remove", "item, /", set_remove },
  { "symmetric_difference", "other, /", set_symmetric_difference },
  { "union", "*others", set_union },
  { "update", "*others", set_update },
  { NULL }
};

static const StrataPyNative frozenset_methods[] = {
  { "copy", NULL, copy_table },
  { "difference", "*others", set_difference },
  { "intersection", "*others", set_intersection },
  { "isdisjoint", "other, /", set_isdisjoint },
  { "issubset", "other, /", set_issubset },
  { "issuperset", "other, /", set_issuperset },
  { "symmetric_difference", "other, /", set_symmetric_difference },
  { "union", "*others", set_union },
  { NULL }
};

const StrataPySlots strata_py_set_slots = {
  .name = "set",
  .methods = set_methods,
  .lacking = " symmetric_difference_update ",
  .parameters = "items=, /",
  .construct = construct_set,
};

const StrataPySlots strata_py_frozenset_slots = {
  .name = "frozenset",
  .methods = frozenset_methods,
  .parameters = "items=, /",
  .construct = construct_set,
};

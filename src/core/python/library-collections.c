/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library.h"

#include <string.h>

/* collections: defaultdict, OrderedDict, Counter, deque, namedtuple */

static Value *
construct_default (Machine *py,
                   Value   *class,
                   Value  **arguments)
{
  Dict *self = strata_py_new_of (py, (Class *) class, sizeof (Dict));

  if (arguments[0] != NULL && !IS_NONE (arguments[0]))
    self->factory = arguments[0];
  if (arguments[1] != NULL && !strata_py_update_dict (py, self, arguments[1]))
    return NULL;

  return strata_py_dict_merge (py, self, (Dict *) arguments[2]) ? &self->base : NULL;
}

/* Their own reprs are other ones in other versions of Python. */
static Value *
no_repr (Machine *py,
         Value   *self)
{
  return strata_py_refuse (py, "the text of a “%s” depends on the version of Python", self->class->name);
}

static const StrataPySlots default_slots = {
  "defaultdict", .lacking = " default_factory ", .parameters = "factory=, other=, /, **others", .construct = construct_default,
  .repr = no_repr,
};

static Value *
construct_ordered (Machine *py,
                   Value   *class,
                   Value  **arguments)
{
  Value *all[] = { NULL, arguments[0], arguments[1] };

  return construct_default (py, class, all);
}

static const StrataPySlots ordered_slots = {
  "OrderedDict", .lacking = " move_to_end popitem ", .parameters = "other=, /, **others", .construct = construct_ordered,
  .repr = no_repr,
};

static gboolean
count (Machine *py,
       Dict    *self,
       Value   *key,
       Value   *by)
{
  Value *old = strata_py_dict_get (py, self, key);
  Value *sum;

  if (strata_py_has_failed (py))
    return FALSE;
  sum = old != NULL ? strata_py_binary (py, STRATA_PY_PLUS, old, by) : by;

  return sum != NULL && strata_py_dict_set (py, self, key, sum);
}

static Value *
counter_update (Machine *py,
                Value   *self,
                Value  **arguments)
{
  guint position = 0;
  Value *iterator, *key, *value;

  if (arguments[0] == NULL || IS_NONE (arguments[0]))
    return py->none;
  if (IS_DICT (arguments[0]))
    {
      while (strata_py_dict_next ((Dict *) arguments[0], &position, &key, &value))
        if (!count (py, (Dict *) self, key, value))
          return NULL;
      return py->none;
    }
  iterator = strata_py_iterate (py, arguments[0]);
  if (iterator == NULL)
    return NULL;
  while ((key = strata_py_next (py, iterator)) != NULL)
    if (!count (py, (Dict *) self, key, strata_py_int (py, 1)))
      return NULL;

  return strata_py_has_failed (py) ? NULL : py->none;
}

static Value *
construct_counter (Machine *py,
                   Value   *class,
                   Value  **arguments)
{
  Dict *self = strata_py_new_of (py, (Class *) class, sizeof (Dict));

  return counter_update (py, &self->base, arguments) != NULL ? &self->base : NULL;
}

static Value *
counter_missing (Machine *py,
                 Value   *self,
                 Value   *key)
{
  Value *value = strata_py_dict_get (py, (Dict *) self, key);

  return value != NULL || strata_py_has_failed (py) ? value : strata_py_int (py, 0);
}

/* Those that are counted equally often stay in the order in which they came. */
static Value *
most_common (Machine *py,
             Value   *self,
             Value  **arguments)
{
  List *pairs = strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);
  gint64 n = ((Dict *) self)->n_live;
  guint position = 0;
  Value *pair[2];

  if (arguments[0] != NULL && !IS_NONE (arguments[0]) && !strata_py_to_index (py, arguments[0], &n))
    return NULL;
  while (strata_py_dict_next ((Dict *) self, &position, &pair[1], &pair[0]))
    {
      gsize at = pairs->length;

      if (!strata_py_step (py) || !strata_py_list_append (py, &pairs->base, strata_py_tuple (py, pair, 2)))
        return NULL;
      for (; at > 0; at--)
        {
          Value *before = pairs->items[at - 1];
          int less = strata_py_less (py, ((List *) before)->items[0], pair[0]);

          if (less < 0)
            return NULL;
          if (!less)
            break;
          pairs->items[at - 1] = pairs->items[at];
          pairs->items[at] = before;
        }
    }
  for (gsize i = 0; i < pairs->length; i++)
    {
      List *swapped = (List *) pairs->items[i];
      Value *first = swapped->items[0];

      swapped->items[0] = swapped->items[1];
      swapped->items[1] = first;
    }
  pairs->length = CLAMP (n, 0, (gint64) pairs->length);

  return &pairs->base;
}

static const StrataPyNative counter_methods[] = {
  { "most_common", "n=", most_common },
  { "update", "iterable=, /", counter_update },
  { NULL }
};

static const StrataPySlots counter_slots = {
  "Counter", .methods = counter_methods, .lacking = " elements subtract total ", .parameters = "iterable=, /",
  .construct = construct_counter, .get_item = counter_missing, .repr = no_repr,
};

static Value *
construct_deque (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  List *items = arguments[0] != NULL ? strata_py_collect (py, arguments[0], STRATA_PY_VALUE_LIST)
                                     : strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);
  List *self;

  if (items == NULL)
    return NULL;
  if (arguments[1] != NULL && !IS_NONE (arguments[1]))
    return strata_py_refuse (py, "a deque with a longest length is not known here");
  self = strata_py_new_of (py, (Class *) class, sizeof (List));
  self->items = items->items;
  self->length = items->length;
  self->allocated = items->allocated;

  return &self->base;
}

static Value *
deque_append_left (Machine *py,
                   Value   *self,
                   Value  **arguments)
{
  List *list = (List *) self;

  if (!strata_py_list_append (py, self, arguments[0]))
    return NULL;
  memmove (list->items + 1, list->items, (list->length - 1) * sizeof (Value *));
  list->items[0] = arguments[0];

  return py->none;
}

static Value *
deque_pop_left (Machine *py,
                Value   *self,
                Value  **arguments)
{
  List *list = (List *) self;

  if (list->length == 0)
    return strata_py_raise (py, "IndexError", "pop from an empty deque");
  list->length--;
  list->allocated--;

  return *list->items++;
}

static const StrataPyNative deque_methods[] = {
  { "appendleft", "x, /", deque_append_left },
  { "popleft", NULL, deque_pop_left },
  { NULL }
};

static Value *
deque_compare (Machine        *py,
               StrataPySymbol  op,
               Value          *a,
               Value          *b)
{
  return strata_py_refuse (py, "a deque is compared");
}

static const StrataPySlots deque_slots = {
  "deque", .methods = deque_methods, .lacking = " extendleft maxlen rotate ", .parameters = "iterable=, maxlen=",
  .construct = construct_deque, .compare = deque_compare, .repr = no_repr,
};

/* A named tuple is a tuple of a class that knows the names of its places. */
static Value *
construct_named (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  Class *self = (Class *) class;
  List *given = (List *) arguments[0];
  Dict *keywords = (Dict *) arguments[1];
  Signature *signature = strata_py_arena_new_struct (py->arena, Signature);
  StrataPyArguments all = { given->items, given->length, keywords };
  List *tuple = strata_py_new_of (py, self, sizeof (List));
  guint position = 0;
  Value *key, *value;

  if (self->fields == NULL)
    return strata_py_refuse (py, "a named tuple is made by NamedTuple()");
  signature->parameters = strata_py_arena_alloc (py->arena, (self->fields->n_live + 1) * sizeof (Parameter));
  while (strata_py_dict_next (self->fields, &position, &key, &value))
    signature->parameters[signature->n_parameters++] = (Parameter) { ((Str *) key)->text, value, 0, value != NULL };
  tuple->items = strata_py_arena_alloc (py->arena, (signature->n_parameters + 1) * sizeof (Value *));
  tuple->length = tuple->allocated = signature->n_parameters;

  return strata_py_bind (py, self->name, signature, &all, NULL, tuple->items) ? &tuple->base : NULL;
}

static Value *
named_attribute (Machine    *py,
                 Value      *self,
                 const char *name)
{
  Entry *entry = strata_py_dict_find_name (self->class->fields, name, strlen (name));

  return entry != NULL ? ((List *) self)->items[entry - self->class->fields->entries] : NULL;
}

static Value *
named_repr (Machine *py,
            Value   *self)
{
  g_autoptr(GString) out = g_string_new (self->class->name);
  Dict *fields = self->class->fields;

  g_string_append_c (out, '(');
  for (guint i = 0; i < fields->n_entries; i++)
    {
      g_string_append_printf (out, "%s%s=", i > 0 ? ", " : "", ((Str *) fields->entries[i].key)->text);
      if (!strata_py_append_repr (py, out, ((List *) self)->items[i]))
        return NULL;
    }
  g_string_append_c (out, ')');

  return strata_py_string (py, out);
}

static Value *
named_asdict (Machine *py,
              Value   *self,
              Value  **arguments)
{
  Dict *dict = strata_py_dict (py);
  Dict *fields = self->class->fields;

  for (guint i = 0; i < fields->n_entries; i++)
    strata_py_dict_set (py, dict, fields->entries[i].key, ((List *) self)->items[i]);

  return &dict->base;
}

static Value *
named_replace (Machine *py,
               Value   *self,
               Value  **arguments)
{
  Dict *values = (Dict *) named_asdict (py, self, NULL);
  Value *all[] = { strata_py_tuple (py, NULL, 0), &values->base };

  return strata_py_dict_merge (py, values, (Dict *) arguments[0]) ? construct_named (py, &self->class->base, all) : NULL;
}

static const StrataPyNative named_methods[] = {
  { "_asdict", NULL, named_asdict },
  { "_replace", "**values", named_replace },
  { NULL }
};

static const StrataPySlots named_slots = {
  "namedtuple", .methods = named_methods, .lacking = " _make _field_defaults ", .construct = construct_named,
  .get_attribute = named_attribute, .repr = named_repr,
};

/* "class P(NamedTuple):" has its fields from the annotations. */
static gboolean
named_class_made (Machine *py,
                  Class   *class)
{
  Dict *fields = class->base.attributes != NULL ? (Dict *) strata_py_dict_get_name (class->base.attributes, "__annotations__")
                                                : NULL;
  List *names = strata_py_new_list (py, STRATA_PY_VALUE_TUPLE, 0);
  Value *key, *value;
  guint position = 0;

  if (class->fields != NULL)
    return TRUE;
  class->fields = fields != NULL ? fields : strata_py_dict (py);
  while (strata_py_dict_next (class->fields, &position, &key, &value))
    {
      Entry *initial = strata_py_dict_find_name (class->base.attributes, ((Str *) key)->text, ((Str *) key)->length);

      if (!strata_py_list_append (py, &names->base, key))
        return FALSE;
      if (initial != NULL)
        strata_py_dict_remove_entry (class->base.attributes, initial);
    }
  strata_py_dict_set_name (py, class->base.attributes, "_fields", &names->base);

  return TRUE;
}

static const StrataPySlots named_base_slots = {
  "NamedTuple", .methods = named_methods, .lacking = " _make _field_defaults ", .construct = construct_named,
  .get_attribute = named_attribute, .repr = named_repr, .class_made = named_class_made,
};

Class *
strata_py_named_tuple_base (Machine *py)
{
  Class *class = strata_py_class (py, &named_base_slots, py->classes[STRATA_PY_VALUE_TUPLE]);

  class->module = "typing";

  return class;
}

static Value *
namedtuple (Machine *py,
            Value   *module,
            Value  **arguments)
{
  const char *name = strata_py_value_get_text (arguments[0], NULL);
  Value *names = arguments[1];
  List *list, *defaults;
  Class *class;

  if (name == NULL)
    return strata_py_raise (py, "TypeError", "the name of a named tuple must be str");
  if (IS_STR (names))
    {
      g_autofree char *text = g_strdup (((Str *) names)->text);

      g_strdelimit (text, ",", ' ');
      names = strata_py_call_values (py, strata_py_find_attribute (py, strata_py_str (py, text), "split"), 0);
    }
  list = names != NULL ? strata_py_collect (py, names, STRATA_PY_VALUE_TUPLE) : NULL;
  defaults = list != NULL && arguments[2] != NULL && !IS_NONE (arguments[2])
             ? strata_py_collect (py, arguments[2], STRATA_PY_VALUE_LIST) : strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);
  if (list == NULL || defaults == NULL)
    return NULL;
  if (defaults->length > list->length)
    return strata_py_raise (py, "TypeError", "Got more default values than field names");

  class = strata_py_class (py, &named_slots, py->classes[STRATA_PY_VALUE_TUPLE]);
  class->name = strata_py_arena_strndup (py->arena, name, strlen (name));
  class->module = py->frame->module->name;
  class->fields = strata_py_dict (py);
  for (gsize i = 0; i < list->length; i++)
    {
      const char *field = strata_py_value_get_text (list->items[i], NULL);

      if (field == NULL || strata_py_dict_get_name (class->fields, field) != NULL)
        return strata_py_refuse (py, "the names of this named tuple are not known here");
      strata_py_dict_set_name (py, class->fields, field, i + defaults->length < list->length
                                                        ? NULL : defaults->items[i + defaults->length - list->length]);
    }
  class->base.attributes = strata_py_dict (py);
  strata_py_dict_set_name (py, class->base.attributes, "_fields", &list->base);

  return &class->base;
}

const StrataPyNative strata_py_collections_functions[] = {
  { "namedtuple", "typename, field_names, *, defaults=", namedtuple },
  { NULL }
};

void
strata_py_fill_collections (Machine *py,
                            Value   *module)
{
  static const StrataPySlots * const slots[] = { &default_slots, &ordered_slots, &counter_slots };
  Class *deque = strata_py_class (py, &deque_slots, py->classes[STRATA_PY_VALUE_LIST]);

  deque->module = "collections";
  strata_py_set (py, module, "deque", &deque->base);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      Class *class = strata_py_class (py, slots[i], py->classes[STRATA_PY_VALUE_DICT]);

      class->module = "collections";
      strata_py_set (py, module, slots[i]->name, &class->base);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"
#include "core/python/slots.h"

/* object, type, and the small classes that decorate methods. */

static Value *
construct_object (Machine *py,
                  Value   *class,
                  Value  **arguments)
{
  Class *self = (Class *) class;

  if ((((List *) arguments[0])->length > 0 || ((Dict *) arguments[1])->n_live > 0)
      && strata_py_is (strata_py_class_lookup (py, self, "__init__"), STRATA_PY_VALUE_NATIVE))
    return strata_py_raise (py, "TypeError", "%s() takes no arguments", self->name);

  return strata_py_new_of (py, self, sizeof (Value));
}

static Value *
object_init (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return py->none;
}

static const StrataPyNative object_methods[] = {
  { "__init__", "*args, **kwargs", object_init },
  { NULL }
};

static Value *
object_attribute (Machine    *py,
                  Value      *self,
                  const char *name)
{
  if (g_str_equal (name, "__doc__"))
    return strata_py_refuse (py, "the documentation of “%s” is not known here", self->class->name);

  return NULL;
}

const StrataPySlots strata_py_object_slots = {
  .name = "object",
  .methods = object_methods,
  .lacking = " __reduce__ __reduce_ex__ __sizeof__ __dir__ __subclasshook__ __init_subclass__ __getattribute__ __setattr__"
             " __delattr__ __hash__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __repr__ __str__ __format__ __getstate__"
             " __getitem__ __setitem__ __delitem__ __contains__ __len__ __iter__ __next__ __call__ __add__ __radd__ __mul__"
             " __mod__ __bool__ __int__ __float__ __index__ __dict__ __weakref__ ",
  .parameters = "*args, **kwargs",
  .construct = construct_object,
  .get_attribute = object_attribute,
};

/* str.__new__ (cls, value): self is the class whose constructor is meant. */
static Value *
call_new (Machine *py,
          Value   *self,
          Value  **arguments)
{
  StrataPyArguments all = { ((List *) arguments[1])->items, ((List *) arguments[1])->length, (Dict *) arguments[2] };
  const StrataPySlots *slots = ((Class *) self)->slots;

  if (!IS_CLASS (arguments[0]) || slots->construct == NULL)
    return strata_py_raise (py, "TypeError", "object.__new__(X): X is not a type object");
  if (((Class *) self)->kind == STRATA_PY_VALUE_OBJECT)
    all = (StrataPyArguments) { NULL };

  return strata_py_call_native (py, "__new__", slots->parameters, slots->construct, arguments[0], &all);
}

static const StrataPyNative new_native = { "__new__", "cls, /, *args, **kwargs", call_new };

static Value *
class_list (Machine *py,
            Class   *self,
            guint    from)
{
  List *list = (List *) strata_py_tuple (py, NULL, 0);

  for (guint i = from; i < self->n_mro; i++)
    strata_py_list_append (py, &list->base, &self->mro[i]->base);

  return &list->base;
}

/* Other names of the same member too. */
static Value *
enum_members (Machine *py,
              Class   *self)
{
  Dict *members = strata_py_dict (py);
  guint position = 0;
  Entry *entry;

  while ((entry = strata_py_dict_step (self->base.attributes, &position)) != NULL)
    if (entry->value->class == self && !strata_py_dict_set (py, members, entry->key, entry->value))
      return NULL;

  return &members->base;
}

static Value *
type_attribute (Machine    *py,
                Value      *value,
                const char *name)
{
  Class *self = (Class *) value;

  if (g_str_equal (name, "__name__") || g_str_equal (name, "__qualname__"))
    return strata_py_str (py, self->name);
  if (g_str_equal (name, "__module__"))
    return strata_py_str (py, self->module);
  if (g_str_equal (name, "__new__"))
    return strata_py_native (py, &new_native, value);
  if (g_str_equal (name, "__mro__"))
    return class_list (py, self, 0);
  if (g_str_equal (name, "__class__"))
    return &value->class->base;
  if (g_str_equal (name, "__dict__") && value->attributes != NULL)
    {
      Dict *copy = strata_py_dict (py);

      return strata_py_dict_merge (py, copy, value->attributes) ? &copy->base : NULL;
    }
  if (g_str_equal (name, "__doc__") && self->is_user)
    return py->none;
  if (g_str_equal (name, "__members__") && self->members != NULL)
    return enum_members (py, self);
  if (g_str_has_prefix (name, "__"))
    return g_str_equal (name, "__abstractmethods__") || g_str_equal (name, "__annotations__") || g_str_equal (name, "__slots__")
           || g_str_has_prefix (name, "__table") ? NULL
           : strata_py_refuse (py, "“%s” of a class is not known here", name);

  return NULL;
}

const StrataPySlots strata_py_type_slots = {
  .name = "type",
  .get_attribute = type_attribute,
};

static Value *
construct_property (Machine *py,
                    Value   *class,
                    Value  **arguments)
{
  Property *self = strata_py_new_of (py, (Class *) class, sizeof (Property));

  self->get = arguments[0];
  self->set = arguments[1];
  self->erase = arguments[2];

  return &self->base;
}

static Value *
property_with (Machine *py,
               Value   *self,
               Value   *function,
               guint    which)
{
  Property *copy = strata_py_new (py, STRATA_PY_VALUE_PROPERTY, sizeof (Property));

  *copy = *(Property *) self;
  *(which == 0 ? &copy->get : which == 1 ? &copy->set : &copy->erase) = function;

  return &copy->base;
}

static Value *
property_getter (Machine *py,
                 Value   *self,
                 Value  **arguments)
{
  return property_with (py, self, arguments[0], 0);
}

static Value *
property_setter (Machine *py,
                 Value   *self,
                 Value  **arguments)
{
  return property_with (py, self, arguments[0], 1);
}

static Value *
property_deleter (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  return property_with (py, self, arguments[0], 2);
}

static const StrataPyNative property_methods[] = {
  { "getter", "function, /", property_getter },
  { "setter", "function, /", property_setter },
  { "deleter", "function, /", property_deleter },
  { NULL }
};

const StrataPySlots strata_py_property_slots = {
  .name = "property",
  .methods = property_methods,
  .lacking = " fget fset fdel ",
  .parameters = "fget=, fset=, fdel=, doc=",
  .construct = construct_property,
};

static Value *
construct_wrapper (Machine *py,
                   Value   *class,
                   Value  **arguments)
{
  Wrapper *self = strata_py_new_of (py, (Class *) class, sizeof (Wrapper));

  self->function = arguments[0];

  return &self->base;
}

const StrataPySlots strata_py_static_method_slots = {
  .name = "staticmethod",
  .parameters = "function, /",
  .construct = construct_wrapper,
};

const StrataPySlots strata_py_class_method_slots = {
  .name = "classmethod",
  .parameters = "function, /",
  .construct = construct_wrapper,
};

/* super (): of the method that is running. */
static Value *
construct_super (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  Super *self = strata_py_new (py, STRATA_PY_VALUE_SUPER, sizeof (Super));
  Frame *frame = py->frame;

  if (arguments[0] != NULL && arguments[1] != NULL && IS_CLASS (arguments[0]))
    {
      self->after = (Class *) arguments[0];
      self->self = arguments[1];
      return &self->base;
    }
  while (frame != NULL && (frame->function == NULL || frame->function->owner == NULL) && frame->outer != NULL)
    frame = frame->outer;
  if (arguments[0] != NULL || frame == NULL || frame->function == NULL || frame->function->owner == NULL || frame->first == NULL)
    return strata_py_raise (py, "RuntimeError", "super(): no arguments");
  self->after = frame->function->owner;
  self->self = frame->first;

  return &self->base;
}

const StrataPySlots strata_py_super_slots = {
  .name = "super",
  .parameters = "type=, object=, /",
  .construct = construct_super,
};

int
strata_py_check_instance (Machine *py,
                          Value   *value,
                          Value   *classes,
                          gboolean is_class)
{
  List *list = (List *) classes;

  if (IS_TUPLE (classes))
    {
      for (gsize i = 0; i < list->length; i++)
        {
          int found = IS_TUPLE (list->items[i]) ? 0 : strata_py_check_instance (py, value, list->items[i], is_class);

          if (found != 0)
            return found;
        }
      return 0;
    }
  if (IS_OPAQUE (value) || IS_OPAQUE (classes))
    {
      strata_py_refuse_opaque (py, IS_OPAQUE (value) ? value : classes, "is asked for its class");
      return -1;
    }
  if (!IS_CLASS (classes))
    {
      strata_py_raise (py, "TypeError", "%s must be a type, a tuple of types, or a union",
                       is_class ? "issubclass() arg 2" : "isinstance() arg 2");
      return -1;
    }
  if (is_class && !IS_CLASS (value))
    {
      strata_py_raise (py, "TypeError", "issubclass() arg 1 must be a class");
      return -1;
    }

  return strata_py_is_subclass (is_class ? (Class *) value : value->class, (Class *) classes);
}

/* What a "with" begins and ends with. */
Value *
strata_py_enter_manager (Machine *py,
                         Value   *manager)
{
  Value *result = strata_py_call_special (py, manager, "__enter__", 0);

  if (result != NULL || strata_py_has_failed (py))
    return result;
  if (manager->class->slots->enter != NULL)
    return manager->class->slots->enter (py, manager);
  if (IS_OPAQUE (manager))
    return strata_py_refuse_opaque (py, manager, "is around these statements");

  return strata_py_raise (py, "TypeError", "'%s' object does not support the context manager protocol", manager->class->name);
}

int
strata_py_leave_manager (Machine *py,
                         Value   *manager,
                         Value   *exception)
{
  Value *class = IS_NONE (exception) ? exception : &exception->class->base;
  Value *handled = py->handled;
  Value *result;

  if (strata_py_special (py, manager, "__exit__") != NULL)
    {
      py->handled = IS_NONE (exception) ? handled : exception;
      result = strata_py_call_special (py, manager, "__exit__", 3, class, exception, py->none);
      py->handled = handled;
      return result != NULL ? strata_py_truth (py, result) : -1;
    }
  if (strata_py_has_failed (py))
    return -1;
  if (manager->class->slots->leave != NULL)
    return manager->class->slots->leave (py, manager, exception);

  strata_py_raise (py, "TypeError", "'%s' object does not support the context manager protocol (missed __exit__ method)",
                   manager->class->name);

  return -1;
}

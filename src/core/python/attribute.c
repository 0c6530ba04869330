/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"
#include "core/python/slots.h"

#include <string.h>

static const StrataPyNative *
find_native (const StrataPyNative *natives,
             const char           *name)
{
  for (; natives != NULL && natives->name != NULL; natives++)
    if (g_str_equal (natives->name, name))
      return natives;

  return NULL;
}

/* Methods in C become attributes of their class when they are first asked for. */
static Value *
materialize (Machine    *py,
             Class      *class,
             const char *name)
{
  const StrataPyNative *native = class->is_user ? NULL : find_native (class->slots->methods, name);
  Value *value = NULL;

  if (native != NULL)
    value = strata_py_native (py, native, NULL);
  else if (!class->is_user && (native = find_native (class->slots->class_methods, name)) != NULL)
    {
      Wrapper *wrapper = strata_py_new (py, STRATA_PY_VALUE_CLASS_METHOD, sizeof (Wrapper));

      wrapper->function = strata_py_native (py, native, NULL);
      value = &wrapper->base;
    }
  if (value != NULL)
    {
      if (class->base.attributes == NULL)
        class->base.attributes = strata_py_dict (py);
      strata_py_dict_set_name (py, class->base.attributes, name, value);
    }

  return value;
}

Value *
strata_py_class_lookup_after (Machine    *py,
                              Class      *class,
                              Class      *after,
                              const char *name)
{
  gboolean found = after == NULL;

  for (guint i = 0; i < class->n_mro; i++)
    {
      Class *base = class->mro[i];
      Value *value = NULL;

      if (found && base->base.attributes != NULL)
        value = strata_py_dict_get_name (base->base.attributes, name);
      if (found && value == NULL)
        value = materialize (py, base, name);
      if (value != NULL)
        return value;
      found |= base == after;
    }

  return NULL;
}

Value *
strata_py_class_lookup (Machine    *py,
                        Class      *class,
                        const char *name)
{
  return strata_py_class_lookup_after (py, class, NULL, name);
}

static Value *
new_method (Machine *py,
            Value   *function,
            Value   *self)
{
  Method *method = strata_py_new (py, STRATA_PY_VALUE_METHOD, sizeof (Method));

  method->function = function;
  method->self = self;

  return &method->base;
}

/* What an attribute of a class becomes where it is read: by an object, or by the class itself (self is NULL). */
Value *
strata_py_bind_attribute (Machine *py,
                          Value   *attribute,
                          Value   *self,
                          Class   *class)
{
  Property *property = (Property *) attribute;

  switch (attribute->kind)
    {
    case STRATA_PY_VALUE_FUNCTION:
      return self != NULL ? new_method (py, attribute, self) : attribute;
    case STRATA_PY_VALUE_NATIVE:
      if (self == NULL || ((Native *) attribute)->self != NULL)
        return attribute;
      return strata_py_native (py, ((Native *) attribute)->native, self);
    case STRATA_PY_VALUE_STATIC_METHOD:
      return ((Wrapper *) attribute)->function;
    case STRATA_PY_VALUE_CLASS_METHOD:
      attribute = ((Wrapper *) attribute)->function;
      if (strata_py_is (attribute, STRATA_PY_VALUE_NATIVE))
        return strata_py_native (py, ((Native *) attribute)->native, &class->base);
      return new_method (py, attribute, &class->base);
    case STRATA_PY_VALUE_PROPERTY:
      if (self == NULL)
        return attribute;
      if (property->get == NULL)
        return strata_py_raise (py, "AttributeError", "property of '%s' object has no getter", class->name);
      return strata_py_call_values (py, property->get, 1, self);
    default:
      if (attribute->class->is_user && !IS_CLASS (attribute)
          && strata_py_class_lookup (py, attribute->class, "__get__") != NULL)
        return strata_py_refuse (py, "an attribute of “%s” is a descriptor", class->name);
      return attribute;
    }
}

static gboolean
is_lacking (Class      *class,
            const char *name)
{
  g_autofree char *word = g_strdup_printf (" %s ", name);

  for (guint i = 0; i < class->n_mro; i++)
    if (!class->mro[i]->is_user && class->mro[i]->slots->lacking != NULL
        && strstr (class->mro[i]->slots->lacking, word) != NULL)
      return TRUE;

  return FALSE;
}

static Value *
class_attribute (Machine    *py,
                 Class      *class,
                 const char *name)
{
  Value *value = strata_py_class_lookup (py, class, name);

  if (value != NULL)
    return strata_py_bind_attribute (py, value, NULL, class);
  if (class->slots->lacking != NULL && is_lacking (class, name))
    return strata_py_refuse (py, "“%s.%s” is not known here", class->name, name);

  return strata_py_type_slots.get_attribute (py, &class->base, name);
}

static Value *
module_attribute (Machine    *py,
                  Module     *module,
                  const char *name)
{
  Value *value = strata_py_module_find (py, &module->base, name);
  g_autofree char *path = NULL;

  if (value != NULL || strata_py_has_failed (py) || module->is_complete || g_str_has_prefix (name, "__"))
    return value;

  path = g_strdup_printf ("%s.%s", module->name, name);
  value = strata_py_host_module (py, path);

  return value != NULL || strata_py_has_failed (py) ? value : strata_py_opaque (py, path);
}

static Value *
opaque_attribute (Machine    *py,
                  Value      *value,
                  const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s.%s", ((Opaque *) value)->name, name);
  Value *found = strata_py_host_module (py, path);

  return found != NULL || strata_py_has_failed (py) ? found : strata_py_opaque (py, path);
}

static Value *
super_attribute (Machine    *py,
                 Super      *super,
                 const char *name)
{
  Class *class = IS_CLASS (super->self) ? (Class *) super->self : super->self->class;
  Value *value = strata_py_class_lookup_after (py, class, super->after, name);

  if (value != NULL)
    return strata_py_bind_attribute (py, value, IS_CLASS (super->self) ? NULL : super->self, class);
  if (g_str_equal (name, "__new__"))
    return strata_py_type_slots.get_attribute (py, &class->base, name);
  if (is_lacking (class, name))
    return strata_py_refuse (py, "“super().%s” is not known here", name);

  return NULL;
}

/* What classes in C make up, from the object's own class on. */
static Value *
slot_attribute (Machine    *py,
                Value      *value,
                const char *name)
{
  Value *(*last) (Machine *, Value *, const char *) = NULL;
  Value *found = NULL;

  for (guint i = 0; i < value->class->n_mro && found == NULL && !strata_py_has_failed (py); i++)
    {
      const StrataPySlots *slots = value->class->mro[i]->slots;

      if (slots->get_attribute != NULL && slots->get_attribute != last)
        found = slots->get_attribute (py, value, name);
      last = slots->get_attribute;
    }

  return found;
}

static Value *
object_attribute (Machine    *py,
                  Value      *value,
                  const char *name)
{
  Value *attribute = strata_py_class_lookup (py, value->class, name);
  Value *own = value->attributes != NULL ? strata_py_dict_get_name (value->attributes, name) : NULL;
  Value *special;

  if (own != NULL && !(strata_py_is (attribute, STRATA_PY_VALUE_PROPERTY) && !((Property *) attribute)->is_cached))
    return own;
  if (attribute != NULL)
    {
      own = strata_py_bind_attribute (py, attribute, value, value->class);
      if (own != NULL && strata_py_is (attribute, STRATA_PY_VALUE_PROPERTY) && ((Property *) attribute)->is_cached)
        strata_py_dict_set_name (py, value->attributes, name, own);
      return own;
    }
  if (value->class->slots->get_attribute != NULL
      && ((own = slot_attribute (py, value, name)) != NULL || strata_py_has_failed (py)))
    return own;
  if (g_str_equal (name, "__class__"))
    return &value->class->base;
  if (g_str_equal (name, "__dict__") && value->attributes != NULL)
    return &value->attributes->base;
  if ((special = strata_py_special (py, value, "__getattr__")) != NULL)
    return strata_py_call_values (py, special, 1, strata_py_str (py, name));
  if (!strata_py_has_failed (py) && is_lacking (value->class, name))
    return strata_py_refuse (py, "“%s” of “%s” is not known here", name, value->class->name);

  return NULL;
}

static Value *
function_attribute (Machine    *py,
                    Value      *value,
                    const char *name)
{
  Value *own = value->attributes != NULL ? strata_py_dict_get_name (value->attributes, name) : NULL;
  Function *function = (Function *) value;

  if (own != NULL)
    return own;
  if (strata_py_is (value, STRATA_PY_VALUE_METHOD))
    {
      if (g_str_equal (name, "__self__"))
        return ((Method *) value)->self;
      return function_attribute (py, ((Method *) value)->function, name);
    }
  if (strata_py_is (value, STRATA_PY_VALUE_NATIVE))
    {
      if (g_str_equal (name, "__name__"))
        return strata_py_str (py, ((Native *) value)->native->name);
      return strata_py_refuse (py, "“%s” of a builtin function is not known here", name);
    }
  if (g_str_equal (name, "__name__"))
    return strata_py_str (py, function->name);
  if (g_str_equal (name, "__qualname__"))
    return strata_py_str (py, function->path);
  if (g_str_equal (name, "__module__"))
    return strata_py_str (py, function->module->name);
  if (g_str_has_prefix (name, "__"))
    return strata_py_refuse (py, "“%s” of a function is not known here", name);

  return NULL;
}

Value *
strata_py_find_attribute (Machine    *py,
                          Value      *value,
                          const char *name)
{
  switch (value->kind)
    {
    case STRATA_PY_VALUE_OPAQUE:
      return opaque_attribute (py, value, name);
    case STRATA_PY_VALUE_MODULE:
      return module_attribute (py, (Module *) value, name);
    case STRATA_PY_VALUE_TYPE:
      return class_attribute (py, (Class *) value, name);
    case STRATA_PY_VALUE_SUPER:
      return super_attribute (py, (Super *) value, name);
    case STRATA_PY_VALUE_FUNCTION:
    case STRATA_PY_VALUE_METHOD:
    case STRATA_PY_VALUE_NATIVE:
      return function_attribute (py, value, name);
    default:
      return object_attribute (py, value, name);
    }
}

Value *
strata_py_get_attribute (Machine    *py,
                         Value      *value,
                         const char *name)
{
  Value *attribute = strata_py_find_attribute (py, value, name);

  if (attribute != NULL || strata_py_has_failed (py))
    return attribute;
  if (IS_CLASS (value))
    return strata_py_raise (py, "AttributeError", "type object '%s' has no attribute '%s'", ((Class *) value)->name, name);
  if (strata_py_is (value, STRATA_PY_VALUE_MODULE))
    return strata_py_raise (py, "AttributeError", "module '%s' has no attribute '%s'", ((Module *) value)->name, name);

  return strata_py_raise (py, "AttributeError", "'%s' object has no attribute '%s'", value->class->name, name);
}

static gboolean
set_property (Machine    *py,
              Value      *value,
              Property   *property,
              const char *name,
              Value      *to)
{
  Value *function = to != NULL ? property->set : property->erase;

  if (function == NULL)
    return strata_py_raise (py, "AttributeError", "property '%s' of '%s' object has no %s", name, value->class->name,
                            to != NULL ? "setter" : "deleter") != NULL;
  if (to == NULL)
    return strata_py_call_values (py, function, 1, value) != NULL;

  return strata_py_call_values (py, function, 2, value, to) != NULL;
}

static gboolean
can_have_attributes (Machine *py,
                     Value   *value)
{
  switch (value->kind)
    {
    case STRATA_PY_VALUE_MODULE:
    case STRATA_PY_VALUE_TYPE:
      return ((Class *) value)->is_user;
    case STRATA_PY_VALUE_FUNCTION:
    case STRATA_PY_VALUE_EXCEPTION:
      return TRUE;
    default:
      return value->attributes != NULL;
    }
}

/* What a module in C has: a script may only add to it. */
static gboolean
is_library_name (Machine    *py,
                 Value      *value,
                 const char *name)
{
  return strata_py_is (value, STRATA_PY_VALUE_MODULE) && ((Module *) value)->tree == NULL
         && strata_py_module_find (py, value, name) != NULL;
}

/* A NULL value deletes. */
gboolean
strata_py_set_attribute (Machine    *py,
                         Value      *value,
                         const char *name,
                         Value      *to)
{
  Value *attribute = IS_CLASS (value) ? NULL : strata_py_class_lookup (py, value->class, name);
  Value *special = strata_py_special (py, value, to != NULL ? "__setattr__" : "__delattr__");

  if (special != NULL)
    return (to != NULL ? strata_py_call_values (py, special, 2, strata_py_str (py, name), to)
                       : strata_py_call_values (py, special, 1, strata_py_str (py, name))) != NULL;
  if (strata_py_has_failed (py))
    return FALSE;
  if (IS_OPAQUE (value) || (IS_CLASS (value) && ((Class *) value)->is_enum)
      || is_library_name (py, value, name))
    return strata_py_refuse (py, "“%s” is set on what is not the script's own", name) != NULL;
  if (value->class->is_frozen)
    return strata_py_refuse (py, "“%s” is set on a frozen object", name) != NULL;
  if (strata_py_is (attribute, STRATA_PY_VALUE_PROPERTY) && !((Property *) attribute)->is_cached)
    return set_property (py, value, (Property *) attribute, name, to);
  if (value->class->slots->set_attribute != NULL)
    return value->class->slots->set_attribute (py, value, name, to);
  if (!can_have_attributes (py, value))
    return strata_py_raise (py, "AttributeError", "'%s' object has no attribute '%s'", value->class->name, name) != NULL;

  if (value->attributes == NULL)
    value->attributes = strata_py_dict (py);
  if (to != NULL)
    strata_py_dict_set_name (py, value->attributes, name, to);
  else
    {
      Entry *entry = strata_py_dict_find_name (value->attributes, name, strlen (name));

      if (entry == NULL)
        return strata_py_raise (py, "AttributeError", "'%s' object has no attribute '%s'", value->class->name, name) != NULL;
      strata_py_dict_remove_entry (value->attributes, entry);
    }

  return TRUE;
}

Value *
strata_py_special (Machine    *py,
                   Value      *value,
                   const char *name)
{
  Class *class = value->class;
  Value *found;

  if (!class->is_user)
    return NULL;
  found = strata_py_class_lookup (py, class, name);
  /* A method in C is what the layout does anyway. */
  if (found == NULL || strata_py_is (found, STRATA_PY_VALUE_NATIVE))
    return NULL;

  return strata_py_bind_attribute (py, found, value, class);
}

Value *
strata_py_call_special (Machine    *py,
                        Value      *value,
                        const char *name,
                        guint       n_arguments,
                        ...)
{
  Value *method = strata_py_special (py, value, name);
  Value *arguments[3];
  const StrataPyArguments call = { arguments, n_arguments, NULL };
  va_list args;

  if (method == NULL)
    return NULL;
  va_start (args, n_arguments);
  for (guint i = 0; i < n_arguments; i++)
    arguments[i] = va_arg (args, Value *);
  va_end (args);

  return strata_py_call (py, method, &call);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library.h"

#include <string.h>

/* enum: what a class statement leaves becomes its members. */

static const char auto_name[] = "enum.auto()";

static Value *
construct_auto (Machine *py,
                Value   *class,
                Value  **arguments)
{
  return strata_py_opaque (py, auto_name);
}

static const StrataPySlots auto_slots = { "auto", .parameters = "", .construct = construct_auto };

static gboolean
is_auto (Value *value)
{
  return IS_OPAQUE (value) && g_str_equal (((Opaque *) value)->name, auto_name);
}

static gboolean
is_member_name (Str   *name,
                Value *value)
{
  gsize length = name->length;

  if (length > 4 && g_str_has_prefix (name->text, "__") && g_str_has_suffix (name->text, "__"))
    return FALSE;
  if (length > 2 && *name->text == '_' && name->text[length - 1] == '_')
    return FALSE;

  switch (value->kind)
    {
    case STRATA_PY_VALUE_FUNCTION:
    case STRATA_PY_VALUE_PROPERTY:
    case STRATA_PY_VALUE_CLASS_METHOD:
    case STRATA_PY_VALUE_STATIC_METHOD:
      return FALSE;
    default:
      return TRUE;
    }
}

static gboolean
is_string_enum (Class *class)
{
  for (guint i = 0; i < class->n_mro; i++)
    if (g_str_equal (class->mro[i]->name, "StrEnum"))
      return TRUE;

  return FALSE;
}

/* auto(): one more than the greatest, or the name in lower case. */
static Value *
next_value (Machine *py,
            Class   *class,
            Str     *name)
{
  Wide greatest = 0;

  if (strata_py_class_lookup (py, class, "_generate_next_value_") != NULL)
    return strata_py_refuse (py, "the values of the enum “%s” are computed", class->name);
  if (is_string_enum (class))
    {
      g_autofree char *lower = NULL;

      if (name->length != name->n_characters)
        return strata_py_refuse (py, "a name that is not ASCII is a value");
      lower = g_ascii_strdown (name->text, name->length);
      return strata_py_str (py, lower);
    }
  for (gsize i = 0; i < class->members->length; i++)
    {
      Value *value = strata_py_dict_get_name (class->members->items[i]->attributes, "_value_");

      if (!IS_INT (value))
        return strata_py_refuse (py, "what auto() is after “%s” is not known here", value->class->name);
      greatest = i == 0 ? ((Int *) value)->number : MAX (greatest, ((Int *) value)->number);
    }

  return strata_py_wide (py, greatest + 1);
}

/* The object of a member: its own __new__ makes it, or the class whose values it has. */
static Value *
make_member (Machine *py,
             Class   *class,
             Value   *value)
{
  Value *new = strata_py_class_lookup (py, class, "__new__");
  Value *member;
  List *tuple = (List *) value;
  StrataPyArguments arguments = { &value, 1, NULL };
  StrataPyArguments all = { NULL };

  if (IS_TUPLE (value))
    arguments = (StrataPyArguments) { tuple->items, tuple->length, NULL };
  if (new != NULL)
    {
      all.n_positional = arguments.n_positional + 1;
      all.positional = strata_py_arena_alloc (py->arena, all.n_positional * sizeof (Value *));
      all.positional[0] = &class->base;
      for (guint i = 0; i < arguments.n_positional; i++)
        all.positional[i + 1] = arguments.positional[i];
      return strata_py_call (py, strata_py_is (new, STRATA_PY_VALUE_STATIC_METHOD) ? ((Wrapper *) new)->function : new, &all);
    }
  if (class->kind == STRATA_PY_VALUE_OBJECT)
    return strata_py_new_of (py, class, sizeof (Value));

  for (guint i = 0; i < class->n_mro; i++)
    if (!class->mro[i]->is_user && class->mro[i]->slots == py->classes[class->kind]->slots)
      {
        member = strata_py_call_native (py, class->name, class->mro[i]->slots->parameters, class->mro[i]->slots->construct,
                                        &class->base, &arguments);
        return member;
      }

  return strata_py_refuse (py, "what the members of “%s” are is not known here", class->name);
}

/* The same value under another name is the same member. */
static Value *
find_member (Machine *py,
             Class   *class,
             Value   *value)
{
  for (gsize i = 0; i < class->members->length; i++)
    {
      Value *other = strata_py_dict_get_name (class->members->items[i]->attributes, "_value_");
      int equal = strata_py_equal (py, other, value);

      if (equal != 0)
        return equal > 0 ? class->members->items[i] : NULL;
    }

  return NULL;
}

static Value *
add_member (Machine *py,
            Class   *class,
            Str     *name,
            Value   *value)
{
  List *tuple = (List *) value;
  StrataPyArguments arguments = { &value, 1, NULL };
  Value *member, *init;

  if (is_auto (value) && (value = next_value (py, class, name)) == NULL)
    return NULL;
  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (py, value, "is the value of an enum");
  member = make_member (py, class, value);
  if (member == NULL)
    return NULL;
  if (strata_py_dict_get_name (member->attributes, "_value_") == NULL)
    {
      /* With a class mixed in, the value is what that makes of it. */
      Value *plain = class->kind == STRATA_PY_VALUE_OBJECT ? value : strata_py_copy_as (py, member, py->classes[class->kind]);

      strata_py_dict_set_name (py, member->attributes, "_value_", plain);
    }
  strata_py_dict_set_name (py, member->attributes, "_name_", &name->base);

  init = strata_py_special (py, member, "__init__");
  if (IS_TUPLE (value))
    arguments = (StrataPyArguments) { tuple->items, tuple->length, NULL };
  if (init != NULL && strata_py_call (py, init, &arguments) == NULL)
    return NULL;
  value = find_member (py, class, strata_py_dict_get_name (member->attributes, "_value_"));
  if (value != NULL || strata_py_has_failed (py))
    return value;

  return strata_py_list_append (py, &class->members->base, member) ? member : NULL;
}

gboolean
strata_py_finish_enum (Machine *py,
                       Class   *class)
{
  Dict *names = class->base.attributes;
  guint n = names->n_entries;

  for (guint i = 1; i < class->n_mro; i++)
    {
      if (class->mro[i]->members != NULL && class->mro[i]->members->length > 0)
        return strata_py_raise (py, "TypeError", "<enum '%s'> cannot extend <enum '%s'>", class->name,
                                class->mro[i]->name) != NULL;
      if (g_str_equal (class->mro[i]->name, "Flag"))
        return strata_py_refuse (py, "flags are not known here") != NULL;
    }
  class->members = strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);
  for (guint i = 0; i < n; i++)
    {
      Entry *entry = &names->entries[i];
      Value *member;

      if (entry->key == NULL || !is_member_name ((Str *) entry->key, entry->value))
        continue;
      if (g_str_equal (((Str *) entry->key)->text, "_ignore_"))
        return strata_py_refuse (py, "“_ignore_” of an enum is not known here") != NULL;
      member = add_member (py, class, (Str *) entry->key, entry->value);
      if (member == NULL)
        return FALSE;
      names->entries[i].value = member;
    }

  return TRUE;
}

/* Status ("open"): the member with that value. */
Value *
strata_py_enum_find (Machine *py,
                     Class   *class,
                     Value   *value)
{
  g_autoptr(GString) text = NULL;
  Value *member, *missing;

  if (value->class == class)
    return value;
  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (py, value, "is looked for in an enum");
  member = find_member (py, class, value);
  if (member != NULL || strata_py_has_failed (py))
    return member;
  missing = strata_py_class_lookup (py, class, "_missing_");
  if (missing != NULL)
    {
      missing = strata_py_bind_attribute (py, missing, NULL, class);
      member = missing != NULL ? strata_py_call_values (py, missing, 1, value) : NULL;
      if (member == NULL || member->class == class)
        return member;
    }
  text = g_string_new (NULL);

  return strata_py_append_repr (py, text, value)
         ? strata_py_raise (py, "ValueError", "%s is not a valid %s", text->str, class->name) : NULL;
}

static Value *
enum_attribute (Machine    *py,
                Value      *self,
                const char *name)
{
  if (self->attributes != NULL && (g_str_equal (name, "name") || g_str_equal (name, "value")))
    return strata_py_dict_get_name (self->attributes, *name == 'n' ? "_name_" : "_value_");

  return NULL;
}

static Value *
enum_repr (Machine *py,
           Value   *self)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Str *name = (Str *) strata_py_dict_get_name (self->attributes, "_name_");

  g_string_append_printf (out, "<%s.%s: ", self->class->name, name->text);
  if (!strata_py_append_repr (py, out, strata_py_dict_get_name (self->attributes, "_value_")))
    return NULL;
  g_string_append_c (out, '>');

  return strata_py_string (py, out);
}

static Value *
enum_str (Machine *py,
          Value   *self)
{
  g_autofree char *text = NULL;
  Str *name = (Str *) strata_py_dict_get_name (self->attributes, "_name_");

  if (is_string_enum (self->class))
    return strata_py_to_str (py, strata_py_dict_get_name (self->attributes, "_value_"));
  for (guint i = 0; i < self->class->n_mro; i++)
    if (g_str_equal (self->class->mro[i]->name, "IntEnum"))
      return strata_py_to_str (py, strata_py_dict_get_name (self->attributes, "_value_"));
  text = g_strdup_printf ("%s.%s", self->class->name, name->text);

  return strata_py_str (py, text);
}

/* What a field shows of a member that is a text too was changed in Python 3.12. */
static Value *
enum_format (Machine    *py,
             Value      *self,
             const char *spec)
{
  Value *special = strata_py_special (py, self, "__str__");
  Value *text;

  if (special == NULL && self->kind != STRATA_PY_VALUE_OBJECT && !is_string_enum (self->class)
      && !g_str_equal (self->class->mro[1]->name, "IntEnum"))
    return strata_py_refuse (py, "what “%s” looks like in a text depends on the version of Python", self->class->name);
  text = strata_py_to_str (py, self);

  return text != NULL ? strata_py_format (py, text, spec, strlen (spec)) : NULL;
}

static gboolean
enum_hash (Machine *py,
           Value   *self,
           guint64 *hash)
{
  if (self->kind == STRATA_PY_VALUE_OBJECT)
    {
      *hash = (gsize) self >> 3;
      return TRUE;
    }

  return strata_py_hash (py, strata_py_copy_as (py, self, py->classes[self->kind]), hash);
}

static const StrataPySlots enum_slots = {
  .name = "Enum",
  .get_attribute = enum_attribute,
  .repr = enum_repr,
  .str = enum_str,
  .format = enum_format,
  .hash = enum_hash,
};

static Class *
enum_class (Machine    *py,
            Value      *module,
            const char *name,
            Class      *mixin)
{
  Class *self = strata_py_class (py, &enum_slots, py->classes[STRATA_PY_VALUE_OBJECT]);

  if (mixin != NULL)
    {
      self = strata_py_class (py, &enum_slots, mixin);
      self->kind = mixin->kind;
    }
  self->name = name;
  self->module = "enum";
  self->is_enum = TRUE;
  strata_py_set (py, module, name, &self->base);

  return self;
}

static Value *
unique (Machine *py,
        Value   *self,
        Value  **arguments)
{
  Class *class = (Class *) arguments[0];
  guint position = 0;
  Entry *entry;

  if (!IS_CLASS (arguments[0]) || class->members == NULL)
    return arguments[0];
  while ((entry = strata_py_dict_step (class->base.attributes, &position)) != NULL)
    if (entry->value->class == class
        && strata_py_equal (py, strata_py_dict_get_name (entry->value->attributes, "_name_"), entry->key) == 0)
      return strata_py_raise (py, "ValueError", "duplicate values found in <enum '%s'>", class->name);

  return arguments[0];
}

const StrataPyNative strata_py_enum_functions[] = {
  { "unique", "enumeration, /", unique },
  { NULL }
};

void
strata_py_fill_enum (Machine *py,
                     Value   *module)
{
  enum_class (py, module, "Enum", NULL);
  enum_class (py, module, "IntEnum", py->classes[STRATA_PY_VALUE_INT]);
  enum_class (py, module, "StrEnum", py->classes[STRATA_PY_VALUE_STR]);
  enum_class (py, module, "Flag", NULL);
  enum_class (py, module, "IntFlag", NULL)->name = "Flag";
  strata_py_set (py, module, "auto", &strata_py_class (py, &auto_slots, NULL)->base);
}

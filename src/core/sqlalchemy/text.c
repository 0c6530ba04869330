/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/host.h"
#include "core/sqlalchemy/private.h"

/* text() and bindparam(). */

static const StrataType no_type = { STRATA_TYPE_NONE };

static Class *
get_class (Machine    *py,
           const char *name)
{
  return (Class *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], name);
}

static Value *
construct_text (Machine *py,
                Value   *class,
                Value  **arguments)
{
  const char *text = strata_py_value_get_text (arguments[0], NULL);
  Expression *expression;

  if (strata_py_value_get_opaque_name (arguments[0]) != NULL)
    return strata_py_refuse (py, "“%s” becomes SQL, and what it is is not known here",
                             strata_py_value_get_opaque_name (arguments[0]));
  if (strata_py_value_get_kind (arguments[0]) != STRATA_PY_VALUE_STR)
    return strata_py_raise (py, "TypeError", "expected string or bytes-like object, got '%s'",
                            strata_py_value_get_class_name (arguments[0]));
  expression = strata_sa_new_expression (py, STRATA_EXPRESSION_TEXT);
  expression->name = strata_sa_intern (py, text);

  return strata_sa_wrap_class (py, (Class *) class, expression);
}

/* Values of one list: "IN :ids" becomes "IN (1, 2)". */
static gboolean
read_expanding (Machine    *py,
                Expression *self,
                Value      *value)
{
  Expression *beside = strata_sa_new_expression (py, STRATA_EXPRESSION_NULL);
  Value *list = strata_py_to_list (py, value);
  Items items = { NULL };
  const StrataType *type = self->type;
  guint length;
  Value **values;

  if (list == NULL)
    return FALSE;
  values = strata_py_value_get_items (list, &length);
  for (guint i = 0; i < length; i++)
    {
      const Expression *item = strata_sa_coerce_member (py, beside, values[i], &type);

      if (item == NULL)
        return FALSE;
      strata_sa_items_add (py, &items, item);
    }
  self->kind = STRATA_EXPRESSION_LIST;
  self->operator = STRATA_OPERATOR_COMMA;
  self->items = (Expressions) items.items;

  return TRUE;
}

gboolean
strata_sa_set_parameter (Machine    *py,
                         Expression *self,
                         Value      *value,
                         gboolean    is_expanding)
{
  if (is_expanding)
    return read_expanding (py, self, value);

  self->value = strata_sa_read_value (py, value, self->type);
  if (self->value != NULL && self->type == NULL)
    self->type = strata_sa_type_of_value (self->value);

  return self->value != NULL;
}

static Value *
construct_parameter (Machine *py,
                     Value   *class,
                     Value  **arguments)
{
  static const StrataValue unset = { STRATA_VALUE_UNSET };
  Expression *self = strata_sa_new_expression (py, STRATA_EXPRESSION_VALUE);
  gboolean is_expanding = arguments[4] != NULL && strata_py_truth (py, arguments[4]) == 1;

  if (!strata_py_is_none (arguments[0]))
    self->name = strata_sa_intern (py, strata_py_value_get_text (arguments[0], NULL));
  if (arguments[2] != NULL && !strata_py_is_none (arguments[2])
      && (self->type = strata_sa_read_type (py, arguments[2])) == NULL)
    return NULL;
  self->is_anonymous = arguments[3] != NULL && strata_py_truth (py, arguments[3]) == 1;
  self->value = &unset;
  self->is_expanding = is_expanding;
  if (arguments[1] != NULL && !strata_sa_set_parameter (py, self, arguments[1], is_expanding))
    return NULL;

  return strata_sa_wrap_class (py, (Class *) class, self);
}

gboolean
strata_sa_text_has (const Expression *text,
                    const char       *name)
{
  g_autofree char *pattern = g_strdup_printf ("(?<![:\\w\\\\]):%s(?!\\w)(?!:)", name);

  return g_regex_match_simple (pattern, text->name, 0, 0);
}

/* In the place of one of that name, or behind all. */
static gpointer
replace_parameter (Machine          *py,
                   Expressions       list,
                   const Expression *parameter)
{
  Items items = { NULL };

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (!g_str_equal (list[i]->name, parameter->name))
      strata_sa_items_add (py, &items, list[i]);
  strata_sa_items_add (py, &items, parameter);

  return items.items;
}

static const Expression *
find_parameter (Expressions  list,
                const char  *name)
{
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (g_str_equal (list[i]->name, name))
      return list[i];

  return NULL;
}

const Expression *
strata_sa_text_with (Machine          *py,
                     const Expression *text,
                     const char       *name,
                     Value            *value)
{
  const Expression *old = find_parameter (text->parameters, name);
  Expression *parameter = old != NULL ? strata_sa_copy (py, old, sizeof (Expression))
                                      : strata_sa_new_expression (py, STRATA_EXPRESSION_VALUE);
  Expression *self = strata_sa_copy (py, text, sizeof (Expression));

  parameter->name = strata_sa_intern (py, name);
  /* The type of an expanding one was known when it was made, or is not known at all. */
  if (parameter->is_expanding && parameter->type == NULL)
    parameter->type = &no_type;
  if (!strata_sa_set_parameter (py, parameter, value, parameter->is_expanding))
    return NULL;
  self->parameters = replace_parameter (py, text->parameters, parameter);

  return self;
}

static gpointer
raise_missing (Machine    *py,
               const char *name)
{
  return strata_sa_raise (py, "ArgumentError", "This text() construct doesn't define a bound parameter named '%s'", name);
}

static Value *
text_bindparams (Machine *py,
                 Value   *self,
                 Value  **arguments)
{
  const Expression *text = strata_sa_get_expression (py, self);
  guint length, position = 0;
  Value **binds = strata_py_value_get_items (arguments[0], &length);
  Value *key, *value;

  for (guint i = 0; i < length; i++)
    {
      const Expression *bind = strata_sa_get_expression (py, binds[i]);
      Expression *copy = strata_sa_copy (py, text, sizeof (Expression));

      if (bind == NULL || bind->name == NULL)
        return strata_py_refuse (py, "this parameter of a text is not known here");
      if (!strata_sa_text_has (text, bind->name))
        return raise_missing (py, bind->name);
      copy->parameters = replace_parameter (py, text->parameters, bind);
      text = copy;
    }
  while (text != NULL && strata_py_dict_next ((Dict *) arguments[1], &position, &key, &value))
    {
      const char *name = strata_py_value_get_text (key, NULL);

      if (!strata_sa_text_has (text, name))
        return raise_missing (py, name);
      text = strata_sa_text_with (py, text, name, value);
    }

  return strata_sa_wrap_class (py, self->class, text);
}

static Value *
text_self (Machine *py,
           Value   *self,
           Value  **arguments)
{
  return self;
}

static const StrataPyNative text_methods[] = {
  { "bindparams", "*binds, **names_to_values", text_bindparams },
  { "execution_options", "**options", text_self },
  { NULL }
};

static const StrataPySlots text_slots = {
  .name = "TextClause",
  .methods = text_methods,
  .parameters = "text",
  .construct = construct_text,
};

static const StrataPySlots parameter_slots = {
  .name = "BindParameter",
  .parameters = "key, value=, type_=, unique=, expanding=, required=, quote=, callable_=, isoutparam=, literal_execute=",
  .construct = construct_parameter,
};

static Value *
new_literal (Machine *py,
             Value   *module,
             Value  **arguments)
{
  const StrataType *type = NULL;
  const Expression *expression;

  if (arguments[1] != NULL && !strata_py_is_none (arguments[1]))
    {
      type = strata_sa_read_type (py, arguments[1]);
      if (type == NULL)
        return NULL;
    }
  expression = strata_sa_coerce (py, arguments[0], type);

  return strata_sa_wrap_class (py, get_class (py, "BindParameter"), expression);
}

static const StrataPyNative functions[] = {
  { "literal", "value, type_=, literal_execute=", new_literal },
  { NULL }
};

void
strata_sa_add_texts (Machine *py)
{
  Class *element = strata_sa_get (py)->classes[STRATA_SA_ELEMENT];
  Class *text = strata_py_class (py, &text_slots, element);
  Class *parameter = strata_py_class (py, &parameter_slots, element);

  strata_sa_export (py, STRATA_SA_ROOT, "text", (Value *) text);
  strata_sa_export (py, STRATA_SA_ROOT, "TextClause", (Value *) text);
  strata_sa_export (py, STRATA_SA_ROOT, "bindparam", (Value *) parameter);
  strata_sa_export (py, STRATA_SA_ROOT, "BindParameter", (Value *) parameter);
  strata_sa_export_functions (py, STRATA_SA_ROOT, functions);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/item-private.h"

#include <string.h>

static Class *
find_class (Machine    *py,
            const char *name)
{
  return (Class *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], name);
}

Value *
strata_sa_wrap_text (Machine    *py,
                     const char *text)
{
  return text != NULL ? strata_py_str (py, text) : strata_py_none (py);
}

gboolean
strata_sa_expect_text (Machine     *py,
                     Value       *value,
                     const char  *name,
                     const char **text)
{
  *text = NULL;
  if (!GIVEN (value))
    return TRUE;
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_OPAQUE)
    return strata_py_refuse (py, "“%s”, which is the %s here, is not known", strata_py_value_get_opaque_name (value), name)
           != NULL;
  if (strata_py_value_get_kind (value) != STRATA_PY_VALUE_STR)
    return strata_py_refuse (py, "a %s that is a “%s” is not known here", name, strata_py_value_get_class_name (value)) != NULL;
  *text = strata_sa_intern (py, strata_py_value_get_text (value, NULL));

  return *text != NULL;
}

gboolean
strata_sa_read_name (Machine    *py,
                     Value      *value,
                     StrataName *name)
{
  *name = (StrataName) { NULL };
  if (!strata_sa_expect_text (py, value, "name", &name->text))
    return FALSE;
  name->is_final = name->text != NULL && strata_py_is_instance (value, find_class (py, "conv"));

  return TRUE;
}

Value *
strata_sa_new_final_name (Machine    *py,
                          const char *text)
{
  Value *value = strata_py_str (py, text);

  return value != NULL ? strata_py_copy_as (py, value, find_class (py, "conv")) : NULL;
}

gboolean
strata_sa_refuse_quote (Machine *py,
                        Value   *quote)
{
  return !GIVEN (quote) || strata_py_refuse (py, "quote= is not known here") != NULL;
}

gpointer
strata_sa_end_list (Machine   *py,
                    GPtrArray *array)
{
  gpointer *list = strata_py_alloc (py, (array->len + 1) * sizeof (gpointer));

  if (list != NULL && array->len > 0)
    memcpy (list, array->pdata, array->len * sizeof (gpointer));

  return list;
}

Value *
strata_sa_new_list (Machine *py,
                    Value   *items)
{
  return items != NULL ? strata_py_to_list (py, items) : strata_py_list (py, NULL, 0);
}

guint
strata_sa_next_order (void)
{
  static gint last;

  return (guint) g_atomic_int_add (&last, 1);
}

Value *
strata_sa_get_said (Machine    *py,
                    Dict       *said,
                    const char *names,
                    const char *name)
{
  g_autofree char *word = g_strdup_printf (" %s ", name);
  Value *value = said != NULL ? strata_py_dict_get_name (said, name) : NULL;

  if (value != NULL)
    return value;

  return strstr (names, word) != NULL ? strata_py_none (py) : NULL;
}

/* The key of a column, or its name: what a list of columns says. */
static const char *
read_column_name (Machine *py,
                  Value   *value)
{
  const StrataExpression *expression;
  const char *text;

  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_STR)
    return strata_sa_intern (py, strata_py_value_get_text (value, NULL));
  if (strata_sa_is (py, value, STRATA_SA_COLUMN))
    return ((StrataSaColumn *) value)->column.name;
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_OPAQUE)
    return strata_sa_expect_text (py, value, "column", &text) ? text : NULL;

  expression = strata_sa_get_expression (py, value);
  if (expression != NULL && expression->kind == STRATA_EXPRESSION_COLUMN)
    return expression->name;
  if (!strata_py_has_failed (py))
    strata_sa_raise (py, "ArgumentError", "String column name or column object for DDL constraint expected, got %s.",
                     strata_py_value_get_text (strata_py_to_repr (py, value), NULL));

  return NULL;
}

static const char *
by_key (StrataSaTable *table,
        const char    *key)
{
  Value *column = table != NULL && table->from.columns != NULL ? strata_py_dict_get_name (table->from.columns, key) : NULL;

  return column != NULL ? ((StrataSaColumn *) column)->column.name : key;
}

gboolean
strata_sa_read_keys (Machine              *py,
                     Value                *value,
                     StrataSaTable        *table,
                     const char * const  **names)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();
  Value *items = strata_py_to_list (py, value);
  Value **values;
  guint length;

  *names = NULL;
  if (items == NULL)
    return FALSE;
  values = strata_py_value_get_items (items, &length);
  for (guint i = 0; i < length; i++)
    {
      const char *name = read_column_name (py, values[i]);

      if (name == NULL)
        return FALSE;
      if (strata_py_value_get_kind (values[i]) == STRATA_PY_VALUE_STR)
        name = by_key (table, name);
      if (!g_ptr_array_find_with_equal_func (list, name, g_str_equal, NULL))
        g_ptr_array_add (list, (char *) name);
    }
  *names = strata_sa_end_list (py, list);

  return *names != NULL;
}

gboolean
strata_sa_read_names (Machine              *py,
                      Value                *value,
                      const char * const  **names)
{
  return strata_sa_read_keys (py, value, NULL, names);
}

/* A quoted_name() without quote= is the string. */
static Value *
new_quoted_name (Machine  *py,
                 Value    *class,
                 Value   **arguments)
{
  return strata_sa_refuse_quote (py, arguments[1]) ? arguments[0] : NULL;
}

static Value *
new_conv (Machine  *py,
          Value    *class,
          Value   **arguments)
{
  Value *text = strata_py_to_str (py, arguments[0]);

  return text != NULL ? strata_py_copy_as (py, text, (Class *) class) : NULL;
}

void
strata_sa_add_names (Machine *py)
{
  static const StrataPySlots conv_slots = { .name = "conv", .parameters = "value, quote=", .construct = new_conv };
  static const StrataPyNative functions[] = {
    { "quoted_name", "value, quote=", new_quoted_name },
    { NULL }
  };

  strata_sa_export (py, STRATA_SA_ROOT, "conv",
                    (Value *) strata_py_class (py, &conv_slots, strata_py_find_class (py, "str")));
  strata_sa_export_functions (py, STRATA_SA_ROOT, functions);
}

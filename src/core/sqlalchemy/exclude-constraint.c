/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/constraint.h"

static const StrataExclusion *
read_exclusion (Machine *py,
                Value   *pair)
{
  StrataExclusion *self = strata_py_alloc (py, sizeof *self);
  guint length;
  Value **items = strata_py_value_get_items (pair, &length);

  if (items == NULL || length != 2)
    return strata_py_refuse (py, "ExcludeConstraint() has a pair that is none");
  if (self == NULL || !strata_sa_expect_text (py, items[1], "operator", &self->operator))
    return NULL;
  self->expression = strata_sa_coerce_column (py, items[0]);

  return self->expression != NULL ? self : NULL;
}

static gboolean
read_options (Machine            *py,
              StrataSaConstraint *self,
              Value              *using,
              Value              *ops)
{
  g_autoptr(GPtrArray) options = g_ptr_array_new ();
  StrataOption *option;
  guint position = 0;
  Value *key, *value;

  if (GIVEN (using))
    {
      option = strata_py_alloc (py, sizeof *option);
      if (option == NULL || !strata_sa_expect_text (py, using, "using", &option->text))
        return FALSE;
      option->name = "using";
      g_ptr_array_add (options, option);
    }
  if (GIVEN (ops))
    {
      g_autoptr(GPtrArray) words = g_ptr_array_new ();

      if (strata_py_value_get_kind (ops) != STRATA_PY_VALUE_DICT)
        return strata_py_refuse (py, "ops= that is no dict is not known here") != NULL;
      while (strata_py_dict_next ((Dict *) ops, &position, &key, &value))
        {
          g_ptr_array_add (words, (char *) strata_sa_intern (py, strata_py_value_get_text (key, NULL)));
          g_ptr_array_add (words, (char *) strata_sa_intern (py, strata_py_value_get_text (value, NULL)));
        }
      option = strata_py_alloc (py, sizeof *option);
      if (option == NULL)
        return FALSE;
      option->name = "ops";
      option->words = strata_sa_end_list (py, words);
      g_ptr_array_add (options, option);
    }
  if (options->len > 0)
    self->constraint.options = strata_sa_end_list (py, options);

  return !strata_py_has_failed (py);
}

/* *elements, name=, deferrable=, initially=, using=, where=, ops=, info=, **kw */
static Value *
new_exclude (Machine *py,
             Value   *class,
             Value  **arguments)
{
  StrataSaConstraint *self = strata_sa_new_constraint (py, class, STRATA_CONSTRAINT_EXCLUDE);
  g_autoptr(GPtrArray) list = g_ptr_array_new ();
  guint length;
  Value **pairs = strata_py_value_get_items (arguments[0], &length);

  if (length == 0)
    return strata_py_raise (py, "ValueError", "not enough values to unpack (expected 2, got 0)");
  for (guint i = 0; i < length; i++)
    {
      const StrataExclusion *exclusion = read_exclusion (py, pairs[i]);

      if (exclusion == NULL)
        return NULL;
      g_ptr_array_add (list, (gpointer) exclusion);
    }
  self->constraint.exclusions = strata_sa_end_list (py, list);

  if (!strata_sa_read_common (py, self, arguments[1], arguments[2], arguments[3], "ExcludeConstraint", NULL)
      || !read_options (py, self, arguments[4], arguments[6]))
    return NULL;
  if (GIVEN (arguments[5]) && (self->constraint.condition = strata_sa_coerce_text (py, arguments[5])) == NULL)
    return NULL;

  return &self->base;
}

const StrataPySlots strata_sa_exclude_constraint_slots = {
  .name = "ExcludeConstraint",
  .parameters = "*elements, name=, deferrable=, initially=, using=, where=, ops=, info=, **kw",
  .construct = new_exclude,
};

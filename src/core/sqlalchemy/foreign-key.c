/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/constraint.h"

#include <string.h>

/* ForeignKey() and ForeignKeyConstraint(): what they refer to is "table.column", "schema.table.column" or a column. */

static gboolean
read_words (Machine            *py,
            Value             **arguments,
            StrataSaConstraint *self)
{
  return strata_sa_expect_text (py, arguments[0], "onupdate", &self->reference.on_update)
         && strata_sa_expect_text (py, arguments[1], "ondelete", &self->reference.on_delete)
         && strata_sa_expect_text (py, arguments[2], "match", &self->reference.match);
}

/* column, _constraint=, use_alter=, name=, onupdate=, ondelete=, deferrable=, initially=, link_to_name=, match=, info=,
 * comment=, _unresolvable=, **dialect_kw */
static Value *
new_foreign_key (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  StrataSaConstraint *self = strata_sa_new_constraint (py, class, STRATA_CONSTRAINT_FOREIGN_KEY);
  Value *words[] = { arguments[4], arguments[5], arguments[9] };

  self->is_marker = TRUE;
  self->targets = strata_py_list (py, &arguments[0], 1);
  self->reference.use_alter = arguments[2] != NULL && strata_py_truth (py, arguments[2]) == 1;
  self->comment = arguments[11];
  if (!strata_sa_read_common (py, self, arguments[3], arguments[6], arguments[7], "ForeignKeyConstraint",
                              (Dict *) arguments[13]) || !read_words (py, words, self))
    return NULL;

  return &self->base;
}

/* Duplicates among names and columns. */
static guint
count_different (Value **items,
                 guint   length)
{
  guint n = 0;

  for (guint i = 0; i < length; i++)
    {
      gboolean is_new = TRUE;

      for (guint j = 0; j < i && is_new; j++)
        is_new = items[i] != items[j] && (strata_py_value_get_text (items[i], NULL) == NULL
                                          || g_strcmp0 (strata_py_value_get_text (items[i], NULL),
                                                        strata_py_value_get_text (items[j], NULL)) != 0);
      n += is_new;
    }

  return n;
}

static gboolean
check_lengths (Machine            *py,
               StrataSaConstraint *self)
{
  guint length, n_targets;
  Value **columns = strata_py_value_get_items (self->columns, &length);
  guint n = count_different (columns, length);

  strata_py_value_get_items (self->targets, &n_targets);
  if (n == n_targets)
    return TRUE;
  if (n != length)
    return strata_sa_raise (py, "ArgumentError", "ForeignKeyConstraint with duplicate source column references are not "
                            "supported.") != NULL;

  return strata_sa_raise (py, "ArgumentError", "ForeignKeyConstraint number of constrained columns must match the number "
                          "of referenced columns.") != NULL;
}

/* columns, refcolumns, name=, onupdate=, ondelete=, deferrable=, initially=, use_alter=, link_to_name=, match=, table=,
 * info=, comment=, **dialect_kw */
static Value *
new_foreign_key_constraint (Machine *py,
                            Value   *class,
                            Value  **arguments)
{
  StrataSaConstraint *self = strata_sa_new_constraint (py, class, STRATA_CONSTRAINT_FOREIGN_KEY);
  Value *words[] = { arguments[3], arguments[4], arguments[9] };

  self->columns = strata_py_to_list (py, arguments[0]);
  self->targets = self->columns != NULL ? strata_py_to_list (py, arguments[1]) : NULL;
  if (self->targets == NULL || !check_lengths (py, self))
    return NULL;
  self->reference.use_alter = arguments[7] != NULL && strata_py_truth (py, arguments[7]) == 1;
  self->comment = arguments[12];
  if (!strata_sa_read_common (py, self, arguments[2], arguments[5], arguments[6], "ForeignKeyConstraint",
                              (Dict *) arguments[13]) || !read_words (py, words, self))
    return NULL;

  return strata_sa_attach_constraint (py, self, arguments[10]);
}

static gboolean
split_target (Machine          *py,
              const char       *text,
              StrataReference  *target,
              const char      **column)
{
  const char *dot = strrchr (text, '.');
  g_autofree char *path = dot != NULL ? g_strndup (text, dot - text) : NULL;
  char *table = path != NULL ? strrchr (path, '.') : NULL;

  if (dot == NULL)
    return strata_py_raise (py, "ValueError", "not enough values to unpack (expected 2, got 1)") != NULL;
  *column = strata_sa_intern (py, dot + 1);
  target->table = strata_sa_intern (py, table != NULL ? table + 1 : path);
  if (table != NULL)
    *table = '\0';
  target->schema = table != NULL ? strata_sa_intern (py, path) : NULL;

  return !strata_py_has_failed (py);
}

static gboolean
read_target (Machine          *py,
             Value            *value,
             StrataReference  *target,
             const char      **column)
{
  StrataSaColumn *to = strata_sa_is (py, value, STRATA_SA_COLUMN) ? (StrataSaColumn *) value : NULL;
  const char *text;

  if (to != NULL && to->table != NULL)
    {
      *column = to->column.name;
      target->schema = ((StrataSaTable *) to->table)->schema;
      target->table = ((StrataSaTable *) to->table)->name;
      return TRUE;
    }
  if (to != NULL)
    return strata_py_refuse (py, "a foreign key to a column of no table is not known here") != NULL;
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_STR || strata_py_value_get_kind (value) == STRATA_PY_VALUE_OPAQUE)
    return strata_sa_expect_text (py, value, "target of a foreign key", &text) && split_target (py, text, target, column);

  return strata_py_refuse (py, "a foreign key to a “%s” is not known here", strata_py_value_get_class_name (value)) != NULL;
}

const StrataReference *
strata_sa_read_reference (Machine            *py,
                          StrataSaConstraint *self)
{
  StrataReference *reference = strata_py_alloc (py, sizeof *reference);
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();
  guint length;
  Value **targets = strata_py_value_get_items (self->targets, &length);

  if (reference == NULL)
    return NULL;
  *reference = self->reference;
  for (guint i = 0; i < length; i++)
    {
      StrataReference target = { NULL };
      const char *column = NULL;

      if (!read_target (py, targets[i], &target, &column))
        return NULL;
      if (i > 0 && (g_strcmp0 (target.table, reference->table) != 0 || g_strcmp0 (target.schema, reference->schema) != 0))
        return strata_py_refuse (py, "a foreign key to two tables is not known here");
      reference->table = target.table;
      reference->schema = target.schema;
      g_ptr_array_add (columns, (char *) column);
    }
  reference->columns = strata_sa_end_list (py, columns);

  return reference;
}

const StrataPySlots strata_sa_foreign_key_slots = {
  .name = "ForeignKey",
  .lacking = " column parent constraint target_fullname references get_referent link_to_name ",
  .parameters = "column, _constraint=, use_alter=, name=, onupdate=, ondelete=, deferrable=, initially=, link_to_name=, "
                "match=, info=, comment=, _unresolvable=, **dialect_kw",
  .construct = new_foreign_key,
};

const StrataPySlots strata_sa_foreign_key_constraint_slots = {
  .name = "ForeignKeyConstraint",
  .lacking = " elements referred_table link_to_name ",
  .parameters = "columns, refcolumns, name=, onupdate=, ondelete=, deferrable=, initially=, use_alter=, link_to_name=, "
                "match=, table=, info=, comment=, **dialect_kw",
  .construct = new_foreign_key_constraint,
};

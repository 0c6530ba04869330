/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/table.h"

#include <string.h>

/* What the arguments of create_table() and Table() say. */

typedef struct
{
  GPtrArray *columns;
  GPtrArray *constraints;      /* StrataSaConstraint*, then what they are read to */
  GPtrArray *indexes;
} Lists;

static int
compare_order (gconstpointer a,
               gconstpointer b)
{
  const StrataSaConstraint *first = *(StrataSaConstraint **) a;
  const StrataSaConstraint *second = *(StrataSaConstraint **) b;

  return first->order < second->order ? -1 : first->order > second->order;
}

static gboolean
add_column (Machine    *py,
            Lists      *lists,
            Value      *item,
            const char *name)
{
  const StrataColumn *column = strata_sa_read_column (py, item);

  if (column == NULL)
    return FALSE;
  for (guint i = 0; i < lists->columns->len; i++)
    if (g_str_equal (((StrataColumn *) g_ptr_array_index (lists->columns, i))->name, column->name))
      return strata_sa_raise (py, "DuplicateColumnError", "A column with name '%s' is already present in table '%s'.",
                              column->name, name != NULL ? name : "") != NULL;
  if (!((StrataSaColumn *) item)->is_system)
    g_ptr_array_add (lists->columns, (gpointer) column);

  return TRUE;
}

/* Alembic passes over what is none of these. */
static gboolean
add_item (Machine    *py,
          Lists      *lists,
          Value      *item,
          const char *name)
{
  if (strata_py_value_get_kind (item) == STRATA_PY_VALUE_OPAQUE)
    return strata_py_refuse (py, "“%s”, which is part of a table here, is not known", strata_py_value_get_opaque_name (item))
           != NULL;
  if (strata_sa_is (py, item, STRATA_SA_COLUMN))
    return add_column (py, lists, item, name);
  if (strata_sa_is (py, item, STRATA_SA_CONSTRAINT) && !((StrataSaConstraint *) item)->is_marker)
    g_ptr_array_add (lists->constraints, item);
  else if (strata_sa_is (py, item, STRATA_SA_INDEX))
    {
      const StrataIndex *index = strata_sa_read_index (py, item);

      if (index == NULL)
        return FALSE;
      g_ptr_array_add (lists->indexes, (gpointer) index);
    }

  return TRUE;
}

static gboolean
read_constraints (Machine   *py,
                  GPtrArray *constraints)
{
  guint n = 0;

  g_ptr_array_sort (constraints, compare_order);
  for (guint i = 0; i < constraints->len; i++)
    {
      const StrataConstraint *constraint = strata_sa_read_constraint (py, constraints->pdata[i]);

      if (constraint == NULL)
        return FALSE;
      /* SQLAlchemy prints nothing for one of no columns. */
      if (constraint->kind != STRATA_CONSTRAINT_UNIQUE || constraint->columns != NULL)
        constraints->pdata[n++] = (gpointer) constraint;
    }
  g_ptr_array_set_size (constraints, n);

  return TRUE;
}

static const StrataColumn *
find_column (GPtrArray  *columns,
             const char *name)
{
  for (guint i = 0; i < columns->len; i++)
    if (g_str_equal (((StrataColumn *) g_ptr_array_index (columns, i))->name, name))
      return g_ptr_array_index (columns, i);

  return NULL;
}

/* A column without a type has that of the column that it refers to, where that is one of the same table. To a column
 * that the table lacks, Alembic adds it, which ends as here. */
static gboolean
take_type (Machine                *py,
           GPtrArray              *columns,
           StrataColumn           *column,
           const StrataConstraint *constraint,
           guint                   i,
           const char             *schema,
           const char             *name)
{
  const StrataReference *reference = constraint->reference;
  const StrataColumn *target;

  if (constraint->kind != STRATA_CONSTRAINT_FOREIGN_KEY || g_strcmp0 (reference->table, name) != 0
      || g_strcmp0 (reference->schema, schema) != 0)
    return TRUE;
  target = find_column (columns, reference->columns[i]);
  if (target == NULL)
    return strata_sa_raise (py, "CompileError", "(in table '%s', column '%s'): Can't generate DDL for NullType(); did you "
                            "forget to specify a type on this Column?", name, reference->columns[i]) != NULL;
  if (column->type->kind == STRATA_TYPE_NONE)
    column->type = target->type;

  return TRUE;
}

static gboolean
take_types (Machine    *py,
            Lists      *lists,
            const char *schema,
            const char *name)
{
  for (guint i = 0; i < lists->columns->len && name != NULL; i++)
    {
      StrataColumn *column = g_ptr_array_index (lists->columns, i);

      for (guint j = 0; column->constraints != NULL && column->constraints[j] != NULL; j++)
        if (!take_type (py, lists->columns, column, column->constraints[j], 0, schema, name))
          return FALSE;
      for (guint j = 0; j < lists->constraints->len; j++)
        {
          const StrataConstraint *constraint = g_ptr_array_index (lists->constraints, j);

          for (guint k = 0; constraint->columns != NULL && constraint->columns[k] != NULL; k++)
            if (g_str_equal (constraint->columns[k], column->name)
                && !take_type (py, lists->columns, column, constraint, k, schema, name))
              return FALSE;
        }
    }

  return TRUE;
}

static gboolean
check_index (Machine           *py,
             Lists             *lists,
             const StrataIndex *index,
             const char        *name)
{
  for (guint i = 0; index->columns[i] != NULL; i++)
    if (index->columns[i]->kind == STRATA_EXPRESSION_COLUMN && find_column (lists->columns, index->columns[i]->name) == NULL)
      return strata_sa_raise (py, "ConstraintColumnNotFoundError", "Can't create Index on table '%s': no column named '%s' is "
                              "present.", name != NULL ? name : "", index->columns[i]->name) != NULL;

  return TRUE;
}

static gboolean
read_lists (Machine           *py,
            Value             *items,
            const char        *schema,
            const char        *name,
            Lists             *lists,
            StrataCreateTable *table)
{
  guint length;
  Value **values = strata_py_value_get_items (items, &length);

  for (guint i = 0; i < length; i++)
    if (!add_item (py, lists, values[i], name))
      return FALSE;
  if (!read_constraints (py, lists->constraints))
    return FALSE;
  for (guint i = 0; i < lists->indexes->len; i++)
    if (!check_index (py, lists, g_ptr_array_index (lists->indexes, i), name))
      return FALSE;

  if (!take_types (py, lists, schema, name))
    return FALSE;
  table->columns = strata_sa_end_list (py, lists->columns);
  table->constraints = strata_sa_end_list (py, lists->constraints);
  table->indexes = strata_sa_end_list (py, lists->indexes);

  return !strata_py_has_failed (py);
}

gboolean
strata_sa_read_items (Machine           *py,
                      Value             *items,
                      const char        *schema,
                      const char        *name,
                      StrataCreateTable *table)
{
  Lists lists = { g_ptr_array_new (), g_ptr_array_new (), g_ptr_array_new () };
  gboolean is_well = read_lists (py, items, schema, name, &lists, table);

  g_ptr_array_unref (lists.columns);
  g_ptr_array_unref (lists.constraints);
  g_ptr_array_unref (lists.indexes);

  return is_well;
}

gboolean
strata_sa_read_table_words (Machine           *py,
                            Dict              *keywords,
                            StrataCreateTable *table)
{
  static const char names[] = " schema comment prefixes info listeners implicit_returning if_not_exists extend_existing "
                              "keep_existing must_exist mustexist autoload_with autoload_replace include_columns resolve_fks "
                              "quote quote_schema _constraints_included ";
  Dict *options = strata_py_dict (py);
  guint position = 0;
  Value *key, *value;

  while (keywords != NULL && strata_py_dict_next (keywords, &position, &key, &value))
    {
      const char *name = strata_py_value_get_text (key, NULL);
      g_autofree char *word = g_strdup_printf (" %s ", name);

      if (strstr (names, word) == NULL)
        strata_py_dict_set_name (py, options, name, value);
      else if (g_str_equal (name, "comment") && !strata_sa_expect_text (py, value, "comment", &table->comment))
        return FALSE;
      else if (g_str_equal (name, "prefixes") && GIVEN (value) && !strata_sa_read_names (py, value, &table->prefixes))
        return FALSE;
      else if (g_str_has_prefix (name, "quote") && !strata_sa_refuse_quote (py, value))
        return FALSE;
    }

  return strata_sa_read_options_of (py, "Table", options, &table->options);
}

gboolean
strata_sa_read_table (Machine           *py,
                      Value             *items,
                      Dict              *keywords,
                      StrataCreateTable *table)
{
  *table = (StrataCreateTable) { NULL };

  return strata_sa_read_items (py, items, NULL, NULL, table) && strata_sa_read_table_words (py, keywords, table);
}

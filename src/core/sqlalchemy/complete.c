/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"
#include "core/sqlalchemy/item-private.h"

/* What SQLAlchemy adds to the INSERT or UPDATE of a Table() by itself: defaults of Python, and RETURNING for what the
 * server makes of the primary key. */

static StrataSaColumn *
get_column (Statement  *self,
            const char *name)
{
  Value *column = strata_py_dict_get_name (((StrataSaFrom *) self->target)->columns, name);

  return (StrataSaColumn *) column;
}

static gboolean
is_set (Expressions  list,
        const char  *name)
{
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    if (g_str_equal (list[i]->name, name))
      return TRUE;

  return FALSE;
}

/* A default that is no SQL is a parameter, whose value nobody has when SQL is only printed. */
static const Expression *
get_default (Machine        *py,
             Value          *value,
             StrataSaColumn *column)
{
  static const StrataValue unset = { STRATA_VALUE_UNSET };

  if ((!strata_sa_get (py)->is_offline && !strata_sa_is (py, value, STRATA_SA_ELEMENT))
      || strata_sa_is (py, value, STRATA_SA_SEQUENCE)
      || (strata_sa_is (py, value, STRATA_SA_ELEMENT) && column->column.is_primary_key) || strata_sa_is (py, value, STRATA_SA_STATEMENT)
      || strata_py_value_get_opaque_name (value) != NULL)
    return strata_py_refuse (py, "the default of the column “%s” is not known here", column->element.expression->name);

  if (strata_sa_is (py, value, STRATA_SA_ELEMENT))
    return strata_sa_get_expression (py, value);

  return strata_sa_bind (py, column->element.expression->name, &unset, column->element.expression->type);
}

const StrataExpression *
strata_sa_get_insert_default (Machine *py,
                              Value   *column)
{
  StrataSaColumn *self = strata_sa_is (py, column, STRATA_SA_COLUMN) ? (StrataSaColumn *) column : NULL;
  Value *said = self != NULL && self->said != NULL ? strata_py_dict_get_name (self->said, "default") : NULL;

  return GIVEN (said) ? get_default (py, said, self) : NULL;
}

/* In the order of the table's columns. */
static gboolean
add_defaults (Machine    *py,
              Statement  *self,
              const char *keyword)
{
  StrataQuery *query = &self->query;
  Items columns = { NULL }, values = { NULL };
  guint position = 0, n = 0;
  Value *key, *value;

  if (self->is_plural || query->source != NULL)
    return strata_py_refuse (py, "defaults of Python in several rows are not known here") != NULL;
  while (strata_py_dict_next (((StrataSaFrom *) self->target)->columns, &position, &key, &value))
    {
      StrataSaColumn *column = (StrataSaColumn *) value;
      Value *said = column->said != NULL ? strata_py_dict_get_name (column->said, keyword) : NULL;
      const Expression *set = NULL;

      if (is_set (query->columns, column->element.expression->name))
        set = query->values[n++];
      else if (!GIVEN (said))
        continue;
      else if ((set = get_default (py, said, column)) == NULL)
        return FALSE;
      strata_sa_items_add (py, &columns, column->element.expression);
      strata_sa_items_add (py, &values, set);
    }
  query->columns = (Expressions) columns.items;
  query->values = (Expressions) values.items;

  return TRUE;
}

static gboolean
has_default (Machine    *py,
             Statement  *self,
             const char *keyword)
{
  guint position = 0;
  Value *key, *value;

  while (strata_py_dict_next (((StrataSaFrom *) self->target)->columns, &position, &key, &value))
    {
      StrataSaColumn *column = (StrataSaColumn *) value;
      Value *said = column->said != NULL ? strata_py_dict_get_name (column->said, keyword) : NULL;

      if (GIVEN (said) && !is_set (self->query.columns, column->element.expression->name))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_named (const char * const *names,
          const char         *name)
{
  return names != NULL && g_strv_contains (names, name);
}

/* The names of the primary key, by its columns and its constraint. */
static Items
get_key_columns (Machine                 *py,
                 const StrataCreateTable *table)
{
  Items names = { NULL };

  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    {
      gboolean is_key = table->columns[i]->is_primary_key;

      for (guint j = 0; table->constraints != NULL && table->constraints[j] != NULL; j++)
        is_key |= table->constraints[j]->kind == STRATA_CONSTRAINT_PRIMARY_KEY
                  && is_named (table->constraints[j]->columns, table->columns[i]->name);
      if (is_key)
        strata_sa_items_add (py, &names, table->columns[i]);
    }

  return names;
}

static gboolean
has_reference (const StrataCreateTable *table,
               const StrataColumn      *column)
{
  for (guint j = 0; table->constraints != NULL && table->constraints[j] != NULL; j++)
    if (table->constraints[j]->kind == STRATA_CONSTRAINT_FOREIGN_KEY && is_named (table->constraints[j]->columns, column->name))
      return TRUE;
  for (guint j = 0; column->constraints != NULL && column->constraints[j] != NULL; j++)
    if (column->constraints[j]->kind == STRATA_CONSTRAINT_FOREIGN_KEY)
      return TRUE;

  return FALSE;
}

static gboolean
is_made_by_server (const StrataColumn *column)
{
  return column->server_default != NULL || column->identity != NULL || column->computed != NULL;
}

/* The column that counts by itself. */
static gboolean
counts (const StrataCreateTable *table,
        const StrataColumn      *column,
        guint                    n_keys)
{
  gboolean is_said = column->autoincrement == STRATA_AUTOINCREMENT_YES;
  StrataAffinity affinity = strata_sa_get_affinity (column->type);

  if (column->autoincrement == STRATA_AUTOINCREMENT_NO || (affinity != STRATA_AFFINITY_INTEGER && !is_said))
    return FALSE;
  if (is_said)
    return TRUE;
  if (n_keys != 1 || column->has_python_default || (is_made_by_server (column) && column->identity == NULL))
    return FALSE;

  return column->autoincrement == STRATA_AUTOINCREMENT_IGNORE_FK || !has_reference (table, column);
}

static gboolean
is_returned (const StrataQuery       *query,
             const StrataCreateTable *table,
             const StrataColumn      *column,
             guint                    n_keys)
{
  for (guint i = 0; query->columns != NULL && query->columns[i] != NULL; i++)
    if (g_str_equal (query->columns[i]->name, column->name))
      return query->values[i]->kind != STRATA_EXPRESSION_VALUE;

  return counts (table, column, n_keys) || is_made_by_server (column);
}

static gboolean
add_returning (Machine   *py,
               Statement *self)
{
  const char *schema, *name;
  const StrataCreateTable *table = strata_sa_get_table (py, self->target, &schema, &name);
  gboolean is_sqlite = strata_sa_get (py)->dialect == STRATA_DIALECT_SQLITE;
  Items keys, returned = { NULL };

  if (table == NULL)
    return FALSE;
  keys = get_key_columns (py, table);
  /* SQLite tells the number of the last row without being asked. */
  for (guint i = 0; i < keys.length && is_sqlite; i++)
    if (counts (table, keys.items[i], keys.length))
      return TRUE;
  for (guint i = 0; i < keys.length; i++)
    if (is_returned (&self->query, table, keys.items[i], keys.length))
      {
        StrataSaColumn *column = get_column (self, ((const StrataColumn *) keys.items[i])->name);

        if (column == NULL)
          return strata_py_refuse (py, "the key of a column of the table “%s” is not known here", name) != NULL;
        strata_sa_items_add (py, &returned, column->element.expression);
      }
  self->query.returning = (Expressions) returned.items;

  return TRUE;
}

const StrataQuery *
strata_sa_complete (Machine *py,
                    Value   *value)
{
  Statement *self = (Statement *) value;
  gboolean is_insert = self->query.kind == STRATA_QUERY_INSERT;
  gboolean is_table = self->target != NULL && strata_sa_is (py, self->target, STRATA_SA_TABLE);
  gboolean is_change = is_insert || self->query.kind == STRATA_QUERY_UPDATE;
  const char *keyword = is_insert ? "default" : "onupdate";

  if (is_change && self->query.source == NULL && self->query.columns == NULL && !self->has_values)
    return strata_py_refuse (py, "an INSERT or UPDATE without values is not known here");
  if (!is_table || !is_change)
    return &self->query;

  self = strata_sa_copy_statement (py, value);
  if (has_default (py, self, keyword) && !add_defaults (py, self, keyword))
    return NULL;
  if (is_insert && self->query.source == NULL && self->query.returning == NULL && !self->is_plural && !self->is_inline
      && !(self->query.has_conflict && strata_sa_get (py)->dialect == STRATA_DIALECT_SQLITE)
      && !add_returning (py, self))
    return NULL;

  return &self->query;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"

/* INSERT of PostgreSQL and SQLite, with ON CONFLICT. */

static gboolean
read_target (Machine   *py,
             Statement *self,
             Value     *constraint,
             Value     *elements,
             Value     *where)
{
  Items names = { NULL };
  guint length = 0;
  Value *list = elements != NULL && !strata_py_is_none (elements) ? strata_py_to_list (py, elements) : NULL;
  Value **items = list != NULL ? strata_py_value_get_items (list, &length) : NULL;

  if (strata_py_has_failed (py))
    return FALSE;
  if (constraint != NULL && !strata_py_is_none (constraint))
    {
      if (items != NULL)
        return strata_py_raise (py, "ValueError", "'constraint' and 'index_elements' are mutually exclusive") != NULL;
      self->query.conflict_constraint = strata_sa_intern (py, strata_py_value_get_text (constraint, NULL));
      return self->query.conflict_constraint != NULL
             || strata_py_refuse (py, "this constraint of ON CONFLICT is not known here") != NULL;
    }
  for (guint i = 0; i < length; i++)
    {
      const Expression *column = strata_sa_is (py, items[i], STRATA_SA_COLUMN_CLAUSE)
                                   ? strata_sa_get_expression (py, items[i]) : NULL;
      const char *name = column != NULL ? column->name : strata_py_value_get_text (items[i], NULL);

      if (name == NULL)
        return strata_py_refuse (py, "this element of ON CONFLICT is not known here") != NULL;
      strata_sa_items_add (py, &names, strata_sa_intern (py, name));
    }
  self->query.conflict_columns = (const char * const *) names.items;
  if (where != NULL && !strata_py_is_none (where))
    self->query.conflict_where = strata_sa_coerce_text (py, where);

  return !strata_py_has_failed (py);
}

static Value *
do_nothing (Machine *py,
            Value   *value,
            Value  **arguments,
            Value   *constraint)
{
  Statement *self = strata_sa_copy_statement (py, value);

  self->query.has_conflict = TRUE;

  return read_target (py, self, constraint, arguments[0], arguments[1]) ? &self->base : NULL;
}

/* In the order of the table's columns. */
static gboolean
read_set (Machine   *py,
          Statement *self,
          Value     *set)
{
  Dict *columns = ((StrataSaFrom *) self->target)->columns;
  Items names = { NULL }, values = { NULL };
  guint position = 0;
  Value *key, *column;
  Dict *row = columns != NULL ? strata_sa_read_row (py, self, set) : NULL;

  if (row == NULL)
    return strata_py_has_failed (py) ? FALSE : strata_py_refuse (py, "the columns of this table are not known here") != NULL;
  while (strata_py_dict_next (columns, &position, &key, &column))
    {
      Value *to = strata_py_dict_get_name (row, strata_py_value_get_text (key, NULL));
      const Expression *of = strata_sa_get_expression (py, column);
      const Expression *value = to != NULL ? strata_sa_coerce_for (py, of, to) : NULL;

      if (to != NULL && value == NULL)
        return FALSE;
      if (value == NULL)
        continue;
      strata_sa_items_add (py, &names, of);
      strata_sa_items_add (py, &values, value);
    }
  if (names.length != strata_py_dict_get_length (row))
    return strata_py_refuse (py, "a column of “set_” is not known here") != NULL;
  if (names.length == 0)
    return strata_py_raise (py, "ValueError", "set parameter dictionary must not be empty") != NULL;
  self->query.conflict_set = (Expressions) names.items;
  self->query.conflict_values = (Expressions) values.items;

  return TRUE;
}

static Value *
do_update (Machine *py,
           Value   *value,
           Value  **arguments,
           Value   *constraint)
{
  Statement *self = strata_sa_copy_statement (py, value);

  self->query.has_conflict = TRUE;
  if (!read_target (py, self, constraint, arguments[0], arguments[1]))
    return NULL;
  if (arguments[2] == NULL)
    return strata_py_raise (py, "ValueError", "set parameter dictionary must not be empty");
  if (!read_set (py, self, arguments[2]))
    return NULL;
  if (arguments[3] != NULL && !strata_py_is_none (arguments[3])
      && (self->query.update_where = strata_sa_coerce_condition (py, arguments[3])) == NULL)
    return NULL;

  return &self->base;
}

static Value *
postgresql_do_nothing (Machine *py,
                       Value   *self,
                       Value  **arguments)
{
  return do_nothing (py, self, arguments + 1, arguments[0]);
}

static Value *
postgresql_do_update (Machine *py,
                      Value   *self,
                      Value  **arguments)
{
  Statement *changed = (Statement *) do_update (py, self, arguments + 1, arguments[0]);

  if (changed != NULL && changed->query.conflict_constraint == NULL && changed->query.conflict_columns == NULL)
    return strata_py_raise (py, "ValueError", "Either constraint or index_elements, but not both, must be specified unless "
                            "DO NOTHING");

  return (Value *) changed;
}

static Value *
sqlite_do_nothing (Machine *py,
                   Value   *self,
                   Value  **arguments)
{
  return do_nothing (py, self, arguments, NULL);
}

static Value *
sqlite_do_update (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  return do_update (py, self, arguments, NULL);
}

/* The row that could not be inserted. */
static Value *
insert_attribute (Machine    *py,
                  Value      *value,
                  const char *name)
{
  Statement *self = (Statement *) value;
  Dict *columns = ((StrataSaFrom *) self->target)->columns;

  if (!g_str_equal (name, "excluded") || columns == NULL)
    return NULL;
  if (self->excluded == NULL)
    {
      StrataRelation *relation = strata_sa_new_relation (py, STRATA_RELATION_TABLE);

      relation->name = relation->alias = "excluded";
      relation->is_implied = TRUE;
      self->excluded = strata_sa_new_collection (py, strata_sa_copy_columns (py, columns, relation));
    }

  return self->excluded;
}

static const StrataPyNative postgresql_methods[] = {
  { "on_conflict_do_nothing", "constraint=, index_elements=, index_where=", postgresql_do_nothing },
  { "on_conflict_do_update", "constraint=, index_elements=, index_where=, set_=, where=", postgresql_do_update },
  { NULL }
};

static const StrataPyNative sqlite_methods[] = {
  { "on_conflict_do_nothing", "index_elements=, index_where=", sqlite_do_nothing },
  { "on_conflict_do_update", "index_elements=, index_where=, set_=, where=", sqlite_do_update },
  { NULL }
};

static const StrataPySlots postgresql_slots = {
  .name = "Insert",
  .methods = postgresql_methods,
  .get_attribute = insert_attribute,
};

static const StrataPySlots sqlite_slots = {
  .name = "Insert",
  .methods = sqlite_methods,
  .get_attribute = insert_attribute,
};

void
strata_sa_add_conflicts (Machine *py)
{
  static const struct { StrataSaNamespace where; const StrataPySlots *slots; } classes[] = {
    { STRATA_SA_POSTGRESQL, &postgresql_slots },
    { STRATA_SA_SQLITE, &sqlite_slots },
  };
  Class *insert = (Class *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], "Insert");

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      Class *class = strata_py_class (py, classes[i].slots, insert);

      strata_sa_export (py, classes[i].where, "insert", (Value *) class);
      strata_sa_export (py, classes[i].where, "Insert", (Value *) class);
    }
}

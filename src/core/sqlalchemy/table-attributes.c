/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/table.h"

/* What a script asks of a Table(), and what it does with one. */

static Value *
call_constructor (Machine    *py,
                  const char *class,
                  Value     **arguments,
                  guint       n_arguments)
{
  const StrataPyArguments call = { arguments, n_arguments, NULL };

  return strata_py_call (py, strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], class), &call);
}

static Value *
find_primary_key (Machine       *py,
                  StrataSaTable *self)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  guint length;
  Value **items = strata_py_value_get_items (self->items, &length);

  for (guint i = 0; i < length; i++)
    {
      if (strata_sa_is (py, items[i], STRATA_SA_CONSTRAINT)
          && ((StrataSaConstraint *) items[i])->constraint.kind == STRATA_CONSTRAINT_PRIMARY_KEY)
        return items[i];
      if (strata_sa_is (py, items[i], STRATA_SA_COLUMN) && ((StrataSaColumn *) items[i])->column.is_primary_key)
        g_ptr_array_add (names, strata_py_str (py, ((StrataSaColumn *) items[i])->column.name));
    }

  return call_constructor (py, "PrimaryKeyConstraint", (Value **) names->pdata, names->len);
}

static Value *
list_constraints (Machine       *py,
                  StrataSaTable *self)
{
  Value *list = strata_py_list (py, NULL, 0);
  guint length;
  Value **items = strata_py_value_get_items (self->items, &length);

  for (guint i = 0; i < length; i++)
    {
      StrataSaColumn *column = (StrataSaColumn *) items[i];

      if (strata_sa_is (py, items[i], STRATA_SA_CONSTRAINT))
        strata_py_list_append (py, list, items[i]);
      else if (strata_sa_is (py, items[i], STRATA_SA_COLUMN)
               && ((column->column.is_unique && !column->column.has_index) || column->column.constraints != NULL))
        return strata_py_refuse (py, "constraints that columns imply are not known here");
    }

  return list;
}

static Value *
new_column_index (Machine        *py,
                  StrataSaTable  *self,
                  StrataSaColumn *column)
{
  Value *arguments[] = { strata_py_none (py), strata_py_str (py, column->column.name) };
  Value *index = call_constructor (py, "Index", arguments, 2);

  if (index != NULL)
    {
      ((StrataSaIndex *) index)->table = (Value *) self;
      ((StrataSaIndex *) index)->index.is_unique = column->column.is_unique;
    }

  return index;
}

static Value *
list_indexes (Machine       *py,
              StrataSaTable *self)
{
  Value *list = strata_py_list (py, NULL, 0);
  guint length;
  Value **items = strata_py_value_get_items (self->items, &length);

  for (guint i = 0; i < length; i++)
    if (strata_sa_is (py, items[i], STRATA_SA_INDEX))
      strata_py_list_append (py, list, items[i]);
    else if (strata_sa_is (py, items[i], STRATA_SA_COLUMN) && ((StrataSaColumn *) items[i])->column.has_index)
      {
        Value *index = new_column_index (py, self, (StrataSaColumn *) items[i]);

        if (index == NULL)
          return NULL;
        strata_py_list_append (py, list, index);
      }

  return list;
}

Value *
strata_sa_get_table_attribute (Machine    *py,
                               Value      *value,
                               const char *name)
{
  StrataSaTable *self = (StrataSaTable *) value;

  if (g_str_equal (name, "name") || g_str_equal (name, "description"))
    return strata_sa_wrap_text (py, self->name);
  if (g_str_equal (name, "schema"))
    return strata_sa_wrap_text (py, self->schema);
  if (g_str_equal (name, "fullname") || g_str_equal (name, "key"))
    return strata_sa_wrap_text (py, strata_sa_table_key (py, self->schema, self->name));
  if (g_str_equal (name, "comment"))
    return strata_sa_wrap_text (py, self->create.comment);
  if (g_str_equal (name, "metadata") && self->metadata != NULL)
    return &self->metadata->base;
  if (g_str_equal (name, "primary_key"))
    return find_primary_key (py, self);
  if (g_str_equal (name, "constraints"))
    return list_constraints (py, self);
  if (g_str_equal (name, "indexes"))
    return list_indexes (py, self);
  if (g_str_equal (name, "foreign_keys"))
    return strata_py_refuse (py, "the foreign keys of a Table() are not known here");

  return NULL;
}

static gboolean
checks_first (Machine *py,
              Value   *argument)
{
  return !strata_sa_get (py)->is_offline && (argument == NULL || strata_py_truth (py, argument) == 1);
}

static Value *
create_table (Machine *py,
              Value   *self,
              Value  **arguments)
{
  return strata_sa_create_table (py, (StrataSaTable *) self, checks_first (py, arguments[1])) ? strata_py_none (py) : NULL;
}

static Value *
drop_table (Machine *py,
            Value   *self,
            Value  **arguments)
{
  return strata_sa_drop_table (py, (StrataSaTable *) self, checks_first (py, arguments[1])) ? strata_py_none (py) : NULL;
}

static Value *
append_item (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return strata_sa_attach (py, (StrataSaTable *) self, arguments[0]) ? strata_py_none (py) : NULL;
}

static gboolean
copy_item (Machine       *py,
           StrataSaTable *from,
           StrataSaTable *to,
           Value         *item)
{
  gboolean is_marker = FALSE;
  Value *copy;

  if (strata_sa_is (py, item, STRATA_SA_COLUMN))
    return (copy = strata_sa_copy_column (py, item)) != NULL && strata_sa_attach (py, to, copy);
  if (strata_sa_is (py, item, STRATA_SA_CONSTRAINT))
    {
      StrataSaConstraint *constraint = strata_py_host_object (py, item->class, sizeof *constraint);

      is_marker = ((StrataSaConstraint *) item)->constraint.kind == STRATA_CONSTRAINT_FOREIGN_KEY;
      *constraint = *(StrataSaConstraint *) item;
      constraint->order = strata_sa_next_order ();
      constraint->table = NULL;
      copy = &constraint->base;
    }
  else
    {
      StrataSaIndex *index = strata_py_host_object (py, item->class, sizeof *index);

      *index = *(StrataSaIndex *) item;
      index->table = NULL;
      copy = &index->base;
    }
  if (is_marker && g_strcmp0 (from->schema, to->schema) != 0)
    return strata_py_refuse (py, "a foreign key that comes to another schema is not known here") != NULL;

  return strata_sa_attach (py, to, copy);
}

/* metadata, schema=, referred_schema_fn=, name= */
static Value *
copy_table (Machine *py,
            Value   *value,
            Value  **arguments)
{
  StrataSaTable *self = (StrataSaTable *) value;
  StrataSaMetadata *metadata = (StrataSaMetadata *) arguments[0];
  const char *name, *schema, *key;
  guint length;
  Value **items = strata_py_value_get_items (self->items, &length);
  StrataSaTable *copy;

  if (!strata_sa_is (py, arguments[0], STRATA_SA_METADATA) || GIVEN (arguments[2]))
    return strata_py_refuse (py, "this to_metadata() is not known here");
  if (!strata_sa_expect_text (py, arguments[3], "name", &name) || !strata_sa_expect_text (py, arguments[1], "schema", &schema))
    return NULL;
  name = name != NULL ? name : self->name;
  schema = arguments[1] == NULL ? self->schema : schema != NULL ? schema : metadata->schema;
  key = strata_sa_table_key (py, schema, name);
  value = strata_py_dict_get_name (metadata->tables, key);
  if (value != NULL)
    return value;

  copy = strata_sa_alloc_table (py, self->from.base.class, schema, name);
  if (copy == NULL)
    return NULL;
  copy->metadata = metadata;
  copy->create = self->create;
  for (guint i = 0; i < length; i++)
    if (!copy_item (py, self, copy, items[i]))
      return NULL;
  strata_py_dict_set_name (py, metadata->tables, key, (Value *) copy);

  return (Value *) copy;
}

const StrataPyNative strata_sa_table_actions[] = {
  { "create", "bind, checkfirst=", create_table },
  { "drop", "bind, checkfirst=", drop_table },
  { "append_column", "column, *, replace_existing=", append_item },
  { "append_constraint", "constraint", append_item },
  { "to_metadata", "metadata, schema=, *, referred_schema_fn=, name=", copy_table },
  { "tometadata", "metadata, schema=, referred_schema_fn=, name=", copy_table },
  { NULL }
};

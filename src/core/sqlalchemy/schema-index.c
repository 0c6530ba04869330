/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/table.h"

#include <string.h>

static Value *
attach_by_columns (Machine       *py,
                   StrataSaIndex *self)
{
  guint length;
  Value **columns = strata_py_value_get_items (self->columns, &length);

  for (guint i = 0; i < length; i++)
    if (strata_sa_is (py, columns[i], STRATA_SA_COLUMN) && ((StrataSaColumn *) columns[i])->table != NULL)
      return strata_sa_attach (py, (StrataSaTable *) ((StrataSaColumn *) columns[i])->table, &self->base) ? &self->base : NULL;

  return &self->base;
}

/* name, *expressions, unique=, quote=, info=, _table=, _column_flag=, **dialect_kw */
static Value *
new_index (Machine *py,
           Value   *class,
           Value  **arguments)
{
  StrataSaIndex *self = strata_py_host_object (py, (Class *) class, sizeof *self);

  self->order = strata_sa_next_order ();
  self->columns = strata_py_to_list (py, arguments[1]);
  self->index.is_unique = arguments[2] != NULL && strata_py_truth (py, arguments[2]) == 1;
  if (self->columns == NULL || !strata_sa_read_name (py, arguments[0], &self->index.name)
      || !strata_sa_refuse_quote (py, arguments[3])
      || !strata_sa_read_options_of (py, "Index", (Dict *) arguments[7], &self->index.options))
    return NULL;

  return attach_by_columns (py, self);
}

const StrataIndex *
strata_sa_read_index (Machine *py,
                      Value   *value)
{
  StrataSaIndex *self = (StrataSaIndex *) value;
  g_autoptr(GPtrArray) list = g_ptr_array_new ();
  StrataIndex *index;
  guint length;
  Value **columns;

  if (!strata_sa_is (py, value, STRATA_SA_INDEX))
    return strata_py_raise (py, "TypeError", "a “%s” is no index", strata_py_value_get_class_name (value));

  index = strata_py_alloc (py, sizeof *index);
  columns = strata_py_value_get_items (self->columns, &length);
  for (guint i = 0; i < length && index != NULL; i++)
    {
      const StrataExpression *expression = strata_sa_coerce_column (py, columns[i]);

      if (expression == NULL)
        return NULL;
      g_ptr_array_add (list, (gpointer) expression);
    }
  if (index == NULL)
    return NULL;
  *index = self->index;
  index->columns = strata_sa_end_list (py, list);

  return index;
}

/* Whether the convention of its own metadata makes the name. */
static gboolean
is_named_by_convention (StrataSaTable     *table,
                        const StrataIndex *index)
{
  StrataPyValue *naming = table->metadata != NULL ? table->metadata->naming : NULL;
  gboolean is_dict = GIVEN (naming) && strata_py_value_get_kind (naming) == STRATA_PY_VALUE_DICT;
  StrataPyValue *form = is_dict ? strata_py_dict_get_name ((Dict *) naming, "ix") : NULL;
  const char *text = form != NULL ? strata_py_value_get_text (form, NULL) : NULL;

  if (!GIVEN (naming) || index->name.is_final || (is_dict && form == NULL))
    return FALSE;

  return index->name.text == NULL || text == NULL || strstr (text, "constraint_name") != NULL;
}

gboolean
strata_sa_read_index_operation (Machine         *py,
                                Value           *value,
                                StrataOperation *operation)
{
  StrataSaTable *table = (StrataSaTable *) ((StrataSaIndex *) value)->table;
  const StrataIndex *index = strata_sa_read_index (py, value);

  if (index == NULL)
    return FALSE;
  if (table == NULL)
    return strata_sa_raise (py, "CompileError", "Index '%s' is not associated with any table.", index->name.text) != NULL;
  if (is_named_by_convention (table, index))
    return strata_py_refuse (py, "an index that a naming convention of its own names is not known here") != NULL;
  operation->schema = table->schema;
  operation->table = table->name;
  operation->index = *index;

  return TRUE;
}

static Value *
emit (Machine             *py,
      Value               *value,
      StrataOperationKind  kind)
{
  StrataOperation operation = { .kind = kind };

  if (!strata_sa_read_index_operation (py, value, &operation))
    return NULL;

  return strata_sa_get (py)->backend->emit (py, &operation) ? strata_py_none (py) : NULL;
}

static gboolean
is_checked (Machine *py,
            Value   *checkfirst)
{
  return checkfirst != NULL && !strata_sa_get (py)->is_offline && strata_py_truth (py, checkfirst) == 1
         && strata_py_refuse (py, "checkfirst= of an index is not known here") == NULL;
}

static Value *
create_index (Machine *py,
              Value   *self,
              Value  **arguments)
{
  return is_checked (py, arguments[1]) ? NULL : emit (py, self, STRATA_OPERATION_CREATE_INDEX);
}

static Value *
drop_index (Machine *py,
            Value   *self,
            Value  **arguments)
{
  return is_checked (py, arguments[1]) ? NULL : emit (py, self, STRATA_OPERATION_DROP_INDEX);
}

static Value *
get_index_attribute (Machine    *py,
                     Value      *value,
                     const char *name)
{
  StrataSaIndex *self = (StrataSaIndex *) value;

  if (g_str_equal (name, "name"))
    return self->index.name.is_final ? strata_sa_new_final_name (py, self->index.name.text)
                                     : strata_sa_wrap_text (py, self->index.name.text);
  if (g_str_equal (name, "unique"))
    return strata_py_bool (py, self->index.is_unique);
  if (g_str_equal (name, "table"))
    return self->table != NULL ? self->table : strata_py_none (py);

  return NULL;
}

static const StrataPyNative index_methods[] = {
  { "create", "bind, checkfirst=", create_index },
  { "drop", "bind, checkfirst=", drop_index },
  { NULL }
};

static const StrataPySlots index_slots = {
  .name = "Index",
  .methods = index_methods,
  .lacking = " columns c expressions dialect_options dialect_kwargs info kwargs ddl_if ",
  .parameters = "name, *expressions, unique=, quote=, info=, _table=, _column_flag=, **dialect_kw",
  .construct = new_index,
  .get_attribute = get_index_attribute,
};

void
strata_sa_add_indexes (Machine *py)
{
  Class *class = strata_py_class (py, &index_slots, NULL);

  strata_sa_get (py)->classes[STRATA_SA_INDEX] = class;
  strata_sa_export (py, STRATA_SA_ROOT, "Index", (Value *) class);
}

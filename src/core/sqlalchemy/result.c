/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/connection.h"
#include "core/sqlalchemy/element.h"

/* Rows as scripts read them: whole, as a first column, or as mappings. */
typedef enum { AS_ROWS, AS_SCALARS, AS_MAPPINGS } Shape;

typedef struct
{
  StrataPyValue       base;
  const StrataSaRows *rows;
  guint               next;
  Shape               shape;
  guint               column;      /* AS_SCALARS */
} Result;

typedef struct
{
  StrataPyValue       base;
  const StrataSaRows *rows;
  StrataPyValue      *values;      /* a tuple */
} Row;

static StrataPyClass *
get_class (StrataPyMachine *py,
           const char      *name)
{
  return (StrataPyClass *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], name);
}

/* Rows */

static StrataPyValue *
row_values (StrataPyMachine    *py,
            const StrataSaRows *rows,
            guint               index)
{
  g_autofree StrataPyValue **values = g_new (StrataPyValue *, rows->n_columns);

  for (guint i = 0; i < rows->n_columns; i++)
    if ((values[i] = strata_sa_wrap_value (py, &rows->values[index * rows->n_columns + i])) == NULL)
      return NULL;

  return strata_py_tuple (py, values, rows->n_columns);
}

static StrataPyValue *
row_mapping (StrataPyMachine    *py,
             const StrataSaRows *rows,
             StrataPyValue      *values)
{
  StrataPyDict *dict = strata_py_dict (py);
  guint n;
  StrataPyValue **items = strata_py_value_get_items (values, &n);

  for (guint i = 0; i < n; i++)
    strata_py_dict_set_name (py, dict, rows->names[i], items[i]);

  return (StrataPyValue *) dict;
}

static StrataPyValue *
row_attribute (StrataPyMachine *py,
               StrataPyValue   *value,
               const char      *name)
{
  Row *self = (Row *) value;
  guint n;
  StrataPyValue **items = strata_py_value_get_items (self->values, &n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (self->rows->names[i], name))
      return items[i];
  if (g_str_equal (name, "_mapping"))
    return row_mapping (py, self->rows, self->values);
  if (g_str_equal (name, "count") || g_str_equal (name, "index"))
    return strata_py_find_attribute (py, self->values, name);
  if (*name != '_')
    return strata_py_raise (py, "AttributeError", "Could not locate column in row for column '%s'", name);

  return NULL;
}

static StrataPyValue *
row_item (StrataPyMachine *py,
          StrataPyValue   *self,
          StrataPyValue   *key)
{
  return strata_py_get_item (py, ((Row *) self)->values, key);
}

static StrataPyValue *
row_iterate (StrataPyMachine *py,
             StrataPyValue   *self)
{
  return strata_py_iterate (py, ((Row *) self)->values);
}

static gint64
row_length (StrataPyMachine *py,
            StrataPyValue   *self)
{
  return ((Row *) self)->rows->n_columns;
}

static StrataPyValue *
row_compare (StrataPyMachine *py,
             StrataPySymbol   op,
             StrataPyValue   *a,
             StrataPyValue   *b)
{
  StrataPyClass *class = get_class (py, "Row");

  return strata_py_compare (py, op, strata_py_is_instance (a, class) ? ((Row *) a)->values : a,
                            strata_py_is_instance (b, class) ? ((Row *) b)->values : b);
}

static StrataPyValue *
row_repr (StrataPyMachine *py,
          StrataPyValue   *self)
{
  return strata_py_to_repr (py, ((Row *) self)->values);
}

static StrataPyValue *
row_as_dict (StrataPyMachine *py,
             StrataPyValue   *self,
             StrataPyValue  **arguments)
{
  return row_mapping (py, ((Row *) self)->rows, ((Row *) self)->values);
}

static const StrataPyNative row_methods[] = {
  { "_asdict", "", row_as_dict },
  { NULL }
};

static const StrataPySlots row_slots = {
  .name = "Row",
  .methods = row_methods,
  .lacking = " _fields _data _tuple tuple t _t ",
  .get_attribute = row_attribute,
  .get_item = row_item,
  .iterate = row_iterate,
  .length = row_length,
  .compare = row_compare,
  .repr = row_repr,
  .str = row_repr,
};

static StrataPyValue *
make_row (StrataPyMachine *py,
          Result          *self,
          guint            index)
{
  StrataPyValue *values = row_values (py, self->rows, index);
  guint n;
  Row *row;

  if (values == NULL)
    return NULL;
  if (self->shape == AS_SCALARS)
    return strata_py_value_get_items (values, &n)[self->column];
  if (self->shape == AS_MAPPINGS)
    return row_mapping (py, self->rows, values);
  row = strata_py_host_object (py, get_class (py, "Row"), sizeof *row);
  row->rows = self->rows;
  row->values = values;

  return &row->base;
}

/* Results */

static StrataPyValue *
result_next (StrataPyMachine *py,
             StrataPyValue   *value)
{
  Result *self = (Result *) value;

  if (self->rows->n_columns == 0)
    return strata_sa_raise (py, "ResourceClosedError",
                            "This result object does not return rows. It has been closed automatically.");

  return self->next < self->rows->n_rows ? make_row (py, self, self->next++) : NULL;
}

static StrataPyValue *
result_iterate (StrataPyMachine *py,
                StrataPyValue   *self)
{
  return self;
}

static StrataPyValue *
fetch (StrataPyMachine *py,
       StrataPyValue   *self,
       guint            most)
{
  StrataPyValue *list = strata_py_list (py, NULL, 0);
  StrataPyValue *row = NULL;

  for (guint i = 0; i < most && (row = result_next (py, self)) != NULL; i++)
    if (!strata_py_list_append (py, list, row))
      return NULL;

  return strata_py_has_failed (py) ? NULL : list;
}

static StrataPyValue *
result_all (StrataPyMachine *py,
            StrataPyValue   *self,
            StrataPyValue  **arguments)
{
  return fetch (py, self, G_MAXUINT);
}

static StrataPyValue *
result_many (StrataPyMachine *py,
             StrataPyValue   *self,
             StrataPyValue  **arguments)
{
  gint64 most = 1;

  if (arguments[0] != NULL && !strata_py_value_get_int (arguments[0], &most))
    return strata_py_raise (py, "TypeError", "an integer is required");

  return fetch (py, self, CLAMP (most, 0, G_MAXINT));
}

static StrataPyValue *
result_one_or_none (StrataPyMachine *py,
                    StrataPyValue   *self,
                    StrataPyValue  **arguments)
{
  StrataPyValue *row = result_next (py, self);

  if (row == NULL)
    return strata_py_has_failed (py) ? NULL : strata_py_none (py);

  return row;
}

static StrataPyValue *
result_first (StrataPyMachine *py,
              StrataPyValue   *self,
              StrataPyValue  **arguments)
{
  StrataPyValue *row = result_one_or_none (py, self, NULL);

  ((Result *) self)->next = ((Result *) self)->rows->n_rows;

  return row;
}

/* The only row, or a failure; none is NULL without failure. */
static StrataPyValue *
only_row (StrataPyMachine *py,
          StrataPyValue   *value)
{
  Result *self = (Result *) value;
  StrataPyValue *row = result_next (py, value);

  if (row != NULL && self->next < self->rows->n_rows)
    return strata_sa_raise (py, "MultipleResultsFound", "Multiple rows were found when exactly one was required");

  return row;
}

static StrataPyValue *
result_one (StrataPyMachine *py,
            StrataPyValue   *self,
            StrataPyValue  **arguments)
{
  StrataPyValue *row = only_row (py, self);

  if (row == NULL && !strata_py_has_failed (py))
    return strata_sa_raise (py, "NoResultFound", "No row was found when one was required");

  return row;
}

static StrataPyValue *
result_only_or_none (StrataPyMachine *py,
                     StrataPyValue   *self,
                     StrataPyValue  **arguments)
{
  StrataPyValue *row = only_row (py, self);

  return row != NULL || strata_py_has_failed (py) ? row : strata_py_none (py);
}

static StrataPyValue *
result_scalar (StrataPyMachine *py,
               StrataPyValue   *self,
               StrataPyValue  **arguments)
{
  ((Result *) self)->shape = AS_SCALARS;

  return result_first (py, self, arguments);
}

static StrataPyValue *
result_scalar_one (StrataPyMachine *py,
                   StrataPyValue   *self,
                   StrataPyValue  **arguments)
{
  ((Result *) self)->shape = AS_SCALARS;

  return result_one (py, self, arguments);
}

static StrataPyValue *
result_scalar_one_or_none (StrataPyMachine *py,
                           StrataPyValue   *self,
                           StrataPyValue  **arguments)
{
  ((Result *) self)->shape = AS_SCALARS;

  return result_only_or_none (py, self, arguments);
}

static StrataPyValue *
result_scalars (StrataPyMachine *py,
                StrataPyValue   *self,
                StrataPyValue  **arguments)
{
  gint64 column = 0;

  if (arguments[0] != NULL && !strata_py_value_get_int (arguments[0], &column))
    return strata_py_refuse (py, "scalars() of a named column is not known here");
  if (column < 0 || column >= ((Result *) self)->rows->n_columns)
    return strata_py_raise (py, "IndexError", "tuple index out of range");
  ((Result *) self)->shape = AS_SCALARS;
  ((Result *) self)->column = column;

  return self;
}

static StrataPyValue *
result_mappings (StrataPyMachine *py,
                 StrataPyValue   *self,
                 StrataPyValue  **arguments)
{
  ((Result *) self)->shape = AS_MAPPINGS;

  return self;
}

static StrataPyValue *
result_keys (StrataPyMachine *py,
             StrataPyValue   *self,
             StrataPyValue  **arguments)
{
  const StrataSaRows *rows = ((Result *) self)->rows;
  StrataPyValue *list = strata_py_list (py, NULL, 0);

  for (guint i = 0; i < rows->n_columns; i++)
    strata_py_list_append (py, list, strata_py_str (py, rows->names[i]));

  return list;
}

static StrataPyValue *
result_close (StrataPyMachine *py,
              StrataPyValue   *self,
              StrataPyValue  **arguments)
{
  ((Result *) self)->next = ((Result *) self)->rows->n_rows;

  return strata_py_none (py);
}

static StrataPyValue *
result_attribute (StrataPyMachine *py,
                  StrataPyValue   *value,
                  const char      *name)
{
  Result *self = (Result *) value;

  if (g_str_equal (name, "rowcount") && self->rows->n_changed < -1)
    return strata_py_refuse (py, "how many rows a statement of an earlier run changed is not known any more");
  if (g_str_equal (name, "rowcount"))
    return strata_py_int (py, self->rows->n_changed);
  if (g_str_equal (name, "returns_rows"))
    return strata_py_bool (py, self->rows->n_columns > 0);

  return NULL;
}

static const StrataPyNative result_methods[] = {
  { "all", "", result_all },
  { "close", "", result_close },
  { "fetchall", "", result_all },
  { "fetchmany", "size=", result_many },
  { "fetchone", "", result_one_or_none },
  { "first", "", result_first },
  { "keys", "", result_keys },
  { "mappings", "", result_mappings },
  { "one", "", result_one },
  { "one_or_none", "", result_only_or_none },
  { "scalar", "", result_scalar },
  { "scalar_one", "", result_scalar_one },
  { "scalar_one_or_none", "", result_scalar_one_or_none },
  { "scalars", "index=", result_scalars },
  { NULL }
};

static const StrataPySlots result_slots = {
  .name = "CursorResult",
  .methods = result_methods,
  .lacking = " lastrowid inserted_primary_key inserted_primary_key_rows unique columns partitions yield_per freeze merge cursor"
             " context is_insert closed tuples t supports_sane_rowcount returned_defaults last_inserted_params ",
  .get_attribute = result_attribute,
  .iterate = result_iterate,
  .next = result_next,
};

StrataPyValue *
strata_sa_new_result (StrataPyMachine    *py,
                      const StrataSaRows *rows)
{
  Result *self = strata_py_host_object (py, get_class (py, "CursorResult"), sizeof *self);

  self->rows = rows;

  return &self->base;
}

void
strata_sa_add_results (StrataPyMachine *py)
{
  strata_sa_export (py, STRATA_SA_ROOT, "Row", (StrataPyValue *) strata_py_class (py, &row_slots, NULL));
  strata_sa_export (py, STRATA_SA_ROOT, "CursorResult", (StrataPyValue *) strata_py_class (py, &result_slots, NULL));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/table.h"

const char *
strata_sa_table_key (Machine    *py,
                     const char *schema,
                     const char *name)
{
  g_autofree char *key = schema != NULL ? g_strdup_printf ("%s.%s", schema, name) : NULL;

  return key != NULL ? strata_sa_intern (py, key) : name;
}

StrataSaTable *
strata_sa_alloc_table (Machine    *py,
                       Class      *class,
                       const char *schema,
                       const char *name)
{
  StrataSaTable *self = strata_py_host_object (py, class, sizeof *self);
  StrataRelation *relation = strata_sa_new_relation (py, STRATA_RELATION_TABLE);

  if (relation == NULL)
    return NULL;
  relation->schema = schema;
  relation->name = name;
  self->from.relation = relation;
  strata_sa_own_relation (relation, &self->from);
  self->from.columns = strata_py_dict (py);
  self->items = strata_py_list (py, NULL, 0);
  self->said = strata_py_dict (py);
  self->schema = schema;
  self->name = name;

  return self;
}

static gboolean
attach_column (Machine        *py,
               StrataSaTable  *self,
               StrataSaColumn *column)
{
  const char *key = strata_sa_get_key (column);

  if (key == NULL)
    return strata_sa_read_column (py, (Value *) column) != NULL;
  if (column->table != NULL && column->table != (Value *) self)
    return strata_sa_raise (py, "ArgumentError", "Column object '%s' already assigned to Table '%s'", key,
                            ((StrataSaTable *) column->table)->name) != NULL;
  if (strata_py_dict_get_name (self->from.columns, key) != NULL)
    return strata_sa_raise (py, "DuplicateColumnError", "A column with %s '%s' is already present in table '%s'.",
                            g_strcmp0 (key, column->column.name) == 0 ? "name" : "key", key, self->name) != NULL;

  column->table = (Value *) self;
  column->name->relation = self->from.relation;
  strata_py_dict_set_name (py, self->from.columns, key, (Value *) column);

  return strata_py_list_append (py, self->items, (Value *) column);
}

gboolean
strata_sa_attach (Machine       *py,
                  StrataSaTable *self,
                  Value         *item)
{
  Value **owner;

  if (strata_py_is_none (item))
    return TRUE;
  if (strata_py_value_get_kind (item) == STRATA_PY_VALUE_OPAQUE)
    return strata_py_list_append (py, self->items, item);
  if (strata_sa_is (py, item, STRATA_SA_COLUMN))
    return attach_column (py, self, (StrataSaColumn *) item);
  if (strata_sa_is (py, item, STRATA_SA_INDEX))
    owner = &((StrataSaIndex *) item)->table;
  else if (strata_sa_is (py, item, STRATA_SA_CONSTRAINT) && !((StrataSaConstraint *) item)->is_marker)
    owner = &((StrataSaConstraint *) item)->table;
  else if (strata_sa_is (py, item, STRATA_SA_SEQUENCE))
    return TRUE;
  else
    {
      item = strata_py_to_repr (py, item);
      if (item != NULL)
        strata_sa_raise (py, "ArgumentError", "'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got %s",
                         strata_py_value_get_text (item, NULL));
      return FALSE;
    }

  if (*owner == (Value *) self)
    return TRUE;
  *owner = (Value *) self;

  return strata_py_list_append (py, self->items, item);
}

/* Alembic passes over what belongs to no table, and copies a column that is another one's. */
static gboolean
attach_of_alembic (Machine       *py,
                   StrataSaTable *self,
                   Value         *item)
{
  if (strata_sa_is (py, item, STRATA_SA_COLUMN) && ((StrataSaColumn *) item)->table != NULL)
    item = strata_sa_copy_column (py, item);
  else if (strata_sa_is (py, item, STRATA_SA_CONSTRAINT)
             ? ((StrataSaConstraint *) item)->is_marker
             : !strata_sa_is (py, item, STRATA_SA_COLUMN) && !strata_sa_is (py, item, STRATA_SA_INDEX)
               && strata_py_value_get_kind (item) != STRATA_PY_VALUE_OPAQUE)
    return TRUE;

  return item != NULL && strata_sa_attach (py, self, item);
}

Value *
strata_sa_new_table (Machine    *py,
                     const char *schema,
                     const char *name,
                     Value      *items,
                     Dict       *keywords)
{
  StrataSaTable *self = strata_sa_alloc_table (py, strata_sa_get (py)->classes[STRATA_SA_TABLE],
                                               strata_sa_intern (py, schema), strata_sa_intern (py, name));
  guint length;
  Value **values = strata_py_value_get_items (items, &length);

  if (self == NULL || !strata_sa_read_table_words (py, keywords, &self->create))
    return NULL;
  for (guint i = 0; i < length; i++)
    if (!attach_of_alembic (py, self, values[i]))
      return NULL;

  return (Value *) self;
}

const StrataCreateTable *
strata_sa_get_table (Machine     *py,
                     Value       *value,
                     const char **schema,
                     const char **name)
{
  StrataSaTable *self = (StrataSaTable *) value;
  StrataCreateTable *create;

  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_OPAQUE)
    return strata_py_refuse (py, "“%s”, which is a table here, is not known", strata_py_value_get_opaque_name (value));
  if (!strata_sa_is (py, value, STRATA_SA_TABLE))
    return strata_py_raise (py, "TypeError", "a “%s” is no table", strata_py_value_get_class_name (value));

  create = strata_py_alloc (py, sizeof *create);
  if (create == NULL)
    return NULL;
  *create = self->create;
  *schema = self->schema;
  *name = self->name;

  return strata_sa_read_items (py, self->items, self->schema, self->name, create) ? create : NULL;
}

static Value *
get_keyword (Dict       *keywords,
             const char *name)
{
  Value *value = strata_py_dict_get_name (keywords, name);

  return GIVEN (value) ? value : NULL;
}

static gboolean
is_said (Machine    *py,
         Dict       *keywords,
         const char *name)
{
  Value *value = get_keyword (keywords, name);

  return value != NULL && strata_py_truth (py, value) == 1;
}

/* The column of the same name goes: what comes later counts. */
static void
replace_column (Machine       *py,
                StrataSaTable *self,
                Value         *item)
{
  const char *key = strata_sa_is (py, item, STRATA_SA_COLUMN) ? strata_sa_get_key ((StrataSaColumn *) item) : NULL;
  Value *old = key != NULL ? strata_py_dict_get_name (self->from.columns, key) : NULL;
  Dict *columns = self->from.columns;
  Value *items = self->items;
  guint length, position = 0;
  Value **values = strata_py_value_get_items (items, &length);
  Value *name, *value;

  if (old == NULL || old == item)
    return;
  self->items = strata_py_list (py, NULL, 0);
  self->from.columns = strata_py_dict (py);
  for (guint i = 0; i < length; i++)
    if (values[i] != old)
      strata_py_list_append (py, self->items, values[i]);
  while (strata_py_dict_next (columns, &position, &name, &value))
    if (value != old)
      strata_py_dict_set (py, self->from.columns, name, value);
}

static gboolean
fill_table (Machine       *py,
            StrataSaTable *self,
            Value         *arguments,
            Dict          *keywords,
            gboolean       can_replace)
{
  guint length;
  Value **items = strata_py_value_get_items (arguments, &length);

  if (get_keyword (keywords, "autoload_with") != NULL && !strata_sa_reflect (py, self))
    return FALSE;
  if (!strata_sa_read_table_words (py, keywords, &self->create))
    return FALSE;
  for (guint i = 2; i < length; i++)
    {
      if (can_replace)
        replace_column (py, self, items[i]);
      if (!strata_sa_attach (py, self, items[i]))
        return FALSE;
    }

  return TRUE;
}

static Value *
extend_table (Machine    *py,
              Value      *table,
              const char *key,
              Value      *arguments,
              Dict       *keywords)
{
  gboolean keeps = is_said (py, keywords, "keep_existing");
  gboolean extends = is_said (py, keywords, "extend_existing");
  guint length;

  strata_py_value_get_items (arguments, &length);
  if (!keeps && !extends && length > 2)
    return strata_sa_raise (py, "InvalidRequestError", "Table '%s' is already defined for this MetaData instance.  Specify "
                            "'extend_existing=True' to redefine options and columns on an existing Table object.", key);
  if (extends && !fill_table (py, (StrataSaTable *) table, arguments, keywords, TRUE))
    return NULL;

  return strata_py_has_failed (py) ? NULL : table;
}

static Value *
construct_table (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  Dict *keywords = (Dict *) arguments[1];
  StrataSaTable *self;
  StrataSaMetadata *metadata;
  const char *name, *schema, *key;
  guint length;
  Value **items = strata_py_value_get_items (arguments[0], &length);
  Value *table;

  if (length < 2)
    return strata_py_raise (py, "TypeError", "Table() takes at least two positional-only arguments 'name' and 'metadata'");
  /* A table of models, which matters only if it is used. */
  if (strata_py_value_get_opaque_name (items[1]) != NULL)
    return strata_py_opaque (py, "Table()");
  if (!strata_sa_is (py, items[1], STRATA_SA_METADATA))
    return strata_py_refuse (py, "this metadata of a Table() is not known here");
  if (!strata_sa_expect_text (py, items[0], "name", &name)
      || !strata_sa_expect_text (py, get_keyword (keywords, "schema"), "schema", &schema))
    return NULL;
  metadata = (StrataSaMetadata *) items[1];
  schema = schema != NULL ? schema : metadata->schema;
  key = strata_sa_table_key (py, schema, name);
  if (is_said (py, keywords, "keep_existing") && is_said (py, keywords, "extend_existing"))
    return strata_sa_raise (py, "ArgumentError", "keep_existing and extend_existing are mutually exclusive.");

  table = strata_py_dict_get_name (metadata->tables, key);
  if (table != NULL)
    return extend_table (py, table, key, arguments[0], keywords);
  if (is_said (py, keywords, "must_exist") || is_said (py, keywords, "mustexist"))
    return strata_sa_raise (py, "InvalidRequestError", "Table '%s' not defined", key);

  self = strata_sa_alloc_table (py, (Class *) class, schema, name);
  if (self == NULL)
    return NULL;
  self->metadata = metadata;
  if (!fill_table (py, self, arguments[0], keywords, get_keyword (keywords, "autoload_with") != NULL
                                                     || is_said (py, keywords, "extend_existing")))
    return NULL;
  strata_py_dict_set_name (py, metadata->tables, key, (Value *) self);

  return (Value *) self;
}

static const StrataPySlots table_slots = {
  .name = "Table",
  .methods = strata_sa_table_actions,
  .lacking = " dialect_options kwargs dispatch add_is_dependent_on autoincrement_column foreign_key_constraints implicit_returning ",
  .parameters = "*args, **kwargs",
  .construct = construct_table,
  .get_attribute = strata_sa_get_table_attribute,
};

void
strata_sa_add_tables (Machine *py)
{
  StrataSa *sa = strata_sa_get (py);
  Class *base = sa->classes[STRATA_SA_TABLE_CLAUSE] != NULL ? sa->classes[STRATA_SA_TABLE_CLAUSE] : sa->classes[STRATA_SA_FROM];

  sa->classes[STRATA_SA_TABLE] = strata_py_class (py, &table_slots, base);
  strata_sa_export (py, STRATA_SA_ROOT, "Table", (Value *) sa->classes[STRATA_SA_TABLE]);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/table.h"

#include <glib/gi18n-lib.h>

/* schema=, quote_schema=, naming_convention=, info= */
static Value *
new_metadata (Machine *py,
              Value   *class,
              Value  **arguments)
{
  StrataSaMetadata *self = strata_py_host_object (py, (Class *) class, sizeof *self);

  self->tables = strata_py_dict (py);
  self->sequences = strata_py_list (py, NULL, 0);
  self->naming = arguments[2];
  if (!strata_sa_expect_text (py, arguments[0], "schema", &self->schema) || !strata_sa_refuse_quote (py, arguments[1]))
    return NULL;

  return &self->base;
}

static gboolean
checks_first (Machine *py,
              Value   *argument)
{
  return !strata_sa_get (py)->is_offline && (argument == NULL || strata_py_truth (py, argument) == 1);
}

static Value *
list_tables (Machine          *py,
             StrataSaMetadata *self)
{
  Value *list = strata_py_list (py, NULL, 0);
  guint position = 0;
  Value *key, *table;

  while (strata_py_dict_next (self->tables, &position, &key, &table))
    strata_py_list_append (py, list, table);

  return list;
}

/* Tables that have names by a convention of the script's own are what only SQLAlchemy names. */
static gboolean
refuse_naming (Machine          *py,
               StrataSaMetadata *self)
{
  return !GIVEN (self->naming)
         || strata_py_refuse (py, "tables of a MetaData() with a naming convention are not known here") != NULL;
}

static Value *
create_all (Machine *py,
            Value   *value,
            Value  **arguments)
{
  StrataSaMetadata *self = (StrataSaMetadata *) value;
  Value *tables = GIVEN (arguments[1]) ? strata_py_to_list (py, arguments[1]) : list_tables (py, self);

  if (tables == NULL || !refuse_naming (py, self)
      || !strata_sa_create_all (py, self, tables, checks_first (py, arguments[2])))
    return NULL;

  return strata_py_none (py);
}

static Value *
drop_all (Machine *py,
          Value   *value,
          Value  **arguments)
{
  StrataSaMetadata *self = (StrataSaMetadata *) value;
  Value *tables = GIVEN (arguments[1]) ? strata_py_to_list (py, arguments[1]) : list_tables (py, self);

  if (tables == NULL || !strata_sa_drop_all (py, self, tables, checks_first (py, arguments[2])))
    return NULL;

  return strata_py_none (py);
}

static gboolean
reflect_one (Machine          *py,
             StrataSaMetadata *self,
             const char       *schema,
             const char       *name)
{
  const char *key = strata_sa_table_key (py, schema, name);
  StrataSaTable *table;

  if (strata_py_dict_get_name (self->tables, key) != NULL)
    return TRUE;
  table = strata_sa_alloc_table (py, strata_sa_get (py)->classes[STRATA_SA_TABLE], schema, strata_sa_intern (py, name));
  if (table == NULL)
    return FALSE;
  table->metadata = self;
  strata_py_dict_set_name (py, self->tables, key, (Value *) table);

  return strata_sa_reflect (py, table);
}

static gboolean
reflect_all (Machine          *py,
             StrataSaMetadata *self,
             const char       *schema)
{
  const StrataPicture *picture = strata_sa_get (py)->backend->get_picture (py, schema, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const char *wanted = picture == NULL ? NULL : schema != NULL ? schema : picture->default_schema;

  if (picture == NULL)
    return FALSE;
  for (guint i = 0; i < picture->n_tables; i++)
    if (!picture->tables[i]->is_view && g_strcmp0 (picture->tables[i]->schema, wanted) == 0)
      g_ptr_array_add (names, (char *) strata_sa_intern (py, picture->tables[i]->name));
  for (guint i = 0; i < names->len; i++)
    if (!reflect_one (py, self, schema, names->pdata[i]))
      return FALSE;

  return TRUE;
}

/* bind, schema=, views=, only=, extend_existing=, autoload_replace=, resolve_fks= */
static Value *
reflect (Machine *py,
         Value   *value,
         Value  **arguments)
{
  StrataSaMetadata *self = (StrataSaMetadata *) value;
  const char * const *names;
  const char *schema;

  if (strata_sa_get (py)->is_offline)
    return strata_py_stop (py, "needs-database", _("MetaData.reflect() reads the database"));
  if (GIVEN (arguments[2]) && strata_py_truth (py, arguments[2]) == 1)
    return strata_py_refuse (py, "views= of reflect() is not known here");
  if (!strata_sa_expect_text (py, arguments[1], "schema", &schema))
    return NULL;
  schema = schema != NULL ? schema : self->schema;
  if (!GIVEN (arguments[3]))
    return reflect_all (py, self, schema) ? strata_py_none (py) : NULL;
  if (!strata_sa_read_names (py, arguments[3], &names))
    return NULL;
  for (; *names != NULL; names++)
    if (!reflect_one (py, self, schema, *names))
      return NULL;

  return strata_py_none (py);
}

static Value *
clear (Machine *py,
       Value   *value,
       Value  **arguments)
{
  ((StrataSaMetadata *) value)->tables = strata_py_dict (py);

  return strata_py_none (py);
}

static Value *
remove_table (Machine *py,
              Value   *value,
              Value  **arguments)
{
  StrataSaMetadata *self = (StrataSaMetadata *) value;
  Dict *tables = self->tables;
  guint position = 0;
  Value *key, *table;

  self->tables = strata_py_dict (py);
  while (strata_py_dict_next (tables, &position, &key, &table))
    if (table != arguments[0])
      strata_py_dict_set (py, self->tables, key, table);

  return strata_py_none (py);
}

static Value *
get_metadata_attribute (Machine    *py,
                        Value      *value,
                        const char *name)
{
  StrataSaMetadata *self = (StrataSaMetadata *) value;

  if (g_str_equal (name, "tables"))
    return (Value *) self->tables;
  if (g_str_equal (name, "schema"))
    return strata_sa_wrap_text (py, self->schema);
  if (g_str_equal (name, "sorted_tables"))
    return strata_sa_sort_tables (py, self, list_tables (py, self));
  if (g_str_equal (name, "naming_convention"))
    return GIVEN (self->naming) ? self->naming : (Value *) strata_py_dict (py);

  return NULL;
}

static gboolean
set_metadata_attribute (Machine    *py,
                        Value      *value,
                        const char *name,
                        Value      *to)
{
  StrataSaMetadata *self = (StrataSaMetadata *) value;

  if (to != NULL && g_str_equal (name, "naming_convention"))
    {
      self->naming = to;
      return TRUE;
    }
  if (to != NULL && g_str_equal (name, "schema"))
    return strata_sa_expect_text (py, to, "schema", &self->schema);

  /* It means nothing any more. */
  if (g_str_equal (name, "bind"))
    return TRUE;

  return strata_py_refuse (py, "“%s” of a MetaData() is changed", name) != NULL;
}

static int
metadata_contains (Machine *py,
                   Value   *value,
                   Value   *item)
{
  const char *key = strata_py_value_get_text (item, NULL);

  if (key == NULL && strata_sa_is (py, item, STRATA_SA_TABLE))
    key = strata_sa_table_key (py, ((StrataSaTable *) item)->schema, ((StrataSaTable *) item)->name);

  return key != NULL && strata_py_dict_get_name (((StrataSaMetadata *) value)->tables, key) != NULL;
}

static const StrataPyNative metadata_methods[] = {
  { "create_all", "bind, tables=, checkfirst=", create_all },
  { "drop_all", "bind, tables=, checkfirst=", drop_all },
  { "reflect", "bind, schema=, views=, only=, extend_existing=, autoload_replace=, resolve_fks=, **dialect_kwargs", reflect },
  { "clear", NULL, clear },
  { "remove", "table", remove_table },
  { NULL }
};

static const StrataPySlots metadata_slots = {
  .name = "MetaData",
  .methods = metadata_methods,
  .lacking = " info dispatch ",
  .parameters = "schema=, quote_schema=, naming_convention=, info=",
  .construct = new_metadata,
  .get_attribute = get_metadata_attribute,
  .set_attribute = set_metadata_attribute,
  .contains = metadata_contains,
};

void
strata_sa_add_metadata (Machine *py)
{
  Class *class = strata_py_class (py, &metadata_slots, NULL);

  strata_sa_get (py)->classes[STRATA_SA_METADATA] = class;
  strata_sa_export (py, STRATA_SA_ROOT, "MetaData", (Value *) class);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/dialect.h"
#include "core/sqlalchemy/inspector.h"

#include <string.h>

typedef StrataPyMachine Machine;
typedef StrataPyValue   Value;

typedef struct
{
  Value         base;
  Value        *bind;
  StrataPyDict *answers;     /* the question, as one text, to what was answered */
} Inspector;

/* A name in a script: a string, or None. */
static gboolean
read_text (Machine     *py,
           Value       *value,
           const char **text)
{
  *text = NULL;
  if (value == NULL || strata_py_is_none (value))
    return TRUE;

  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_STR)
    *text = strata_py_value_get_text (value, NULL);
  else
    strata_py_refuse (py, "the inspector takes names as strings");

  return *text != NULL;
}

static const StrataPicture *
get_picture (Machine    *py,
             const char *schema,
             const char *table)
{
  return strata_sa_need_database (py, "sa.inspect()") ? strata_sa_get (py)->backend->get_picture (py, schema, table) : NULL;
}

static Value *
get_key (Machine    *py,
         const char *question,
         const char *schema,
         const char *name)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s\n%s", question, schema != NULL ? schema : "", name != NULL ? name : "");

  return strata_py_str (py, key);
}

static Value *
remember (Machine   *py,
          Inspector *self,
          Value     *key,
          Value     *answer)
{
  if (answer != NULL && !strata_py_dict_set (py, self->answers, key, answer))
    return NULL;

  return answer;
}

static const StrataPictureTable *
find_table (const StrataPicture *picture,
            const char          *schema,
            const char          *name)
{
  const StrataPictureTable *table = strata_picture_find_table (picture, schema, name);

  /* SQLite knows it in other letters; PostgreSQL sees it in another schema of the search path. */
  for (guint i = 0; table == NULL && i < picture->n_tables; i++)
    if (picture->dialect == STRATA_DIALECT_SQLITE ? g_ascii_strcasecmp (picture->tables[i]->name, name) == 0
                                                  : schema == NULL && strcmp (picture->tables[i]->name, name) == 0)
      table = picture->tables[i];

  return table;
}

/* Of one table: arguments are its name and its schema. */
static Value *
ask_table (Machine           *py,
           Value             *value,
           Value            **arguments,
           const char        *question,
           StrataSaWrapTable  wrap)
{
  Inspector *self = (Inspector *) value;
  const char *name, *schema;
  const StrataPictureTable *table;
  const StrataPicture *picture;
  Value *key, *answer;

  if (!read_text (py, arguments[0], &name) || !read_text (py, arguments[1], &schema) || name == NULL)
    return strata_py_has_failed (py) ? NULL : strata_py_refuse (py, "the inspector takes names as strings");

  key = get_key (py, question, schema, name);
  answer = strata_py_dict_get (py, self->answers, key);
  if (answer != NULL)
    return answer;

  picture = get_picture (py, schema, name);
  if (picture == NULL)
    return NULL;
  table = find_table (picture, schema, name);
  if (table == NULL)
    return strata_sa_raise (py, "NoSuchTableError", "%s%s%s", schema != NULL ? schema : "", schema != NULL ? "." : "", name);

  return remember (py, self, key, wrap (py, table, schema));
}

#define TABLE_METHOD(name, wrap) \
  static Value * \
  name (Machine *py, Value *self, Value **arguments) \
  { \
    return ask_table (py, self, arguments, #name, wrap); \
  }

TABLE_METHOD (get_columns, strata_sa_wrap_columns)
TABLE_METHOD (get_pk_constraint, strata_sa_wrap_primary_key)
TABLE_METHOD (get_foreign_keys, strata_sa_wrap_references)
TABLE_METHOD (get_indexes, strata_sa_wrap_indexes)
TABLE_METHOD (get_unique_constraints, strata_sa_wrap_uniques)
TABLE_METHOD (get_check_constraints, strata_sa_wrap_checks)

static Value *
get_table_comment (Machine  *py,
                   Value    *self,
                   Value   **arguments)
{
  if (strata_sa_get (py)->dialect == STRATA_DIALECT_SQLITE)
    return strata_py_raise (py, "NotImplementedError", "%s", "");

  return ask_table (py, self, arguments, "get_table_comment", strata_sa_wrap_comment);
}

static gboolean
is_in_schema (const StrataPicture *picture,
              const char          *schema,
              const char          *wanted)
{
  return g_strcmp0 (schema, wanted != NULL ? wanted : picture->default_schema) == 0;
}

static void
append (Machine    *py,
        Value      *list,
        const char *name)
{
  strata_py_list_append (py, list, strata_py_str (py, name));
}

static Value *
list_tables (Machine             *py,
             const StrataPicture *picture,
             const char          *schema)
{
  Value *list = strata_py_list (py, NULL, 0);

  for (guint i = 0; i < picture->n_tables; i++)
    if (!picture->tables[i]->is_view && !picture->tables[i]->is_foreign
        && is_in_schema (picture, picture->tables[i]->schema, schema))
      append (py, list, picture->tables[i]->name);

  return list;
}

static gboolean
is_materialized (const StrataPicture      *picture,
                 const StrataPictureTable *table)
{
  for (guint i = 0; picture->materialized != NULL && picture->materialized[i] != NULL; i++)
    if (strcmp (picture->materialized[i]->name, table->name) == 0
        && g_strcmp0 (picture->materialized[i]->schema, table->schema) == 0)
      return TRUE;

  return FALSE;
}

static Value *
list_views (Machine             *py,
            const StrataPicture *picture,
            const char          *schema)
{
  Value *list = strata_py_list (py, NULL, 0);

  for (guint i = 0; i < picture->n_tables; i++)
    if (picture->tables[i]->is_view && !is_materialized (picture, picture->tables[i])
        && is_in_schema (picture, picture->tables[i]->schema, schema))
      append (py, list, picture->tables[i]->name);

  return list;
}

static Value *
list_names (Machine                          *py,
            const StrataPicture              *picture,
            const StrataPictureName * const  *names,
            const char                       *schema)
{
  Value *list = strata_py_list (py, NULL, 0);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (is_in_schema (picture, names[i]->schema, schema))
      append (py, list, names[i]->name);

  return list;
}

static Value *
list_materialized (Machine             *py,
                   const StrataPicture *picture,
                   const char          *schema)
{
  return list_names (py, picture, picture->materialized, schema);
}

static Value *
list_sequences (Machine             *py,
                const StrataPicture *picture,
                const char          *schema)
{
  if (picture->dialect == STRATA_DIALECT_SQLITE)
    return strata_py_raise (py, "NotImplementedError", "%s", "");

  return list_names (py, picture, picture->sequences, schema);
}

static Value *
list_schemas (Machine             *py,
              const StrataPicture *picture,
              const char          *schema)
{
  Value *list = strata_py_list (py, NULL, 0);

  for (guint i = 0; picture->schemas != NULL && picture->schemas[i] != NULL; i++)
    append (py, list, picture->schemas[i]);

  return list;
}

/* Of one schema ("*": of all), which is the default one if none is said. */
static Value *
list_enums (Machine             *py,
            const StrataPicture *picture,
            const char          *schema)
{
  Value *list = strata_py_list (py, NULL, 0);

  if (picture->dialect != STRATA_DIALECT_POSTGRESQL)
    return strata_py_raise (py, "AttributeError", "'Inspector' object has no attribute 'get_enums'");

  for (guint i = 0; picture->enums != NULL && picture->enums[i] != NULL; i++)
    {
      const StrataType *type = picture->enums[i];
      StrataPyDict *dict = strata_py_dict (py);
      Value *labels = strata_py_list (py, NULL, 0);

      if (g_strcmp0 (schema, "*") != 0 && !is_in_schema (picture, type->values.schema, schema))
        continue;
      for (guint j = 0; type->values.values[j] != NULL; j++)
        append (py, labels, type->values.values[j]);
      strata_py_dict_set_name (py, dict, "name", strata_py_str (py, type->name));
      strata_py_dict_set_name (py, dict, "schema", strata_py_str (py, type->values.schema));
      strata_py_dict_set_name (py, dict, "visible",
                               strata_py_bool (py, is_in_schema (picture, type->values.schema, NULL)));
      strata_py_dict_set_name (py, dict, "labels", labels);
      strata_py_list_append (py, list, (Value *) dict);
    }

  return list;
}

typedef Value *(*ListFunc) (Machine *py, const StrataPicture *picture, const char *schema);

static Value *
ask_list (Machine     *py,
          Value       *value,
          Value       *wanted,
          const char  *question,
          ListFunc     list)
{
  Inspector *self = (Inspector *) value;
  const StrataPicture *picture;
  const char *schema;
  Value *key, *answer;

  if (!read_text (py, wanted, &schema))
    return NULL;

  key = get_key (py, question, schema, NULL);
  answer = strata_py_dict_get (py, self->answers, key);
  if (answer != NULL)
    return answer;

  picture = get_picture (py, g_strcmp0 (schema, "*") != 0 ? schema : NULL, NULL);

  return picture != NULL ? remember (py, self, key, list (py, picture, schema)) : NULL;
}

#define LIST_METHOD(name, list) \
  static Value * \
  name (Machine *py, Value *self, Value **arguments) \
  { \
    return ask_list (py, self, arguments[0], #name, list); \
  }

LIST_METHOD (get_table_names, list_tables)
LIST_METHOD (get_view_names, list_views)
LIST_METHOD (get_materialized_view_names, list_materialized)
LIST_METHOD (get_sequence_names, list_sequences)
LIST_METHOD (get_enums, list_enums)

static Value *
get_schema_names (Machine  *py,
                  Value    *self,
                  Value   **arguments)
{
  return ask_list (py, self, NULL, "get_schema_names", list_schemas);
}

static Value *
contains (Machine *py,
          Value   *list,
          Value   *name)
{
  guint n = 0;
  Value **items = list != NULL ? strata_py_value_get_items (list, &n) : NULL;

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    if (strata_py_equal (py, items[i], name) == 1)
      return strata_py_bool (py, TRUE);

  return strata_py_bool (py, FALSE);
}

static Value *
has_table (Machine  *py,
           Value    *value,
           Value   **arguments)
{
  Inspector *self = (Inspector *) value;
  const StrataPicture *picture;
  const char *name, *schema;
  Value *key, *answer;

  if (!read_text (py, arguments[0], &name) || !read_text (py, arguments[1], &schema) || name == NULL)
    return strata_py_has_failed (py) ? NULL : strata_py_refuse (py, "the inspector takes names as strings");

  key = get_key (py, "has_table", schema, name);
  answer = strata_py_dict_get (py, self->answers, key);
  if (answer != NULL)
    return answer;

  picture = get_picture (py, schema, name);
  if (picture == NULL)
    return NULL;

  return remember (py, self, key, strata_py_bool (py, find_table (picture, schema, name) != NULL));
}

static Value *
has_schema (Machine  *py,
            Value    *self,
            Value   **arguments)
{
  return contains (py, get_schema_names (py, self, NULL), arguments[0]);
}

static Value *
has_sequence (Machine  *py,
              Value    *self,
              Value   **arguments)
{
  return contains (py, get_sequence_names (py, self, arguments + 1), arguments[0]);
}

static Value *
has_index (Machine  *py,
           Value    *self,
           Value   **arguments)
{
  Value *table[] = { arguments[0], arguments[2] };
  Value *exists = has_table (py, self, table);
  Value *list = exists == NULL || strata_py_truth (py, exists) != 1 ? exists : get_indexes (py, self, table);
  guint n = 0;
  Value **items = list != NULL && list != exists ? strata_py_value_get_items (list, &n) : NULL;

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < n; i++)
    if (strata_py_equal (py, strata_py_dict_get_name ((StrataPyDict *) items[i], "name"), arguments[1]) == 1)
      return strata_py_bool (py, TRUE);

  return strata_py_bool (py, FALSE);
}

static Value *
clear_cache (Machine  *py,
             Value    *self,
             Value   **arguments)
{
  ((Inspector *) self)->answers = strata_py_dict (py);

  return strata_py_none (py);
}

static Value *
inspector_attribute (Machine    *py,
                     Value      *value,
                     const char *name)
{
  Inspector *self = (Inspector *) value;
  const StrataPicture *picture;

  if (strcmp (name, "bind") == 0 || strcmp (name, "engine") == 0)
    return self->bind;
  if (strcmp (name, "dialect") == 0)
    return strata_sa_get_dialect_object (py);
  if (strcmp (name, "default_schema_name") != 0)
    return NULL;

  picture = get_picture (py, NULL, "");

  return picture != NULL ? strata_py_str (py, picture->default_schema) : NULL;
}

static Value *
new_inspector (Machine *py,
               Value   *class,
               Value   *bind)
{
  Inspector *self = strata_py_host_object (py, (StrataPyClass *) class, sizeof *self);

  self->bind = bind;
  self->answers = strata_py_dict (py);

  return &self->base;
}

static Value *
from_bind (Machine  *py,
           Value    *class,
           Value   **arguments)
{
  return strata_sa_need_database (py, "sa.inspect()") ? new_inspector (py, class, arguments[0]) : NULL;
}

Value *
strata_sa_ask_inspector (Machine    *py,
                         const char *question,
                         Value      *bind,
                         Value      *name,
                         Value      *schema)
{
  Value *class = strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], "Inspector");
  Value *inspector = from_bind (py, class, &bind);
  Value *method = inspector != NULL ? strata_py_find_attribute (py, inspector, question) : NULL;

  if (method == NULL)
    return NULL;
  if (schema == NULL)
    schema = strata_py_none (py);

  return name != NULL ? strata_py_call_values (py, method, 2, name, schema) : strata_py_call_values (py, method, 1, schema);
}

static Value *
inspect (Machine  *py,
         Value    *self,
         Value   **arguments)
{
  Value *class = strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], "Inspector");

  if (!strata_py_is_none (arguments[0]) && !strata_sa_is (py, arguments[0], STRATA_SA_CONNECTION))
    return strata_py_refuse (py, "sa.inspect() of what is no connection");

  return from_bind (py, class, arguments);
}

static const StrataPyNative methods[] = {
  { "get_columns", "table_name, schema=, **kw", get_columns },
  { "get_pk_constraint", "table_name, schema=, **kw", get_pk_constraint },
  { "get_foreign_keys", "table_name, schema=, **kw", get_foreign_keys },
  { "get_indexes", "table_name, schema=, **kw", get_indexes },
  { "get_unique_constraints", "table_name, schema=, **kw", get_unique_constraints },
  { "get_check_constraints", "table_name, schema=, **kw", get_check_constraints },
  { "get_table_comment", "table_name, schema=, **kw", get_table_comment },
  { "get_table_names", "schema=, **kw", get_table_names },
  { "get_view_names", "schema=, **kw", get_view_names },
  { "get_materialized_view_names", "schema=, **kw", get_materialized_view_names },
  { "get_sequence_names", "schema=, **kw", get_sequence_names },
  { "get_schema_names", "**kw", get_schema_names },
  { "get_enums", "schema=", get_enums },
  { "has_table", "table_name, schema=, **kw", has_table },
  { "has_index", "table_name, index_name, schema=, **kw", has_index },
  { "has_schema", "schema_name, **kw", has_schema },
  { "has_sequence", "sequence_name, schema=, **kw", has_sequence },
  { "clear_cache", "", clear_cache },
  { NULL, NULL, NULL },
};

static const StrataPyNative class_methods[] = {
  { "from_engine", "bind", from_bind },
  { NULL, NULL, NULL },
};

static const StrataPySlots slots = {
  .name = "Inspector",
  .methods = methods,
  .class_methods = class_methods,
  .parameters = "bind",
  .construct = from_bind,
  .get_attribute = inspector_attribute,
  .lacking = " info_cache get_domains get_table_options get_temp_table_names get_temp_view_names get_view_definition"
             " get_multi_columns get_multi_pk_constraint get_multi_foreign_keys get_multi_indexes"
             " get_multi_unique_constraints get_multi_check_constraints get_multi_table_comment get_multi_table_options"
             " get_sorted_table_and_fkc_names sort_tables_on_foreign_key_dependency reflect_table get_table_oid has_type"
             " reflecttable get_foreign_table_names ",
};

static const StrataPyNative functions[] = {
  { "inspect", "subject, raiseerr=", inspect },
  { NULL, NULL, NULL },
};

void
strata_sa_add_inspector (Machine *py)
{
  StrataPyClass *class = strata_py_class (py, &slots, NULL);

  strata_sa_export (py, STRATA_SA_ROOT, "Inspector", (Value *) class);
  strata_sa_export_functions (py, STRATA_SA_ROOT, functions);
}

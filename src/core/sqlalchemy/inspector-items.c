/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/element.h"
#include "core/sqlalchemy/inspector.h"
#include "core/sqlalchemy/types.h"

#include <stdlib.h>
#include <string.h>

typedef StrataPyMachine Machine;
typedef StrataPyValue   Value;
typedef StrataPyDict    Dict;

static void
put (Machine    *py,
     Dict       *dict,
     const char *name,
     Value      *value)
{
  strata_py_dict_set_name (py, dict, name, value);
}

static Value *
text_or_none (Machine    *py,
              const char *text)
{
  return text != NULL ? strata_py_str (py, text) : strata_py_none (py);
}

static Value *
wrap_names (Machine            *py,
            const char * const *names)
{
  Value *list = strata_py_list (py, NULL, 0);

  for (; names != NULL && *names != NULL; names++)
    strata_py_list_append (py, list, strata_py_str (py, *names));

  return list;
}

static gboolean
is_sqlite (Machine *py)
{
  return strata_sa_get (py)->dialect == STRATA_DIALECT_SQLITE;
}

static void
put_number (Machine    *py,
            Dict       *dict,
            const char *name,
            const char *number)
{
  if (number != NULL)
    put (py, dict, name, strata_py_int (py, g_ascii_strtoll (number, NULL, 10)));
}

static Value *
wrap_identity (Machine                     *py,
               const StrataPictureIdentity *identity)
{
  Dict *dict = strata_py_dict (py);

  put (py, dict, "always", strata_py_bool (py, identity->is_always));
  put_number (py, dict, "start", identity->start);
  put_number (py, dict, "increment", identity->increment);
  put_number (py, dict, "minvalue", identity->minvalue);
  put_number (py, dict, "maxvalue", identity->maxvalue);
  put_number (py, dict, "cache", identity->cache);
  put (py, dict, "cycle", strata_py_bool (py, identity->cycles));

  return (Value *) dict;
}

/* The sequence of a default gets the schema that was asked for. */
static Value *
wrap_default (Machine                   *py,
              const StrataPictureColumn *column,
              const char                *schema)
{
  static const char * const call = "nextval('";
  const char *start = column->default_text != NULL ? strstr (column->default_text, call) : NULL;
  const char *name = start != NULL ? start + strlen (call) : NULL;
  const char *end = name != NULL ? strchr (name, '\'') : NULL;
  g_autofree char *text = NULL;

  if (schema == NULL || end == NULL || is_sqlite (py) || memchr (name, '.', end - name) != NULL)
    return text_or_none (py, column->default_text);

  text = g_strdup_printf ("%s\"%s\".%s", call, schema, name);

  return strata_py_str (py, text);
}

static gint64
find_key_position (const StrataPictureTable  *table,
                   const StrataPictureColumn *column)
{
  for (guint i = 0; table->primary_key != NULL && table->primary_key->columns[i] != NULL; i++)
    if (strcmp (table->primary_key->columns[i], column->name) == 0)
      return i + 1;

  return 0;
}

static Value *
wrap_column (Machine                   *py,
             const StrataPictureTable  *table,
             const StrataPictureColumn *column,
             const char                *schema)
{
  Dict *dict = strata_py_dict (py);
  Value *type = strata_sa_wrap_type (py, column->type);
  const StrataDomain *domain = column->type->kind == STRATA_TYPE_DOMAIN ? column->type->domain : NULL;

  if (type == NULL)
    return NULL;

  put (py, dict, "name", strata_py_str (py, column->name));
  put (py, dict, "type", type);
  put (py, dict, "nullable", strata_py_bool (py, column->is_nullable && (domain == NULL || !domain->is_not_null)));
  if (domain != NULL && column->default_text == NULL)
    put (py, dict, "default", text_or_none (py, domain->default_text));
  else
    put (py, dict, "default", wrap_default (py, column, schema));

  if (is_sqlite (py))
    put (py, dict, "primary_key", strata_py_int (py, find_key_position (table, column)));
  else
    {
      put (py, dict, "autoincrement", strata_py_bool (py, column->is_autoincrement));
      put (py, dict, "comment", text_or_none (py, column->comment));
    }

  if (column->computed != NULL)
    {
      Dict *computed = strata_py_dict (py);

      put (py, computed, "sqltext", strata_py_str (py, column->computed));
      put (py, computed, "persisted", strata_py_bool (py, column->is_stored));
      put (py, dict, "computed", (Value *) computed);
    }
  if (column->identity != NULL)
    put (py, dict, "identity", wrap_identity (py, column->identity));

  return (Value *) dict;
}

Value *
strata_sa_wrap_columns (Machine                  *py,
                        const StrataPictureTable *table,
                        const char               *schema)
{
  Value *list = strata_py_list (py, NULL, 0);

  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    {
      Value *column = wrap_column (py, table, table->columns[i], schema);

      if (column == NULL)
        return NULL;
      strata_py_list_append (py, list, column);
    }

  return list;
}

static void
put_key_options (Machine                *py,
                 Dict                   *dict,
                 const StrataPictureKey *key,
                 gboolean                is_unique)
{
  Dict *options = strata_py_dict (py);

  put (py, options, "postgresql_include", wrap_names (py, key->include));
  if (is_unique)
    put (py, options, "postgresql_nulls_not_distinct", strata_py_bool (py, key->nulls_not_distinct));
  put (py, dict, "comment", text_or_none (py, key->comment));
  put (py, dict, "dialect_options", (Value *) options);
}

Value *
strata_sa_wrap_primary_key (Machine                  *py,
                            const StrataPictureTable *table,
                            const char               *schema)
{
  const StrataPictureKey *key = table->primary_key;
  Dict *dict = strata_py_dict (py);

  put (py, dict, "constrained_columns", wrap_names (py, key != NULL ? key->columns : NULL));
  put (py, dict, "name", text_or_none (py, key != NULL ? key->name : NULL));
  if (key != NULL && !is_sqlite (py))
    put_key_options (py, dict, key, FALSE);

  return (Value *) dict;
}

static Value *
wrap_reference_options (Machine                      *py,
                        const StrataPictureReference *reference)
{
  Dict *dict = strata_py_dict (py);

  if (reference->on_update != NULL)
    put (py, dict, "onupdate", strata_py_str (py, reference->on_update));
  if (reference->on_delete != NULL)
    put (py, dict, "ondelete", strata_py_str (py, reference->on_delete));
  if (reference->initially != NULL)
    put (py, dict, "initially", strata_py_str (py, reference->initially));
  if (reference->deferrable != NULL)
    put (py, dict, "deferrable", strata_py_bool (py, strcmp (reference->deferrable, "DEFERRABLE") == 0));
  if (reference->match != NULL && !is_sqlite (py))
    put (py, dict, "match", strata_py_str (py, reference->match));

  return (Value *) dict;
}

/* SQLite refers to tables of the same schema; PostgreSQL says one that is in no search path. */
static const char *
get_referred_schema (Machine                      *py,
                     const StrataPictureReference *reference,
                     const char                   *schema)
{
  if (is_sqlite (py))
    return schema;
  if (reference->is_schema_said)
    return reference->schema;

  return schema != NULL && strcmp (schema, reference->schema) == 0 ? schema : NULL;
}

Value *
strata_sa_wrap_references (Machine                  *py,
                           const StrataPictureTable *table,
                           const char               *schema)
{
  Value *list = strata_py_list (py, NULL, 0);

  for (guint i = 0; table->references != NULL && table->references[i] != NULL; i++)
    {
      const StrataPictureReference *reference = table->references[i];
      Dict *dict = strata_py_dict (py);

      put (py, dict, "name", text_or_none (py, reference->name));
      put (py, dict, "constrained_columns", wrap_names (py, reference->columns));
      put (py, dict, "referred_schema", text_or_none (py, get_referred_schema (py, reference, schema)));
      put (py, dict, "referred_table", strata_py_str (py, reference->table));
      put (py, dict, "referred_columns", wrap_names (py, reference->referred));
      put (py, dict, "options", wrap_reference_options (py, reference));
      if (!is_sqlite (py))
        put (py, dict, "comment", text_or_none (py, reference->comment));
      strata_py_list_append (py, list, (Value *) dict);
    }

  return list;
}

static Value *
wrap_text (Machine    *py,
           const char *text)
{
  StrataExpression *expression = strata_sa_new_expression (py, STRATA_EXPRESSION_WORDS);

  if (expression == NULL)
    return NULL;
  expression->name = strata_sa_intern (py, text);

  return strata_sa_wrap_expression (py, expression);
}

static gboolean
has_expression (const StrataPictureIndex *index)
{
  for (guint i = 0; index->elements != NULL && index->elements[i] != NULL; i++)
    if (index->elements[i]->column == NULL)
      return TRUE;

  return FALSE;
}

static void
put_elements (Machine                  *py,
              Dict                     *dict,
              const StrataPictureIndex *index)
{
  Value *names = strata_py_list (py, NULL, 0);
  Value *expressions = strata_py_list (py, NULL, 0);

  for (guint i = 0; index->elements != NULL && index->elements[i] != NULL; i++)
    {
      const StrataPictureElement *element = index->elements[i];

      strata_py_list_append (py, names, text_or_none (py, element->column));
      strata_py_list_append (py, expressions, strata_py_str (py, element->column != NULL ? element->column : element->text));
    }

  put (py, dict, "column_names", names);
  if (has_expression (index))
    put (py, dict, "expressions", expressions);
}

static void
put_sorting (Machine                  *py,
             Dict                     *dict,
             const StrataPictureIndex *index)
{
  Dict *sorting = strata_py_dict (py);

  for (guint i = 0; index->elements != NULL && index->elements[i] != NULL; i++)
    {
      const StrataPictureElement *element = index->elements[i];
      Value *words[2];
      guint n = 0;

      if (element->is_descending)
        words[n++] = strata_py_str (py, "desc");
      if (element->nulls != STRATA_NULLS_AS_USUAL)
        words[n++] = strata_py_str (py, element->nulls == STRATA_NULLS_LAST ? "nulls_last" : "nulls_first");
      if (n > 0)
        put (py, sorting, element->column != NULL ? element->column : element->text, strata_py_tuple (py, words, n));
    }

  if (strata_py_dict_get_length (sorting) > 0)
    put (py, dict, "column_sorting", (Value *) sorting);
}

static void
put_pairs (Machine            *py,
           Dict               *dict,
           const char         *name,
           const char * const *words)
{
  Dict *pairs = strata_py_dict (py);

  if (words == NULL)
    return;

  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i += 2)
    put (py, pairs, words[i], strata_py_str (py, words[i + 1]));
  put (py, dict, name, (Value *) pairs);
}

static void
put_index_options (Machine                  *py,
                   Dict                     *dict,
                   const StrataPictureIndex *index)
{
  Dict *options = strata_py_dict (py);
  Dict *classes = strata_py_dict (py);

  for (guint i = 0; index->elements != NULL && index->elements[i] != NULL; i++)
    if (index->elements[i]->operator_class != NULL)
      put (py, classes, index->elements[i]->column != NULL ? index->elements[i]->column : index->elements[i]->text,
           strata_py_str (py, index->elements[i]->operator_class));
  if (strata_py_dict_get_length (classes) > 0)
    put (py, options, "postgresql_ops", (Value *) classes);

  put_pairs (py, options, "postgresql_with", index->with);
  if (g_strcmp0 (index->method, "btree") != 0)
    put (py, options, "postgresql_using", strata_py_str (py, index->method));
  if (index->where != NULL)
    put (py, options, "postgresql_where", strata_py_str (py, index->where));
  put (py, options, "postgresql_include", wrap_names (py, index->include));
  if (index->nulls_not_distinct)
    put (py, options, "postgresql_nulls_not_distinct", strata_py_bool (py, TRUE));
  put (py, dict, "include_columns", wrap_names (py, index->include));
  put (py, dict, "dialect_options", (Value *) options);
}

static Value *
wrap_index (Machine                  *py,
            const StrataPictureIndex *index)
{
  Dict *dict = strata_py_dict (py);

  put (py, dict, "name", strata_py_str (py, index->name));
  if (is_sqlite (py))
    {
      Dict *options = strata_py_dict (py);

      put_elements (py, dict, index);
      put (py, dict, "unique", strata_py_int (py, index->is_unique));
      if (index->where != NULL)
        put (py, options, "sqlite_where", wrap_text (py, index->where));
      put (py, dict, "dialect_options", (Value *) options);
      return (Value *) dict;
    }

  put (py, dict, "unique", strata_py_bool (py, index->is_unique));
  put_elements (py, dict, index);
  put_sorting (py, dict, index);
  if (index->is_of_constraint)
    put (py, dict, "duplicates_constraint", strata_py_str (py, index->name));
  put_index_options (py, dict, index);

  return (Value *) dict;
}

Value *
strata_sa_wrap_indexes (Machine                  *py,
                        const StrataPictureTable *table,
                        const char               *schema)
{
  Value *list = strata_py_list (py, NULL, 0);

  /* Of SQLite, SQLAlchemy sees no expressions. */
  for (guint i = 0; table->indexes != NULL && table->indexes[i] != NULL; i++)
    if (!is_sqlite (py) || !has_expression (table->indexes[i]))
      strata_py_list_append (py, list, wrap_index (py, table->indexes[i]));

  return list;
}

Value *
strata_sa_wrap_uniques (Machine                  *py,
                        const StrataPictureTable *table,
                        const char               *schema)
{
  Value *list = strata_py_list (py, NULL, 0);

  for (guint i = 0; table->uniques != NULL && table->uniques[i] != NULL; i++)
    {
      Dict *dict = strata_py_dict (py);

      put (py, dict, "name", text_or_none (py, table->uniques[i]->name));
      put (py, dict, "column_names", wrap_names (py, table->uniques[i]->columns));
      if (!is_sqlite (py))
        put_key_options (py, dict, table->uniques[i], TRUE);
      strata_py_list_append (py, list, (Value *) dict);
    }

  return list;
}

static Value *
wrap_check (Machine                  *py,
            const StrataPictureCheck *check)
{
  Dict *dict = strata_py_dict (py);
  Dict *options = strata_py_dict (py);

  put (py, dict, "sqltext", strata_py_str (py, check->text));
  put (py, dict, "name", text_or_none (py, check->name));
  if (is_sqlite (py))
    return (Value *) dict;

  put (py, dict, "comment", text_or_none (py, check->comment));
  if (check->is_not_valid)
    put (py, options, "not_valid", strata_py_bool (py, TRUE));
  if (check->is_no_inherit)
    put (py, options, "no_inherit", strata_py_bool (py, TRUE));
  if (strata_py_dict_get_length (options) > 0)
    put (py, dict, "dialect_options", (Value *) options);

  return (Value *) dict;
}

static int
compare_checks (gconstpointer a,
                gconstpointer b)
{
  const StrataPictureCheck *first = *(const StrataPictureCheck * const *) a;
  const StrataPictureCheck *second = *(const StrataPictureCheck * const *) b;

  return strcmp (first->name != NULL ? first->name : "~", second->name != NULL ? second->name : "~");
}

Value *
strata_sa_wrap_checks (Machine                  *py,
                       const StrataPictureTable *table,
                       const char               *schema)
{
  Value *list = strata_py_list (py, NULL, 0);
  g_autoptr(GPtrArray) checks = g_ptr_array_new ();

  for (guint i = 0; table->checks != NULL && table->checks[i] != NULL; i++)
    g_ptr_array_add (checks, (gpointer) table->checks[i]);
  g_ptr_array_sort (checks, compare_checks);
  for (guint i = 0; i < checks->len; i++)
    strata_py_list_append (py, list, wrap_check (py, checks->pdata[i]));

  return list;
}

Value *
strata_sa_wrap_comment (Machine                  *py,
                        const StrataPictureTable *table,
                        const char               *schema)
{
  Dict *dict = strata_py_dict (py);

  put (py, dict, "text", text_or_none (py, table->comment));

  return (Value *) dict;
}

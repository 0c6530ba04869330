/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"

#include <string.h>

/* What select(), insert(), update() and delete() have in common. */

const StrataQuery *
strata_sa_get_query (Machine *py,
                     Value   *value)
{
  return strata_sa_is (py, value, STRATA_SA_STATEMENT) ? &((Statement *) value)->query : NULL;
}

gboolean
strata_sa_is_query (Machine *py,
                    Value   *value)
{
  const StrataQuery *query = strata_sa_get_query (py, value);

  return query != NULL && (query->kind == STRATA_QUERY_SELECT || query->kind == STRATA_QUERY_COMPOUND);
}

Statement *
strata_sa_new_statement (Machine         *py,
                         const char      *class,
                         StrataQueryKind  kind)
{
  Class *found = (Class *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], class);
  Statement *self = strata_py_host_object (py, found, sizeof (Statement));

  self->query.kind = kind;

  return self;
}

Statement *
strata_sa_copy_statement (Machine *py,
                          Value   *self)
{
  Statement *copy = strata_py_host_object (py, self->class, sizeof (Statement));
  const Statement *original = (Statement *) self;

  copy->query = original->query;
  copy->target = original->target;
  copy->entity = original->entity;
  copy->conditions = original->conditions;
  copy->is_plural = original->is_plural;
  copy->is_inline = original->is_inline;
  copy->has_values = original->has_values;
  copy->excluded = original->excluded;

  return copy;
}

/* What was there, and all of them, joined by AND. */
gboolean
strata_sa_add_where (Machine   *py,
                     Statement *self,
                     Value     *conditions)
{
  Expressions old = self->conditions;
  Items items = { NULL };

  for (guint i = 0; old != NULL && old[i] != NULL; i++)
    strata_sa_items_add (py, &items, old[i]);
  if (!strata_sa_read_conditions (py, conditions, &items))
    return FALSE;
  self->conditions = items.items;
  if (items.length > 0)
    self->query.where = strata_sa_conjunction (py, STRATA_OPERATOR_AND, items.items);

  return TRUE;
}

static gboolean
add_columns (Machine *py,
             Dict    *columns,
             Items   *items)
{
  guint position = 0;
  Value *key, *column;

  if (columns == NULL)
    return strata_py_refuse (py, "the columns of this are not known here") != NULL;
  while (strata_py_dict_next (columns, &position, &key, &column))
    {
      const Expression *item = strata_sa_coerce (py, column, NULL);

      if (item == NULL)
        return FALSE;
      strata_sa_items_add (py, items, item);
    }

  return TRUE;
}

static const Expression *
read_selected (Machine *py,
               Value   *value)
{
  StrataPyValueKind kind = strata_py_value_get_kind (value);
  const char *text = strata_py_value_get_text (value, NULL);
  const Expression *selected;
  Expression *words;

  if (kind == STRATA_PY_VALUE_STR && !g_str_equal (text, "*"))
    return strata_sa_raise (py, "ArgumentError",
                            "Textual column expression '%s' should be explicitly declared with text('%s'), or use "
                            "%s('%s') for more specificity", text, text,
                            g_regex_match_simple ("^\\w\\S*$", text, 0, 0) ? "column" : "literal_column", text);
  if (kind == STRATA_PY_VALUE_STR || kind == STRATA_PY_VALUE_INT || kind == STRATA_PY_VALUE_FLOAT)
    {
      words = strata_sa_new_expression (py, STRATA_EXPRESSION_WORDS);
      words->name = strata_sa_intern (py, strata_py_value_get_text (strata_py_to_str (py, value), NULL));
      return words;
    }
  if (kind == STRATA_PY_VALUE_LIST || kind == STRATA_PY_VALUE_TUPLE)
    return strata_sa_raise (py, "ArgumentError",
                            "Column expression, FROM clause, or other columns clause element expected, got a %s. Did you "
                            "mean to say select(...) with its elements?", strata_py_value_get_class_name (value));
  if (kind == STRATA_PY_VALUE_BOOL || kind == STRATA_PY_VALUE_NONE)
    return strata_sa_coerce_condition (py, value);
  if (strata_sa_get_expression (py, value) == NULL && strata_py_value_get_opaque_name (value) == NULL
      && !strata_py_has_failed (py))
    return strata_py_refuse (py, "a “%s” object is selected, which is not known here", strata_py_value_get_class_name (value));

  selected = strata_sa_coerce (py, value, NULL);
  if (selected != NULL && selected->kind == STRATA_EXPRESSION_TUPLE)
    return strata_sa_raise (py, "CompileError", "Most backends don't support SELECTing from a tuple() object.");

  return selected;
}

gboolean
strata_sa_read_selected (Machine *py,
                         Value   *values,
                         Items   *items)
{
  guint length;
  Value **list = strata_py_value_get_items (values, &length);

  for (guint i = 0; i < length; i++)
    {
      const Expression *item;

      Dict *collection = strata_sa_get_collection (py, list[i]);

      if (collection != NULL)
        {
          if (!add_columns (py, collection, items))
            return FALSE;
          continue;
        }
      if (strata_sa_is (py, list[i], STRATA_SA_FROM))
        {
          if (!add_columns (py, ((StrataSaFrom *) list[i])->columns, items))
            return FALSE;
          continue;
        }
      item = read_selected (py, list[i]);
      if (item == NULL)
        return FALSE;
      strata_sa_items_add (py, items, item);
    }

  return TRUE;
}

static Value *
statement_self (Machine *py,
                Value   *self,
                Value  **arguments)
{
  return self;
}

/* Words behind the first one of the statement, for one server or all. */
static Value *
statement_prefix (Machine *py,
                  Value   *value,
                  Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  const char *dialect = arguments[1] != NULL ? strata_py_value_get_text (arguments[1], NULL) : NULL;
  g_autoptr(GString) prefix = g_string_new (self->query.prefix);
  guint length;
  Value **list = strata_py_value_get_items (arguments[0], &length);

  if (self->query.kind != STRATA_QUERY_INSERT && self->query.kind != STRATA_QUERY_SELECT)
    return strata_py_refuse (py, "“prefix_with” of this statement is not known here");
  if (dialect != NULL && !g_str_equal (dialect, "*")
      && strata_dialect_from_name (dialect) != strata_sa_get (py)->dialect)
    return &self->base;
  for (guint i = 0; i < length; i++)
    {
      const Expression *words = strata_sa_coerce_text (py, list[i]);

      if (words == NULL || words->kind != STRATA_EXPRESSION_TEXT || strchr (words->name, ':') != NULL)
        return strata_py_has_failed (py) ? NULL : strata_py_refuse (py, "this prefix is not known here");
      g_string_append_printf (prefix, "%s%s", prefix->len > 0 ? " " : "", words->name);
    }
  self->query.prefix = strata_sa_intern (py, prefix->str);

  return &self->base;
}

static const StrataPyNative methods[] = {
  { "prefix_with", "*prefixes, dialect=", statement_prefix },
  { "execution_options", "**options", statement_self },
  { NULL }
};

static Value *
statement_repr (Machine *py,
                Value   *self)
{
  return strata_py_refuse (py, "the text of a statement is not known here");
}

static int
statement_truth (Machine *py,
                 Value   *self)
{
  strata_py_raise (py, "TypeError", "Boolean value of this clause is not defined");

  return -1;
}

static const StrataPySlots slots = {
  .name = "Executable",
  .methods = methods,
  .lacking = " compile params options with_hint with_statement_hint suffix_with ",
  .truth = statement_truth,
  .repr = statement_repr,
  .str = statement_repr,
};

void
strata_sa_add_statements (Machine *py)
{
  StrataSa *sa = strata_sa_get (py);

  sa->classes[STRATA_SA_STATEMENT] = strata_py_class (py, &slots, NULL);
  strata_sa_add_froms (py);
  strata_sa_add_values (py);
  strata_sa_add_collections (py);
  strata_sa_add_selects (py);
  strata_sa_add_changes (py);
  strata_sa_add_conflicts (py);
  strata_sa_add_ddl (py);
}

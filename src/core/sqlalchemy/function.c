/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/private.h"

#include <string.h>

/* func.name(...), with packages before the name. */

typedef struct
{
  StrataPyValue  base;
  const char    *schema;       /* packages, with dots */
  const char    *name;         /* NULL: func itself */
} Generator;

/* What SQLAlchemy knows of the functions that it has a class for. */
static const struct { const char *name; StrataTypeKind type; gboolean from_arguments; } known[] = {
  { "coalesce", STRATA_TYPE_NONE, TRUE },
  { "max", STRATA_TYPE_NONE, TRUE },
  { "min", STRATA_TYPE_NONE, TRUE },
  { "sum", STRATA_TYPE_NONE, TRUE },
  { "now", STRATA_TYPE_ANY_DATETIME },
  { "concat", STRATA_TYPE_STRING },
  { "char_length", STRATA_TYPE_ANY_INTEGER },
  { "count", STRATA_TYPE_ANY_INTEGER },
  { "rank", STRATA_TYPE_ANY_INTEGER },
  { "dense_rank", STRATA_TYPE_ANY_INTEGER },
  { "percent_rank", STRATA_TYPE_ANY_NUMERIC },
  { "cume_dist", STRATA_TYPE_ANY_NUMERIC },
  { "current_date", STRATA_TYPE_ANY_DATE },
  { "current_time", STRATA_TYPE_ANY_TIME },
  { "current_timestamp", STRATA_TYPE_ANY_DATETIME },
  { "current_user", STRATA_TYPE_STRING },
  { "localtime", STRATA_TYPE_ANY_DATETIME },
  { "localtimestamp", STRATA_TYPE_ANY_DATETIME },
  { "session_user", STRATA_TYPE_STRING },
  { "sysdate", STRATA_TYPE_ANY_DATETIME },
  { "user", STRATA_TYPE_STRING },
};

static const StrataType *
type_of_arguments (Expressions arguments)
{
  for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
    if (arguments[i]->type != NULL)
      return arguments[i]->type;

  return NULL;
}

static const StrataType *
find_type (const Expression *function)
{
  for (guint i = 0; i < G_N_ELEMENTS (known) && function->schema == NULL; i++)
    if (g_ascii_strcasecmp (known[i].name, function->name) == 0)
      return known[i].from_arguments ? type_of_arguments (function->items) : strata_sa_plain_type (known[i].type);

  return NULL;
}

gboolean
strata_sa_is_known_function (const Expression *function)
{
  static const char * const others[] = {
    "random", "array_agg", "mode", "percentile_cont", "percentile_disc", "cube", "rollup", "grouping_sets", "to_tsvector",
    "to_tsquery", "plainto_tsquery", "phraseto_tsquery", "websearch_to_tsquery", "ts_headline",
  };

  for (guint i = 0; i < G_N_ELEMENTS (known) && function->schema == NULL; i++)
    if (g_ascii_strcasecmp (known[i].name, function->name) == 0)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (others) && function->schema == NULL; i++)
    if (g_ascii_strcasecmp (others[i], function->name) == 0)
      return TRUE;

  return FALSE;
}

static const Expression *
read_argument (Machine    *py,
               const char *name,
               Value      *value)
{
  Expression *argument = (Expression *) strata_sa_coerce (py, value, NULL);

  if (argument != NULL && argument->kind == STRATA_EXPRESSION_VALUE && argument->is_anonymous
      && !strata_sa_is (py, value, STRATA_SA_ELEMENT))
    argument->name = name;

  return argument;
}

/* "to_tsvector('english', ...)": the first of several arguments is the name of a configuration. */
static gboolean
is_text_search (const Expression *function)
{
  static const char * const names[] = {
    "to_tsvector", "to_tsquery", "plainto_tsquery", "phraseto_tsquery", "websearch_to_tsquery", "ts_headline", NULL,
  };
  g_autofree char *name = g_ascii_strdown (function->name, -1);

  return function->schema == NULL && g_strv_contains (names, name);
}

static void
type_configuration (gconstpointer argument)
{
  Expression *expression = (Expression *) argument;

  if (expression->kind == STRATA_EXPRESSION_VALUE)
    expression->type = strata_sa_plain_type (STRATA_TYPE_REGCONFIG);
}

/* Functions that SQLAlchemy has a class for take any keyword, and make nothing of most. */
static gboolean
is_without_effect (const Expression *function,
                   const char       *keyword)
{
  return strata_sa_is_known_function (function) && *keyword != '_' && strcmp (keyword, "arg") != 0 &&
         strcmp (keyword, "expression") != 0;
}

static Value *
call_generator (Machine                 *py,
                Value                   *value,
                const StrataPyArguments *arguments)
{
  Generator *self = (Generator *) value;
  Expression *function = strata_sa_new_expression (py, STRATA_EXPRESSION_FUNCTION);
  Items items = { NULL };
  guint position = 0;
  Value *key, *keyword;

  if (self->name != NULL && self->schema == NULL && g_ascii_strcasecmp (self->name, "cast") == 0)
    return arguments->n_positional == 2 ? strata_sa_new_cast (py, STRATA_EXPRESSION_CAST, arguments->positional[0],
                                                              arguments->positional[1])
                                        : strata_py_raise (py, "TypeError", "Cast.__init__() takes 2 arguments");
  if (self->name != NULL && self->schema == NULL
      && (g_ascii_strcasecmp (self->name, "extract") == 0 || g_ascii_strcasecmp (self->name, "aggregate_strings") == 0))
    return strata_py_refuse (py, "func.%s is not known here", self->name);
  if (self->name == NULL)
    return strata_py_raise (py, "TypeError", "'_FunctionGenerator' object is not callable");
  for (guint i = 0; i < arguments->n_positional; i++)
    {
      const Expression *argument = read_argument (py, self->name, arguments->positional[i]);

      if (argument == NULL)
        return NULL;
      strata_sa_items_add (py, &items, argument);
    }
  function->schema = self->schema;
  function->name = self->name;
  function->items = (Expressions) items.items;
  function->type = find_type (function);
  if (items.length > 1 && is_text_search (function))
    type_configuration (items.items[0]);
  while (arguments->keywords != NULL && strata_py_dict_next (arguments->keywords, &position, &key, &keyword))
    {
      const char *name = strata_py_value_get_text (key, NULL);

      if (strcmp (name, "type_") != 0 && is_without_effect (function, name))
        continue;
      if (strcmp (name, "type_") != 0)
        return strata_py_refuse (py, "“%s” of a function is not known here", name);
      function->type = strata_sa_read_type (py, keyword);
      if (function->type == NULL)
        return NULL;
    }

  return strata_sa_wrap_class (py, (Class *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], "Function"),
                               function);
}

static Value *
generator_attribute (Machine    *py,
                     Value      *value,
                     const char *name)
{
  Generator *self = (Generator *) value;
  Generator *next;
  g_autofree char *word = g_strdup (name);

  if (g_str_has_prefix (name, "__"))
    return NULL;
  /* "any_" is any(), which Python has already. */
  if (g_str_has_suffix (word, "_"))
    word[strlen (word) - 1] = '\0';
  next = strata_py_host_object (py, value->class, sizeof (Generator));
  next->name = strata_sa_intern (py, word);
  if (self->name != NULL && self->schema != NULL)
    {
      g_autofree char *schema = g_strdup_printf ("%s.%s", self->schema, self->name);

      next->schema = strata_sa_intern (py, schema);
    }
  else
    next->schema = self->name;

  return &next->base;
}

static gpointer
read_clause (Machine  *py,
             Value    *value,
             gboolean *is_fine)
{
  Items items = { NULL };
  guint length;

  if (value == NULL || strata_py_is_none (value))
    return NULL;
  if (strata_py_value_get_items (value, &length) == NULL)
    value = strata_py_tuple (py, &value, 1);
  *is_fine = *is_fine && strata_sa_read_list (py, value, &items);

  return items.items;
}

/* One end of a frame: None has no bound, numbers count from the current row. */
static gboolean
append_bound (GString    *out,
              Value      *value,
              const char *unbounded)
{
  gint64 number;

  if (strata_py_is_none (value))
    g_string_append (out, unbounded);
  else if (!strata_py_value_get_int (value, &number))
    return FALSE;
  else if (number == 0)
    g_string_append (out, "CURRENT ROW");
  else
    g_string_append_printf (out, "%" G_GINT64_FORMAT " %s", ABS (number), number < 0 ? "PRECEDING" : "FOLLOWING");

  return TRUE;
}

static const char *
read_frame (Machine    *py,
            const char *words,
            Value      *value)
{
  g_autoptr(GString) out = g_string_new (words);
  guint length;
  Value **ends = strata_py_value_get_items (value, &length);

  g_string_append (out, " BETWEEN ");
  if (ends == NULL || length != 2 || !append_bound (out, ends[0], "UNBOUNDED PRECEDING"))
    return strata_py_refuse (py, "this frame of a window is not known here");
  g_string_append (out, " AND ");
  if (!append_bound (out, ends[1], "UNBOUNDED FOLLOWING"))
    return strata_py_refuse (py, "this frame of a window is not known here");

  return strata_sa_intern (py, out->str);
}

static Value *
function_over (Machine *py,
               Value   *self,
               Value  **arguments)
{
  static const char * const words[] = { "ROWS", "RANGE", "GROUPS" };
  Expression *over = strata_sa_new_expression (py, STRATA_EXPRESSION_OVER);
  gboolean is_fine = TRUE;

  for (guint i = 2; i < 5; i++)
    if (arguments[i] != NULL && !strata_py_is_none (arguments[i])
        && (over->name = read_frame (py, words[i - 2], arguments[i])) == NULL)
      return NULL;
  over->items = strata_sa_append (py, NULL, strata_sa_get_expression (py, self));
  over->type = over->items[0]->type;
  over->partition_by = read_clause (py, arguments[0], &is_fine);
  over->order_by = read_clause (py, arguments[1], &is_fine);

  return is_fine ? strata_sa_wrap_expression (py, over) : NULL;
}

static Value *
function_filter (Machine *py,
                 Value   *self,
                 Value  **arguments)
{
  Expression *filter = strata_sa_new_expression (py, STRATA_EXPRESSION_FILTER);
  Items conditions = { NULL };

  if (!strata_sa_read_conditions (py, arguments[0], &conditions))
    return NULL;
  if (conditions.length == 0)
    return self;
  filter->items = strata_sa_append (py, NULL, strata_sa_get_expression (py, self));
  filter->items = strata_sa_append (py, filter->items,
                                    conditions.length == 1 ? conditions.items[0]
                                    : strata_sa_conjunction (py, STRATA_OPERATOR_AND, conditions.items));
  filter->type = filter->items[0]->type;

  return strata_sa_wrap_class (py, self->class, filter);
}

static Value *
function_within (Machine *py,
                 Value   *self,
                 Value  **arguments)
{
  Expression *within = strata_sa_new_expression (py, STRATA_EXPRESSION_WITHIN);
  Items order = { NULL };

  if (!strata_sa_read_list (py, arguments[0], &order))
    return NULL;
  within->items = strata_sa_append (py, NULL, strata_sa_get_expression (py, self));
  within->order_by = (Expressions) order.items;

  return strata_sa_wrap_class (py, self->class, within);
}

static gboolean
is_function (Machine *py,
             Value   *value)
{
  if (strata_py_is_instance (value, (Class *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], "Function")))
    return TRUE;
  strata_py_refuse (py, "this function is not known here");

  return FALSE;
}

static Value *
new_over (Machine *py,
          Value   *module,
          Value  **arguments)
{
  Value *said[] = { arguments[1], arguments[2], arguments[4], arguments[3], arguments[5] };

  return is_function (py, arguments[0]) ? function_over (py, arguments[0], said) : NULL;
}

static Value *
new_filter (Machine *py,
            Value   *module,
            Value  **arguments)
{
  return is_function (py, arguments[0]) ? function_filter (py, arguments[0], arguments + 1) : NULL;
}

static Value *
new_within (Machine *py,
            Value   *module,
            Value  **arguments)
{
  return is_function (py, arguments[0]) ? function_within (py, arguments[0], arguments + 1) : NULL;
}

static const StrataPyNative functions[] = {
  { "over", "element, partition_by=, order_by=, range_=, rows=, groups=", new_over },
  { "funcfilter", "func, *criterion", new_filter },
  { "within_group", "element, *order_by", new_within },
  { NULL }
};

static const StrataPyNative function_methods[] = {
  { "over", "*, partition_by=, order_by=, rows=, range_=, groups=", function_over },
  { "filter", "*criterion", function_filter },
  { "within_group", "*order_by", function_within },
  { NULL }
};

static const StrataPySlots function_slots = {
  .name = "Function",
  .methods = function_methods,
  .lacking = " alias table_valued column_valued select scalar_table_valued as_comparison within_group_type ",
};

static const StrataPySlots generator_slots = {
  .name = "_FunctionGenerator",
  .call = call_generator,
  .get_attribute = generator_attribute,
};

void
strata_sa_add_functions (Machine *py)
{
  Class *function = strata_py_class (py, &function_slots, strata_sa_get (py)->classes[STRATA_SA_ELEMENT]);
  Class *generator = strata_py_class (py, &generator_slots, NULL);

  strata_sa_export (py, STRATA_SA_ROOT, "Function", (Value *) function);
  strata_sa_export_functions (py, STRATA_SA_ROOT, functions);
  strata_sa_export (py, STRATA_SA_ROOT, "func", strata_py_host_object (py, generator, sizeof (Generator)));
}

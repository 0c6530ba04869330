/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/write-private.h"

#include <string.h>

#include "core/python/operate.h"

void
strata_python_write_text (StrataPythonWriter *self,
                          const char         *text)
{
  if (text == NULL)
    g_string_append (self->out, "None");
  else
    strata_py_append_quoted (self->out, text, strlen (text), FALSE);
}

void
strata_python_write_texts (StrataPythonWriter *self,
                           const char * const *texts)
{
  g_string_append_c (self->out, '[');
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      g_string_append (self->out, i > 0 ? ", " : "");
      strata_python_write_text (self, texts[i]);
    }
  g_string_append_c (self->out, ']');
}

void
strata_python_write_named (StrataPythonWriter *self,
                           const char         *key,
                           const char         *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (self->out, ", %s=", key);
  strata_python_write_text (self, text);
}

static void
write_call (StrataPythonWriter *self,
            const char         *function,
            const char         *text)
{
  g_string_append_printf (self->out, "%s(", function);
  strata_python_write_text (self, text);
  g_string_append_c (self->out, ')');
}

void
strata_python_write_value (StrataPythonWriter *self,
                           const StrataValue  *value)
{
  switch (value->kind)
    {
    case STRATA_VALUE_NULL:
      g_string_append (self->out, "None");
      break;
    case STRATA_VALUE_BOOLEAN:
      g_string_append (self->out, value->truth ? "True" : "False");
      break;
    case STRATA_VALUE_INTEGER:
    case STRATA_VALUE_FLOAT:
      g_string_append (self->out, value->text);
      break;
    case STRATA_VALUE_STRING:
      strata_python_write_text (self, value->text);
      break;
    case STRATA_VALUE_BYTES:
      strata_py_append_quoted (self->out, value->text, value->length, TRUE);
      break;
    case STRATA_VALUE_DECIMAL:
      g_hash_table_add (self->imports, g_strdup ("import decimal"));
      write_call (self, "decimal.Decimal", value->text);
      break;
    case STRATA_VALUE_UUID:
      g_hash_table_add (self->imports, g_strdup ("import uuid"));
      write_call (self, "uuid.UUID", value->text);
      break;
    case STRATA_VALUE_DATE:
    case STRATA_VALUE_DATETIME:
    case STRATA_VALUE_TIME:
      g_hash_table_add (self->imports, g_strdup ("import datetime"));
      write_call (self, value->kind == STRATA_VALUE_DATE ? "datetime.date.fromisoformat"
                  : value->kind == STRATA_VALUE_TIME ? "datetime.time.fromisoformat" : "datetime.datetime.fromisoformat",
                  value->text);
      break;
    case STRATA_VALUE_INTERVAL:
      g_hash_table_add (self->imports, g_strdup ("import datetime"));
      g_string_append_printf (self->out, "datetime.timedelta(seconds=%s)", value->text);
      break;
    case STRATA_VALUE_LIST:
      g_string_append_c (self->out, '[');
      for (guint i = 0; value->items != NULL && value->items[i] != NULL; i++)
        {
          g_string_append (self->out, i > 0 ? ", " : "");
          strata_python_write_value (self, value->items[i]);
        }
      g_string_append_c (self->out, ']');
      break;
    case STRATA_VALUE_MAP:
      g_hash_table_add (self->imports, g_strdup ("import json"));
      write_call (self, "json.loads", value->json);
      break;
    case STRATA_VALUE_UNSET:
    default:
      strata_python_writer_refuse (self, "a parameter without a value");
    }
}

static void
write_items (StrataPythonWriter             *self,
             const StrataExpression * const *items,
             const char                     *before)
{
  for (guint i = 0; items != NULL && items[i] != NULL; i++)
    {
      g_string_append (self->out, i > 0 ? ", " : before);
      strata_python_write_expression (self, items[i]);
    }
}

/* text() with the values of its parameters. */
static void
write_sql_text (StrataPythonWriter     *self,
                const StrataExpression *expression)
{
  write_call (self, "sa.text", expression->name);
  if (expression->parameters == NULL || expression->parameters[0] == NULL)
    return;

  g_string_append (self->out, ".bindparams(");
  for (guint i = 0; expression->parameters[i] != NULL; i++)
    {
      g_string_append_printf (self->out, "%s%s=", i > 0 ? ", " : "", expression->parameters[i]->name);
      strata_python_write_value (self, expression->parameters[i]->value);
    }
  g_string_append_c (self->out, ')');
}

static void
write_function (StrataPythonWriter     *self,
                const StrataExpression *expression)
{
  g_string_append (self->out, "sa.func.");
  if (expression->schema != NULL)
    g_string_append_printf (self->out, "%s.", expression->schema);
  g_string_append_printf (self->out, "%s(", expression->name);
  write_items (self, expression->items, "");
  g_string_append_c (self->out, ')');
}

static void
write_unary (StrataPythonWriter     *self,
             const StrataExpression *expression)
{
  static const struct { StrataOperator operator; const char *method; } methods[] = {
    { STRATA_OPERATOR_ASC, ".asc()" }, { STRATA_OPERATOR_DESC, ".desc()" },
    { STRATA_OPERATOR_NULLS_FIRST, ".nulls_first()" }, { STRATA_OPERATOR_NULLS_LAST, ".nulls_last()" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (methods[i].operator == expression->operator)
      {
        strata_python_write_expression (self, expression->items[0]);
        g_string_append (self->out, methods[i].method);
        return;
      }
  strata_python_writer_refuse (self, "an expression with the operator “%s”", strata_operator_get_name (expression->operator));
}

static void
write_cast (StrataPythonWriter     *self,
            const StrataExpression *expression)
{
  g_string_append (self->out, "sa.cast(");
  strata_python_write_expression (self, expression->items[0]);
  g_string_append (self->out, ", ");
  strata_python_write_type (self, expression->type);
  g_string_append_c (self->out, ')');
}

void
strata_python_write_expression (StrataPythonWriter     *self,
                                const StrataExpression *expression)
{
  StrataExpressionKind kind = expression->kind;

  if (kind == STRATA_EXPRESSION_TEXT)
    write_sql_text (self, expression);
  else if (kind == STRATA_EXPRESSION_WORDS)
    write_call (self, "sa.literal_column", expression->name);
  else if (kind == STRATA_EXPRESSION_COLUMN && expression->relation == NULL)
    write_call (self, "sa.column", expression->name);
  else if (kind == STRATA_EXPRESSION_VALUE && expression->value != NULL)
    strata_python_write_value (self, expression->value);
  else if (kind == STRATA_EXPRESSION_NULL || kind == STRATA_EXPRESSION_TRUE || kind == STRATA_EXPRESSION_FALSE)
    g_string_append (self->out, kind == STRATA_EXPRESSION_NULL ? "sa.null()" : kind == STRATA_EXPRESSION_TRUE ? "sa.true()" : "sa.false()");
  else if (kind == STRATA_EXPRESSION_FUNCTION && expression->query == NULL)
    write_function (self, expression);
  else if (kind == STRATA_EXPRESSION_UNARY)
    write_unary (self, expression);
  else if (kind == STRATA_EXPRESSION_CAST)
    write_cast (self, expression);
  else
    strata_python_writer_refuse (self, "an expression that is more than text, a column or a function");
}

void
strata_python_write_sql (StrataPythonWriter     *self,
                         const StrataExpression *expression)
{
  if (expression->kind == STRATA_EXPRESSION_TEXT && (expression->parameters == NULL || expression->parameters[0] == NULL))
    strata_python_write_text (self, expression->name);
  else
    strata_python_write_expression (self, expression);
}

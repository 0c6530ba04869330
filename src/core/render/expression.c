/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/expression.h"

#include "core/render/from.h"
#include "core/render/function.h"
#include "core/render/operator.h"
#include "core/render/type.h"

#include <string.h>

static int
get_precedence (const StrataExpression *expression)
{
  if (expression->operator == STRATA_OPERATOR_CUSTOM)
    return expression->precedence;

  return strata_operator_get_precedence (expression->operator);
}

/* Modifiers (ASC, DESC ...) stand at the end of everything and never need parentheses. */
static gboolean
has_operator (const StrataExpression *expression)
{
  if (expression->kind == STRATA_EXPRESSION_UNARY)
    return expression->operator < STRATA_OPERATOR_ASC;

  return expression->kind == STRATA_EXPRESSION_BINARY || expression->kind == STRATA_EXPRESSION_LIST;
}

gboolean
strata_expression_is_boolean (const StrataExpression *self)
{
  if (self->kind == STRATA_EXPRESSION_TRUE || self->kind == STRATA_EXPRESSION_FALSE
      || (self->kind == STRATA_EXPRESSION_VALUE && self->value->kind == STRATA_VALUE_BOOLEAN))
    return TRUE;

  return self->type != NULL && strata_type_kind_get_affinity (self->type->kind) == STRATA_AFFINITY_BOOLEAN
         && !has_operator (self) && self->kind != STRATA_EXPRESSION_GROUP && self->kind != STRATA_EXPRESSION_LABEL
         && self->kind != STRATA_EXPRESSION_QUERY;
}

static gboolean
needs_parentheses (const StrataExpression *expression,
                   StrataOperator          within,
                   int                     precedence)
{
  if (expression->kind == STRATA_EXPRESSION_TEXT)
    return within == STRATA_OPERATOR_IN || within == STRATA_OPERATOR_NOT_IN;
  if (expression->kind == STRATA_EXPRESSION_LABEL)
    return needs_parentheses (expression->items[0], within, precedence);
  if (expression->is_enclosed)
    return TRUE;
  if (expression->kind == STRATA_EXPRESSION_LIST && expression->items != NULL && expression->items[1] == NULL)
    return FALSE;
  /* A condition that is no operator is negated as it stands. */
  if (expression->kind == STRATA_EXPRESSION_UNARY && expression->operator == STRATA_OPERATOR_NOT
      && strata_expression_is_boolean (expression->items[0]))
    return FALSE;
  if (!has_operator (expression))
    return FALSE;
  if (within == STRATA_OPERATOR_CUSTOM || expression->operator == STRATA_OPERATOR_CUSTOM)
    return within == STRATA_OPERATOR_NONE || get_precedence (expression) <= precedence;

  return strata_operator_is_weaker (expression->operator, within);
}

void
strata_write_condition (StrataWriter           *self,
                        const StrataExpression *condition)
{
  if (condition->is_enclosed)
    strata_writer_put (self, "(");
  strata_write_expression (self, condition);
  if (condition->is_enclosed)
    strata_writer_put (self, ")");
  if (!self->server->has_boolean && strata_expression_is_boolean (condition))
    strata_writer_put (self, " = 1");
}

static void
write_within (StrataWriter           *self,
              const StrataExpression *expression,
              StrataOperator          within,
              int                     precedence)
{
  gboolean is_condition = within == STRATA_OPERATOR_AND || within == STRATA_OPERATOR_OR;

  if (needs_parentheses (expression, within, precedence))
    {
      strata_writer_put (self, "(");
      strata_write_expression (self, expression);
      strata_writer_put (self, ")");
      return;
    }

  if (is_condition)
    strata_write_condition (self, expression);
  else
    strata_write_expression (self, expression);
}

void
strata_write_operand (StrataWriter           *self,
                      const StrataExpression *expression,
                      StrataOperator          within)
{
  write_within (self, expression, within,
                within == STRATA_OPERATOR_NONE ? 0 : strata_operator_get_precedence (within));
}

void
strata_write_operand_of (StrataWriter           *self,
                         const StrataExpression *expression,
                         guint                   i)
{
  write_within (self, expression->items[i], expression->operator, get_precedence (expression));
}

void
strata_write_expressions (StrataWriter                   *self,
                          const StrataExpression * const *list,
                          const char                     *separator,
                          StrataOperator                  within)
{
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    {
      if (i > 0)
        strata_writer_put (self, separator);
      strata_write_operand (self, list[i], within);
    }
}

static void
write_words (StrataWriter *self,
             const char   *words)
{
  gboolean doubles = strata_writer_doubles (self);

  for (const char *c = words; *c != '\0'; c++)
    {
      if (*c == '%' && doubles)
        g_string_append_c (self->text, '%');
      g_string_append_c (self->text, *c);
    }
}

static void
write_column (StrataWriter           *self,
              const StrataExpression *column)
{
  const StrataRelation *relation = column->relation;

  if (self->has_tables && relation != NULL && (relation->alias != NULL || relation->name != NULL))
    {
      if (relation->alias != NULL)
        strata_write_alias (self, relation);
      else
        strata_write_qualified (self, relation->schema, relation->name);
      strata_writer_put (self, ".");
    }

  if (strcmp (column->name, "*") == 0)
    strata_writer_put (self, "*");
  else
    strata_write_name (self, column->name);
}

static void
write_case (StrataWriter           *self,
            const StrataExpression *expression)
{
  guint i = 1;

  strata_writer_put (self, "CASE");
  if (expression->items[0]->kind != STRATA_EXPRESSION_NULL)
    {
      strata_writer_put (self, " ");
      strata_write_expression (self, expression->items[0]);
    }

  for (; expression->items[i] != NULL && expression->items[i + 1] != NULL; i += 2)
    {
      strata_writer_put (self, " WHEN ");
      strata_write_operand (self, expression->items[i], STRATA_OPERATOR_NONE);
      strata_writer_put (self, " THEN ");
      strata_write_expression (self, expression->items[i + 1]);
    }

  if (expression->items[i] != NULL)
    {
      strata_writer_put (self, " ELSE ");
      strata_write_expression (self, expression->items[i]);
    }

  strata_writer_put (self, " END");
}

static void
write_cast (StrataWriter           *self,
            const StrataExpression *expression)
{
  strata_writer_put (self, "CAST(");
  if (expression->items[0]->kind == STRATA_EXPRESSION_VALUE)
    strata_write_typed (self, expression->items[0], expression->type);
  else
    strata_write_expression (self, expression->items[0]);
  strata_writer_put (self, " AS ");
  strata_write_type (self, expression->type);
  strata_writer_put (self, ")");
}

static void
write_enclosed (StrataWriter           *self,
                const char             *open,
                const StrataExpression *expression,
                const char             *close)
{
  strata_writer_put (self, open);
  strata_write_expressions (self, expression->items, ", ", STRATA_OPERATOR_COMMA);
  strata_writer_put (self, close);
}

static void
write_nextval (StrataWriter           *self,
               const StrataExpression *expression)
{
  g_autofree char *name = NULL;
  gsize start = self->text->len;

  if (self->server->dialect != STRATA_DIALECT_POSTGRESQL)
    {
      strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED, "Dialect '%s' does not support sequence increments.",
                          strata_dialect_get_name (self->server->dialect));
      return;
    }

  strata_write_qualified (self, expression->schema, expression->name);
  name = g_strdup (self->text->str + start);
  g_string_truncate (self->text, start);

  strata_writer_put (self, "nextval(");
  strata_write_string (self, name);
  strata_writer_put (self, ")");
}

static void
write_boolean (StrataWriter *self,
               gboolean      truth)
{
  if (self->server->has_boolean)
    strata_writer_put (self, truth ? "true" : "false");
  else
    strata_writer_put (self, truth ? "1" : "0");
}

void
strata_write_expression (StrataWriter           *self,
                         const StrataExpression *expression)
{
  switch (expression->kind)
    {
    case STRATA_EXPRESSION_TEXT:
      strata_write_text (self, expression);
      break;
    case STRATA_EXPRESSION_WORDS:
      write_words (self, expression->name);
      break;
    case STRATA_EXPRESSION_COLUMN:
      write_column (self, expression);
      break;
    case STRATA_EXPRESSION_VALUE:
      strata_write_value (self, expression);
      break;
    case STRATA_EXPRESSION_NULL:
      strata_writer_put (self, "NULL");
      break;
    case STRATA_EXPRESSION_TRUE:
    case STRATA_EXPRESSION_FALSE:
      write_boolean (self, expression->kind == STRATA_EXPRESSION_TRUE);
      break;
    case STRATA_EXPRESSION_DEFAULT:
      strata_writer_put (self, "DEFAULT");
      break;
    case STRATA_EXPRESSION_FUNCTION:
    case STRATA_EXPRESSION_OVER:
    case STRATA_EXPRESSION_FILTER:
    case STRATA_EXPRESSION_WITHIN:
    case STRATA_EXPRESSION_EXTRACT:
      strata_write_function (self, expression);
      break;
    case STRATA_EXPRESSION_UNARY:
    case STRATA_EXPRESSION_BINARY:
    case STRATA_EXPRESSION_LIST:
      strata_write_operator (self, expression);
      break;
    case STRATA_EXPRESSION_TUPLE:
      write_enclosed (self, "(", expression, ")");
      break;
    case STRATA_EXPRESSION_ARRAY:
      if (self->server->dialect != STRATA_DIALECT_POSTGRESQL)
        strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED, "Compiler of %s can't render element of type array",
                            strata_dialect_get_title (self->server->dialect));
      write_enclosed (self, "ARRAY[", expression, "]");
      break;
    case STRATA_EXPRESSION_CASE:
      write_case (self, expression);
      break;
    case STRATA_EXPRESSION_CAST:
      write_cast (self, expression);
      break;
    case STRATA_EXPRESSION_COERCE:
    case STRATA_EXPRESSION_LABEL:
      strata_write_expression (self, expression->items[0]);
      break;
    case STRATA_EXPRESSION_GROUP:
      strata_writer_put (self, "(");
      strata_write_expression (self, expression->items[0]);
      strata_writer_put (self, ")");
      break;
    case STRATA_EXPRESSION_QUERY:
      strata_writer_put (self, "(");
      strata_write_query (self, expression->query);
      strata_writer_put (self, ")");
      break;
    case STRATA_EXPRESSION_NEXTVAL:
      write_nextval (self, expression);
      break;
    default:
      g_assert_not_reached ();
    }
}

void
strata_write_typed (StrataWriter           *self,
                    const StrataExpression *expression,
                    const StrataType       *type)
{
  if (self->has_literals && expression->kind == STRATA_EXPRESSION_VALUE && expression->type == NULL)
    strata_write_literal (self, type, expression->value);
  else
    strata_write_operand (self, expression, STRATA_OPERATOR_NONE);
}

void
strata_write_operator_class (StrataWriter           *self,
                             const StrataOption     *ops,
                             const StrataExpression *element)
{
  gboolean has_key = element->kind == STRATA_EXPRESSION_COLUMN || element->kind == STRATA_EXPRESSION_TEXT
                     || element->kind == STRATA_EXPRESSION_LABEL;

  if (ops == NULL || !has_key)
    return;

  for (guint i = 0; ops->words != NULL && ops->words[i] != NULL; i += 2)
    if (strcmp (ops->words[i], element->name) == 0)
      strata_writer_putf (self, " %s", ops->words[i + 1]);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/operator.h"

#include "core/render/expression.h"

void
strata_write_binary (StrataWriter           *self,
                     const StrataExpression *expression,
                     const char             *words)
{
  gboolean is_in_operator = self->is_in_operator;
  gboolean is_like = expression->operator == STRATA_OPERATOR_LIKE || expression->operator == STRATA_OPERATOR_NOT_LIKE;

  self->is_in_operator = is_in_operator || !is_like;
  strata_write_operand_of (self, expression, 0);
  strata_writer_put (self, words);
  /* What contains() puts together stands there as it is. */
  if (expression->is_enclosed)
    strata_write_expression (self, expression->items[1]);
  else
    strata_write_operand_of (self, expression, 1);
  self->is_in_operator = is_in_operator;

  if (expression->escape != NULL)
    {
      strata_writer_put (self, " ESCAPE ");
      strata_write_string (self, expression->escape);
    }
}

static gboolean
is_integer (const StrataExpression *expression)
{
  return expression->type != NULL
         && strata_type_kind_get_affinity (expression->type->kind) == STRATA_AFFINITY_INTEGER;
}

static void
write_floor (StrataWriter           *self,
             const StrataExpression *expression)
{
  gboolean floors = !is_integer (expression->items[0]) || !is_integer (expression->items[1]);

  if (floors)
    strata_writer_put (self, "FLOOR(");
  strata_write_binary (self, expression, " / ");
  if (floors)
    strata_writer_put (self, ")");
}

/* "lower(a) LIKE lower(b)", where the server has no ILIKE. */
static void
write_ilike (StrataWriter           *self,
             const StrataExpression *expression)
{
  strata_writer_put (self, "lower(");
  strata_write_operand_of (self, expression, 0);
  strata_writer_put (self, expression->operator == STRATA_OPERATOR_ILIKE ? ") LIKE lower(" : ") NOT LIKE lower(");
  strata_write_operand_of (self, expression, 1);
  strata_writer_put (self, ")");

  if (expression->escape != NULL)
    {
      strata_writer_put (self, " ESCAPE ");
      strata_write_string (self, expression->escape);
    }
}

static void
write_between (StrataWriter           *self,
               const StrataExpression *expression)
{
  strata_write_binary (self, expression, strata_operator_get_words (expression->operator));
  strata_writer_put (self, " AND ");
  strata_write_operand (self, expression->items[2], STRATA_OPERATOR_AND);
}

/* SQLAlchemy puts parentheses around NOT IN, because an empty list makes it two conditions. */
static void
write_in (StrataWriter           *self,
          const StrataExpression *expression)
{
  const StrataExpression *set = expression->items[1];
  gboolean is_negated = expression->operator == STRATA_OPERATOR_NOT_IN;
  gboolean is_list = set->kind == STRATA_EXPRESSION_LIST;
  gboolean is_in_operator = self->is_in_operator;

  if (is_negated)
    strata_writer_put (self, "(");
  self->is_in_operator = TRUE;
  strata_write_operand_of (self, expression, 0);
  strata_writer_put (self, strata_operator_get_words (expression->operator));

  if (is_list && (set->items == NULL || set->items[0] == NULL))
    {
      self->server->write_nothing (self, expression->items[0], is_negated);
    }
  else if (is_list)
    {
      gboolean has_rows = set->items[0]->kind == STRATA_EXPRESSION_TUPLE && self->server->dialect == STRATA_DIALECT_SQLITE;

      strata_writer_put (self, has_rows ? "(VALUES " : "(");
      strata_write_expressions (self, set->items, ", ", STRATA_OPERATOR_COMMA);
      strata_writer_put (self, ")");
    }
  else
    {
      strata_write_operand_of (self, expression, 1);
    }
  self->is_in_operator = is_in_operator;

  if (is_negated)
    strata_writer_put (self, ")");
}

static void
write_modulo (StrataWriter           *self,
              const StrataExpression *expression)
{
  strata_write_binary (self, expression, strata_writer_doubles (self) ? " %% " : " % ");
}

static void
write_custom (StrataWriter           *self,
              const StrataExpression *expression)
{
  g_autofree char *words = g_strdup_printf (" %s ", expression->name);

  strata_write_binary (self, expression, words);
}

static void
write_collate (StrataWriter           *self,
               const StrataExpression *expression)
{
  strata_write_operand_of (self, expression, 0);
  strata_writer_put (self, " COLLATE ");
  strata_write_name (self, expression->name);
}

static void (* const special[STRATA_N_OPERATORS]) (StrataWriter           *self,
                                                   const StrataExpression *expression) = {
  [STRATA_OPERATOR_IN] = write_in,
  [STRATA_OPERATOR_NOT_IN] = write_in,
  [STRATA_OPERATOR_BETWEEN] = write_between,
  [STRATA_OPERATOR_NOT_BETWEEN] = write_between,
  [STRATA_OPERATOR_ILIKE] = write_ilike,
  [STRATA_OPERATOR_NOT_ILIKE] = write_ilike,
  [STRATA_OPERATOR_FLOORDIV] = write_floor,
  [STRATA_OPERATOR_MOD] = write_modulo,
  [STRATA_OPERATOR_CUSTOM] = write_custom,
  [STRATA_OPERATOR_COLLATE] = write_collate,
};

/* The server's words, else what all have in common. */
static void
write_binary (StrataWriter           *self,
              const StrataExpression *expression)
{
  StrataOperator operator = expression->operator;
  const char *words = self->server->operators[operator];

  if (self->server->write_binary != NULL && self->server->write_binary (self, expression))
    return;

  if (words == NULL && special[operator] != NULL)
    {
      special[operator] (self, expression);
      return;
    }

  if (words == NULL)
    words = strata_operator_get_words (operator);

  if (words != NULL)
    strata_write_binary (self, expression, words);
  else
    strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED, "Compiler of %s can't render element of type %s",
                        strata_dialect_get_title (self->server->dialect), strata_operator_get_name (operator));
}

static void
write_unary (StrataWriter           *self,
             const StrataExpression *expression)
{
  const char *words = strata_operator_get_words (expression->operator);
  gboolean is_behind = expression->operator >= STRATA_OPERATOR_ASC;
  gboolean is_any = (expression->operator == STRATA_OPERATOR_ANY || expression->operator == STRATA_OPERATOR_ALL)
                    && expression->items[0]->kind != STRATA_EXPRESSION_QUERY;

  if (expression->operator == STRATA_OPERATOR_NOT && !self->server->has_boolean
      && strata_expression_is_boolean (expression->items[0]))
    {
      strata_write_expression (self, expression->items[0]);
      strata_writer_put (self, " = 0");
      return;
    }

  if (!is_behind)
    strata_writer_put (self, words);
  if (is_any)
    strata_writer_put (self, "(");
  strata_write_operand_of (self, expression, 0);
  if (is_any)
    strata_writer_put (self, ")");
  if (is_behind)
    strata_writer_put (self, words);
}

void
strata_write_operator (StrataWriter           *self,
                       const StrataExpression *expression)
{
  gboolean is_grouped = expression->is_eager && self->is_in_operator;

  if (is_grouped)
    strata_writer_put (self, "(");
  if (expression->kind == STRATA_EXPRESSION_UNARY)
    write_unary (self, expression);
  else if (expression->kind == STRATA_EXPRESSION_BINARY)
    write_binary (self, expression);
  else
    strata_write_expressions (self, expression->items, strata_operator_get_words (expression->operator),
                              expression->operator);
  if (is_grouped)
    strata_writer_put (self, ")");
}

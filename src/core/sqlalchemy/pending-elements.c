/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/statement.h"

/* What schema items need of expressions, until those are there. */

#define PENDING __attribute__ ((weak))

PENDING StrataExpression *
strata_sa_new_expression (StrataPyMachine     *py,
                          StrataExpressionKind kind)
{
  StrataExpression *self = strata_py_alloc (py, sizeof *self);

  if (self != NULL)
    self->kind = kind;

  return self;
}

PENDING StrataPyValue *
strata_sa_wrap_expression (StrataPyMachine        *py,
                           const StrataExpression *expression)
{
  return strata_py_refuse (py, "expressions are not known here yet");
}

PENDING const StrataExpression *
strata_sa_get_expression (StrataPyMachine *py,
                          StrataPyValue   *value)
{
  return strata_sa_is (py, value, STRATA_SA_COLUMN) ? ((StrataSaElement *) value)->expression : NULL;
}

static const StrataExpression *
coerce (StrataPyMachine     *py,
        StrataPyValue       *value,
        StrataExpressionKind kind)
{
  const StrataExpression *found = strata_sa_get_expression (py, value);
  const char *text = strata_py_value_get_text (value, NULL);
  StrataExpression *self;

  if (found != NULL || text == NULL)
    return found != NULL ? found : strata_py_refuse (py, "expressions are not known here yet");
  self = strata_sa_new_expression (py, kind);
  if (self != NULL)
    self->name = strata_sa_intern (py, text);

  return self;
}

PENDING const StrataExpression *
strata_sa_coerce_text (StrataPyMachine *py,
                       StrataPyValue   *value)
{
  return coerce (py, value, STRATA_EXPRESSION_TEXT);
}

PENDING const StrataExpression *
strata_sa_coerce_column (StrataPyMachine *py,
                         StrataPyValue   *value)
{
  return coerce (py, value, STRATA_EXPRESSION_COLUMN);
}

PENDING StrataRelation *
strata_sa_new_relation (StrataPyMachine    *py,
                        StrataRelationKind  kind)
{
  StrataRelation *self = strata_py_alloc (py, sizeof *self);

  if (self != NULL)
    self->kind = kind;

  return self;
}

PENDING const StrataQuery *
strata_sa_get_query (StrataPyMachine *py,
                     StrataPyValue   *value)
{
  return NULL;
}

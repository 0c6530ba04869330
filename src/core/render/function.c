/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/function.h"

#include "core/render/expression.h"

#include <string.h>

/* The functions that SQLAlchemy knows, whatever their case in the script. */
static const struct
{
  const char *name;
  const char *word;             /* what is printed */
  gboolean    has_no_arguments;
} known[] = {
  { "coalesce", "coalesce", FALSE },
  { "max", "max", FALSE },
  { "min", "min", FALSE },
  { "sum", "sum", FALSE },
  { "now", "now", FALSE },
  { "concat", "concat", FALSE },
  { "char_length", "char_length", FALSE },
  { "random", "random", FALSE },
  { "count", "count", FALSE },
  { "array_agg", "array_agg", FALSE },
  { "rank", "rank", FALSE },
  { "dense_rank", "dense_rank", FALSE },
  { "percent_rank", "percent_rank", FALSE },
  { "cume_dist", "cume_dist", FALSE },
  { "cube", "CUBE", FALSE },
  { "rollup", "ROLLUP", FALSE },
  { "grouping_sets", "GROUPING SETS", FALSE },
  { "current_date", "CURRENT_DATE", TRUE },
  { "current_time", "CURRENT_TIME", TRUE },
  { "current_timestamp", "CURRENT_TIMESTAMP", TRUE },
  { "current_user", "CURRENT_USER", TRUE },
  { "localtime", "LOCALTIME", TRUE },
  { "localtimestamp", "LOCALTIMESTAMP", TRUE },
  { "session_user", "SESSION_USER", TRUE },
  { "sysdate", "sysdate", TRUE },
  { "user", "USER", TRUE },
};

void
strata_write_arguments (StrataWriter           *self,
                        const StrataExpression *expression)
{
  strata_writer_put (self, "(");
  strata_write_expressions (self, expression->items, ", ", STRATA_OPERATOR_COMMA);
  strata_writer_put (self, ")");
}

static gboolean
has_arguments (const StrataExpression *expression)
{
  return expression->items != NULL && expression->items[0] != NULL;
}

static gboolean
write_known (StrataWriter           *self,
             const StrataExpression *expression)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      if (g_ascii_strcasecmp (known[i].name, expression->name) != 0)
        continue;

      strata_writer_put (self, known[i].word);
      if (strcmp (known[i].name, "count") == 0 && !has_arguments (expression))
        strata_writer_put (self, "(*)");
      else if (!known[i].has_no_arguments)
        strata_write_arguments (self, expression);
      return TRUE;
    }

  return FALSE;
}

static void
write_call (StrataWriter           *self,
            const StrataExpression *expression)
{
  const char *name = expression->name;

  if (self->server->write_function != NULL && self->server->write_function (self, expression))
    return;
  if (expression->schema == NULL && write_known (self, expression))
    return;

  if (expression->schema != NULL)
    strata_writer_putf (self, "%s.", expression->schema);
  if (g_regex_match_simple ("^[A-Za-z0-9_$]+$", name, 0, 0))
    strata_writer_put (self, name);
  else
    strata_write_name (self, name);
  strata_write_arguments (self, expression);
}

static void
write_over (StrataWriter           *self,
            const StrataExpression *expression)
{
  strata_write_expression (self, expression->items[0]);
  strata_writer_put (self, " OVER (");
  if (expression->partition_by != NULL)
    {
      strata_writer_put (self, "PARTITION BY ");
      strata_write_expressions (self, expression->partition_by, ", ", STRATA_OPERATOR_COMMA);
    }
  if (expression->order_by != NULL)
    {
      strata_writer_put (self, expression->partition_by != NULL ? " ORDER BY " : "ORDER BY ");
      strata_write_expressions (self, expression->order_by, ", ", STRATA_OPERATOR_COMMA);
    }
  if (expression->name != NULL)
    strata_writer_putf (self, "%s%s", expression->partition_by != NULL || expression->order_by != NULL ? " " : "",
                        expression->name);
  strata_writer_put (self, ")");
}

static void
write_filter (StrataWriter           *self,
              const StrataExpression *expression)
{
  strata_write_expression (self, expression->items[0]);
  strata_writer_put (self, " FILTER (WHERE ");
  strata_write_expression (self, expression->items[1]);
  strata_writer_put (self, ")");
}

static void
write_within (StrataWriter           *self,
              const StrataExpression *expression)
{
  strata_write_expression (self, expression->items[0]);
  strata_writer_put (self, " WITHIN GROUP (ORDER BY ");
  strata_write_expressions (self, expression->order_by, ", ", STRATA_OPERATOR_COMMA);
  strata_writer_put (self, ")");
}

void
strata_write_function (StrataWriter           *self,
                       const StrataExpression *expression)
{
  if (expression->kind == STRATA_EXPRESSION_OVER)
    {
      write_over (self, expression);
    }
  else if (expression->kind == STRATA_EXPRESSION_FILTER)
    {
      write_filter (self, expression);
    }
  else if (expression->kind == STRATA_EXPRESSION_WITHIN)
    {
      write_within (self, expression);
    }
  else if (expression->kind == STRATA_EXPRESSION_FUNCTION)
    {
      write_call (self, expression);
    }
  else if (self->server->write_function == NULL || !self->server->write_function (self, expression))
    {
      strata_writer_putf (self, "EXTRACT(%s FROM ", expression->name);
      strata_write_expression (self, expression->items[0]);
      strata_writer_put (self, ")");
    }
}

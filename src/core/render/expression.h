/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/writer.h"

G_BEGIN_DECLS

void  strata_write_expression      (StrataWriter                   *self,
                                    const StrataExpression         *expression);
/* A value that has no type takes this one. */
void  strata_write_typed           (StrataWriter                   *self,
                                    const StrataExpression         *expression,
                                    const StrataType               *type);
/* In parentheses, if it needs them within the operator. */
void  strata_write_operand         (StrataWriter                   *self,
                                    const StrataExpression         *expression,
                                    StrataOperator                  within);
/* An item, within the operator of its own expression. */
void  strata_write_operand_of      (StrataWriter                   *self,
                                    const StrataExpression         *expression,
                                    guint                           i);
/* What is true or false without being a comparison: a column, a function, a cast, true(). */
gboolean strata_expression_is_boolean (const StrataExpression      *self);
/* A condition by itself: what only has a boolean value is compared where the server has none. */
void  strata_write_condition       (StrataWriter                   *self,
                                    const StrataExpression         *condition);
void  strata_write_expressions     (StrataWriter                   *self,
                                    const StrataExpression * const *list,
                                    const char                     *separator,
                                    StrataOperator                  within);
/* text(), with its parameters. */
void  strata_write_text            (StrataWriter                   *self,
                                    const StrataExpression         *text);
/* Where a value stands: itself, or a parameter. */
void  strata_write_value           (StrataWriter                   *self,
                                    const StrataExpression         *value);
/* As the style of parameters has it; for none that has a number. */
void  strata_write_placeholder     (StrataWriter                   *self,
                                    const char                     *name);
void  strata_write_query           (StrataWriter                   *self,
                                    const StrataQuery              *query);

/* Literals. */
void  strata_write_string          (StrataWriter                   *self,
                                    const char                     *text);
void  strata_write_literal         (StrataWriter                   *self,
                                    const StrataType               *type,
                                    const StrataValue              *value);

/* The operator class that postgresql_ops has for an element of an index. */
void  strata_write_operator_class  (StrataWriter                   *self,
                                    const StrataOption             *ops,
                                    const StrataExpression         *element);

G_END_DECLS

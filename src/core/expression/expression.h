/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQL expressions as scripts build them: plain values, owned with all that they point to by whoever makes them. What
 * SQLAlchemy works out from precedence (parentheses) and from the server is left to core/render; what it works out when
 * Python builds the expression (== None means IS NULL, "+" of strings means ||) is already in the operator. Lists are
 * NULL-terminated, and NULL where they are empty. */

#pragma once

#include "core/expression/operator.h"
#include "core/expression/value.h"
#include "core/schema/type.h"

G_BEGIN_DECLS

typedef struct _StrataExpression StrataExpression;
typedef struct _StrataRelation   StrataRelation;    /* core/expression/query.h */
typedef struct _StrataQuery      StrataQuery;

typedef enum
{
  STRATA_EXPRESSION_TEXT,      /* text(): :name is a parameter, \: a colon */
  STRATA_EXPRESSION_WORDS,     /* literal_column(): as it stands */
  STRATA_EXPRESSION_COLUMN,
  STRATA_EXPRESSION_VALUE,     /* a bound value, with a type if it has one of its own */
  STRATA_EXPRESSION_NULL,
  STRATA_EXPRESSION_TRUE,
  STRATA_EXPRESSION_FALSE,
  STRATA_EXPRESSION_DEFAULT,   /* the word, in VALUES */
  STRATA_EXPRESSION_FUNCTION,  /* arguments in items */
  STRATA_EXPRESSION_UNARY,     /* items: one */
  STRATA_EXPRESSION_BINARY,    /* items: left, right, and for BETWEEN the end */
  STRATA_EXPRESSION_LIST,      /* and, or, comma */
  STRATA_EXPRESSION_TUPLE,
  STRATA_EXPRESSION_ARRAY,     /* ARRAY[...] */
  STRATA_EXPRESSION_CASE,      /* items: value or NULL-expression, then condition, result ..., then the else or none */
  STRATA_EXPRESSION_CAST,      /* items: one; to type */
  STRATA_EXPRESSION_COERCE,    /* items: one; type_coerce(): only the type changes */
  STRATA_EXPRESSION_EXTRACT,   /* name: the field; items: one */
  STRATA_EXPRESSION_LABEL,     /* items: one */
  STRATA_EXPRESSION_GROUP,     /* items: one; parentheses that the script asked for */
  STRATA_EXPRESSION_OVER,      /* items: function; then partition_by, order_by, and the frame as name */
  STRATA_EXPRESSION_FILTER,    /* items: function, condition */
  STRATA_EXPRESSION_WITHIN,    /* WITHIN GROUP: items: function; then order_by */
  STRATA_EXPRESSION_QUERY,     /* a subquery as a value */
  STRATA_EXPRESSION_NEXTVAL,   /* of a sequence: schema, name */
} StrataExpressionKind;

struct _StrataExpression
{
  StrataExpressionKind             kind;
  const StrataType                *type;          /* of its value; NULL where nobody knows */
  StrataOperator                   operator;
  const char                      *schema;        /* a function's packages, with dots; a sequence's schema */
  const char                      *name;          /* text, words, column, function, parameter, label, custom operator;
                                                     the flags of a regular expression */
  const char                      *escape;        /* of LIKE */
  int                              precedence;    /* of a custom operator */
  gboolean                         is_boolean;    /* a custom operator that compares */
  gboolean                         is_enclosed;   /* LIKE of contains(): in parentheses within whatever it stands */
  gboolean                         is_eager;      /* an operator that takes parentheses within any other one */
  gboolean                         is_expanding;  /* a parameter that is to become a list */
  gboolean                         is_anonymous;  /* a value whose name is only what its own begins with */
  const StrataRelation            *relation;      /* whose column; NULL: printed without */
  const StrataValue               *value;
  const StrataExpression * const  *items;
  const StrataExpression * const  *parameters;    /* of a text: values with their names */
  const StrataExpression * const  *partition_by;
  const StrataExpression * const  *order_by;
  const StrataQuery               *query;
};

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Statements that read or change rows, and what stands behind their FROM. */

#pragma once

#include "core/expression/expression.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_RELATION_TABLE,
  STRATA_RELATION_JOIN,
  STRATA_RELATION_QUERY,     /* (SELECT ...) AS name; of VALUES also without */
  STRATA_RELATION_WITH,      /* WITH name AS (SELECT ...) before the whole statement */
  STRATA_RELATION_WORDS,     /* text() in select_from() */
} StrataRelationKind;

/* Two columns are of the same relation where the pointers are the same. */
struct _StrataRelation
{
  StrataRelationKind       kind;
  const char              *schema;
  const char              *name;
  const char              *alias;
  gboolean                 is_implied;     /* excluded: never stands behind FROM */
  gboolean                 is_anonymous;   /* the alias is only what its own begins with */
  const StrataRelation    *left;
  const StrataRelation    *right;
  const StrataExpression  *on;
  gboolean                 is_outer;
  gboolean                 is_full;
  const StrataQuery       *query;
  gboolean                 is_lateral;     /* of a query: may speak of what stands before it */
  gboolean                 is_recursive;   /* of WITH: its query speaks of itself, as the relation that it restates */
  const StrataRelation    *restates;       /* NULL: none */
  const char * const      *names;          /* of its columns, where they are said; else NULL */
};

typedef enum
{
  STRATA_QUERY_SELECT,
  STRATA_QUERY_COMPOUND,     /* UNION and its like; the keyword in words */
  STRATA_QUERY_INSERT,
  STRATA_QUERY_UPDATE,
  STRATA_QUERY_DELETE,
  STRATA_QUERY_VALUES,       /* each of the values is a row, of as many as there are columns */
} StrataQueryKind;

/* What a query sets: columns[i] = values[i]. An INSERT of several rows has them one after the other. */
struct _StrataQuery
{
  StrataQueryKind                  kind;
  const StrataRelation            *relation;      /* that is changed */
  const StrataExpression * const  *columns;       /* selected; or set, as columns */
  const StrataExpression * const  *values;
  const StrataRelation * const    *from;          /* select_from(); others are found from the columns */
  const StrataExpression          *where;
  const StrataExpression * const  *group_by;
  const StrataExpression          *having;
  const StrataExpression * const  *order_by;
  const StrataExpression          *limit;
  const StrataExpression          *offset;
  gboolean                         is_distinct;
  const char                      *locking;       /* "FOR UPDATE" */
  const StrataRelation * const    *locked;        /* behind OF */
  const char                      *locking_wait;  /* "NOWAIT", "SKIP LOCKED"; NULL: neither */
  const char                      *prefix;        /* behind the first word: "OR IGNORE" */
  const StrataExpression * const  *distinct_on;
  const char                      *words;
  const StrataQuery * const       *queries;       /* of a compound */
  const StrataQuery               *source;        /* INSERT ... SELECT */
  const StrataExpression * const  *returning;
  /* ON CONFLICT */
  gboolean                         has_conflict;
  const char                      *conflict_constraint;
  const char * const              *conflict_columns;
  const StrataExpression          *conflict_where;
  const StrataExpression * const  *conflict_set;      /* columns; none: DO NOTHING */
  const StrataExpression * const  *conflict_values;
  const StrataExpression          *update_where;
};

G_END_DECLS

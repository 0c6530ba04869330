/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/operation/column.h"

G_BEGIN_DECLS

typedef struct
{
  const StrataColumn * const     *columns;
  const StrataConstraint * const *constraints;   /* in the order of the script; the implied ones are added */
  const StrataIndex * const      *indexes;
  const char                     *comment;
  const char * const             *prefixes;
  const StrataOption * const     *options;
  gboolean                        is_alone;      /* without what else a table brings along: types, indexes, comments */
} StrataCreateTable;

typedef struct
{
  const StrataColumn *column;
  gboolean            inline_references;
  gboolean            inline_primary_key;
  const char         *insert_before;      /* in a batch; NULL: it comes last */
  const char         *insert_after;
} StrataAddColumn;

/* What is done with a property of a column. */
typedef enum
{
  STRATA_LEAVE,
  STRATA_REMOVE,
  STRATA_SET,
} StrataChange;

/* A server_default in one of its forms. */
typedef struct
{
  const StrataExpression *expression;
  const StrataIdentity   *identity;
  const StrataComputed   *computed;
} StrataDefault;

typedef struct
{
  const char                 *column;
  const char                 *new_name;           /* NULL: left */
  StrataAnswer                nullable;           /* unsaid: left */
  const StrataType           *type;               /* NULL: left */
  StrataChange                default_change;
  StrataDefault               server_default;
  StrataChange                comment_change;
  const char                 *comment;
  const StrataType           *existing_type;
  StrataDefault               existing_default;
  gboolean                    had_no_default;     /* existing_server_default=None was said */
  StrataAnswer                existing_nullable;
  const char                 *existing_comment;
  const StrataOption * const *options;            /* postgresql_using */
} StrataAlterColumn;

/* A query, or an expression (text(), a function, which is selected). */
typedef struct
{
  const StrataExpression   *expression;
  const StrataQuery        *query;
} StrataExecute;

/* The columns of the table with their types, and the rows: names and values in the order of each. */
typedef struct
{
  const StrataExpression * const  *columns;
  const StrataExpression * const  *rows;      /* lists (STRATA_EXPRESSION_LIST) of values that have names */
} StrataBulkInsert;

typedef struct
{
  const char           *name;
  const StrataIdentity *settings;
  const StrataType     *type;
} StrataSequence;

typedef struct
{
  const char *name;
  gboolean    is_cascade;
} StrataSchemaChange;

G_END_DECLS

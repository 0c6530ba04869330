/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/operation/option.h"

G_BEGIN_DECLS

/* Of a constraint or an index. A final one (op.f(), a convention's) is never changed by a naming convention, and cut
 * where it is too long instead of being refused. */
typedef struct
{
  const char *text;        /* NULL: none */
  gboolean    is_final;
} StrataName;

typedef enum
{
  STRATA_CONSTRAINT_ANY,   /* in a drop_constraint() that does not say */
  STRATA_CONSTRAINT_PRIMARY_KEY,
  STRATA_CONSTRAINT_UNIQUE,
  STRATA_CONSTRAINT_CHECK,
  STRATA_CONSTRAINT_FOREIGN_KEY,
  STRATA_CONSTRAINT_EXCLUDE,
} StrataConstraintKind;

/* What a foreign key refers to. */
typedef struct
{
  const char         *schema;
  const char         *table;
  const char * const *columns;
  const char         *on_delete;
  const char         *on_update;
  const char         *match;
  gboolean            use_alter;   /* left out of CREATE TABLE where constraints can be added later */
} StrataReference;

/* One "expression WITH operator" of an exclusion constraint. */
typedef struct
{
  const StrataExpression *expression;
  const char             *operator;
} StrataExclusion;

typedef struct
{
  StrataConstraintKind            kind;
  StrataName                      name;
  const char * const             *columns;
  const StrataReference          *reference;
  const StrataExpression         *condition;    /* of a CHECK; the WHERE of an exclusion */
  const StrataExclusion * const  *exclusions;
  const char                     *deferrable;   /* "DEFERRABLE", "NOT DEFERRABLE" or NULL */
  const char                     *initially;
  const StrataOption * const     *options;
} StrataConstraint;

typedef struct
{
  StrataName                      name;
  gboolean                        is_unique;
  const StrataExpression * const *columns;      /* a name is a column expression without a relation */
  const StrataOption * const     *options;
} StrataIndex;

/* The class of SQLAlchemy that it is. */
const char *strata_constraint_kind_get_name (StrataConstraintKind kind);

G_END_DECLS

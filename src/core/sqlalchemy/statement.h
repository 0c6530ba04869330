/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/element.h"

G_BEGIN_DECLS

/* What can stand behind FROM. Table() has a longer struct that begins with this one. */
typedef struct
{
  StrataPyValue         base;
  const StrataRelation *relation;
  StrataPyDict         *columns;     /* what .c has: key to element; NULL: not known */
} StrataSaFrom;

/* For Table(): the relation that its columns refer to. */
StrataRelation       *strata_sa_new_relation  (StrataPyMachine *py, StrataRelationKind kind);
/* Makes it known whose it is. */
void                  strata_sa_own_relation  (StrataRelation *relation, StrataSaFrom *owner);
const StrataRelation *strata_sa_get_relation  (StrataPyMachine *py, StrataPyValue *value);
/* The attributes that all of them have, for classes that have others too; NULL without failure: none of them. */
StrataPyValue        *strata_sa_from_attribute (StrataPyMachine *py, StrataPyValue *self, const char *name);
/* The query of select() and its like; NULL without failure: it is none. */
const StrataQuery    *strata_sa_get_query     (StrataPyMachine *py, StrataPyValue *value);
/* What op.execute() and connection.execute() take: a string (as text()), an expression, a query. The parameters (a dict, a
 * list of them; NULL or None: none) become bound values: a list makes as many executes. NULL: failed. */
const StrataExecute  *strata_sa_read_execute  (StrataPyMachine *py, StrataPyValue *value, StrataPyValue *parameters,
                                               guint *n_executes);

G_END_DECLS

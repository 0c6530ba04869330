/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/statement.h"

G_BEGIN_DECLS

/* What a schema item in a script says, as core/operation has it. NULL and FALSE: failed. */
const StrataColumn     *strata_sa_read_column     (StrataPyMachine *py, StrataPyValue *value);
const StrataConstraint *strata_sa_read_constraint (StrataPyMachine *py, StrataPyValue *value);
const StrataIndex      *strata_sa_read_index      (StrataPyMachine *py, StrataPyValue *value);
/* The arguments of create_table() and Table(): columns, constraints and indexes in their order; what the keywords say. */
gboolean                strata_sa_read_table      (StrataPyMachine *py, StrataPyValue *items, StrataPyDict *keywords,
                                                   StrataCreateTable *table);
/* A Table() object for it, as op.create_table() returns. */
StrataPyValue          *strata_sa_new_table       (StrataPyMachine *py, const char *schema, const char *name,
                                                   StrataPyValue *items, StrataPyDict *keywords);
/* Whose schema, name and items those of a Table() are. */
const StrataCreateTable *strata_sa_get_table      (StrataPyMachine *py, StrataPyValue *value, const char **schema,
                                                   const char **name);
/* What an INSERT sets a column of a Table() to that it is given no value for; NULL without failure: nothing. */
const StrataExpression *strata_sa_get_insert_default (StrataPyMachine *py, StrataPyValue *column);
/* server_default=: a string, text(), a function, Identity(), Computed(), FetchedValue(). */
gboolean                strata_sa_read_default    (StrataPyMachine *py, StrataPyValue *value, StrataDefault *result);
/* The name of a constraint or an index: None, a string, or op.f() of one. */
gboolean                strata_sa_read_name       (StrataPyMachine *py, StrataPyValue *value, StrataName *name);
/* What op.f() gives: a string that remembers that it is final. */
StrataPyValue          *strata_sa_new_final_name  (StrataPyMachine *py, const char *text);
/* Keywords of one server ("postgresql_using"); any other one raises TypeError as SQLAlchemy does. */
gboolean                strata_sa_read_options    (StrataPyMachine *py, StrataPyDict *keywords,
                                                   const StrataOption * const **options);
/* The same for one class ("Index", "UniqueConstraint"): what its server takes of others only raises ArgumentError. */
gboolean                strata_sa_read_options_of (StrataPyMachine *py, const char *class, StrataPyDict *keywords,
                                                   const StrataOption * const **options);
/* A list or tuple of names, NULL-terminated; elements that are columns count by their name. */
gboolean                strata_sa_read_names      (StrataPyMachine *py, StrataPyValue *value, const char * const **names);

G_END_DECLS

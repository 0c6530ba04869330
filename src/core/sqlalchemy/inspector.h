/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/connection.h"

G_BEGIN_DECLS

/* What sa.inspect(bind) gives: answers are kept, as SQLAlchemy keeps them, until clear_cache(). */
void strata_sa_add_inspector (StrataPyMachine *py);

/* What a new inspector answers: bind.dialect has some of its questions, with the connection before the others. */
StrataPyValue *strata_sa_ask_inspector (StrataPyMachine *py, const char *question, StrataPyValue *bind, StrataPyValue *name,
                                        StrataPyValue *schema);

/* inspector-items.c: the parts of a table as SQLAlchemy's dicts and lists. */
typedef StrataPyValue *(*StrataSaWrapTable) (StrataPyMachine          *py,
                                             const StrataPictureTable *table,
                                             const char               *schema);

StrataPyValue *strata_sa_wrap_columns     (StrataPyMachine *py, const StrataPictureTable *table, const char *schema);
StrataPyValue *strata_sa_wrap_primary_key (StrataPyMachine *py, const StrataPictureTable *table, const char *schema);
StrataPyValue *strata_sa_wrap_references  (StrataPyMachine *py, const StrataPictureTable *table, const char *schema);
StrataPyValue *strata_sa_wrap_indexes     (StrataPyMachine *py, const StrataPictureTable *table, const char *schema);
StrataPyValue *strata_sa_wrap_uniques     (StrataPyMachine *py, const StrataPictureTable *table, const char *schema);
StrataPyValue *strata_sa_wrap_checks      (StrataPyMachine *py, const StrataPictureTable *table, const char *schema);
StrataPyValue *strata_sa_wrap_comment     (StrataPyMachine *py, const StrataPictureTable *table, const char *schema);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/private.h"

G_BEGIN_DECLS

/* An object of select() and its like. Each method of SQLAlchemy's gives a changed copy. */
typedef struct
{
  StrataPyValue base;
  StrataQuery   query;
  Value        *target;         /* the table that is changed */
  Value        *entity;         /* whose columns filter_by() means; NULL: not known */
} Statement;

/* Of SQLAlchemy's class of that name. */
Value                *strata_sa_wrap_relation    (Machine *py, const char *class, const StrataRelation *relation, Dict *columns);
Dict                 *strata_sa_copy_columns     (Machine *py, Dict *columns, const StrataRelation *relation);
Value                *strata_sa_new_join         (Machine *py, Value *left, Value *right, Value *on, gboolean is_outer,
                                                  gboolean is_full);
const StrataRelation *strata_sa_coerce_relation  (Machine *py, Value *value);
Value                *strata_sa_new_collection   (Machine *py, Dict *columns);
Value                *strata_sa_select_values    (Machine *py, guint n, Value **values);
Statement            *strata_sa_new_statement    (Machine *py, const char *class, StrataQueryKind kind);
Statement            *strata_sa_copy_statement   (Machine *py, Value *self);
gboolean              strata_sa_add_where        (Machine *py, Statement *self, Value *conditions);
/* "*columns" of select() and returning(): tables stand for all their columns. */
gboolean              strata_sa_read_selected    (Machine *py, Value *values, Items *items);
/* insert(), update() and delete() of a table. */
extern const StrataPyNative strata_sa_table_methods[];

Value                *strata_sa_new_exists       (Machine *py, const Expression *query);

/* The class that SELECT and UNION are. */
Class                *strata_sa_add_queries      (Machine *py);
void                  strata_sa_add_froms        (Machine *py);
void                  strata_sa_add_collections  (Machine *py);
void                  strata_sa_add_selects      (Machine *py);
void                  strata_sa_add_changes      (Machine *py);
void                  strata_sa_add_ddl          (Machine *py);

G_END_DECLS

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
  Value        *entity;         /* whose columns filter_by() means; NULL: that of the first column */
  gpointer      conditions;     /* of where(), each as it was given: NULL-terminated */
  gboolean      is_plural;      /* rows were given as a list */
  gboolean      is_inline;
  gboolean      has_values;     /* values() was called, if with nothing */
  Value        *excluded;       /* of an INSERT with ON CONFLICT */
} Statement;

/* Of SQLAlchemy's class of that name. */
Value                *strata_sa_wrap_relation    (Machine *py, const char *class, const StrataRelation *relation, Dict *columns);
Dict                 *strata_sa_copy_columns     (Machine *py, Dict *columns, const StrataRelation *relation);
Value                *strata_sa_new_join         (Machine *py, Value *left, Value *right, Value *on, gboolean is_outer,
                                                  gboolean is_full);
/* Of a join() that says none. NULL: failed. */
const Expression     *strata_sa_find_condition   (Machine *py, const StrataRelation *left, const StrataRelation *right);
/* What a join() begins with: of the relations that the query reads so far, the one that its condition can be met with. */
const StrataRelation *strata_sa_find_left        (Machine *py, const StrataQuery *query, const StrataRelation *right,
                                                  const Expression *on);
const StrataRelation *strata_sa_coerce_relation  (Machine *py, Value *value);
/* NULL: not known. */
StrataSaFrom         *strata_sa_get_owner        (const StrataRelation *relation);
/* A copy that has another name; NULL: one that SQLAlchemy makes up. */
StrataRelation       *strata_sa_rename_relation  (Machine *py, const StrataRelation *relation, const char *name);
Value                *strata_sa_new_collection   (Machine *py, Dict *columns);
/* NULL without failure: it is none. */
Dict                 *strata_sa_get_collection   (Machine *py, Value *value);
Value                *strata_sa_select_values    (Machine *py, guint n, Value **values);
Statement            *strata_sa_new_statement    (Machine *py, const char *class, StrataQueryKind kind);
Statement            *strata_sa_copy_statement   (Machine *py, Value *self);
gboolean              strata_sa_add_where        (Machine *py, Statement *self, Value *conditions);
/* "*columns" of select() and returning(): tables stand for all their columns. */
gboolean              strata_sa_read_selected    (Machine *py, Value *values, Items *items);
/* The values of one row, by the names of their columns. */
Dict                 *strata_sa_read_row         (Machine *py, Statement *self, Value *row);
/* A copy with the values of parameters. NULL: failed. */
Value                *strata_sa_bind_statement   (Machine *py, Value *statement, Dict *parameters);
/* The query, with what SQLAlchemy adds when it is executed. NULL: failed. */
const StrataQuery    *strata_sa_complete         (Machine *py, Value *statement);
/* insert(), update() and delete() of a table. */
extern const StrataPyNative strata_sa_table_methods[];

/* ORDER BY and GROUP BY, behind what was there; LIMIT and OFFSET. */
gboolean              strata_sa_read_order       (Machine *py, const StrataQuery *query, Value *values, gconstpointer old,
                                                  gpointer *result);
gboolean              strata_sa_read_limit       (Machine *py, Value *value, const Expression **limit);
/* Methods that select() and unions have. */
/* Of a CTE, after whatever stands in it already. */
Value                *strata_sa_with_union       (Machine *py, Value *value, Value **arguments);
Value                *strata_sa_with_union_all   (Machine *py, Value *value, Value **arguments);
Value                *strata_sa_query_order_by   (Machine *py, Value *value, Value **arguments);
Value                *strata_sa_query_limit      (Machine *py, Value *value, Value **arguments);
Value                *strata_sa_query_offset     (Machine *py, Value *value, Value **arguments);
Value                *strata_sa_new_exists       (Machine *py, const Expression *query);

/* The class that SELECT and UNION are. */
Class                *strata_sa_add_queries      (Machine *py);
void                  strata_sa_add_froms        (Machine *py);
void                  strata_sa_add_values       (Machine *py);
void                  strata_sa_add_collections  (Machine *py);
void                  strata_sa_add_selects      (Machine *py);
void                  strata_sa_add_changes      (Machine *py);
void                  strata_sa_add_conflicts    (Machine *py);
void                  strata_sa_add_ddl          (Machine *py);

G_END_DECLS

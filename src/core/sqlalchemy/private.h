/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of expressions and statements share. Everything lives in the machine's memory. */

#pragma once

#include "core/sqlalchemy/memory.h"
#include "core/sqlalchemy/statement.h"
#include "core/sqlalchemy/types.h"

G_BEGIN_DECLS

/* Types that SQLAlchemy takes where nobody says one. */
const StrataType *strata_sa_plain_type     (StrataTypeKind kind);
StrataAffinity    strata_sa_get_affinity   (const StrataType *type);
const StrataType *strata_sa_type_of_value  (const StrataValue *value);

/* Expressions, as SQLAlchemy builds them. */
const Expression *strata_sa_binary         (Machine *py, StrataOperator operator, const Expression *a, const Expression *b,
                                            const StrataType *type);
const Expression *strata_sa_unary          (Machine *py, StrataOperator operator, const Expression *a, const StrataType *type);
const Expression *strata_sa_custom         (Machine *py, const char *operator, const Expression *a, const Expression *b,
                                            const StrataType *type);
const Expression *strata_sa_list           (Machine *py, StrataExpressionKind kind, StrataOperator operator, gconstpointer items);
const Expression *strata_sa_conjunction    (Machine *py, StrataOperator operator, gconstpointer conditions);
const Expression *strata_sa_negate         (Machine *py, const Expression *expression);
const Expression *strata_sa_constant       (Machine *py, StrataExpressionKind kind);
const Expression *strata_sa_bind           (Machine *py, const char *name, const StrataValue *value, const StrataType *type);
/* What stands on the other side of an operator: a value takes the type of the expression where that fits. */
const Expression *strata_sa_coerce_other   (Machine *py, const Expression *expression, Value *other);
const StrataType *strata_sa_choose_type    (const Expression *expression, const StrataValue *value);
/* What a column is set to. */
const Expression *strata_sa_coerce_for     (Machine *py, const Expression *column, Value *value);
/* A condition of WHERE, HAVING, and_(): True and False are constants. */
const Expression *strata_sa_coerce_condition (Machine *py, Value *value);
/* The operator and the type of its result, by what stands on its sides. */
const Expression *strata_sa_operate        (Machine *py, StrataOperator operator, const Expression *a, const Expression *b);
const Expression *strata_sa_compare        (Machine *py, StrataOperator operator, const Expression *a, Value *other);
/* Of in_(): the type is that of the first one, to begin with NULL. */
const Expression *strata_sa_coerce_member  (Machine *py, const Expression *expression, Value *value, const StrataType **type);

/* Objects. A NULL expression is a failure that has happened. */
Value            *strata_sa_wrap_class     (Machine *py, Class *class, const Expression *expression);
/* A name of NULL: one that SQLAlchemy makes up. */
Value            *strata_sa_new_label      (Machine *py, Value *element, const char *name);
/* Whether SQLAlchemy has a class of its own for it. */
gboolean          strata_sa_is_known_function (const Expression *function);
Value            *strata_sa_new_cast       (Machine *py, StrataExpressionKind kind, Value *value, Value *type);
/* Of "*columns", "*conditions". */
gboolean          strata_sa_read_list      (Machine *py, Value *values, Items *items);
gboolean          strata_sa_read_conditions (Machine *py, Value *values, Items *items);
gboolean          strata_sa_is_query       (Machine *py, Value *value);

/* Parameters of texts: whether ":name" stands there, and a copy that gives it a value. */
gboolean          strata_sa_text_has       (const Expression *text, const char *name);
const Expression *strata_sa_text_with      (Machine *py, const Expression *text, const char *name, Value *value);
gboolean          strata_sa_set_parameter  (Machine *py, Expression *parameter, Value *value, gboolean is_expanding);

/* JSON and ARRAY. */
Value            *strata_sa_json_as_text   (Machine *py, Value *self);
Value            *strata_sa_json_contains  (Machine *py, Value *self, Value **arguments);

void              strata_sa_add_column_clauses (Machine *py);
void              strata_sa_add_texts      (Machine *py);
void              strata_sa_add_functions  (Machine *py);
void              strata_sa_add_constructs (Machine *py);

/* Slots of all classes whose objects are columns in SQL. */
Value            *strata_sa_element_binary    (Machine *py, StrataPySymbol op, Value *a, Value *b);
Value            *strata_sa_element_compare   (Machine *py, StrataPySymbol op, Value *a, Value *b);
Value            *strata_sa_element_unary     (Machine *py, StrataPySymbol op, Value *self);
Value            *strata_sa_element_item      (Machine *py, Value *self, Value *key);
int               strata_sa_element_truth     (Machine *py, Value *self);

/* Methods of all of them, by duty. */
extern const StrataPyNative strata_sa_search_methods[];
extern const StrataPyNative strata_sa_json_methods[];

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/sa.h"

G_BEGIN_DECLS

typedef StrataPyMachine  Machine;
typedef StrataPyValue    Value;
typedef StrataPyClass    Class;
typedef StrataPyDict     Dict;
typedef StrataExpression Expression;

typedef const StrataExpression *const *Expressions;

/* Lists that grow in the machine's memory, NULL-terminated. */
typedef struct
{
  gconstpointer *items;
  guint          length;
  guint          allocated;
} Items;

void              strata_sa_items_add      (Machine *py, Items *self, gconstpointer item);
/* Of a list that ends with NULL; NULL is an empty one. */
guint             strata_sa_length         (gconstpointer list);
/* A copy of the list with one more. */
gpointer          strata_sa_append         (Machine *py, gconstpointer list, gconstpointer item);
gpointer          strata_sa_copy           (Machine *py, gconstpointer what, gsize size);

G_END_DECLS

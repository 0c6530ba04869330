/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/schema/picture.h"
#include "core/sqlalchemy/sa.h"

G_BEGIN_DECLS

/* What a query gave, in the machine's memory: rows of n_columns values each. */
typedef struct
{
  guint               n_columns;
  const char * const *names;
  const StrataValue  *values;
  guint               n_rows;
  gint64              n_changed;     /* -1: unknown; -2: not any more */
} StrataSaRows;

/* What a script does to its database. Every function fails the machine (strata_py_stop, strata_py_raise) and returns FALSE
 * or NULL when it can't. */
struct _StrataSaBackend
{
  /* Does it now, in the order of the script. */
  gboolean            (*emit)           (StrataPyMachine *py, const StrataOperation *operation);
  /* autocommit_block(): FALSE leaves it. */
  gboolean            (*set_autocommit) (StrataPyMachine *py, gboolean is_on);
  /* Online only, as the next ones: executes, and brings the rows. */
  const StrataSaRows *(*query)          (StrataPyMachine *py, const StrataExecute *what);
  /* What the database is like: one table with what hangs on it (a schema of NULL: the default one), or all of it where
   * table is NULL. As it is now: a picture is not kept over what is done to the database. */
  const StrataPicture *(*get_picture)   (StrataPyMachine *py, const char *schema, const char *table);
};

G_END_DECLS

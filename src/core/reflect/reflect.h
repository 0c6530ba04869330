/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection to the picture of its database, by catalog SQL (resources/sql). Everything is read in one go: the number
 * of queries does not grow with the number of tables on PostgreSQL. It is the caller who sees to it that nothing changes
 * meanwhile (a transaction). */

#pragma once

#include "core/database/connection.h"
#include "core/schema/picture.h"
#include "core/schema/row-facts.h"

G_BEGIN_DECLS

/* What to look at; NULL for all of it: table wants a schema or means the default one. */
typedef struct
{
  const char *schema;
  const char *table;
} StrataReflectScope;

/* A table that is a tool's own, Strata's or Alembic's: as if it were not there. */
typedef struct
{
  const char *schema;       /* NULL: the default one */
  const char *name;
} StrataReflectOwn;

StrataPicture *strata_reflect (StrataConnection          *connection,
                               const StrataReflectScope  *scope,
                               GCancellable              *cancellable,
                               GError                   **error);

/* A whole picture, with all objects: one consistent snapshot in a transaction of its own (or in the one that is open), texts
 * with all names qualified. Own ends with a name of NULL, and may be NULL. */
StrataPicture *strata_reflect_whole (StrataConnection       *connection,
                                     const StrataReflectOwn *own,
                                     GCancellable           *cancellable,
                                     GError                **error);

/* Fills in what is known of the rows (StrataRowFacts, sorted): the server's own statistics, or a sample where it keeps none.
 * What cannot be read stays unknown. */
gboolean       strata_reflect_rows  (StrataConnection       *connection,
                                     GPtrArray              *facts,
                                     GCancellable           *cancellable,
                                     GError                **error);

G_END_DECLS

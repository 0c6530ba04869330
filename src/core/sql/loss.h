/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sql/splitter.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_LOSS_TABLE,      /* with all its rows */
  STRATA_LOSS_COLUMN,
  STRATA_LOSS_ROWS,       /* all rows of a table, or of a partition */
  STRATA_LOSS_MORE,       /* what hangs on it is not known from the statement: a schema, a type with CASCADE */
} StrataLossKind;

/* What a statement takes away that nothing brings back. */
typedef struct
{
  StrataLossKind  kind;
  const char     *words;  /* "DROP TABLE", "DELETE without WHERE"; static */
  char           *name;   /* of the table, as written, schema included; of what is dropped */
  char           *column; /* as written; else NULL */
} StrataLoss;

/* TRUE where the statement loses data. What it loses is appended to the losses, StrataLoss (NULL: not wanted). Seen is what
 * the tokens say: DROP TABLE, COLUMN, SCHEMA and the like, TRUNCATE, DELETE without WHERE; not what functions do. */
gboolean strata_statement_loses_data    (StrataDialect          dialect,
                                         const StrataStatement *statement,
                                         GPtrArray             *losses);
/* ALTER TABLE from RENAME TO to, as written; a table that is dropped and comes back under its name was rebuilt. */
gboolean strata_statement_renames_table (StrataDialect          dialect,
                                         const StrataStatement *statement,
                                         char                 **from,
                                         char                 **to);
GPtrArray *strata_losses_new            (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/schema/picture.h"
#include "core/sql/sqlite-create.h"

G_BEGIN_DECLS

/* A table while its picture is taken, in memory of the picture: what is of it comes first. */
typedef struct
{
  StrataPictureTable    table;
  const char           *spelled;       /* its text in the one spelling; NULL: not understood */
  StrataObject * const *constraints;   /* one without a name is called by what it says: "(a, b)"; NULL: none */
} StrataSqliteTable;

gboolean                   strata_sqlite_is_virtual    (const StrataPictureTable *table);
/* Whether the text says of the columns all that SQLite would answer. */
gboolean                   strata_sqlite_tells_columns (const StrataSqliteCreate *create);
/* In any case. */
const StrataPictureColumn *strata_sqlite_find_column   (const StrataPictureTable *table,
                                                        const char               *name);
/* All but its type. */
StrataPictureColumn       *strata_sqlite_define_column (StrataPicture            *picture,
                                                        const StrataSqliteCreate *create,
                                                        const StrataSqliteColumn *column);
/* With those columns (names in the picture); what else it is, the text says, if there is one. */
void                       strata_sqlite_define_key    (StrataPicture            *picture,
                                                        StrataPictureTable       *table,
                                                        const StrataSqliteCreate *create,
                                                        const GPtrArray          *columns);
/* The other constraints; what refers to a primary key without naming its columns is added to to_keys. */
void                       strata_sqlite_define_rest   (StrataPicture            *picture,
                                                        StrataSqliteTable        *table,
                                                        const StrataSqliteCreate *create,
                                                        GPtrArray                *to_keys);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/schema/picture.h"
#include "core/sql/sqlite-index.h"

G_BEGIN_DECLS

/* An index while a picture is taken, in memory of the picture: what is of it comes first. */
typedef struct
{
  StrataPictureIndex  index;
  const char         *spelled;       /* its text in the one spelling; NULL: not understood */
} StrataSqliteReadIndex;

/* All of it from its CREATE; the table's columns are known. */
const StrataSqliteReadIndex *strata_sqlite_define_index  (StrataPicture            *picture,
                                                          const StrataPictureTable *table,
                                                          const GPtrArray          *columns,
                                                          const char               *name,
                                                          const char               *text);
/* The texts that no pragma tells; NULL where there is none, or none that is understood. */
const char                  *strata_sqlite_index_element (StrataPicture            *picture,
                                                          const StrataSqliteIndex  *index,
                                                          guint                     i);
const char                  *strata_sqlite_index_where   (StrataPicture            *picture,
                                                          const StrataSqliteIndex  *index);

G_END_DECLS

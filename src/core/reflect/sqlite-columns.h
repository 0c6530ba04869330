/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The columns of tables and views, with the primary key: from the text where it says them, or as SQLite tells. */

#pragma once

#include "core/database/rows.h"
#include "core/schema/picture.h"
#include "core/sql/sqlite-create.h"

G_BEGIN_DECLS

typedef struct _StrataSqliteColumns StrataSqliteColumns;

StrataSqliteColumns *strata_sqlite_columns_new       (StrataPicture            *picture);
void                 strata_sqlite_columns_free      (StrataSqliteColumns      *self);
/* Of columns.sql, for strata_sqlite_columns_read(). */
void                 strata_sqlite_columns_take_rows (StrataSqliteColumns      *self,
                                                      StrataRows               *rows);
/* What SQLite told, and what it does not tell from the text; create: NULL where that is not understood. */
void                 strata_sqlite_columns_read      (StrataSqliteColumns      *self,
                                                      StrataPictureTable       *table,
                                                      const StrataSqliteCreate *create);
/* The same without SQLite: it would take each CREATE apart once more, in a statement for each table. */
void                 strata_sqlite_columns_define    (StrataSqliteColumns      *self,
                                                      StrataPictureTable       *table,
                                                      const StrataSqliteCreate *create);
/* Rows have the table first. */
gboolean             strata_sqlite_is_row_of         (const StrataRows         *rows,
                                                      guint                     row,
                                                      const char               *table);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* The answer to a query: text or NULL in each cell. Immutable. */
typedef struct _StrataRows StrataRows;

/* What a cell's text is that of. */
typedef enum
{
  STRATA_CELL_TEXT,
  STRATA_CELL_INTEGER,
  STRATA_CELL_FLOAT,
  STRATA_CELL_DECIMAL,
  STRATA_CELL_BOOLEAN,
  STRATA_CELL_BYTES,          /* "\\x" and hexadecimal digits */
  STRATA_CELL_DATE,
  STRATA_CELL_TIME,
  STRATA_CELL_DATETIME,
  STRATA_CELL_INTERVAL,
  STRATA_CELL_UUID,
  STRATA_CELL_JSON,
  STRATA_CELL_OTHER,          /* an array, a range ... */
} StrataCellType;

StrataRows *strata_rows_new           (guint             n_columns);
/* While filling: the names once, then cell after cell. */
void        strata_rows_take_name     (StrataRows       *self,
                                       char             *name);
void        strata_rows_append        (StrataRows       *self,
                                       const char       *value,
                                       gssize            length);
/* Of the cell that was appended last; TEXT unless said. */
void        strata_rows_set_type      (StrataRows       *self,
                                       StrataCellType    type);
StrataCellType strata_rows_get_type   (const StrataRows *self,
                                       guint             row,
                                       guint             column);
void        strata_rows_free          (StrataRows       *self);
guint       strata_rows_get_n_rows    (const StrataRows *self);
guint       strata_rows_get_n_columns (const StrataRows *self);
const char *strata_rows_get_name      (const StrataRows *self,
                                       guint             column);
const char *strata_rows_get           (const StrataRows *self,
                                       guint             row,
                                       guint             column);
gint64      strata_rows_get_int       (const StrataRows *self,
                                       guint             row,
                                       guint             column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRows, strata_rows_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* The answer to a query: text or NULL in each cell. Immutable. */
typedef struct _StrataRows StrataRows;

StrataRows *strata_rows_new           (guint             n_columns);
/* While filling: the names once, then cell after cell. */
void        strata_rows_take_name     (StrataRows       *self,
                                       char             *name);
void        strata_rows_append        (StrataRows       *self,
                                       const char       *value,
                                       gssize            length);
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

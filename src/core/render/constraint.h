/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/table-parts.h"

G_BEGIN_DECLS

/* "CONSTRAINT name CHECK (...)" and its like. FALSE, and nothing written, where this server has no such constraint
 * there. table: that the constraint stands in; NULL for one that is added later. checked: see StrataTableConstraint. */
gboolean strata_write_constraint    (StrataWriter                 *self,
                                     const StrataTableParts       *table,
                                     const char                   *schema,
                                     const StrataConstraint       *constraint,
                                     const StrataColumn           *checked);
/* Adds one that a new column implies. */
void     strata_render_implied      (StrataWriter                 *self,
                                     const StrataTableParts       *table,
                                     const StrataTableConstraint  *part);
/* Of the operation's table; is_tolerant says IF EXISTS. */
void     strata_write_drop_constraint (StrataWriter               *self,
                                       const StrataOperation      *operation,
                                       const StrataConstraint     *constraint);
void     strata_render_constraint   (StrataWriter                 *self,
                                     const StrataOperation        *operation);

G_END_DECLS

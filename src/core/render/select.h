/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/writer.h"

G_BEGIN_DECLS

void strata_write_select   (StrataWriter                   *self,
                            const StrataQuery              *query);
void strata_write_compound (StrataWriter                   *self,
                            const StrataQuery              *query);
/* What is selected or returned, with the names that SQLAlchemy gives to what has none, and behind FROM to columns too. */
void strata_write_selected (StrataWriter                   *self,
                            const StrataExpression * const *columns,
                            gboolean                        is_from);

G_END_DECLS

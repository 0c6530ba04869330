/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/writer.h"

G_BEGIN_DECLS

/* The relations that a query reads, as SQLAlchemy finds them: those of its columns, those it was told, and those of its
 * condition; without what stands in a join among them, and without those of the statement around it if others are left. */
GPtrArray *strata_from_collect   (StrataWriter           *writer,
                                  const StrataQuery      *query);
/* Of what a statement changes: the others that its values and its condition name. */
GPtrArray *strata_from_others    (const StrataQuery      *query);
void       strata_write_relation (StrataWriter           *self,
                                  const StrataRelation   *relation);
void       strata_write_alias    (StrataWriter           *self,
                                  const StrataRelation   *relation);
void       strata_write_from     (StrataWriter           *self,
                                  GPtrArray              *relations);

G_END_DECLS

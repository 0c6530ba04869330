/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/writer.h"

G_BEGIN_DECLS

/* The name that a constraint of a table gets by the convention, or the one that it has. The text of a new one goes to
 * memory. */
StrataName strata_naming_apply  (StrataWriter           *writer,
                                 const char             *schema,
                                 const char             *table,
                                 const StrataConstraint *constraint,
                                 GPtrArray              *memory);
StrataName strata_naming_index  (StrataWriter           *writer,
                                 const char             *schema,
                                 const char             *table,
                                 StrataName              name,
                                 const char * const     *columns,
                                 GPtrArray              *memory);

G_END_DECLS

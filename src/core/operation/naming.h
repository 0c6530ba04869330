/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/operation/constraint.h"

G_BEGIN_DECLS

/* Templates of MetaData(naming_convention=...): "fk_%(table_name)s_%(column_0_name)s". NULL: none. */
typedef struct
{
  const char *index;                    /* NULL: "ix_%(column_0_label)s", as SQLAlchemy */
  const char *unique;
  const char *check;
  const char *foreign_key;
  const char *primary_key;
  const char *doubt;                    /* a convention may be there: what of it was not understood; NULL: all was */
} StrataNaming;

/* The name that a constraint of a table gets by the convention, or the one that it has. New texts are added to memory.
 * FALSE where SQLAlchemy would raise: the problem is said in its words; or where the name is in doubt. */
gboolean strata_naming_name_constraint (const StrataNaming     *self,
                                        const char             *schema,
                                        const char             *table,
                                        const StrataConstraint *constraint,
                                        GPtrArray              *memory,
                                        StrataName             *name,
                                        char                  **problem);
gboolean strata_naming_name_index      (const StrataNaming     *self,
                                        const char             *schema,
                                        const char             *table,
                                        StrataName              given,
                                        const char * const     *columns,
                                        GPtrArray              *memory,
                                        StrataName             *name,
                                        char                  **problem);

G_END_DECLS

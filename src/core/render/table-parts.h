/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What SQLAlchemy makes of the columns and constraints of a table: its primary key, the constraints and indexes that
 * columns imply, and names by convention. */

#pragma once

#include "core/render/writer.h"

G_BEGIN_DECLS

/* A constraint with its name by convention. */
typedef struct
{
  StrataConstraint    constraint;
  const StrataColumn *checked;       /* the column whose type makes this CHECK, or NULL */
  gboolean            is_implied;
} StrataTableConstraint;

struct _StrataTableParts
{
  const char                 *schema;
  const char                 *name;
  const StrataColumn * const *columns;
  const StrataOption * const *options;
  StrataConstraint            primary_key;      /* of no columns where there is none */
  const StrataColumn         *autoincrement;    /* the column that counts by itself, or NULL */
  GPtrArray                  *constraints;      /* StrataTableConstraint*, in the order of CREATE TABLE */
  GPtrArray                  *indexes;          /* StrataIndex* */
  GPtrArray                  *memory;           /* what the names and lists of the above stand in */
};

void          strata_table_parts_init        (StrataTableParts               *self,
                                              StrataWriter                   *writer,
                                              const StrataOperation          *operation,
                                              const StrataColumn * const     *columns,
                                              const StrataConstraint * const *constraints,
                                              const StrataIndex * const      *indexes);
void          strata_table_parts_clear       (StrataTableParts               *self);
gboolean      strata_table_parts_is_key      (const StrataTableParts         *self,
                                              const StrataColumn             *column);
gboolean      strata_table_parts_is_nullable (const StrataTableParts         *self,
                                              const StrataColumn             *column);
/* Whether some foreign key stands on the column. */
gboolean      strata_table_parts_is_foreign  (const StrataTableParts         *self,
                                              const StrataColumn             *column);
/* Whether this server needs the CHECK that the type of a column may make. */
gboolean      strata_type_needs_check        (const StrataServer             *server,
                                              const StrataType               *type);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/database/connection.h"
#include "core/graph/plan.h"

G_BEGIN_DECLS

/* Alembic's version table, exactly as Alembic has it: one row a current head, no row is base (docs/design.md). The
 * strings are borrowed; a schema of NULL is the default one. */
typedef struct
{
  const char *schema;
  const char *name;
  gboolean    keyless;     /* version_table_pk=False */
} StrataVersionTable;

#define STRATA_VERSION_TABLE_DEFAULT "alembic_version"

/* Never makes the table: where there is none, exists (may be NULL) is FALSE and the rows are empty. Sorted. */
GStrv     strata_version_table_read       (StrataConnection          *connection,
                                           const StrataVersionTable  *table,
                                           gboolean                  *exists,
                                           GCancellable              *cancellable,
                                           GError                   **error);
/* The ids of a query's first column, sorted. */
GStrv     strata_version_table_sort_rows  (const StrataRows          *rows);
char     *strata_version_table_dup_select (const StrataVersionTable  *table,
                                           StrataDialect              dialect);
/* "name" or "schema.name", quoted where needed. */
char     *strata_version_table_to_sql     (const StrataVersionTable  *table,
                                           StrataDialect              dialect);
char     *strata_version_table_dup_ddl    (const StrataVersionTable  *table,
                                           StrataDialect              dialect);
/* One edit with literal values, for a script. */
char     *strata_version_edit_to_sql      (const StrataVersionEdit   *edit,
                                           const StrataVersionTable  *table,
                                           StrataDialect              dialect);
/* The same for a run: $1 is the new id (DELETE: the old one), $2 the old one. */
char     *strata_version_edit_to_statement (StrataVersionEditKind     kind,
                                            const StrataVersionTable *table,
                                            StrataDialect             dialect);
/* Alembic's words where an edit did not meet exactly one row. */
void      strata_version_edit_set_error   (const StrataVersionEdit   *edit,
                                           const StrataVersionTable  *table,
                                           gint64                     affected,
                                           GError                   **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole picture as DDL: canonical, the same text for the same schema whatever way it came to be, and loadable into an empty
 * database. Statements are texts (char*) without their semicolons. */

#pragma once

#include "core/schema/picture.h"

G_BEGIN_DECLS

typedef struct
{
  /* Columns by name: what tells whether two tables are the same, as a column that is added later stands last. */
  gboolean has_sorted_columns;
} StrataDdlOptions;

/* What makes the object, its comment and settings included; of a table without its foreign keys and indexes, which are objects
 * of their own, but with its other constraints. */
void       strata_ddl_create   (const StrataPicture    *picture,
                                const StrataObject     *object,
                                const StrataDdlOptions *options,
                                GPtrArray              *statements);
/* What has to wait until the other objects are there: the owner of a sequence, the index that a table is clustered on or
 * identifies its rows by. Nothing for most. */
void       strata_ddl_finish   (const StrataPicture    *picture,
                                const StrataObject     *object,
                                GPtrArray              *statements);
void       strata_ddl_drop     (const StrataPicture    *picture,
                                const StrataObject     *object,
                                GPtrArray              *statements);
/* All that strata_ddl_create() and strata_ddl_finish() give of the object, as one text: two objects are equal where these
 * are. */
char      *strata_ddl_describe (const StrataPicture    *picture,
                                const StrataObject     *object,
                                const StrataDdlOptions *options);

/* GRANT and REVOKE from the one list of StrataPictureGrant to the other; NULL: as a new object has them. */
void       strata_ddl_grant       (const StrataPicture *picture,
                                   const StrataObject  *object,
                                   const GPtrArray     *have,
                                   const GPtrArray     *want,
                                   GPtrArray           *statements);
/* Those of the object; with another one, of columns that this has too. */
GPtrArray *strata_ddl_list_grants (const StrataObject  *object,
                                   const StrataObject  *like);
/* Of pointers to grants: the order of lists of them. */
int        strata_ddl_compare_grants (gconstpointer     a,
                                      gconstpointer     b);
/* What it has once it is made where the picture's default privileges hold. */
GPtrArray *strata_ddl_list_initial_grants (const StrataPicture *picture,
                                           const StrataObject  *object);
/* "PUBLIC: no EXECUTE; reader: EXECUTE"; NULL: as a new object. */
char      *strata_ddl_dup_grants  (const StrataObject  *object,
                                   const GPtrArray     *grants);

/* The objects (StrataObject, borrowed) in an order in which they can be made, what hangs on a table behind it; the order
 * depends on nothing but the schema. Those that belong to an extension, are inherited, or come with their table (its
 * constraints but foreign keys; on SQLite these too) are not in it. */
GPtrArray *strata_ddl_order    (const StrataPicture    *picture);
/* The whole picture as a file, with a heading of comments that names the server's version and what is not covered. */
char      *strata_ddl_dump     (const StrataPicture    *picture,
                                const StrataDdlOptions *options);

G_END_DECLS

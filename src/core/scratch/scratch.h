/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A database to try things in, made for it and gone afterwards: other people's SQL runs here where it can do no harm. On
 * PostgreSQL a database of its own on a server that allows it; on SQLite a file of its own that nobody else sees. */

#pragma once

#include "core/database/connection.h"

G_BEGIN_DECLS

typedef struct _StrataScratch StrataScratch;

/* The server is a database there (scratch_url, or that of a profile that allows it); NULL for SQLite. The search path is the
 * one that its sessions have; NULL: the server's own. Removes what killed runs left behind. */
StrataScratch    *strata_scratch_open           (StrataDialect   dialect,
                                                 StrataUrl      *server,
                                                 const char     *search_path,
                                                 GCancellable   *cancellable,
                                                 GError        **error);
/* Ends with the scratch database. Its URL reaches it too. */
StrataConnection *strata_scratch_get_connection (StrataScratch  *self);
StrataUrl        *strata_scratch_get_url        (StrataScratch  *self);
/* Statement by statement. Refused before the first one runs: a statement whose class reaches beyond this database. Errors
 * name file, line and column. */
gboolean          strata_scratch_load           (StrataScratch  *self,
                                                 const char     *file,
                                                 const char     *text,
                                                 gsize           length,
                                                 GCancellable   *cancellable,
                                                 GError        **error);
void              strata_scratch_free           (StrataScratch  *self);

/* The rule alone, for a script that another way would run there: NULL where it may, else why not, with its place. */
char             *strata_scratch_find_forbidden (StrataDialect   dialect,
                                                 const char     *file,
                                                 const char     *text,
                                                 gsize           length,
                                                 guint           first_line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataScratch, strata_scratch_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was applied to a database: when, by whom, with which text. One row a revision that ran, in the order of
 * running; a row that is not done is the journal of a run that was interrupted. The table stands beside the version
 * table, or in a SQLite file of the user's where the project's own tools must never meet it. */

#pragma once

#include "core/database/connection.h"
#include "core/ledger/entry.h"

G_BEGIN_DECLS

#define STRATA_LEDGER_TABLE "strata_ledger"

/* All strings are borrowed for the call that takes them. */
typedef struct
{
  StrataLedgerMode  mode;
  const char       *schema;         /* of the version table, and so of the ledger; NULL: the default one */
  const char       *version_table;  /* entries belong to it: several projects may share a schema */
  const char       *project_key;    /* names the local file, together with the database */
} StrataLedgerOptions;

/* Belongs to one connection and its thread. */
typedef struct _StrataLedger StrataLedger;

/* Looks whether there is one and makes nothing: where there is none, it reads as empty. */
StrataLedger     *strata_ledger_open            (StrataConnection           *connection,
                                                 const StrataLedgerOptions  *options,
                                                 GCancellable               *cancellable,
                                                 GError                    **error);
void              strata_ledger_free            (StrataLedger               *self);
StrataLedgerMode  strata_ledger_get_mode        (StrataLedger               *self);
gboolean          strata_ledger_exists          (StrataLedger               *self);
/* Looks again, if there was none: others may have made it. */
gboolean          strata_ledger_look            (StrataLedger               *self,
                                                 GCancellable               *cancellable,
                                                 GError                    **error);
/* Makes the table where it is not there yet, inside the caller's transaction if it is the database's. */
gboolean          strata_ledger_ensure          (StrataLedger               *self,
                                                 GCancellable               *cancellable,
                                                 GError                    **error);

/* The transaction in which it was made is gone. */
void              strata_ledger_rolled_back     (StrataLedger               *self);

/* Reading. Elements are StrataLedgerEntry, newest first; limit 0 is no limit; without texts the scripts are NULL. */
GPtrArray        *strata_ledger_read            (StrataLedger               *self,
                                                 guint                       limit,
                                                 gboolean                    texts,
                                                 GCancellable               *cancellable,
                                                 GError                    **error);
/* The last upgrade of each revision that was done, sorted by revision. */
GPtrArray        *strata_ledger_read_applied    (StrataLedger               *self,
                                                 gboolean                    texts,
                                                 GCancellable               *cancellable,
                                                 GError                    **error);
/* What an interrupted or failed run left half done outside of a transaction, with texts: the last entry of a revision
 * where statements have begun and it is not done, unless a stamp came after it. */
GPtrArray        *strata_ledger_read_unfinished (StrataLedger               *self,
                                                 GCancellable               *cancellable,
                                                 GError                    **error);
/* The newest text known of a revision, whatever became of the run; NULL without an error where there is none. */
char             *strata_ledger_dup_script      (StrataLedger               *self,
                                                 const char                 *revision,
                                                 GCancellable               *cancellable,
                                                 GError                    **error);
/* The same of one entry. */
char             *strata_ledger_dup_script_of   (StrataLedger               *self,
                                                 gint64                      id,
                                                 GCancellable               *cancellable,
                                                 GError                    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataLedger, strata_ledger_free)

G_END_DECLS

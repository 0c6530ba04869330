/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/ledger/ledger.h"

G_BEGIN_DECLS

/* Writing, for the engine alone. An entry written inside a transaction of the ledger's database lives and dies with it.
 * With STRATA_LEDGER_OFF appending does nothing; a journal is kept all the same and removed when it is done. */

/* The entry as one INSERT, to travel with the version edit; FALSE where the ledger is not in this database: append it
 * after the commit. The sql belongs to the ledger; params are new strings (or NULLs) in a new array. */
gboolean strata_ledger_prepare_append (StrataLedger             *self,
                                       const StrataLedgerEntry  *entry,
                                       const char              **sql,
                                       char                   ***params,
                                       guint                    *n_params);
void     strata_ledger_free_params    (char                    **params,
                                       guint                     n_params);
gboolean strata_ledger_append         (StrataLedger             *self,
                                       const StrataLedgerEntry  *entry,
                                       GCancellable             *cancellable,
                                       GError                  **error);

/* True where the journal is in the database itself: a mark can be made in the transaction that it speaks of. */
gboolean strata_ledger_journal_is_exact (StrataLedger           *self);
/* Writes the entry as running and sets its id. */
gboolean strata_ledger_journal_open   (StrataLedger             *self,
                                       StrataLedgerEntry        *entry,
                                       GCancellable             *cancellable,
                                       GError                  **error);
/* Writes begun, done, state, duration and error of an entry that is open. */
gboolean strata_ledger_journal_mark   (StrataLedger             *self,
                                       const StrataLedgerEntry  *entry,
                                       GCancellable             *cancellable,
                                       GError                  **error);
/* Entries of runs that are no more: called inside the run lock, where no other run can be. */
gboolean strata_ledger_close_dead     (StrataLedger             *self,
                                       GCancellable             *cancellable,
                                       GError                  **error);

G_END_DECLS

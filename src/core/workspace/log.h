/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/ledger/ledger.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* The project's ledger on this database; it reads as empty where there is none. */
StrataLedger *strata_workspace_open_ledger (StrataWorkspace   *self,
                                            StrataConnection  *connection,
                                            GCancellable      *cancellable,
                                            GError           **error);
/* Elements are StrataLedgerEntry, newest first, without texts; a limit of 0 is none. */
GPtrArray    *strata_workspace_read_log    (StrataWorkspace   *self,
                                            StrataConnection  *connection,
                                            guint              limit,
                                            GCancellable      *cancellable,
                                            GError           **error);
/* How a revision was applied last, with its text; STRATA_ERROR_FAILED where the ledger does not know. */
StrataLedgerEntry *strata_workspace_find_applied (StrataWorkspace   *self,
                                            StrataConnection  *connection,
                                            const char        *revision,
                                            GCancellable      *cancellable,
                                            GError           **error);
/* The file of a revision as it is now. */
char         *strata_workspace_read_script (StrataRevision    *revision,
                                            GError           **error);

G_END_DECLS

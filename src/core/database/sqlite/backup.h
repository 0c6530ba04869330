/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/database/connection.h"

G_BEGIN_DECLS

/* A consistent copy by SQLite's backup API, written under a temporary name, synced, put in place; kept 0600. */
gboolean strata_sqlite_backup  (StrataConnection  *connection,
                                const char        *copy_path,
                                GCancellable      *cancellable,
                                GError           **error);
/* Puts a copy back over the database, through the backup API, so that open readers see one consistent change. */
gboolean strata_sqlite_restore (const char        *copy_path,
                                const char        *database_path,
                                GCancellable      *cancellable,
                                GError           **error);

G_END_DECLS

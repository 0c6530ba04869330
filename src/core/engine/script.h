/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/engine/run.h"

G_BEGIN_DECLS

/* Offline: the text that a run would send, framed as the run would be, for psql or sqlite3. The rows that it starts from
 * are in the target ("a:b", "base:b"; without a start: from nothing), never read from a database. Of the request it
 * uses kind, targets, graph, version_table, transaction and source. */
char *strata_script_write (const StrataRunRequest  *request,
                           StrataDialect            dialect,
                           GError                 **error);

G_END_DECLS

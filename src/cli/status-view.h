/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "cli/cli.h"
#include "core/workspace/status.h"

G_BEGIN_DECLS

/* Reads the status of the project and, unless offline, its database; a database that cannot be reached is part of it. */
StrataStatus *strata_cli_read_status (StrataCli        *cli,
                                      StrataWorkspace  *workspace,
                                      gboolean          offline,
                                      gint64            wait_ms,
                                      GError          **error);
void          strata_print_status    (StrataWorkspace  *workspace,
                                      StrataStatus     *status);
/* Which database and why; FALSE where it is not known. The choice must have been made. */
gboolean      strata_print_database  (StrataWorkspace  *workspace);
void          strata_print_findings  (GPtrArray        *findings);
/* The member "database": which one, why, and what else it could be. */
void          strata_json_database   (JsonBuilder          *builder,
                                      StrataWorkspace      *workspace,
                                      StrataDatabaseChoice *choice);
/* With the reason for not being well, or NULL. */
void          strata_json_status     (StrataWorkspace  *workspace,
                                      StrataStatus     *status,
                                      const GError     *reason);
/* What verify and startup --verify-only do: the status line, and the first reason for not being well as the error. */
int           strata_verify          (StrataCli        *cli,
                                      StrataWorkspace  *workspace,
                                      gint64            wait_ms,
                                      GError          **error);

G_END_DECLS

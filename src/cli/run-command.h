/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/run-options.h"

G_BEGIN_DECLS

/* What upgrade, downgrade, stamp, ensure_version and startup do once they know what is wanted: write the script, show
 * the plan, or run, asking what must be asked. Gives the exit status. */
int strata_run_command (StrataCli             *cli,
                        StrataWorkspace       *workspace,
                        const StrataRunFlags  *flags,
                        GError               **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/cli.h"
#include "core/workspace/run.h"

G_BEGIN_DECLS

/* Where the run would be refused for want of consent and there is a terminal: shows what needs Python and what would run
 * it, and asks. TRUE also where there is nothing to ask, or nobody: the run itself says what is missing. */
gboolean strata_confirm_hand_over (StrataCli               *cli,
                                   StrataWorkspace         *workspace,
                                   StrataConnection        *connection,
                                   const StrataRunOptions  *options,
                                   GError                 **error);
/* Protected databases want their profile's name, typed or given. */
gboolean strata_confirm_protected (StrataWorkspace         *workspace,
                                   const char              *yes_i_mean,
                                   GError                 **error);

G_END_DECLS

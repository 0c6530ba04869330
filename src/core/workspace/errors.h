/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/error.h"

G_BEGIN_DECLS

/* One answer for every error domain below, for the command line's exit status and for JSON's "code". */
int         strata_workspace_error_exit_status (const GError *error);
const char *strata_workspace_error_name        (const GError *error);

G_END_DECLS

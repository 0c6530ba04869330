/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STRATA_TYPE_BREAKPOINT_BIN (strata_breakpoint_bin_get_type ())

/* Says whether its child has as much width as "breakpoint" ("wide"). It says so after everything has its size, so that who
 * listens may change what is in it. */
G_DECLARE_FINAL_TYPE (StrataBreakpointBin, strata_breakpoint_bin, STRATA, BREAKPOINT_BIN, AdwBin)

gboolean strata_breakpoint_bin_get_wide (StrataBreakpointBin *self);

G_END_DECLS

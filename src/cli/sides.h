/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/cli.h"
#include "core/workspace/side.h"

G_BEGIN_DECLS

/* What the commands that compare have in common. */
typedef struct
{
  gboolean trust;
  gboolean scratch;
  gboolean privileges;
} StrataSideFlags;

#define STRATA_SIDE_ENTRIES(flags) \
  { "trust", 0, 0, G_OPTION_ARG_NONE, &(flags).trust, "Run the project's own programs without asking", NULL }, \
  { "scratch", 0, 0, G_OPTION_ARG_NONE, &(flags).scratch, "Yes, a scratch database, where the profile wants to be asked", NULL }, \
  { "privileges", 0, 0, G_OPTION_ARG_NONE, &(flags).privileges, "What is granted counts too", NULL }

/* Asks on a terminal for what the sides need and nobody has agreed to: the project's programs, a scratch database. Sides end
 * with NULL. */
gboolean strata_cli_prepare_sides (StrataCli               *cli,
                                   StrataWorkspace         *workspace,
                                   const StrataSide *const *sides,
                                   const StrataSideFlags   *flags,
                                   StrataSideOptions       *options,
                                   GError                 **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/* As options have them: NULL where nothing was said. */
typedef struct
{
  char *dialect;
  char *direction;
  char *output;     /* a folder */
} StrataRenderChoices;

/* The SQL of named revisions, without a database; no names are all revisions. Gives the exit status. */
int strata_render_revisions (StrataCli                  *cli,
                             StrataWorkspace            *workspace,
                             const char * const         *names,
                             const StrataRenderChoices  *choices,
                             GError                    **error);

G_END_DECLS

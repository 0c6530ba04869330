/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/project-command.h"

G_BEGIN_DECLS

/* What a person can do about a project's program that failed, by what it said, or that could not be started: a sentence without
 * its full stop; new, or NULL where the words say it themselves. */
char *strata_process_advise       (const StrataProjectCommand *command,
                                   const char                 *words);
char *strata_process_advise_start (const StrataProjectCommand *command);

G_END_DECLS

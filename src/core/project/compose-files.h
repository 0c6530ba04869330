/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/compose.h"
#include "core/project/project.h"

G_BEGIN_DECLS

/* The compose files of the project's folder, or of the nearest one above it in the repository that has any, read
 * together: what a file for overriding says of a service is added to the file that describes it. */
GPtrArray *strata_compose_files_read (const StrataProject *project,
                                      const char * const  *environment);

G_END_DECLS

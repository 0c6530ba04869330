/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* The projects that are reachable from a folder: the nearest one upwards; where there is none, those below the root
 * of the repository that the folder is in (or below the folder itself), without what git ignores, virtual
 * environments, node_modules and hidden folders. Each is given by its first configuration file, absolute, sorted;
 * complete (may be NULL) says whether the search was cut short by its bounds. */
GStrv  strata_project_discover (const char  *folder,
                                gboolean    *complete);
/* The one project; else STRATA_ERROR_NO_PROJECT, with the list and what to type. */
char  *strata_project_find     (const char  *folder,
                                GError     **error);

G_END_DECLS

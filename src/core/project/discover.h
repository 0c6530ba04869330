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

/* The root of the repository that a folder is in, new; NULL: it is in none. */
char  *strata_project_dup_repository (const char *folder);
/* Python files below a folder, by the same rules, that hold one of the words (NULL-terminated): absolute paths, sorted. At most as
 * many files are looked at as a large application has. */
GStrv  strata_project_grep_python (const char         *folder,
                                   const char * const *words);

G_END_DECLS

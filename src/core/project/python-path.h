/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Where a project's own Python is looked for: what sys.path would most likely be when its Alembic runs. */

/* The folders in order, without doubles: prepend_sys_path, the folder that Alembic is started in, the project's root,
 * what the script folder stands in, and "src". */
GStrv  strata_python_path_new         (const char * const *prepended,
                                       const char         *base,
                                       const char         *root,
                                       const char         *script_location);
/* "app.models" as a file, or NULL. */
char  *strata_python_path_find_module (const char * const *path,
                                       const char         *dotted_name);
/* "app.pkg:folder:sub" as a folder or file, or NULL where the package is not there. */
char  *strata_python_path_find_resource (const char * const *path,
                                         const char         *resource);

G_END_DECLS

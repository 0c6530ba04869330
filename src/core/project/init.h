/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Makes a new project of SQL revisions: strata.ini and an empty versions folder. The folder is made where there is
 * none. Fails with STRATA_ERROR_EXISTS where a project is there already or the versions folder is not empty; nothing
 * that exists is changed. Returns the path of strata.ini. */
char *strata_project_init (const char  *folder,
                           GError     **error);

G_END_DECLS

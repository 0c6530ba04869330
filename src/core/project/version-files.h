/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/settings.h"

G_BEGIN_DECLS

/* The paths of a project's revision files in file order: location after location, sorted names within each (with
 * recursion, a folder's files before its sub-folders). Elements are owned strings, absolute, links resolved. What is
 * met twice or cannot be listed is a finding. */
GPtrArray *strata_version_files_list (const StrataSettings *settings,
                                      GPtrArray            *findings);
/* Their headers: StrataRevision in the order of the paths. Where sql_may_be_data, a .sql file without a header is not
 * a revision but a script's data, and no finding. */
GPtrArray *strata_version_files_read (const StrataSettings *settings,
                                      GPtrArray            *paths,
                                      gboolean              sql_may_be_data,
                                      GPtrArray            *findings);

G_END_DECLS

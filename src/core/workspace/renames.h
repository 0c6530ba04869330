/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/diff/diff.h"

G_BEGIN_DECLS

/* Of texts as people give them: "users=people", "users.name=full_name", "app.users.users_name_key=users_full_name_key",
 * "\"Old users\"=users". What stands there in the picture decides what is meant: a table, view, type and the like, a column, or
 * what hangs on a table. The new name may be written with the same names before it. Elements are StrataRename with a NULL
 * behind the last; NULL with STRATA_ERROR_USAGE where nothing of that name is there. */
GPtrArray *strata_renames_parse (const StrataPicture  *from,
                                 const char * const   *texts,
                                 GError              **error);

G_END_DECLS

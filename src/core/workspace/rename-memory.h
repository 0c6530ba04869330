/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/project.h"

G_BEGIN_DECLS

/* What was decided about renames, in a file of the project that a team shares. */
#define STRATA_RENAME_MEMORY "strata.renames"

/* The decisions, as strata_renames_recall() takes them; none where there is no file. Fails with file and line where it is not
 * understood. */
GStrv    strata_rename_memory_read (StrataProject       *project,
                                    GError             **error);
/* Adds these, in place of what they contradict; the other lines stay as they are. Writes nothing that is there already, and no names
 * that change hands. */
gboolean strata_rename_memory_add  (StrataProject       *project,
                                    const char * const  *texts,
                                    GError             **error);

G_END_DECLS

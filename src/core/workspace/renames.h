/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/diff/diff.h"

G_BEGIN_DECLS

/* Of texts as people give them (StrataRenameWords). What stands there in the picture decides what is meant: a table, view, type
 * and the like, a column, or what hangs on a table. A table may be called by the new name that a text before gives it. Elements
 * are StrataRename with a NULL behind the last; NULL with STRATA_ERROR_USAGE where nothing of that name is there. */
GPtrArray *strata_renames_parse    (const StrataPicture  *from,
                                    const char * const   *texts,
                                    GError              **error);
/* FALSE with STRATA_ERROR_USAGE where the second picture has nothing of a new name: that was misspelt, and would count for nothing. */
gboolean   strata_renames_require_new (const GPtrArray   *renames,
                                    const StrataPicture  *to,
                                    GError              **error);
/* The rename the other way round, which comes with it where names changed hands. */
StrataRename strata_rename_turn    (const StrataRename   *rename);
/* Adds to those what the remembered texts mean for these two pictures, either way round: where the one name goes and the other
 * one comes. Those that are given come first, and a text that they contradict is left out. */
void       strata_renames_recall   (GPtrArray            *renames,
                                    const StrataPicture  *from,
                                    const StrataPicture  *to,
                                    const char * const   *texts);
/* An empty list of them, and copies in it. */
GPtrArray *strata_renames_new      (void);
void       strata_renames_add      (GPtrArray            *renames,
                                    const StrataRename   *rename);
/* The way back of these: from the second picture to the first. */
GPtrArray *strata_renames_turn     (const GPtrArray      *renames);
/* As it is parsed; a schema that is the default one is left out. */
char      *strata_rename_dup_text  (const StrataRename   *rename,
                                    const char           *default_schema);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/snapshot.h"

G_BEGIN_DECLS

/* What is selected in a window: ids of revisions, and absolute paths of scripts that no revision can be read from. */
gboolean  strata_selection_is_file (const char         *id);

/* What becomes of a selection where the snapshot is another one: what has gone can't stay selected, but a script that got
 * another id is still the one that was meant, and one that broke is where the person is who broke it. The old snapshot
 * may be NULL, and so may the new one. */
GStrv     strata_selection_follow  (const char * const *ids,
                                    StrataSnapshot     *old,
                                    StrataSnapshot     *now);

/* The revision that is read from a file; NULL: none. */
StrataRevision *strata_selection_find_script (StrataSnapshot *snapshot,
                                              const char     *path);

G_END_DECLS

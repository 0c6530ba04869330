/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/revision/revision.h"

G_BEGIN_DECLS

/* Reads what the graph needs of an Alembic script: its docstring and the four assignments, as data, in one pass over
 * its top-level lines. NULL, with a finding that says why, where its revision id can't be known; anything else that
 * was not understood is a finding beside the revision. */
StrataRevision *strata_py_header_read (const char *path,
                                       const char *text,
                                       gsize       length,
                                       GPtrArray  *findings);

G_END_DECLS

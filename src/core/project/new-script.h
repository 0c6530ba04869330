/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/revision-draft.h"

G_BEGIN_DECLS

/* The bytes of a new Alembic script, printed by the project's own script.py.mako; nothing is written. What it prints is
 * read back, so that it can't be a file that nobody understands. */
char *strata_new_script_format (StrataProject              *project,
                                const StrataNewRevision    *options,
                                const StrataRevisionDraft  *draft,
                                gsize                      *length,
                                GError                    **error);

G_END_DECLS

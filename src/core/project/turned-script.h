/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/revision-draft.h"

G_BEGIN_DECLS

/* An Alembic script that does the opposite of another one: all of its text, with upgrade() and downgrade() in each other's
 * place, and a header of its own. Fails with STRATA_ERROR_REFUSED where there is nothing to turn, with
 * STRATA_ERROR_NEEDS_PYTHON where that can't be seen in the text. */
char *strata_turned_script_format (const char                 *path,
                                   const char                 *text,
                                   const char                 *message,
                                   const StrataRevisionDraft  *draft,
                                   GError                    **error);

G_END_DECLS

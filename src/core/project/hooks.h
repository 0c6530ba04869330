/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/project.h"
#include "core/project/project-command.h"

G_BEGIN_DECLS

/* The post-write hooks of an Alembic project as programs, in their order: elements are StrataProjectCommand. The word
 * REVISION_SCRIPT_FILENAME stands for the new file. The project's own Alembic (may be NULL) says which Python's programs
 * are meant. Fails in Alembic's words where a hook lacks something, with STRATA_ERROR_NEEDS_PYTHON where it is one of
 * env.py's own. */
GPtrArray            *strata_project_find_hooks (StrataProject         *project,
                                                 StrataProjectCommand  *alembic,
                                                 GError               **error);
/* The same program with the file in the word's place. */
StrataProjectCommand *strata_hook_for_file      (StrataProjectCommand  *hook,
                                                 const char            *path);

G_END_DECLS

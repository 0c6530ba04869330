/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which programs of a project its user has agreed to run. Consent is for one project (the real path of its folder), one
 * purpose, and exactly these arguments started in exactly this folder: any change asks again. It is kept in the user's
 * data folder ($XDG_DATA_HOME/strata/trust/, one file a project, mode 0600, replaced in one step), never in the project:
 * nothing that a repository brings along can give consent. A file that others could have written is not believed. Every
 * call reads the file anew. The project may be any path to its folder, as strata_project_get_root() gives it. */

#pragma once

#include "core/project/project-command.h"

G_BEGIN_DECLS

/* FALSE, with an error, only where the file cannot be read. */
gboolean  strata_trust_has     (const char            *project,
                                StrataProjectCommand  *command,
                                gboolean              *trusted,
                                GError               **error);
/* Before anything is started: TRUE where there is consent, else STRATA_ERROR_NEEDS_CONSENT (exit code 10), in words that
 * name the command and say how to give it. Whoever has a terminal or a window asks first, and then gives. */
gboolean  strata_trust_require (const char            *project,
                                StrataProjectCommand  *command,
                                GError               **error);
/* Elements are StrataProjectCommand; what was given before stays. */
gboolean  strata_trust_give    (const char            *project,
                                GPtrArray             *commands,
                                GError               **error);
/* All that was given to the project; the number (may be NULL) is how many commands that were. */
gboolean  strata_trust_revoke  (const char            *project,
                                guint                 *n_revoked,
                                GError               **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/project.h"
#include "core/project/project-command.h"

G_BEGIN_DECLS

/* How the project's own Alembic may be run, looked up in files and PATH alone: nothing is started. Elements are
 * StrataProjectCommand, best first: alembic_command of strata.ini and nothing else where that is given; else by the
 * nearest folder, upwards to the repository's root, uv, poetry, pdm, pipenv, rye, hatch, .venv and venv; then VIRTUAL_ENV and PATH.
 * Where env.py only runs inside of a Flask application (Flask-Migrate), "flask db" takes the place of "alembic".
 * Never fails for having found none; does where alembic_command cannot be understood. Offers (may be NULL) get the lines
 * for alembic_command that are only ever proposed, since they may reach another database: a service of a compose file. */
GPtrArray *strata_project_find_alembic        (const StrataProject   *project,
                                               const char * const    *environment,
                                               GStrv                 *offers,
                                               GError               **error);
/* Whether it ends in "flask db". */
gboolean   strata_project_command_is_flask    (const StrataProjectCommand *command);
/* What stands before Alembic's own command: "-c FILE -n SECTION -x ARGUMENT", as far as they are needed; behind it for "flask db":
 * "-d FOLDER". The command may be NULL. */
GStrv      strata_project_dup_alembic_options (const StrataProject        *project,
                                               const StrataProjectCommand *command);

G_END_DECLS

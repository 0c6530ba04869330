/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/natives.h"

G_BEGIN_DECLS

/* A Flask application, as far as the database that Flask-SQLAlchemy gives it: an OBJECT with the cells "config",
 * "root_path" and "instance_path", and STRATA_ENV_FLASK_BOUND, the URL when SQLAlchemy met it. Its config is a DICT
 * with that text; first: the folder that its files are in. */
#define STRATA_ENV_FLASK        "flask.Flask"
#define STRATA_ENV_FLASK_CONFIG "flask.Config"
#define STRATA_ENV_FLASK_BOUND  "=bound"
#define STRATA_ENV_FLASK_URI    "SQLALCHEMY_DATABASE_URI"

/* Made by Flask(...), or one of several that were. */
gboolean              strata_env_is_flask_app       (const StrataEnvThing *thing);
/* Whether a file is in the folders of the application. */
gboolean              strata_env_flask_owns         (StrataEnvReader      *self,
                                                     const char           *path);
/* Follows a file by its path; NULL where it can't be read. */
StrataEnvModule      *strata_env_flask_read_file    (StrataEnvReader      *self,
                                                     const char           *path);
/* 2, 3 or 0: the version of Flask-SQLAlchemy that the project's lists say. */
guint                 strata_env_flask_read_version (StrataEnvReader      *self);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PROJECT_WATCH (strata_project_watch_get_type ())

/* Keeps a session true to its files: whatever of them changes on disk (revisions, configuration, env.py, .env, the git
 * branch), the session reads them again, once for many changes. Follows the session from project to project. */
G_DECLARE_FINAL_TYPE (StrataProjectWatch, strata_project_watch, STRATA, PROJECT_WATCH, GObject)

StrataProjectWatch *strata_project_watch_new (StrataSession *session);

G_END_DECLS

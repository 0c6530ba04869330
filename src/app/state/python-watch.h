/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PYTHON_WATCH (strata_python_watch_get_type ())

/* Finds out which scripts of a session's project need Python, when the window has done all that is seen. "changed" when it is
 * known. */
G_DECLARE_FINAL_TYPE (StrataPythonWatch, strata_python_watch, STRATA, PYTHON_WATCH, GObject)

StrataPythonWatch *strata_python_watch_new         (StrataSession     *session);
/* Ids of revisions → why (char*); those that were not looked at are not in it. */
GHashTable        *strata_python_watch_get_reasons (StrataPythonWatch *self);
/* All of them were looked at. */
gboolean           strata_python_watch_is_done     (StrataPythonWatch *self);

G_END_DECLS

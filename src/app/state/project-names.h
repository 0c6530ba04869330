/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/session.h"
#include "core/workspace/known-names.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PROJECT_NAMES (strata_project_names_get_type ())

/* Which tables and columns there are at the revisions of a session's project, as the files have them. Read when somebody wants
 * them, in small pieces between what else is asked of the files, and again where the files have changed. For what is pending the
 * tables of the connected database are among them, as soon as they have been read. */
G_DECLARE_FINAL_TYPE (StrataProjectNames, strata_project_names, STRATA, PROJECT_NAMES, GObject)

/* The session's own; borrowed. */
StrataProjectNames *strata_project_names_of   (StrataSession       *session);
/* Begins to read them where they are not known, or not as they are now. */
void                strata_project_names_want (StrataProjectNames  *self);
/* The property "names": what is known by now, or NULL. */
StrataKnownNames   *strata_project_names_get  (StrataProjectNames  *self);

G_END_DECLS

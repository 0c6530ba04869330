/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/profile.h"

G_BEGIN_DECLS

/* The profiles of a person, in one key file in the user's config folder ($XDG_CONFIG_HOME/strata/profiles.ini, mode 0600,
 * replaced in one step). Every call reads the file anew: there is no state to go stale. The project is a root folder;
 * NULL is "no project": then only global profiles are seen. */

/* The project's first, then the global ones, each by name; elements are StrataProfile. Sections that cannot be read are
 * findings; so is a password that somebody wrote into the file. */
GPtrArray     *strata_profiles_list   (const char     *project,
                                       GPtrArray      *findings,
                                       GError        **error);
/* A project's profile hides a global one of the same name. Fails with STRATA_ERROR_USAGE and the names there are. */
StrataProfile *strata_profiles_find   (const char     *project,
                                       const char     *name,
                                       GError        **error);
/* Fails with STRATA_ERROR_EXISTS where that name is taken in the same scope. */
gboolean       strata_profiles_add    (StrataProfile  *profile,
                                       GError        **error);
/* Puts a profile in the place of the one with the same name and scope. */
gboolean       strata_profiles_update (StrataProfile  *profile,
                                       GError        **error);
/* Of exactly this scope: a project's own, or with NULL a global one. Also one that cannot be read. */
gboolean       strata_profiles_remove (const char     *project,
                                       const char     *name,
                                       GError        **error);
/* The profile of this very database, or NULL: a database given by --url is treated as its profile says. Of several a
 * protected one. The findings may be NULL; a profile that could not be read may have been the one. */
gboolean       strata_profiles_match  (const char       *project,
                                       const StrataUrl  *url,
                                       GPtrArray        *findings,
                                       StrataProfile   **profile,
                                       GError          **error);

G_END_DECLS

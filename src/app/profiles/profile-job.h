/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/finding.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* The file of profiles, on a thread. */

/* What the file knows them by: name and scope. */
gboolean          strata_profile_is_same       (StrataProfile        *a,
                                                StrataProfile        *b);

/* What a project sees of them. */
typedef struct
{
  GPtrArray *profiles;     /* StrataProfile, the project's first */
  GPtrArray *findings;     /* StrataFinding: those that cannot be read, and why */
} StrataProfileSet;

void              strata_profile_set_free      (StrataProfileSet     *self);

/* The project is a root folder, or NULL: then only profiles for all projects. */
void              strata_profile_load_async    (const char           *project,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
StrataProfileSet *strata_profile_load_finish   (GAsyncResult         *result,
                                                GError              **error);

/* Makes it, or puts it in the place of the original, whose name or scope may be another. A password goes to the Secret
 * Service; with NULL the one that is kept stays, under the new name. */
void              strata_profile_save_async    (StrataProfile        *profile,
                                                StrataProfile        *original,
                                                const char           *password,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
/* TRUE: the profile was kept; where its password was not, that error is set nevertheless. */
gboolean          strata_profile_save_finish   (GAsyncResult         *result,
                                                GError              **password_error,
                                                GError              **error);

/* Its password stays until strata_secret_job_store() takes it away. */
void              strata_profile_remove_async  (StrataProfile        *profile,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean          strata_profile_remove_finish (GAsyncResult         *result,
                                                GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataProfileSet, strata_profile_set_free)

G_END_DECLS

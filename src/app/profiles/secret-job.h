/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* A password of a profile to the Secret Service, or with NULL out of it; on a thread, since a locked service waits for a
 * person. */
void     strata_secret_job_store  (StrataProfile       *profile,
                                   const char          *password,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean strata_secret_job_finish (GAsyncResult        *result,
                                   GError             **error);

G_END_DECLS

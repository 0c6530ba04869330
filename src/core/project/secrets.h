/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/profile.h"

G_BEGIN_DECLS

/* The passwords of profiles in the Secret Service, by the profile's name and scope. Each call blocks at most timeout_ms:
 * a locked service waits for a person, if need be for ever (0: 30 s). In a build without libsecret, and where no
 * service can be reached, they fail with G_IO_ERROR_NOT_SUPPORTED. */

/* The password is NULL where none is stored. */
gboolean strata_secrets_lookup (StrataProfile  *profile,
                                guint           timeout_ms,
                                char          **password,
                                GCancellable   *cancellable,
                                GError        **error);
gboolean strata_secrets_store  (StrataProfile  *profile,
                                const char     *password,
                                guint           timeout_ms,
                                GCancellable   *cancellable,
                                GError        **error);
/* Well, too, where none was stored. */
gboolean strata_secrets_forget (StrataProfile  *profile,
                                guint           timeout_ms,
                                GCancellable   *cancellable,
                                GError        **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/differences.h"
#include "app/state/session.h"

G_BEGIN_DECLS

/* Writes a revision that does what is ticked, and undoes it, both tried in a scratch database, and selects it as soon as it is
 * read. The finish function says why it was not tried, or NULL. */
void     strata_compare_write_async  (StrataSession        *session,
                                      StrataDifferences    *differences,
                                      const char           *message,
                                      gboolean              agreed,
                                      gboolean              expects_drops,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean strata_compare_write_finish (StrataSession        *session,
                                      GAsyncResult         *result,
                                      char                **unproven,
                                      GError              **error);

G_END_DECLS

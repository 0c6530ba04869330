/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/database/error.h"

G_BEGIN_DECLS

/* One place to try: a host of the URL's list with one of its addresses. Fields are NULL where libpq shall decide. */
typedef struct
{
  char *host;
  char *address;
  char *port;
} StrataAddress;

/* Elements are StrataAddress, in the order to try. libpq would look names up itself, but blocks in that, and on a host
 * that is silent it never comes to the next one. Hosts may be NULL; a host that is not found is an error only where
 * no other is. */
GPtrArray *strata_addresses_list (const char    *hosts,
                                  const char    *ports,
                                  gint64         timeout_ms,
                                  GCancellable  *cancellable,
                                  GError       **error);

G_END_DECLS

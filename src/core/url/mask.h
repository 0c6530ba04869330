/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Passwords in other people's words (server messages, child output, tracebacks): each secret, its percent-encoded
 * and quoted forms, and anything that looks like ://user:password@ or password=... becomes ***. Text that is no UTF-8 is made valid first. Secrets may be NULL. */
char *strata_mask (const char         *text,
                   const char * const *secrets);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/schema/picture.h"

G_BEGIN_DECLS

/* What statements rename, one after the other, of what is there in the picture before them: ALTER ... RENAME of any kind, and
 * tables that are made anew with their rows (CREATE, INSERT ... SELECT, DROP, RENAME). The statements are texts. Elements are
 * StrataRename with a NULL behind the last. */
GPtrArray *strata_stated_renames (const StrataPicture *before,
                                  const GPtrArray     *statements);

G_END_DECLS

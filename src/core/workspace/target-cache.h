/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a schema that is written down came out as on a server, so that the next comparison needs no scratch database where
 * nothing has changed. Files in the user's cache folder, by the hash of all that it depends on; at most so many are kept. */

#pragma once

#include "core/schema/picture.h"
#include "core/workspace/ddl-text.h"

G_BEGIN_DECLS

/* Names the texts as that database's server would read them. */
char    *strata_target_cache_dup_key (GPtrArray           *texts,
                                      const StrataPicture *database);
/* TRUE where what the key names is known to come out as what the database has. Column order does not count. */
gboolean strata_target_cache_is_same (const char          *key,
                                      const StrataPicture *database);
/* TRUE where the only text is what strata_ddl_dump() says of that database, whoever was dumped. */
gboolean strata_target_is_dump       (GPtrArray           *texts,
                                      const StrataPicture *database);
/* What it came out as. Not being able to keep it is no failure. */
void     strata_target_cache_keep    (const char          *key,
                                      const StrataPicture *target);

G_END_DECLS

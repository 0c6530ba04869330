/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/word-list.h"

G_BEGIN_DECLS

/* Borrowed; main thread only. Of SQL: upper case, with types and functions; for a server that is not known what all
 * have. */
StrataWordList *strata_keywords_get_sql     (StrataDialect  dialect);
StrataWordList *strata_keywords_get_python  (void);
/* Those that most statements begin or go on with; of keys. */
gboolean        strata_keywords_is_common   (const char    *key);
/* Words by which a text says that it is SQL. */
gboolean        strata_keywords_begins_sql  (const char    *key);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/names/sql-mentions.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* Reads scripts one after the other for the names that they mention, an Alembic script by its evaluation. For one thread. */
typedef struct _StrataMentionReader StrataMentionReader;

StrataMentionReader *strata_mention_reader_new  (StrataProject       *project,
                                                 StrataDialect        dialect);
void                 strata_mention_reader_free (StrataMentionReader *self);
/* Of one direction. A script that is not understood to its end mentions, in doubt, every word that it has; with only whole
 * ones wanted, it is NULL, as is that of a direction that the script does not have. */
StrataMentions      *strata_mention_reader_read (StrataMentionReader *self,
                                                 const char          *path,
                                                 const char          *text,
                                                 gsize                length,
                                                 StrataDirection      direction,
                                                 gboolean             only_whole);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataMentionReader, strata_mention_reader_free)

G_END_DECLS

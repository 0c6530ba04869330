/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/word-list.h"

G_BEGIN_DECLS

/* Which words the files of a project have, so that only what changed is read again. Blocking; one thread at a time. */
typedef struct _StrataWordIndex StrataWordIndex;

StrataWordIndex *strata_word_index_new      (void);
void             strata_word_index_free     (StrataWordIndex *self);
/* Begins to look at all files anew; those that are not looked at until the end are forgotten. */
void             strata_word_index_begin    (StrataWordIndex *self);
void             strata_word_index_look     (StrataWordIndex *self,
                                             const char      *path);
/* In how many files each word is. */
StrataWordList  *strata_word_index_end      (StrataWordIndex *self);
/* Files read since it was made: for tests. */
guint            strata_word_index_get_n_read (StrataWordIndex *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataWordIndex, strata_word_index_free)

G_END_DECLS

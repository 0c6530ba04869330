/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Words in the order of their keys, to be found by how they begin, in any case. Immutable, atomically
 * reference-counted. */
typedef struct _StrataWordList StrataWordList;

/* Takes the words out of a table: char * → GUINT, how often it is there. Those of weight 0 are left out. */
StrataWordList *strata_word_list_new        (GHashTable           *counts);
StrataWordList *strata_word_list_ref        (StrataWordList       *self);
void            strata_word_list_unref      (StrataWordList       *self);

guint           strata_word_list_get_n      (const StrataWordList *self);
const char     *strata_word_list_get_text   (const StrataWordList *self,
                                             guint                 index);
const char     *strata_word_list_get_key    (const StrataWordList *self,
                                             guint                 index);
guint           strata_word_list_get_weight (const StrataWordList *self,
                                             guint                 index);
/* How many begin so, and the first of them. */
guint           strata_word_list_find       (const StrataWordList *self,
                                             const char           *key,
                                             guint                *first);
gboolean        strata_word_list_has        (const StrataWordList *self,
                                             const char           *key);
/* What a word is found by. */
char           *strata_word_dup_key         (const char           *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataWordList, strata_word_list_unref)

G_END_DECLS

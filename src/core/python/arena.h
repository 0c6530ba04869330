/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Memory that is handed out in small pieces, zeroed, and given back all at once: a syntax tree and what is read from
 * it live and die together. */
typedef struct _StrataPyArena StrataPyArena;

StrataPyArena *strata_py_arena_new      (void);
void           strata_py_arena_free     (StrataPyArena *self);
gpointer       strata_py_arena_alloc    (StrataPyArena *self,
                                         gsize          size);
char          *strata_py_arena_strndup  (StrataPyArena *self,
                                         const char    *text,
                                         gsize          length);
/* How much was asked for so far, for those who set a limit. */
gsize          strata_py_arena_get_size (StrataPyArena *self);

/* What is in the arena now, to be there again however much was written to it: what came since is given back. There is one mark at
 * a time. */
void           strata_py_arena_mark     (StrataPyArena *self);
void           strata_py_arena_rewind   (StrataPyArena *self);

#define strata_py_arena_new_struct(arena, Type) ((Type *) strata_py_arena_alloc ((arena), sizeof (Type)))

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPyArena, strata_py_arena_free)

G_END_DECLS

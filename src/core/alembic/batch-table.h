/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/alembic/batch-private.h"

G_BEGIN_DECLS

/* A column is known by the name that it had when the batch began, whatever it is called meanwhile; constraints and indexes
 * name their columns so, too. */
typedef struct
{
  const char             *key;
  StrataColumn            column;
  const StrataExpression *source;    /* what its rows are copied from; NULL: a new one, or a computed one */
  gboolean                is_typed;  /* its type is what an operation says */
} StrataBatchColumn;

typedef struct
{
  const char *before;
  const char *after;
} StrataBatchPair;

/* The table while the queue is applied to it. Items are in the batch's arena. */
typedef struct
{
  StrataBatch                  *batch;
  const StrataPictureTable     *picture;       /* NULL with copy_from= */
  const StrataRelation         *relation;      /* the table that rows are read from */
  GPtrArray                    *columns;       /* StrataBatchColumn* */
  GPtrArray                    *named;         /* StrataConstraint*, the last of a name counts */
  GPtrArray                    *unnamed;       /* StrataConstraint* */
  GPtrArray                    *indexes;       /* StrataIndex*, those that were there */
  GPtrArray                    *new_indexes;
  GPtrArray                    *ordering;      /* const char*: keys of what was there, without what was dropped */
  GArray                       *pairs;         /* StrataBatchPair: where new columns go */
  const StrataOption * const   *options;
} StrataBatchTable;

/* batch-load.c: what the table is before anything is done to it. */
gboolean           strata_batch_table_load        (StrataBatchTable         *self,
                                                   StrataBatch              *batch,
                                                   const StrataPicture      *picture,
                                                   GError                  **error);
void               strata_batch_table_clear       (StrataBatchTable         *self);

/* batch-apply.c */
gboolean           strata_batch_table_apply       (StrataBatchTable         *self,
                                                   const StrataQueued       *queued,
                                                   GError                  **error);
/* batch-order.c: puts the columns where they are to stand. */
gboolean           strata_batch_table_place       (StrataBatchTable         *self,
                                                   const StrataQueued       *queued,
                                                   GError                  **error);
gboolean           strata_batch_table_sort        (StrataBatchTable         *self,
                                                   GError                  **error);
/* batch-emit.c: appends const StrataOperation*. */
gboolean           strata_batch_table_emit        (StrataBatchTable         *self,
                                                   const StrataPicture      *picture,
                                                   GPtrArray                *operations,
                                                   GError                  **error);

/* batch-text.c: SQL of the database, in which columns have got other names. */
const char        *strata_batch_rename_text       (StrataBatchTable         *self,
                                                   const char               *text);
gboolean           strata_sql_mentions            (const char               *text,
                                                   const char               *name);

/* By key, or by the name that it has now; NULL: there is none. */
StrataBatchColumn *strata_batch_table_find        (StrataBatchTable         *self,
                                                   const char               *name);
/* By key alone. */
StrataBatchColumn *strata_batch_table_find_key    (StrataBatchTable         *self,
                                                   const char               *key);
StrataConstraint  *strata_batch_table_find_named  (StrataBatchTable         *self,
                                                   const char               *name,
                                                   guint                    *position);

#define strata_batch_new_struct(batch, Type) ((Type *) strata_py_arena_alloc ((batch)->arena, sizeof (Type)))
/* Whatever list: a copy of the pointers in the arena, NULL-terminated. */
gpointer           strata_batch_list              (StrataBatch              *self,
                                                   const GPtrArray          *items);
const char        *strata_batch_intern            (StrataBatch              *self,
                                                   const char               *text);

G_END_DECLS

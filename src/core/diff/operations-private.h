/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/diff/diff-private.h"
#include "core/diff/operations.h"
#include "core/operation/from-picture.h"

G_BEGIN_DECLS

/* What a statement makes or drops. */
typedef struct
{
  const StrataPicture *picture;
  const StrataObject  *object;
} StrataMade;

struct _StrataDiffOperations
{
  StrataDiff      *diff;        /* borrowed */
  const GPtrArray *steps;       /* StrataDiffStep, borrowed */
  GPtrArray       *operations;  /* StrataDiffOperation, owned */
  GPtrArray       *memory;      /* owned */
  GHashTable      *makes;       /* statement, owned → StrataMade, owned */
  GHashTable      *drops;       /* the same */
  GHashTable      *implied;     /* statements that a directive says too: a set, owned */
  GHashTable      *gone;        /* names of tables and indexes that are dropped so far: a set, borrowed */
  GHashTable      *batched;     /* names of tables that a batch changes, their indexes too: a set, borrowed */
  const char      *made_anew;   /* a table that statements make anew; NULL: none */
  gboolean         drops_referred;  /* a table that rows refer to is dropped, if only on the way */
};

/* Zeroed, and as long-lived as the operations. */
gpointer          strata_operations_alloc    (gpointer                data,
                                              gsize                   size);
StrataFromPicture strata_operations_maker    (StrataDiffOperations   *self,
                                              const StrataPicture    *picture);
StrataOperation  *strata_operations_add      (StrataDiffOperations   *self,
                                              const StrataDiffStep   *step,
                                              StrataOperationKind     kind,
                                              const char             *schema,
                                              const char             *table);
gboolean          strata_operations_can_write_type (const StrataType *type);
void              strata_operations_add_statement (StrataDiffOperations *self,
                                              const StrataDiffStep   *step);
gboolean          strata_operations_can_write_column (const StrataPictureColumn *column,
                                              StrataDialect           dialect);
gboolean          strata_operations_can_write_constraint (const StrataObject *object);
/* No more than columns, as a directive of a batch takes them. */
gboolean          strata_operations_has_plain_elements (const StrataPictureIndex *index);
/* What a batch would do to the table besides, "loses STRICT"; NULL: nothing. */
char             *strata_operations_dup_loss (StrataDiffOperations   *self,
                                              const StrataDiffTable  *table);
/* Whether a foreign key refers to the table, before or after. */
gboolean          strata_operations_is_referred (const StrataDiffOperations *self,
                                              const char             *table);
/* A table that goes for good. */
void              strata_operations_note_drop (StrataDiffOperations   *self,
                                              const char             *table);
/* The steps of a table of SQLite; returns how many, 0 where it is none. */
guint             strata_operations_take_table (StrataDiffOperations *self,
                                              guint                   index);
/* ALTER TABLE ... RENAME of SQLite. */
guint             strata_operations_take_sqlite_rename (StrataDiffOperations *self,
                                              guint                   index);
/* What is done to one table, together, where nothing stands between that would mind. */
void              strata_operations_gather_batches (StrataDiffOperations *self);
/* Steps that change a table's columns; returns how many were understood from the index on. */
guint             strata_operations_take_column (StrataDiffOperations *self,
                                              guint                   index);

G_END_DECLS

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
/* Steps that change a table's columns; returns how many were understood from the index on. */
guint             strata_operations_take_column (StrataDiffOperations *self,
                                              guint                   index);

G_END_DECLS

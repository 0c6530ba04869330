/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/database/connection.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_LOCK_FAILS,
  STRATA_LOCK_TAKEN,
  STRATA_LOCK_HELD,     /* by another */
} StrataLockAnswer;

/* The lock of a run, as its server has it. */
typedef struct
{
  gpointer           data;
  StrataLockAnswer (*try_lock)   (gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);
  char            *(*dup_holder) (gpointer       data);
  const char        *unknown;       /* of a holder of whom nothing is known */
} StrataLock;

/* Tries again and again, for wait_ms, or for ever where that is negative: STRATA_DATABASE_ERROR_LOCKED says who holds it. */
gboolean strata_lock_wait (const StrataLock  *self,
                           gint64             wait_ms,
                           StrataWaitFunc     waiting,
                           gpointer           user_data,
                           GCancellable      *cancellable,
                           GError           **error);

G_END_DECLS

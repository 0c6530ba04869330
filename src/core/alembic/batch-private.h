/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/alembic/batch.h"
#include "core/python/arena.h"

G_BEGIN_DECLS

typedef struct
{
  const StrataOperation *operation;
  const char            *insert_before;
  const char            *insert_after;
} StrataQueued;

struct _StrataBatch
{
  const StrataBatchOptions *options;   /* borrowed */
  GArray                   *queue;     /* StrataQueued */
  StrataPyArena            *arena;     /* what is made for the rebuild */
};

G_END_DECLS

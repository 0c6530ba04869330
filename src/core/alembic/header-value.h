/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/node.h"

G_BEGIN_DECLS

/* The values that a revision's header may have, and the constants that lead to them. They live in the arena. */
typedef enum
{
  STRATA_HEADER_NONE,
  STRATA_HEADER_TEXT,
  STRATA_HEADER_LIST,      /* also tuples and sets; of text only */
} StrataHeaderKind;

typedef struct
{
  StrataHeaderKind     kind;
  const char          *text;
  const char * const  *list;      /* NULL-terminated */
  guint                length;
  gboolean             can_change;     /* a Python list or set: not for ever what it was */
} StrataHeaderValue;

/* Module-level names to StrataHeaderValue; NULL for what was not understood. */
typedef struct
{
  StrataPyArena *arena;
  GHashTable    *names;           /* NULL until there is one */
} StrataHeaderConstants;

/* NULL where the value can only be known by running it. */
const StrataHeaderValue *strata_header_evaluate (const StrataHeaderConstants *constants,
                                                 const StrataPyNode          *node);
const StrataHeaderValue *strata_header_join     (const StrataHeaderConstants *constants,
                                                 const StrataHeaderValue     *first,
                                                 const StrataHeaderValue     *second);
const StrataHeaderValue *strata_header_get      (const StrataHeaderConstants *constants,
                                                 const char                  *name);
void                     strata_header_set      (StrataHeaderConstants       *constants,
                                                 const char                  *name,
                                                 const StrataHeaderValue     *value);

G_END_DECLS

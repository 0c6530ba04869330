/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_NULLS_AS_USUAL,                             /* last, and first where it goes down */
  STRATA_NULLS_FIRST,
  STRATA_NULLS_LAST,
} StrataNulls;

typedef struct
{
  const char  *column;                               /* NULL: an expression */
  const char  *text;                                 /* the expression, or the column's name as SQL; SQLite: with what stands behind it */
  gboolean     is_descending;
  StrataNulls  nulls;
  const char  *collation;                            /* where it is not the column's own */
  const char  *operator_class;                       /* where it is not that of the type */
} StrataPictureElement;

typedef struct
{
  const char                          *name;
  gboolean                             is_unique;
  const StrataPictureElement * const  *elements;
  const char * const                  *include;
  const char                          *method;       /* "btree"; NULL where a server has but one */
  const char                          *where;
  const char * const                  *with;         /* name, value, name, value */
  const char                          *tablespace;
  gboolean                             nulls_not_distinct;
  gboolean                             is_of_constraint;  /* a UNIQUE's or an exclusion's own */
  gboolean                             is_invalid;
  const char * const                  *statistics;   /* targets of its expressions: number, target, ... */
  const char                          *comment;
  const char                          *text;         /* SQLite: its CREATE, NULL of one that a constraint made */
} StrataPictureIndex;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/operation/operation.h"
#include "core/schema/picture.h"

G_BEGIN_DECLS

/* Zeroed memory for what is made; data is the caller's. */
typedef gpointer (*StrataAllocFunc) (gpointer data,
                                     gsize    size);

/* Where parts of a picture become parts of operations, in memory of the caller: texts are those of the picture. */
typedef struct
{
  const StrataPicture *picture;
  StrataAllocFunc      alloc;
  gpointer             data;
  gboolean             is_script;   /* for a script that makes it all anew, which is written down: not for SQL right away */
  gboolean             is_added;    /* within: a column of a table that is there */
} StrataFromPicture;

/* The CREATE TABLE that makes the table anew, as SQLAlchemy's reflection has it; in a script without its
 * indexes, and without foreign keys where these can come later. */
const StrataCreateTable *strata_create_table_from_picture (StrataFromPicture           *self,
                                                           const StrataPictureTable    *table);
const StrataColumn      *strata_column_from_picture       (StrataFromPicture           *self,
                                                           const StrataPictureTable    *table,
                                                           const StrataPictureColumn   *column);
const StrataIndex       *strata_index_from_picture        (StrataFromPicture           *self,
                                                           const StrataPictureIndex    *index);
/* NULL: a kind of which there is no constraint in a script. */
const StrataConstraint  *strata_constraint_from_picture   (StrataFromPicture           *self,
                                                           const StrataObject          *object);
const StrataType        *strata_type_from_picture         (StrataFromPicture           *self,
                                                           const StrataType            *type);
const StrataExpression  *strata_words_from_picture        (StrataFromPicture           *self,
                                                           const char                  *text);
/* An integer key that a script would give a sequence of its own without being told. */
gboolean                 strata_column_is_serial          (const StrataPictureTable    *table,
                                                           const StrataPictureColumn   *column);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/operation/operation.h"
#include "core/schema/picture.h"

G_BEGIN_DECLS

/* Zeroed memory for what is made; data is the caller's. */
typedef gpointer (*StrataAllocFunc) (gpointer data,
                                     gsize    size);

/* The CREATE TABLE that makes the table anew, as SQLAlchemy's reflection has it, in memory of the caller: texts are those
 * of the picture. */
const StrataCreateTable *strata_create_table_from_picture (const StrataPicture      *picture,
                                                           const StrataPictureTable *table,
                                                           StrataAllocFunc           alloc,
                                                           gpointer                  data);

G_END_DECLS

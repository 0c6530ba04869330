/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/table-parts.h"

G_BEGIN_DECLS

/* The statements of one operation while they are made: one after the other in the writer. */
typedef struct
{
  StrataWriter  writer;
  GPtrArray    *list;            /* StrataRendered*, the caller's */
  GHashTable   *created_types;   /* the renderer's: names of types, with their schemas */
} StrataStatements;

/* The statement that was written is complete. Does nothing after a failure. */
void strata_statements_end      (StrataStatements *self);
void strata_render_comment      (StrataStatements *self,
                                 const char       *what,
                                 const char       *schema,
                                 const char       *table,
                                 const char       *column,
                                 const char       *comment);
void strata_render_create_type  (StrataStatements *self,
                                 const StrataType *type);
void strata_render_drop_type    (StrataStatements *self,
                                 const StrataType *type);
/* Those of the types of columns that do not exist yet, as CREATE TABLE has it. */
void strata_render_column_types (StrataStatements           *self,
                                 const StrataColumn * const *columns);

G_END_DECLS

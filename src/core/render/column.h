/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/table-parts.h"

G_BEGIN_DECLS

/* Name, type, default and the constraints that stand with it, as in CREATE TABLE. */
void strata_write_column          (StrataWriter           *self,
                                   const StrataTableParts *table,
                                   const StrataColumn     *column);
/* The same for ADD COLUMN, which can be asked for more: reference is the foreign key that stands with it, or NULL. */
void strata_write_added_column    (StrataWriter           *self,
                                   const StrataTableParts *table,
                                   const StrataColumn     *column,
                                   gboolean                inline_primary_key,
                                   const StrataConstraint *reference);
/* Pieces for the servers. */
void strata_write_computed        (StrataWriter           *self,
                                   const StrataComputed   *computed);
void strata_write_identity        (StrataWriter           *self,
                                   const StrataIdentity   *identity);
void strata_write_sequence_words  (StrataWriter           *self,
                                   const StrataIdentity   *identity);

G_END_DECLS

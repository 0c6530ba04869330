/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/render/writer.h"

G_BEGIN_DECLS

void strata_write_type         (StrataWriter     *self,
                                const StrataType *type);

/* Ways to write a kind of type, for the tables. */
void strata_write_type_word    (StrataWriter     *self,
                                const char       *word,
                                const StrataType *type);
void strata_write_type_sized   (StrataWriter     *self,
                                const char       *word,
                                const StrataType *type);
/* The schema of a type of the database, which may be that of the table where it is used. */
const char *strata_type_schema (StrataWriter     *self,
                                const StrataType *type);
/* A type of the database: the name, with its schema. */
void strata_write_type_named   (StrataWriter     *self,
                                const char       *word,
                                const StrataType *type);
/* The values of an enumeration as text, wide enough for the longest. */
void strata_write_type_values  (StrataWriter     *self,
                                const char       *word,
                                const StrataType *type);

G_END_DECLS

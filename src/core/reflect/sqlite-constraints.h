/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/schema/picture.h"

G_BEGIN_DECLS

/* The constraints of a table as objects, from its text; one without a name is called by what it says: "(a, b)". */
void strata_sqlite_add_constraints (StrataPicture            *picture,
                                    const StrataPictureTable *table,
                                    GPtrArray                *objects);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/schema/picture.h"

G_BEGIN_DECLS

/* The type that SQLAlchemy makes of the words of a column: by its name, else by SQLite's rules of affinity. */
const StrataType *strata_sqlite_read_type (StrataPicture *picture,
                                           const char    *words);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/schema/picture.h"

G_BEGIN_DECLS

/* The type that SQLAlchemy makes of what format_type() says. Named ones: format_type's text to const StrataType*. */
const StrataType *strata_postgresql_read_type (StrataPicture *picture,
                                               GHashTable    *named,
                                               const char    *words,
                                               const char    *collation);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What SQLAlchemy, that reads a table of SQLite, writes again as it was: what Alembic's batches keep by themselves. */

#pragma once

#include "core/schema/picture.h"

G_BEGIN_DECLS

/* Its type, but for the case of letters. */
gboolean strata_column_keeps_type (const StrataPictureColumn *column);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Of Alembic's version_num column, in characters. */
#define STRATA_LONGEST_REVISION_ID 32

/* Twelve hex digits, as Alembic makes them. */
char *strata_revision_id_new      (void);
/* What Alembic says of an id with characters that it reads as parts of a target; NULL for a good one. */
char *strata_revision_id_complain (const char *id);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/revision/revision.h"
#include "core/revision/sql-lines.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_HEADER_REVISION,
  STRATA_HEADER_REVISES,
  STRATA_HEADER_BRANCH_LABELS,
  STRATA_HEADER_DEPENDS_ON,
  STRATA_HEADER_CREATED,
  STRATA_HEADER_NO_KEY,
} StrataHeaderKey;

typedef enum
{
  STRATA_HEADER_ONLY,     /* stop behind the header */
  STRATA_HEADER_WHOLE,    /* look at everything before the first marker */
} StrataHeaderExtent;

const char      *strata_header_key_get_text (StrataHeaderKey     key);
StrataHeaderKey  strata_header_key_find     (StrataSpan          line);
/* Lines of the message that would be read as a key or a marker stand in the file with a backslash before them. Gives the
 * place where such a line's backslashes begin, or would; NULL for all other lines. */
const char      *strata_header_find_escape  (StrataSpan          line);

/* Leaves the lines before the first marker, where it went so far. */
StrataRevision  *strata_sql_header_parse    (const char         *path,
                                             StrataLines        *lines,
                                             StrataHeaderExtent  extent,
                                             GPtrArray          *findings);

G_END_DECLS

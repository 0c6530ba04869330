/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* One statement inside a larger text, which it borrows: without its terminator, without the space and comments around it. */
typedef struct
{
  const char *text;
  gsize       length;
  guint       line;      /* of its first token, in the file; from 1 */
  guint       column;    /* in characters; from 1 */
} StrataStatement;

/* The elements are StrataStatement. Fails with STRATA_ERROR_BAD_INPUT, naming file and line, where the text cannot be
 * taken apart with certainty: an open quote or comment, a psql meta-command, COPY ... FROM STDIN. */
GArray *strata_sql_split (StrataDialect   dialect,
                          const char     *text,
                          gsize           length,
                          const char     *file,
                          guint           first_line,
                          GError        **error);
/* Where a character of it stands in the file. Positions count from 1, as servers give them; 0: its first one. */
void    strata_statement_find_place (const StrataStatement *self,
                                     guint                  position,
                                     guint                 *line,
                                     guint                 *column);

G_END_DECLS

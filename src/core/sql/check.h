/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/finding.h"

G_BEGIN_DECLS

/* Which server will read a text. */
typedef struct
{
  StrataDialect  dialect;
  guint          major;       /* its major version; 0: not known */
} StrataSqlServer;

/* What the grammar of the server says of statements (elements are StrataStatement): SQLite's own parser, PostgreSQL's in
 * a build with libpg_query, nothing for the others. Whether tables and columns are there is not looked at. */
void strata_sql_check (StrataSqlServer  server,
                       const GArray    *statements,
                       const char      *file,
                       GPtrArray       *findings);

G_END_DECLS

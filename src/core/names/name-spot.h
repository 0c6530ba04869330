/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/names/catalogue.h"

G_BEGIN_DECLS

/* Which names fit where somebody writes. */
typedef struct
{
  gboolean    is_sure;         /* nothing else fits there */
  gboolean    wants_table;
  GPtrArray  *tables;          /* char*: columns of these; or NULL */
} StrataNameSpot;

/* In a statement, of which what is written of the name itself is left out: what stands before it, and what behind. */
void strata_name_spot_find  (StrataNameSpot        *self,
                             StrataDialect          dialect,
                             const char            *before,
                             const char            *after);
void strata_name_spot_clear (StrataNameSpot        *self);
/* Where the statement begins that the end of the text stands in, and where what begins at the text ends: by its tokens. */
const char *strata_sql_find_statement_start (StrataDialect  dialect,
                                             const char    *text);
gsize       strata_sql_find_statement_end   (StrataDialect  dialect,
                                             const char    *text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataNameSpot, strata_name_spot_clear)

G_END_DECLS

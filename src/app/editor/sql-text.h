/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/listing.h"

G_BEGIN_DECLS

/* What stands beside a line of the text. */
typedef struct
{
  guint number;        /* of the statement that begins here; 0: none does */
  guint file_line;     /* where it is in its file; 0: not known */
} StrataSqlLine;

/* What a run sends, as SQL that can be read and copied; what is not sent stands there as comments. */
typedef struct
{
  char     *text;
  GArray   *lines;           /* StrataSqlLine, one a line of the text */
  guint     n_steps;
  guint     n_statements;
  guint     n_transactions;
  gboolean  goes_down;
  gboolean  goes_up;
  gboolean  needs_python;    /* nothing of it is known without */
} StrataSqlText;

StrataSqlText *strata_sql_text_new  (const StrataListing *listing);
void           strata_sql_text_free (StrataSqlText       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSqlText, strata_sql_text_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the rows of a table, or the values of a column, are like: enough to tell whether two may be one. Values are there to
 * be compared, and never shown. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  char      *schema;
  char      *table;
  char      *column;      /* NULL: of the table */
  double     n_rows;      /* of the table; -1: not known */
  gboolean   has_more;    /* nobody counted further */
  double     nulls;       /* share, 0 to 1; -1: nothing is known of the column's values */
  double     distinct;    /* different values for each that is there, up to 1; -1: not known */
  double     width;       /* bytes of a value, on average */
  GPtrArray *common;      /* char*, values that are there more than once, the most common ones first */
  GPtrArray *others;      /* char*, some of the rest */
} StrataRowFacts;

StrataRowFacts       *strata_row_facts_new       (const char           *schema,
                                                  const char           *table,
                                                  const char           *column);
void                  strata_row_facts_free      (StrataRowFacts       *self);
/* A list of them, which frees them; by schema, table, column once it is sorted, each once. */
GPtrArray            *strata_row_facts_list      (void);
void                  strata_row_facts_list_sort (GPtrArray            *list);
/* NULL: it is not in there; list may be NULL. */
const StrataRowFacts *strata_row_facts_find      (const GPtrArray      *list,
                                                  const StrataRowFacts *like);

G_END_DECLS

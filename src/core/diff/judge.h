/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/diff/diff-private.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_CLASS_OTHER,
  STRATA_CLASS_WHOLE,       /* numbers, the rank is how many bytes */
  STRATA_CLASS_NUMERIC,
  STRATA_CLASS_FLOAT,
  STRATA_CLASS_TEXT,        /* the length is how many characters, 0 any */
  STRATA_CLASS_TIME_STAMP,
  STRATA_CLASS_DATE,
  STRATA_CLASS_TIME,
  STRATA_CLASS_VECTOR,
  STRATA_CLASS_JSON,
} StrataTypeClass;

typedef struct
{
  StrataTypeClass class;
  guint           rank;
  guint           length;
  guint           scale;
  gboolean        is_fixed;
} StrataTypeInfo;

/* Of PostgreSQL's words. */
void     strata_diff_read_type  (const char      *text,
                                 StrataTypeInfo  *info);

/* What values of the one type become in the other, in memory that is never freed; NULL: all of them fit. */
void     strata_diff_judge_type (StrataDialect    dialect,
                                 const char      *from,
                                 const char      *to,
                                 const char     **loss,
                                 const char     **review);

/* Whether every row that is there meets a CHECK: by what its new columns have in all rows, or as the old CHECK let nothing else
 * pass. New has the columns that are new, by strata_diff_dup_column_key(). */
gboolean strata_diff_is_check_met (const StrataDiff       *self,
                                   const StrataDifference *difference,
                                   GHashTable             *new);
/* NULL in all rows that are there. */
gboolean strata_diff_is_empty_column (const StrataPictureColumn *column);
char    *strata_diff_dup_column_key  (const char           *schema,
                                      const char           *table,
                                      const char           *column);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/autogenerate.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_downgrade;
  gboolean is_python;
  gboolean is_script;    /* of SQL: for a person, without a revision's sections */
  gboolean is_plain;     /* of Python: op.execute() of the statements alone */
  gboolean as_batch;
  gboolean as_few_batches;
} StrataBodyStyle;

/* The steps as the body of a revision's upgrade or downgrade; imports is a set of lines that a .py gets. A line of comment says
 * before each what a person has to look at. Chosen is what the steps are for; NULL: all. */
char *strata_autogenerate_dup_body (StrataDiff             *diff,
                                    const gboolean         *chosen,
                                    const GPtrArray        *steps,
                                    const StrataBodyStyle  *style,
                                    GHashTable             *imports,
                                    GError                **error);
/* autogenerate-drops.c: refused where tables would go that nobody may want to. */
gboolean strata_autogenerate_require_expected (StrataComparison  *comparison,
                                    const gboolean         *chosen,
                                    gboolean                expects_drops,
                                    GError                **error);

G_END_DECLS

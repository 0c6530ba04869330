/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the condition of a CHECK holds, as far as it can be told from what is known of the row: constants, comparisons, lists,
 * IS NULL, AND, OR and NOT. Nothing else is understood, and of what is not understood nothing is said. */

#pragma once

#include "core/base/types.h"
#include "core/diff/constant.h"

G_BEGIN_DECLS

/* What the row has in that column; FALSE: it is none. */
typedef gboolean (*StrataConditionColumn) (gpointer        data,
                                           const char     *name,
                                           StrataConstant *value);

typedef struct _StrataCondition StrataCondition;

StrataCondition *strata_condition_new        (StrataDialect          dialect,
                                              StrataConditionColumn  column,
                                              gpointer               data);
void             strata_condition_free       (StrataCondition       *self);
/* FALSE: it was not understood. Texts live as long as the condition. */
gboolean         strata_condition_evaluate   (StrataCondition       *self,
                                              const char            *text,
                                              StrataConstant        *value);
/* The last text says that a column is in a list of constants, and nothing else; NULL: it does not. */
const char      *strata_condition_get_member (const StrataCondition *self,
                                              const GArray         **list);    /* StrataConstant */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataCondition, strata_condition_free)

G_END_DECLS

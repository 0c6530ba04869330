/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/sa.h"

G_BEGIN_DECLS

/* CreateSequence(...), DDL(...): what op.execute() takes besides queries. Of the class STRATA_SA_DDL, or one derived. */
typedef struct
{
  StrataPyValue          base;
  const StrataOperation *operation;
} StrataSaDdl;

/* NULL without failure: it is none. */
const StrataOperation *strata_sa_get_operation (StrataPyMachine *py, StrataPyValue *value);

G_END_DECLS

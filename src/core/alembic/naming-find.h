/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/env/facts.h"
#include "core/operation/naming.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_NAMING_NONE,          /* the project has no convention, or none that Alembic would ask */
  STRATA_NAMING_FOUND,
  STRATA_NAMING_UNKNOWN,       /* it may have one: what has no name can't be named */
} StrataNamingState;

typedef struct
{
  StrataNamingState  state;
  StrataNaming       naming;
  char              *path;     /* where it was found, or what was not understood; NULL of NONE */
  guint              line;
  char              *reason;   /* of UNKNOWN */
} StrataNamingAnswer;

/* The naming_convention= of the MetaData that env.py hands to Alembic as target_metadata, followed through the modules of
 * the project as text: nothing is run. Never fails; new. */
StrataNamingAnswer *strata_naming_find        (const StrataEnvSource *source);
void                strata_naming_answer_free (StrataNamingAnswer    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataNamingAnswer, strata_naming_answer_free)

G_END_DECLS

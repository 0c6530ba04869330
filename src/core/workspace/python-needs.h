/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* Which scripts the project's own Alembic has to run. Answers are kept by text, so that after a change of one file only that
 * one is evaluated again. Atomically reference-counted; several threads may ask. */
typedef struct _StrataPythonNeeds StrataPythonNeeds;

StrataPythonNeeds *strata_python_needs_new   (void);
StrataPythonNeeds *strata_python_needs_ref   (StrataPythonNeeds *self);
void               strata_python_needs_unref (StrataPythonNeeds *self);
/* Why the revision needs Python, one way or the other, with the line; NULL: it does not, or its file can't be read. */
char              *strata_python_needs_find  (StrataPythonNeeds *self,
                                              StrataWorkspace   *workspace,
                                              StrataRevision    *revision,
                                              StrataDialect      dialect);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPythonNeeds, strata_python_needs_unref)

G_END_DECLS

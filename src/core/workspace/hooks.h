/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/process/process.h"
#include "core/project/trust.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean               trusted;     /* for this call, without asking what was agreed to */
  void                 (*begin) (StrataProjectCommand *hook, gpointer user_data);
  StrataProcessLineFunc  line;        /* of their output */
  gpointer               user_data;
} StrataHookRun;

/* Those of the project that lack consent; elements are StrataProjectCommand. */
GPtrArray *strata_workspace_find_new_hooks (StrataWorkspace      *self,
                                            GError              **error);
/* Runs the post-write hooks of an Alembic project for a file that was written, in their order. Fails with
 * STRATA_ERROR_NEEDS_CONSENT before anything is run where one has none; one that fails ends it. The file stays. */
gboolean   strata_workspace_run_hooks      (StrataWorkspace      *self,
                                            const char           *path,
                                            const StrataHookRun  *run,
                                            GCancellable         *cancellable,
                                            GError              **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an Alembic script asks for, as statements, without a database: as Alembic prints it (offline), or as a run would send it
 * where the script does not read what it has (online). */

#pragma once

#include "core/alembic/evaluate.h"
#include "core/engine/step-script.h"
#include "core/project/project.h"
#include "core/render/renderer.h"

G_BEGIN_DECLS

typedef struct
{
  char     *text;             /* without a terminator; NULL: an autocommit_block() begins or ends here */
  guint     line;             /* where the script asks for it; 0: in a module that it imports */
  gboolean  is_transactional; /* FALSE in an autocommit_block() */
} StrataCollected;

/* What a script's own COMMIT and BEGIN are to a run on PostgreSQL: with Alembic's driver each statement after such a COMMIT is
 * a transaction, as in an autocommit_block(). */
typedef enum
{
  STRATA_COLLECTED_STAYS,
  STRATA_COLLECTED_LEAVES,
  STRATA_COLLECTED_RETURNS,
} StrataCollectedTurn;

typedef struct
{
  StrataDialect         dialect;
  gboolean              is_offline;
  StrataParameterStyle  parameters;
  gboolean              has_literal_binds;
  StrataEvaluator      *evaluator;      /* NULL: one of its own */
  gboolean              is_preview;     /* what has no name stays without, where a naming convention was not understood */
} StrataCollectOptions;

/* Modules that scripts import, read once. Belongs to a project, and may be used by several threads. */
typedef struct _StrataModules StrataModules;

StrataModules         *strata_modules_new    (StrataProject               *project);
StrataModules         *strata_modules_ref    (StrataModules               *self);
void                   strata_modules_unref  (StrataModules               *self);
/* What runs and listings load the steps of the project's scripts by; borrowed. */
const StrataStepSource *strata_modules_get_source (StrataModules         *self);
/* For StrataEvaluateTarget.load_module, with the modules as data. */
StrataPyTree          *strata_modules_load   (StrataModules               *self,
                                              const char                  *name,
                                              gboolean                    *is_package);
StrataProject         *strata_modules_get_project (StrataModules          *self);
/* Whether a script may leave its transaction by what it imports: autocommit_block() stands in one of the project's modules that
 * it comes to, wherever those import the next one. */
gboolean               strata_modules_leave_transaction (StrataModules    *self,
                                              const StrataPyTree          *tree);
/* Whether the tree of a live script of so many bytes can wait for its run: a tree is twenty times as large, and all are there at
 * once. */
gboolean               strata_modules_keeps_tree (StrataModules           *self,
                                              gsize                        length);
/* How often one was found: what does not change while a script is evaluated tells that it stands alone. */
guint                  strata_modules_get_n_found (StrataModules          *self);

/* What an error of the renderer is to a script (StrataEvaluateError). */
int                    strata_collect_error_code (const GError           *error);
/* StrataStepSource.load; the data is StrataModules. */
StrataStepScript      *strata_modules_load_step (const StrataStep        *step,
                                              StrataDialect               dialect,
                                              gboolean                    is_offline,
                                              gpointer                    modules,
                                              GError                    **error);

StrataCollectedTurn    strata_collected_get_turn (StrataDialect            dialect,
                                              const char                  *text);

/* Elements are StrataCollected. NULL with a failure. The modules may be NULL: the script stands alone. */
GArray                *strata_collect_script (const char                  *path,
                                              const char                  *text,
                                              gsize                        length,
                                              const char                  *function,
                                              const StrataCollectOptions  *options,
                                              StrataModules               *modules,
                                              gboolean                    *has_varied,
                                              StrataEvaluateFailure      **failure);

/* The same of a script that was parsed already. */
GArray                *strata_collect_tree   (StrataPyTree                *tree,
                                              const char                  *function,
                                              const StrataCollectOptions  *options,
                                              StrataModules               *modules,
                                              gboolean                    *has_varied,
                                              StrataEvaluateFailure      **failure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataModules, strata_modules_unref)

G_END_DECLS

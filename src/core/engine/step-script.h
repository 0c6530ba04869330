/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/plan.h"
#include "core/python/tree.h"
#include "core/revision/sql-file.h"
#include "core/sql/splitter.h"

G_BEGIN_DECLS

/* A run of statements of a script with one transaction mode. */
typedef struct
{
  gboolean  transactional;
  GArray   *statements;      /* StrataStatement; text borrowed from the script */
} StrataStepSection;

/* What one step runs: the sections of its direction for this server, split into statements. Immutable, atomically
 * reference-counted. */
typedef struct _StrataStepScript StrataStepScript;

/* Fails with STRATA_ERROR_FINDINGS for what is wrong with the file. */
StrataStepScript *strata_step_script_new_sql           (const char           *path,
                                                        const char           *text,
                                                        gsize                 length,
                                                        StrataDirection       direction,
                                                        StrataDialect         dialect,
                                                        GError              **error);
/* Of a file without errors in header and markers. */
StrataStepScript *strata_step_script_new               (const char           *path,
                                                        StrataSqlScript      *sql,
                                                        StrataDirection       direction,
                                                        StrataDialect         dialect,
                                                        GError              **error);
/* Of an Alembic script, from what was collected of it (StrataCollected, core/engine/collect.h). */
StrataStepScript *strata_step_script_new_python        (const char           *path,
                                                        const char           *text,
                                                        gsize                 length,
                                                        GArray               *collected,
                                                        StrataDialect         dialect,
                                                        GError              **error);
/* Of one that reads what the database has, and is evaluated while it runs, by the tree that it was parsed to; NULL: it is parsed
 * again then. The modules that it imports may leave its transaction as well as itself. */
StrataStepScript *strata_step_script_new_live          (const char           *path,
                                                        const char           *text,
                                                        gsize                 length,
                                                        StrataPyTree         *tree,
                                                        gboolean              modules_leave);
gboolean          strata_step_script_is_live           (StrataStepScript     *self);
/* Of a live one; new. */
StrataPyTree     *strata_step_script_dup_tree          (StrataStepScript     *self);
StrataStepScript *strata_step_script_ref               (StrataStepScript     *self);
void              strata_step_script_unref             (StrataStepScript     *self);
const char       *strata_step_script_get_path          (StrataStepScript     *self);
/* Where a character of one of its statements stands in the file, as strata_statement_find_place() has it: that of an Alembic script
 * in the text of the script, where it stands there word for word. */
void              strata_step_script_find_place        (StrataStepScript     *self,
                                                        const StrataStatement *statement,
                                                        guint                 position,
                                                        guint                *line,
                                                        guint                *column);
/* The whole file: what the ledger keeps and rescue gives back. */
const char       *strata_step_script_get_text          (StrataStepScript     *self);
/* Over the tokens of the sections that run. */
const char       *strata_step_script_get_hash          (StrataStepScript     *self);
guint             strata_step_script_get_n_sections    (StrataStepScript     *self);
const StrataStepSection *strata_step_script_get_section (StrataStepScript    *self,
                                                        guint                 index);
guint             strata_step_script_get_n_statements  (StrataStepScript     *self);
/* TRUE where all of it runs inside a transaction. */
gboolean          strata_step_script_is_transactional  (StrataStepScript     *self);
/* Leaves settings in the session (SET, PRAGMA ...), which the next step must not meet. */
gboolean          strata_step_script_touches_session   (StrataStepScript     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataStepScript, strata_step_script_unref)

/* Where scripts come from. */
typedef struct
{
  /* Fails with STRATA_ERROR_NEEDS_PYTHON where the step can't be run by us; the run then names all such steps. Offline is for a
   * script that is written, not run. */
  StrataStepScript *(*load) (const StrataStep  *step,
                             StrataDialect      dialect,
                             gboolean           is_offline,
                             gpointer           data,
                             GError           **error);
  gpointer data;
} StrataStepSource;

/* Reads the file of the revision; an Alembic script needs Python then. */
extern const StrataStepSource strata_step_source_files;

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which project this is, what its files say, its revisions by the right reader, and the graph that they make. A
 * project is an immutable snapshot of its files at one moment; opening it reads files and does nothing else: no
 * process, no connection. What cannot be understood is a finding, and the rest still opens. */

#pragma once

#include "core/alembic/naming-find.h"
#include "core/graph/graph.h"
#include "core/project/settings.h"

G_BEGIN_DECLS

/* Immutable, atomically reference-counted. */
typedef struct _StrataProject StrataProject;

#define STRATA_TYPE_PROJECT (strata_project_get_type ())

typedef enum
{
  STRATA_PROJECT_SQL,
  STRATA_PROJECT_ALEMBIC,
} StrataProjectKind;

/* What the command line or the window asks for; all zero is "the project where I am". Nothing is kept of it by
 * reference. */
typedef struct
{
  const char          *folder;    /* where relative paths and the search start; NULL: the working directory */
  const char * const  *configs;   /* -c: an ini and a pyproject.toml; NULL: ALEMBIC_CONFIG, then a search */
  const char          *section;   /* -n */
  const char * const  *x_args;    /* -x */
  const char * const  *environ;   /* as g_get_environ(); NULL: empty */
} StrataProjectRequest;

GType                strata_project_get_type         (void);
/* Fails with STRATA_ERROR_NO_PROJECT where there is none, or several and none was named; with STRATA_ERROR_BAD_INPUT
 * where a configuration file cannot be read at all or names no place for scripts. */
StrataProject       *strata_project_open             (const StrataProjectRequest *request,
                                                      GError                    **error);
StrataProject       *strata_project_ref              (StrataProject              *self);
void                 strata_project_unref            (StrataProject              *self);

StrataProjectKind    strata_project_get_kind         (const StrataProject        *self);
/* The folder of the first configuration file. */
const char          *strata_project_get_root         (const StrataProject        *self);
const char * const  *strata_project_get_configs      (const StrataProject        *self);
/* Whether the user named the files (-c, ALEMBIC_CONFIG): then relative SQLite paths follow the working directory. */
gboolean             strata_project_get_chosen       (const StrataProject        *self);
const char          *strata_project_get_section      (const StrataProject        *self);
const char * const  *strata_project_get_x_args       (const StrataProject        *self);
const StrataSettings *strata_project_get_settings    (const StrataProject        *self);
/* env.py, or NULL where there is none. */
const char          *strata_project_get_env_script   (const StrataProject        *self);
/* The naming convention that Alembic applies to what a script leaves without a name, read when it is first asked for. */
const StrataNaming  *strata_project_get_naming       (StrataProject              *self);

/* Elements are StrataFinding, sorted; those of the graph included. */
GPtrArray           *strata_project_get_findings     (const StrataProject        *self);
/* Elements are StrataRevision in file order, as the graph's nodes; of several with one id the graph has one. */
GPtrArray           *strata_project_get_revisions    (const StrataProject        *self);
StrataGraph         *strata_project_get_graph        (const StrataProject        *self);

/* The file of a module of the project's own Python, or NULL. */
char                *strata_project_find_module      (const StrataProject        *self,
                                                      const char                 *dotted_name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataProject, strata_project_unref)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/alembic/naming-find.h"
#include "core/env/facts.h"
#include "core/project/keys.h"
#include "core/project/project.h"

G_BEGIN_DECLS

struct _StrataProject
{
  gatomicrefcount    ref_count;

  StrataConfigFiles  files;
  StrataKeys        *keys;
  GStrv              configs;
  GStrv              x_args;
  StrataProjectKind  kind;
  StrataSettings     settings;
  GStrv              python_path;
  char              *env_script;    /* or NULL */
  StrataEnvFacts    *env_facts;     /* or NULL */
  GMutex             naming_lock;
  StrataNamingAnswer *naming;       /* NULL: not asked for yet */
  StrataNaming       convention;
  char              *doubt;

  GPtrArray         *findings;      /* StrataFinding */
  GPtrArray         *revisions;     /* StrataRevision */
  StrataGraph       *graph;
};

/* For StrataEnvSource.read_module, with the project as data. */
char *strata_project_read_module    (const char          *dotted_name,
                                     const char          *folder,
                                     char               **path,
                                     gsize               *length,
                                     gpointer             project);
/* A path as it is shown: from the project's folder where it is below it. Valid UTF-8. */
char *strata_project_dup_shown_path (const StrataProject *self,
                                     const char          *path);

G_END_DECLS

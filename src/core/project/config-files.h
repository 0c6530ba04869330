/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/project.h"

G_BEGIN_DECLS

/* Which files configure a project; absolute paths, or NULL. */
typedef struct
{
  char     *ini;        /* of Alembic's kind */
  char     *toml;       /* a pyproject.toml with [tool.alembic] */
  char     *own;        /* a strata.ini */
  char     *folder;     /* of the first of them */
  char     *base;       /* what relative paths follow: that folder, or the user's where the files were named */
  gboolean  chosen;     /* by -c or ALEMBIC_CONFIG */
} StrataConfigFiles;

void     strata_config_files_clear     (StrataConfigFiles           *files);
/* Those that the request names, else those of the one project that is found. */
gboolean strata_config_files_choose    (const StrataProjectRequest  *request,
                                        StrataConfigFiles           *files,
                                        GError                     **error);
/* Where the scripts are in a folder above alone, it is there that Alembic is started: it becomes the base. */
void     strata_config_files_settle    (StrataConfigFiles           *files,
                                        const char                  *script_location);
/* Adds the projects that stand in one folder, each by its first configuration file, to an array of owned strings: an
 * alembic.ini or a pyproject.toml with [tool.alembic]; a strata.ini where there is none, or where it names scripts of
 * its own and so is a second project. */
void     strata_config_files_in_folder (const char                  *folder,
                                        GPtrArray                   *found);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataConfigFiles, strata_config_files_clear)

G_END_DECLS

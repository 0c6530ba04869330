/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/process/process.h"
#include "core/scratch/scratch.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* DDL as people write it, or as a program prints it. */
typedef struct
{
  char  *name;     /* the path as people see it, or the program */
  char  *text;
  gsize  length;
} StrataDdlText;

/* One file, or all .sql files of a folder and those below it, in the order of their names. Elements are StrataDdlText. */
GPtrArray            *strata_ddl_texts_read    (const char                  *path,
                                                GError                     **error);
/* What the project's schema_command prints, run only with consent unless it is trusted for this call. */
GPtrArray            *strata_ddl_texts_run     (StrataWorkspace             *self,
                                                gboolean                     trusted,
                                                StrataProcessLineFunc        line,
                                                gpointer                     user_data,
                                                GCancellable                *cancellable,
                                                GError                     **error);
StrataProjectCommand *strata_workspace_dup_schema_command (StrataWorkspace  *self,
                                                GError                     **error);
/* Behind those that are there. */
gboolean              strata_ddl_texts_add     (GPtrArray                   *texts,
                                                const char                  *path,
                                                GError                     **error);
/* One text of a name. */
GPtrArray            *strata_ddl_texts_new     (const char                  *name,
                                                const char                  *text);
/* All of them are looked at before the first one runs. */
gboolean              strata_ddl_texts_load    (GPtrArray                   *texts,
                                                StrataScratch               *scratch,
                                                GCancellable                *cancellable,
                                                GError                     **error);
/* The same look without a scratch database. */
gboolean              strata_ddl_texts_check   (GPtrArray                   *texts,
                                                StrataDialect                dialect,
                                                GError                     **error);
/* Statements that put rows into tables, or take them out, as "init/2.sql:7: INSERT (rows ...)": no picture of a schema has what they do. */
GStrv                 strata_ddl_texts_find_rows (GPtrArray                 *texts,
                                                StrataDialect                dialect);

G_END_DECLS

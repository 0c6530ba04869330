/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the models of an Alembic project say, told by the project's own Python: a program of ours (resources/python) takes the
 * place of env.py in the project's own Alembic, under the same consent. It connects to no database, and leaves nothing in the
 * project. */

#pragma once

#include "core/diff/diff.h"
#include "core/process/process.h"
#include "core/schema/picture.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

typedef struct _StrataModels StrataModels;

typedef struct
{
  StrataDialect          dialect;
  int                    version;      /* as strata_connection_get_version(); 0: not known */
  const StrataPicture   *database;     /* whole: what env.py's filters are asked about; NULL: nothing */
  gboolean               trusted;      /* for this call, without having been asked */
  gint64                 limit_ms;     /* 0: the usual */
  StrataProcessLineFunc  line;         /* what the project prints meanwhile; or NULL */
  gpointer               user_data;
} StrataModelsRequest;

/* A class that looks like a model, and that env.py has not imported. */
typedef struct
{
  const char *file;        /* as people see it, from the project's folder */
  guint       line;
  const char *name;
  const char *table;       /* or NULL */
} StrataUnseenModel;

/* How env.py configures autogenerate. */
typedef struct
{
  gboolean    has_schemas;            /* include_schemas */
  gboolean    ignores_types;          /* compare_type=False was said */
  gboolean    ignores_defaults;       /* compare_server_default=False was said */
  gboolean    as_batch;
  gboolean    has_directives;         /* process_revision_directives, which nobody asks here */
} StrataModelsOptions;

StrataModels        *strata_models_read         (StrataWorkspace            *workspace,
                                                 const StrataModelsRequest  *request,
                                                 GCancellable               *cancellable,
                                                 GError                    **error);
void                 strata_models_free         (StrataModels               *self);
/* What makes them in an empty database, in order: statements without their semicolons. */
const char * const  *strata_models_get_ddl      (StrataModels               *self);
/* One text of them, each with its semicolon. */
char                *strata_models_dup_ddl      (StrataModels               *self);
const StrataModelsOptions *strata_models_get_options (StrataModels          *self);
/* Elements are StrataUnseenModel. */
GPtrArray           *strata_models_get_unseen   (StrataModels               *self);
/* "app/models.py:12", where the table is written; NULL where that is not known. */
const char          *strata_models_get_place    (StrataModels               *self,
                                                 const char                 *schema,
                                                 const char                 *table);
/* Gives the columns of a picture that was made of the DDL the names that their types have in the project's own scripts. */
void                 strata_models_name_types   (StrataModels               *self,
                                                 StrataPicture              *picture);
/* Whether a comparison is not about this: env.py's filters leave it out, or models have no word for such things. */
gboolean             strata_models_is_excluded  (StrataModels               *self,
                                                 const StrataPicture        *picture,
                                                 const StrataObject         *object,
                                                 const char                 *column);

/* The same of a difference, by what env.py says is not to be compared too. */
gboolean             strata_models_leave_out    (StrataModels               *self,
                                                 const StrataPicture        *from,
                                                 const StrataPicture        *to,
                                                 const StrataDifference     *difference);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataModels, strata_models_free)

G_END_DECLS

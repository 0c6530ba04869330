/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One direction of an Alembic script, evaluated as Alembic would run it, without Python: what it asks for comes as operations,
 * in their order. Nothing here reads a file or a database but by the functions below. */

#pragma once

#include "core/operation/naming.h"
#include "core/operation/operation.h"
#include "core/python/tree.h"
#include "core/schema/picture.h"

G_BEGIN_DECLS

#define STRATA_EVALUATE_RAISES                "raises"
#define STRATA_EVALUATE_NEEDS_PYTHON          "needs-python"
#define STRATA_EVALUATE_NEEDS_DATABASE        "needs-database"
#define STRATA_EVALUATE_UNSUPPORTED           "unsupported-by-dialect"
#define STRATA_EVALUATE_NO_FUNCTION           "no-function"
#define STRATA_EVALUATE_DATABASE              "database"

#define STRATA_EVALUATE_ERROR (strata_evaluate_error_quark ())

/* What the functions of a target fail with. A script may catch it as the exception that it is in SQLAlchemy; an error of another
 * domain ends the script. */
typedef enum
{
  STRATA_EVALUATE_ERROR_RAISES,           /* CompileError */
  STRATA_EVALUATE_ERROR_UNKNOWN,          /* none: needs Python */
  STRATA_EVALUATE_ERROR_UNSUPPORTED,      /* CompileError, or NotImplementedError for "No support for ALTER" */
  STRATA_EVALUATE_ERROR_DATA,             /* of the database: DataError and so on */
  STRATA_EVALUATE_ERROR_INTEGRITY,
  STRATA_EVALUATE_ERROR_INTERNAL,
  STRATA_EVALUATE_ERROR_OPERATIONAL,
  STRATA_EVALUATE_ERROR_PROGRAMMING,
} StrataEvaluateError;

/* An earlier run had the answer. */
#define STRATA_ROWS_FORGOTTEN (-2)

/* Rows of a query; made by the target, freed by whoever asked. */
typedef struct
{
  GPtrArray *names;         /* char* */
  GArray    *values;        /* StrataValue, row by row; what they point to belongs to memory */
  GPtrArray *memory;
  gint64     n_changed;     /* -1: unknown, or FORGOTTEN */
} StrataEvaluateRows;

/* What a script works on. Every function fails with an error, whose text names what went wrong. */
typedef struct
{
  StrataDialect        dialect;
  gboolean             is_offline;        /* as Alembic's --sql: scripts can ask for it */
  gboolean             has_database;      /* else what reads it stops the script: needs-database */
  gboolean             alters_in_place;   /* of a batch, what it asks for: no table is made anew for it */
  const char * const  *x_args;            /* -x, for context.get_x_argument() */
  const char          *version_table;
  const char          *version_table_schema;  /* NULL: none */
  const char * const  *names;             /* [strata:names]: a dotted name, its meaning, and so on; or NULL */
  const StrataNaming  *naming;            /* of target_metadata; NULL: none */
  GCancellable        *cancellable;       /* NULL: none */
  gpointer             data;
  /* The place is where the script asks for it. */
  gboolean           (*emit)           (const StrataOperation *operation, StrataPlace place, gpointer data, GError **error);
  /* autocommit_block(), begun and left. */
  gboolean           (*set_autocommit) (gboolean is_on, gpointer data, GError **error);
  /* With a database only. */
  StrataEvaluateRows *(*query)         (const StrataExecute *what, StrataPlace place, gpointer data, GError **error);
  StrataPicture     *(*get_picture)    (const char *schema, const char *table, gpointer data, GError **error);
  /* A module of the project, read as data; NULL: there is none of that name. May be NULL itself. */
  StrataPyTree      *(*load_module)    (const char *name, gboolean *is_package, gpointer data);
} StrataEvaluateTarget;

/* Why a script can't be evaluated to its end. */
typedef struct
{
  char       *code;         /* one of those above, or of core/python/machine.h */
  char       *message;
  char       *file;
  guint       line;         /* 0: unknown */
  guint       column;
  char       *opaque;       /* the name that [strata:names] could give a meaning; else NULL */
} StrataEvaluateFailure;

GQuark                 strata_evaluate_error_quark  (void);
void                   strata_evaluate_failure_free (StrataEvaluateFailure      *self);
void                   strata_evaluate_rows_free    (StrataEvaluateRows         *self);

/* The function is "upgrade" or "downgrade". NULL: all went well. The tree is that of the script. */
StrataEvaluateFailure *strata_evaluate              (StrataPyTree               *tree,
                                                     const char                 *function,
                                                     const StrataEvaluateTarget *target,
                                                     gboolean                   *has_varied);

/* Scripts one after the other, for one thread: what each of them begins with is made once, and nothing of one is left for the
 * next. */
typedef struct _StrataEvaluator StrataEvaluator;

StrataEvaluator       *strata_evaluator_new         (void);
void                   strata_evaluator_free        (StrataEvaluator            *self);
StrataEvaluateFailure *strata_evaluator_run         (StrataEvaluator            *self,
                                                     StrataPyTree               *tree,
                                                     const char                 *function,
                                                     const StrataEvaluateTarget *target,
                                                     gboolean                   *has_varied);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataEvaluator, strata_evaluator_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataEvaluateFailure, strata_evaluate_failure_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataEvaluateRows, strata_evaluate_rows_free)

G_END_DECLS

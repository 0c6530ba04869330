/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/compare-job.h"

#include "core/base/error.h"
#include "core/workspace/changes.h"
#include "core/workspace/rename-memory.h"

StrataCompareQuestion *
strata_compare_question_new (StrataSideKind  from,
                             const char     *from_argument,
                             StrataSideKind  to,
                             const char     *to_argument)
{
  StrataCompareQuestion *self = g_new0 (StrataCompareQuestion, 1);

  self->kinds[0] = from;
  self->kinds[1] = to;
  self->arguments[0] = g_strdup (from_argument);
  self->arguments[1] = g_strdup (to_argument);

  return self;
}

void
strata_compare_question_free (StrataCompareQuestion *self)
{
  g_free (self->arguments[0]);
  g_free (self->arguments[1]);
  g_free (self);
}

char *
strata_compare_dup_rows (StrataSnapshot *snapshot)
{
  const char * const *rows = strata_snapshot_get_rows (snapshot);

  return rows != NULL && rows[0] != NULL ? g_strjoinv (",", (char **) rows) : g_strdup ("base");
}

static gpointer
compare_job (StrataWorkspace   *workspace,
             StrataConnection  *connection,
             gpointer           data,
             GCancellable      *cancellable,
             GError           **error)
{
  const StrataCompareQuestion *question = data;
  const StrataSide from = { question->kinds[0], question->arguments[0] };
  const StrataSide to = { question->kinds[1], question->arguments[1] };
  const StrataSideOptions options = {
    .command = "compare",
    .trusted = question->trusted,
    .scratch_agreed = question->agreed,
    .dialect = STRATA_DIALECT_UNKNOWN,
  };
  StrataComparison *comparison = strata_workspace_compare (workspace, &from, &to, &options, NULL, cancellable, error);

  return comparison != NULL ? strata_compared_new (comparison, NULL) : NULL;
}

void
strata_compare_async (StrataSession         *session,
                      StrataCompareQuestion *question,
                      GCancellable          *cancellable,
                      GAsyncReadyCallback    callback,
                      gpointer               user_data)
{
  strata_session_ask_async (session, STRATA_ASK_APART, compare_job, question, (GDestroyNotify) strata_compare_question_free,
                            (GDestroyNotify) strata_compared_unref, cancellable, callback, user_data);
}

static gpointer
changes_job (StrataWorkspace   *workspace,
             StrataConnection  *connection,
             gpointer           data,
             GCancellable      *cancellable,
             GError           **error)
{
  const StrataCompareQuestion *question = data;
  StrataSideOptions options = STRATA_SIDE_OPTIONS_INIT;
  StrataComparison *comparison;

  options.scratch_agreed = question->agreed;
  comparison = strata_workspace_find_changes (workspace, question->arguments[0], question->arguments[1], &options, cancellable,
                                              error);

  return comparison != NULL ? strata_compared_new (comparison, NULL) : NULL;
}

void
strata_changes_async (StrataSession       *session,
                      const char          *from,
                      const char          *to,
                      gboolean             agreed,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  StrataCompareQuestion *question = strata_compare_question_new (STRATA_SIDE_REVISION, from, STRATA_SIDE_REVISION, to);

  question->agreed = agreed;
  strata_session_ask_async (session, STRATA_ASK_APART, changes_job, question, (GDestroyNotify) strata_compare_question_free,
                            (GDestroyNotify) strata_compared_unref, cancellable, callback, user_data);
}

static StrataCompareObstacle
name_obstacle (const GError *error)
{
  if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NEEDS_SCRATCH))
    return STRATA_COMPARE_NEEDS_SCRATCH;
  if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT))
    return STRATA_COMPARE_NEEDS_TRUST;
  if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_REFUSED))
    return STRATA_COMPARE_FORBIDDEN;

  return STRATA_COMPARE_FAILS;
}

StrataDifferences *
strata_compare_finish (StrataSession          *session,
                       GAsyncResult           *result,
                       StrataCompareObstacle  *obstacle,
                       GError                **error)
{
  GError *local_error = NULL;
  StrataCompared *compared = strata_session_ask_finish (session, result, &local_error);

  if (compared != NULL)
    return strata_differences_new (compared);

  if (obstacle != NULL)
    *obstacle = name_obstacle (local_error);
  g_propagate_error (error, local_error);

  return NULL;
}

typedef struct
{
  StrataCompared *compared;
  GStrv           renames;
  gboolean       *chosen;
} Again;

static void
again_free (Again *again)
{
  strata_compared_unref (again->compared);
  g_strfreev (again->renames);
  g_free (again->chosen);
  g_free (again);
}

static Again *
again_new (StrataDifferences *differences)
{
  Again *again = g_new0 (Again, 1);

  again->compared = strata_compared_ref (strata_differences_get_compared (differences));

  return again;
}

static gpointer
again_job (StrataWorkspace   *workspace,
           StrataConnection  *connection,
           gpointer           data,
           GCancellable      *cancellable,
           GError           **error)
{
  Again *again = data;
  const char * const *renames = (const char * const *) again->renames;
  StrataComparison *comparison = strata_comparison_decide (again->compared->comparison, renames, error);

  return comparison != NULL ? strata_compared_new (comparison, renames) : NULL;
}

void
strata_compare_again_async (StrataSession        *session,
                            StrataDifferences    *differences,
                            const char * const   *renames,
                            GCancellable         *cancellable,
                            GAsyncReadyCallback   callback,
                            gpointer              user_data)
{
  Again *again = again_new (differences);

  again->renames = g_strdupv ((char **) renames);
  strata_session_ask_async (session, STRATA_ASK_APART, again_job, again, (GDestroyNotify) again_free,
                            (GDestroyNotify) strata_compared_unref, cancellable, callback, user_data);
}

static gpointer
remember_job (StrataWorkspace   *workspace,
              StrataConnection  *connection,
              gpointer           data,
              GCancellable      *cancellable,
              GError           **error)
{
  return GINT_TO_POINTER (strata_rename_memory_add (strata_workspace_get_project (workspace), data, error));
}

void
strata_compare_remember_async (StrataSession       *session,
                               const char * const  *renames,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  strata_session_ask_async (session, STRATA_ASK_APART, remember_job, g_strdupv ((char **) renames), (GDestroyNotify) g_strfreev,
                            NULL, NULL, callback, user_data);
}

gboolean
strata_compare_remember_finish (StrataSession  *session,
                                GAsyncResult   *result,
                                GError        **error)
{
  return strata_session_ask_finish (session, result, error) != NULL;
}

typedef struct
{
  char     *sql;
  gboolean *planned;
} Plan;

static void
plan_free (gpointer data)
{
  Plan *plan = data;

  g_free (plan->sql);
  g_free (plan->planned);
  g_free (plan);
}

static gpointer
plan_job (StrataWorkspace   *workspace,
          StrataConnection  *connection,
          gpointer           data,
          GCancellable      *cancellable,
          GError           **error)
{
  Again *again = data;
  Plan *plan = g_new0 (Plan, 1);

  plan->planned = g_new0 (gboolean, strata_diff_get_n (again->compared->comparison->diff) + 1);
  plan->sql = strata_compared_dup_sql (again->compared, again->chosen, plan->planned, error);
  if (plan->sql == NULL)
    g_clear_pointer (&plan, plan_free);

  return plan;
}

void
strata_compare_plan_async (StrataSession       *session,
                           StrataDifferences    *differences,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Again *again = again_new (differences);

  again->chosen = strata_differences_dup_chosen (differences);
  strata_session_ask_async (session, STRATA_ASK_APART, plan_job, again, (GDestroyNotify) again_free, plan_free, cancellable,
                            callback, user_data);
}

char *
strata_compare_plan_finish (StrataSession      *session,
                            StrataDifferences  *differences,
                            GAsyncResult       *result,
                            GError            **error)
{
  Plan *plan = strata_session_ask_finish (session, result, error);
  char *sql = NULL;

  if (plan == NULL)
    return NULL;

  if (differences != NULL)
    strata_differences_set_planned (differences, plan->planned);
  sql = g_steal_pointer (&plan->sql);
  plan_free (plan);

  return sql;
}

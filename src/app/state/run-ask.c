/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/run-ask.h"

#include <string.h>

#include "app/state/project-names.h"
#include "core/base/error.h"
#include "core/workspace/preview-check.h"

typedef struct
{
  StrataRunOptions  options;
  GStrv             targets;
  StrataSqlServer   server;
  StrataKnownNames *names;        /* or NULL */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_strfreev (question->targets);
  g_clear_pointer (&question->names, strata_known_names_unref);
  g_free (question);
}

static gpointer
ask_preview (StrataWorkspace   *workspace,
             StrataConnection  *connection,
             gpointer           data,
             GCancellable      *cancellable,
             GError           **error)
{
  Question *question = data;
  StrataPreview *preview = strata_workspace_preview (workspace, connection, &question->options, cancellable, error);

  if (preview != NULL)
    strata_preview_check (preview, strata_workspace_get_project (workspace), question->server, question->names, cancellable);

  return preview;
}

void
strata_run_ask_preview_async (StrataSession          *session,
                              const StrataRunOptions *options,
                              GCancellable           *cancellable,
                              GAsyncReadyCallback     callback,
                              gpointer                user_data)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  StrataKnownNames *names = strata_project_names_get (strata_project_names_of (session));
  Question *question = g_new0 (Question, 1);

  question->options = *options;
  question->targets = g_strdupv ((char **) options->targets);
  question->options.targets = (const char * const *) question->targets;
  question->server = snapshot != NULL ? strata_snapshot_get_server (snapshot) : (StrataSqlServer) { STRATA_DIALECT_UNKNOWN, 0 };
  question->names = names != NULL ? strata_known_names_ref (names) : NULL;
  strata_session_ask_async (session, STRATA_ASK_DATABASE, ask_preview, question, question_free,
                            (GDestroyNotify) strata_preview_unref, cancellable, callback, user_data);
}

StrataPreview *
strata_run_ask_preview_finish (StrataSession  *session,
                               GAsyncResult   *result,
                               GError        **error)
{
  return strata_session_ask_finish (session, result, error);
}

static gboolean
is_relative (const char *target)
{
  const char *at = strrchr (target, '@');

  target = at != NULL ? at + 1 : target;

  return (*target == '+' || *target == '-') && target[1] != '\0'
         && strspn (target + 1, "0123456789") == strlen (target + 1);
}

char *
strata_run_ask_dup_target (const StrataPreview *preview,
                           const char          *target)
{
  guint n = preview->plan != NULL ? strata_plan_get_n_steps (preview->plan) : 0;
  const char * const *after;

  if (n == 0 || !is_relative (target))
    return g_strdup (target);

  if (preview->kind == STRATA_RUN_UPGRADE)
    return g_strdup (strata_revision_get_id (strata_plan_get_step (preview->plan, n - 1)->revision));

  after = strata_plan_get_heads_after (preview->plan);
  if (after[0] == NULL)
    return g_strdup ("base");

  return g_strdup (after[1] == NULL ? after[0] : target);
}

static gpointer
ask_copies (StrataWorkspace   *workspace,
            StrataConnection  *connection,
            gpointer           data,
            GCancellable      *cancellable,
            GError           **error)
{
  StrataDatabaseChoice *choice = strata_workspace_get_choice (workspace, error);
  StrataUrl *url = choice != NULL ? strata_database_choice_require (choice, TRUE, error) : NULL;

  return url != NULL ? strata_copies_list (strata_url_get_database (url), error) : NULL;
}

void
strata_run_ask_copies_async (StrataSession       *session,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  strata_session_ask_async (session, STRATA_ASK_FILES, ask_copies, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                            cancellable, callback, user_data);
}

GPtrArray *
strata_run_ask_copies_finish (StrataSession  *session,
                              GAsyncResult   *result,
                              GError        **error)
{
  return strata_session_ask_finish (session, result, error);
}

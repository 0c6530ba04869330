/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/compare-write.h"

#include "core/workspace/author.h"
#include "core/workspace/two-ways.h"

typedef struct
{
  StrataCompared *compared;
  gboolean       *chosen;
  gboolean        agreed;
  char           *message;
} Write;

static void
write_free (Write *self)
{
  strata_compared_unref (self->compared);
  g_free (self->chosen);
  g_free (self->message);
  g_free (self);
}

/* A body of Python: it is indented but for its first line. */
static char *
dup_python (const char *sql)
{
  g_autoptr(GString) quoted = g_string_new (sql);

  if (*sql == '\0')
    return g_strdup ("pass");

  g_string_replace (quoted, "\\", "\\\\", 0);
  g_string_replace (quoted, "\"\"\"", "\\\"\\\"\\\"", 0);
  /* A colon before a word would be a parameter. */
  g_string_replace (quoted, ":", "\\\\:", 0);
  g_string_replace (quoted, "\\\\:\\\\:", "::", 0);

  return g_strdup_printf ("op.execute(\"\"\"\n%s\"\"\")", quoted->str);
}

static gpointer
write_job (StrataWorkspace   *workspace,
           StrataConnection  *connection,
           gpointer           data,
           GCancellable      *cancellable,
           GError           **error)
{
  Write *self = data;
  StrataProject *project = strata_workspace_get_project (workspace);
  gboolean is_python = strata_project_get_kind (project) == STRATA_PROJECT_ALEMBIC;
  g_autoptr(StrataTwoWays) ways = NULL;
  g_autoptr(StrataRevision) revision = NULL;
  g_autofree char *upgrade = NULL;
  g_autofree char *downgrade = NULL;
  StrataNewRevision options = { .message = self->message };
  char *answer[3] = { NULL };

  g_mutex_lock (&self->compared->lock);
  ways = strata_workspace_find_two_ways (workspace, self->compared->comparison, self->chosen, self->agreed, cancellable, error);
  g_mutex_unlock (&self->compared->lock);
  if (ways == NULL)
    return NULL;

  upgrade = is_python ? dup_python (ways->upgrade) : g_strdup (ways->upgrade);
  downgrade = is_python ? dup_python (ways->downgrade) : g_strdup (ways->downgrade);
  options.upgrade = upgrade;
  options.downgrade = downgrade;
  revision = strata_project_create_revision (project, &options, error);
  if (revision == NULL)
    return NULL;

  answer[0] = g_strdup (strata_revision_get_id (revision));
  answer[1] = g_strdup (ways->unproven);

  return g_memdup2 (answer, sizeof answer);
}

void
strata_compare_write_async (StrataSession       *session,
                            StrataDifferences   *differences,
                            const char          *message,
                            gboolean             agreed,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Write *self = g_new0 (Write, 1);

  self->compared = strata_compared_ref (strata_differences_get_compared (differences));
  self->chosen = strata_differences_dup_chosen (differences);
  self->agreed = agreed;
  self->message = g_strdup (message);
  strata_session_ask_async (session, STRATA_ASK_APART, write_job, self, (GDestroyNotify) write_free, (GDestroyNotify) g_strfreev,
                            cancellable, callback, user_data);
}

gboolean
strata_compare_write_finish (StrataSession  *session,
                             GAsyncResult   *result,
                             char          **unproven,
                             GError        **error)
{
  g_auto(GStrv) answer = strata_session_ask_finish (session, result, error);

  if (answer == NULL)
    return FALSE;

  *unproven = g_strdup (answer[1]);
  strata_session_select_later (session, answer[0]);
  strata_session_reload (session);

  return TRUE;
}

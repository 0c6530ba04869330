/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/compare-write.h"

#include "core/workspace/autogenerate.h"

typedef struct
{
  StrataCompared *compared;
  gboolean       *chosen;
  gboolean        agreed;
  gboolean        expects_drops;
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

static gpointer
write_job (StrataWorkspace   *workspace,
           StrataConnection  *connection,
           gpointer           data,
           GCancellable      *cancellable,
           GError           **error)
{
  Write *self = data;
  const StrataSideOptions options = { .dialect = STRATA_DIALECT_UNKNOWN, .scratch_agreed = self->agreed };
  const StrataNewRevision new_revision = { .message = self->message };
  StrataComparison *comparison = strata_comparison_ref (self->compared->comparison);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->compared->lock);
  g_autoptr(StrataAutogenerate) generated = strata_autogenerate_new (workspace, comparison, self->chosen, &options,
                                                                     self->expects_drops, cancellable, error);
  g_autoptr(StrataRevision) revision = NULL;
  char *answer[3] = { NULL };

  if (generated != NULL)
    revision = strata_autogenerate_write (generated, &new_revision, cancellable, error);
  if (revision == NULL)
    return NULL;

  answer[0] = g_strdup (strata_revision_get_id (revision));
  answer[1] = g_strdup (strata_autogenerate_get_unproven (generated));

  return g_memdup2 (answer, sizeof answer);
}

void
strata_compare_write_async (StrataSession       *session,
                            StrataDifferences   *differences,
                            const char          *message,
                            gboolean             agreed,
                            gboolean             expects_drops,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  Write *self = g_new0 (Write, 1);

  self->compared = strata_compared_ref (strata_differences_get_compared (differences));
  self->chosen = strata_differences_dup_chosen (differences);
  self->agreed = agreed;
  self->expects_drops = expects_drops;
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

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/pieces.h"

#define PIECE_US (20 * 1000)

typedef struct
{
  StrataPieceFunc step;
  gpointer        work;
  GDestroyNotify  free_work;
  gboolean        more;
} Pieces;

static void
pieces_clear (Pieces *self)
{
  if (self->work != NULL)
    self->free_work (self->work);
}

/* The worker may still be at it when nobody waits any more. */
static void
pieces_unref (Pieces *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) pieces_clear);
}

static gpointer
do_piece (StrataWorkspace   *workspace,
          StrataConnection  *connection,
          gpointer           data,
          GCancellable      *cancellable,
          GError           **error)
{
  Pieces *self = data;
  gint64 end = g_get_monotonic_time () + PIECE_US;

  do
    self->more = self->step (self->work, workspace);
  while (self->more && g_get_monotonic_time () < end);

  return self;
}

static void on_piece (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data);

static void
go_on (GTask *task)
{
  strata_session_ask_async (g_task_get_source_object (task), STRATA_ASK_FILES, do_piece,
                            g_atomic_rc_box_acquire (g_task_get_task_data (task)), (GDestroyNotify) pieces_unref, NULL,
                            g_task_get_cancellable (task), on_piece, g_object_ref (task));
}

static void
on_piece (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  Pieces *self = strata_session_ask_finish (STRATA_SESSION (source), result, &error);

  if (self == NULL)
    g_task_return_error (task, error);
  else if (self->more)
    go_on (task);
  else
    g_task_return_pointer (task, g_steal_pointer (&self->work), self->free_work);
}

void
strata_pieces_do_async (StrataSession       *session,
                        StrataPieceFunc      step,
                        gpointer             work,
                        GDestroyNotify       free_work,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (session, cancellable, callback, user_data);
  Pieces *self = g_atomic_rc_box_new0 (Pieces);

  self->step = step;
  self->work = work;
  self->free_work = free_work;
  g_task_set_source_tag (task, strata_pieces_do_async);
  g_task_set_task_data (task, self, (GDestroyNotify) pieces_unref);
  go_on (task);
}

gpointer
strata_pieces_do_finish (StrataSession *session,
                         GAsyncResult  *result)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

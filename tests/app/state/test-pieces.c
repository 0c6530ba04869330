/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/pieces.h"
#include "app/support.h"
#include "core/project/folder.h"

typedef struct
{
  TestFolder    *folder;
  StrataSession *session;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->folder = test_folder_new ();
  test_folder_write (self->folder, "strata.ini", "[strata]\nscript_location = .\n");
  self->session = strata_session_new ();
  strata_session_open (self->session, self->folder, NULL, NULL);
  pump_until (strata_session_get_snapshot (self->session) != NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  strata_session_close (self->session);
  pump_until_finalized (self->session);
  test_folder_free (self->folder);
}

static int n_steps;        /* atomic */
static int n_freed;        /* atomic */

static gboolean
count_down (gpointer         work,
            StrataWorkspace *workspace)
{
  g_assert_nonnull (workspace);
  g_atomic_int_inc (&n_steps);
  g_usleep (5000);

  return --*(int *) work > 0;
}

static gboolean
go_on_for_ever (gpointer         work,
                StrataWorkspace *workspace)
{
  g_atomic_int_inc (&n_steps);
  g_usleep (5000);

  return TRUE;
}

static void
free_work (gpointer work)
{
  g_atomic_int_inc (&n_freed);
  g_free (work);
}

typedef struct
{
  gboolean over;
  int     *work;
} Outcome;

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Outcome *outcome = user_data;

  outcome->work = strata_pieces_do_finish (STRATA_SESSION (source), result);
  outcome->over = TRUE;
}

static gpointer
count_steps (StrataWorkspace   *workspace,
             StrataConnection  *connection,
             gpointer           data,
             GCancellable      *cancellable,
             GError           **error)
{
  return GINT_TO_POINTER (g_atomic_int_get (&n_steps));
}

static void
on_counted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  *(int *) user_data = GPOINTER_TO_INT (strata_session_ask_finish (STRATA_SESSION (source), result, NULL));
}

static int *
new_work (int steps)
{
  g_atomic_int_set (&n_steps, 0);
  g_atomic_int_set (&n_freed, 0);

  return g_memdup2 (&steps, sizeof steps);
}

/* Who asks the same worker meanwhile is answered between two pieces. */
static void
test_lets_others_in (Fixture       *self,
                     gconstpointer  data)
{
  Outcome outcome = { FALSE };
  int seen = -1;

  strata_pieces_do_async (self->session, count_down, new_work (40), free_work, NULL, on_done, &outcome);
  strata_session_ask_async (self->session, STRATA_ASK_FILES, count_steps, NULL, NULL, NULL, NULL, on_counted, &seen);
  pump_until (outcome.over);

  g_assert_nonnull (outcome.work);
  g_assert_cmpint (n_steps, ==, 40);
  g_assert_cmpint (seen, >, 0);
  g_assert_cmpint (seen, <, 40);
  g_assert_cmpint (n_freed, ==, 0);
  g_free (outcome.work);
}

static void
test_cancel (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Outcome outcome = { FALSE };

  strata_pieces_do_async (self->session, go_on_for_ever, new_work (0), free_work, cancellable, on_done, &outcome);
  pump_until (g_atomic_int_get (&n_steps) > 0);
  g_cancellable_cancel (cancellable);
  pump_until (outcome.over);
  g_assert_null (outcome.work);
  pump_until (g_atomic_int_get (&n_freed) == 1);
}

static void
test_close (Fixture       *self,
            gconstpointer  data)
{
  Outcome outcome = { FALSE };

  strata_pieces_do_async (self->session, go_on_for_ever, new_work (0), free_work, NULL, on_done, &outcome);
  pump_until (g_atomic_int_get (&n_steps) > 0);
  strata_session_close (self->session);
  pump_until (outcome.over);
  g_assert_null (outcome.work);
  pump_until (g_atomic_int_get (&n_freed) == 1);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);
  g_test_add ("/state/pieces/lets-others-in", Fixture, NULL, set_up, test_lets_others_in, tear_down);
  g_test_add ("/state/pieces/cancel", Fixture, NULL, set_up, test_cancel, tear_down);
  g_test_add ("/state/pieces/close", Fixture, NULL, set_up, test_close, tear_down);

  return g_test_run ();
}

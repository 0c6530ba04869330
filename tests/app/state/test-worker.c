/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/worker.h"
#include "app/support.h"

typedef struct
{
  GString *order;      /* a letter a job */
  GThread *thread;     /* that the jobs ran on */
} Desk;

typedef struct
{
  char   *answer;
  GError *error;
  guint   n_answers;
} Taken;

static Desk *
desk_new (void)
{
  Desk *self = g_new0 (Desk, 1);

  self->order = g_string_new (NULL);

  return self;
}

/* Set where the desk is freed, on its own thread. */
static int freed_elsewhere;

static void
desk_free (Desk *self)
{
  g_atomic_int_set (&freed_elsewhere, g_thread_self () == self->thread ? 1 : 2);
  g_string_free (self->order, TRUE);
  g_free (self);
}

static gpointer
append (gpointer       data,
        gpointer       letter,
        GCancellable  *cancellable,
        GError       **error)
{
  Desk *desk = data;

  g_assert_true (desk->thread == NULL || desk->thread == g_thread_self ());
  desk->thread = g_thread_self ();
  g_string_append (desk->order, letter);
  if (g_str_equal (letter, "!"))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "No such letter");
      return NULL;
    }

  return g_strdup (desk->order->str);
}

static void
take (GObject      *source,
      GAsyncResult *result,
      gpointer      data)
{
  Taken *taken = data;

  g_free (taken->answer);
  g_clear_error (&taken->error);
  taken->answer = g_task_propagate_pointer (G_TASK (result), &taken->error);
  taken->n_answers++;
}

static void
push (StrataWorker   *worker,
      GCancellable   *cancellable,
      StrataWorkFunc  func,
      const char     *letter,
      Taken          *taken)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, take, taken);

  g_task_set_task_data (task, g_strdup (letter), g_free);
  strata_worker_push (worker, task, func, g_free);
}

static void
taken_clear (Taken *self)
{
  g_free (self->answer);
  g_clear_error (&self->error);
}

static void
test_order (void)
{
  g_autoptr(StrataWorker) worker = strata_worker_new ("test", desk_new (), (GDestroyNotify) desk_free);
  Taken taken = { 0 };

  push (worker, NULL, append, "a", &taken);
  push (worker, NULL, append, "b", &taken);
  push (worker, NULL, append, "c", &taken);
  pump_until (taken.n_answers == 3);
  g_assert_cmpstr (taken.answer, ==, "abc");
  taken_clear (&taken);
}

static void
test_error (void)
{
  g_autoptr(StrataWorker) worker = strata_worker_new ("test", desk_new (), (GDestroyNotify) desk_free);
  Taken taken = { 0 };

  push (worker, NULL, append, "!", &taken);
  pump_until (taken.n_answers == 1);
  g_assert_error (taken.error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_null (taken.answer);

  /* It goes on after one. */
  push (worker, NULL, append, "a", &taken);
  pump_until (taken.n_answers == 2);
  g_assert_no_error (taken.error);
  g_assert_cmpstr (taken.answer, ==, "!a");
  taken_clear (&taken);
}

static void
test_cancelled (void)
{
  g_autoptr(StrataWorker) worker = strata_worker_new ("test", desk_new (), (GDestroyNotify) desk_free);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Taken cancelled = { 0 };
  Taken taken = { 0 };

  g_cancellable_cancel (cancellable);
  push (worker, cancellable, append, "a", &cancelled);
  push (worker, NULL, append, "b", &taken);
  pump_until (taken.n_answers == 1);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (taken.answer, ==, "b");
  taken_clear (&cancelled);
  taken_clear (&taken);
}

static GMutex gate;

static gpointer
wait_at_gate (gpointer       desk,
              gpointer       letter,
              GCancellable  *cancellable,
              GError       **error)
{
  g_mutex_lock (&gate);
  g_mutex_unlock (&gate);

  return append (desk, letter, cancellable, error);
}

static void
test_free (void)
{
  StrataWorker *worker = strata_worker_new ("test", desk_new (), (GDestroyNotify) desk_free);
  guint n_threads = support_count ("task");
  Taken first = { 0 };
  Taken second = { 0 };

  g_atomic_int_set (&freed_elsewhere, 0);
  g_mutex_lock (&gate);
  push (worker, NULL, append, "a", &first);
  pump_until (first.n_answers == 1);
  push (worker, NULL, wait_at_gate, "b", &first);
  push (worker, NULL, append, "c", &second);

  /* The one that runs may end, the one behind it never begins, and nobody waits for either. */
  strata_worker_free (worker);
  g_mutex_unlock (&gate);
  pump_until (second.n_answers == 1 && first.n_answers == 2);
  g_assert_error (second.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  pump_until (g_atomic_int_get (&freed_elsewhere) != 0);
  g_assert_cmpint (freed_elsewhere, ==, 1);
  pump_until (support_count ("task") < n_threads);
  taken_clear (&first);
  taken_clear (&second);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  g_test_add_func ("/state/worker/order", test_order);
  g_test_add_func ("/state/worker/error", test_error);
  g_test_add_func ("/state/worker/cancelled", test_cancelled);
  g_test_add_func ("/state/worker/free", test_free);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/error.h"
#include "core/database/lock-wait.h"

/* A lock that another has until it was asked for so many times. */
typedef struct
{
  guint         n_held;
  guint         n_tries;
  gboolean      fails;      /* instead of being taken */
  const char   *holder;
  GCancellable *cancelled;  /* at the first try, or NULL */
  guint         n_told;
} Fake;

static StrataLockAnswer
try_fake (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Fake *self = data;

  if (self->cancelled != NULL)
    g_cancellable_cancel (self->cancelled);
  if (self->n_tries++ < self->n_held)
    return STRATA_LOCK_HELD;
  if (!self->fails)
    return STRATA_LOCK_TAKEN;

  g_set_error_literal (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_FAILED, "It is gone");

  return STRATA_LOCK_FAILS;
}

static char *
dup_fake_holder (gpointer data)
{
  return g_strdup (((Fake *) data)->holder);
}

static void
count (const char *holder,
       gpointer    user_data)
{
  Fake *self = user_data;

  g_assert_cmpstr (holder, ==, self->holder);
  self->n_told++;
}

static gboolean
wait_for (Fake          *self,
          gint64         wait_ms,
          GCancellable  *cancellable,
          GError       **error)
{
  const StrataLock lock = { self, try_fake, dup_fake_holder, "nobody knows who" };

  return strata_lock_wait (&lock, wait_ms, count, self, cancellable, error);
}

static void
test_taken (void)
{
  Fake free_one = { .holder = "ana" }, held = { .n_held = 2, .holder = "ana" };
  g_autoptr(GError) error = NULL;

  g_assert_true (wait_for (&free_one, 0, NULL, &error));
  g_assert_cmpuint (free_one.n_told, ==, 0);

  /* For ever; it is told once a second who has it. */
  g_assert_true (wait_for (&held, -1, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (held.n_tries, ==, 3);
  g_assert_cmpuint (held.n_told, ==, 1);
}

static void
test_held (void)
{
  Fake known = { .n_held = G_MAXUINT, .holder = "ana" }, unknown = { .n_held = G_MAXUINT };
  g_autoptr(GError) at_once = NULL;
  g_autoptr(GError) later = NULL;

  g_assert_false (wait_for (&known, 0, NULL, &at_once));
  g_assert_error (at_once, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOCKED);
  g_assert_cmpstr (at_once->message, ==, "Another run goes on in this database: ana");
  g_assert_cmpuint (known.n_tries, ==, 1);

  g_assert_false (wait_for (&unknown, 20, NULL, &later));
  g_assert_error (later, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOCKED);
  g_assert_cmpstr (later->message, ==, "Another run goes on in this database: nobody knows who");
  g_assert_cmpuint (unknown.n_tries, >, 1);
}

static void
test_stopped (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Fake failing = { .fails = TRUE }, cancelled = { .n_held = G_MAXUINT, .cancelled = cancellable };
  g_autoptr(GError) failure = NULL;
  g_autoptr(GError) cancel = NULL;

  g_assert_false (wait_for (&failing, -1, NULL, &failure));
  g_assert_error (failure, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_FAILED);

  g_assert_false (wait_for (&cancelled, -1, cancellable, &cancel));
  g_assert_error (cancel, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (cancelled.n_tries, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/database/lock-wait/taken", test_taken);
  g_test_add_func ("/database/lock-wait/held", test_held);
  g_test_add_func ("/database/lock-wait/stopped", test_stopped);

  return g_test_run ();
}

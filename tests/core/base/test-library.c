/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/error.h"
#include "core/base/library.h"

#define FUNCTIONS(f) f (cos) f (sqrt)

double cos  (double x);
double sqrt (double x);

static struct
{
  FUNCTIONS (STRATA_LIBRARY_MEMBER)
} math;

static const char * const functions[] = { FUNCTIONS (STRATA_LIBRARY_NAME) };

static void
test_load (void)
{
  StrataLibrary library = { "libm.so.6", functions, G_N_ELEMENTS (functions), (gpointer *) &math, FALSE };
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (strata_library_load (&library, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpfloat (math.cos (0), ==, 1);
  g_assert_cmpfloat (math.sqrt (9), ==, 3);
}

/* It says so each time: who installs it meanwhile need not start again. */
static void
test_missing (void)
{
  static const char * const unknown[] = { "cos", "strata_is_not_in_it" };
  static const struct { const char *name; const char * const *functions; const char *words; } cases[] = {
    { "libstrata-is-not-there.so.1", functions, "libstrata-is-not-there.so.1 can't be used: *No such file*" },
    { "libm.so.6", unknown, "libm.so.6 can't be used: *strata_is_not_in_it*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gpointer addresses[2] = { NULL, NULL };
      StrataLibrary library = { cases[i].name, cases[i].functions, G_N_ELEMENTS (addresses), addresses, FALSE };

      for (guint j = 0; j < 2; j++)
        {
          g_autoptr(GError) error = NULL;

          g_assert_false (strata_library_load (&library, &error));
          g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FAILED);
          g_assert_true (g_pattern_match_simple (cases[i].words, error->message));
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/library/load", test_load);
  g_test_add_func ("/base/library/missing", test_missing);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/duration.h"

static void
test_parse (void)
{
  static const struct { const char *text; gint64 milliseconds; } good[] = {
    { "5", 5000 }, { "5s", 5000 }, { "5 s", 5000 }, { "1.5s", 1500 }, { "500ms", 500 }, { "2min", 120000 }, { "2 m", 120000 },
    { "1h", 3600000 }, { "0", 0 }, { "0.0001s", 1 },
  };
  static const char * const bad[] = { "", " ", "s", "-1", "5 weeks", "5 s s", "1e9h", "nan" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 milliseconds;

      g_assert_true (strata_duration_parse (good[i].text, &milliseconds, &error));
      g_assert_cmpint (milliseconds, ==, good[i].milliseconds);
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 milliseconds;

      g_assert_false (strata_duration_parse (bad[i], &milliseconds, &error));
      g_assert_nonnull (error);
    }
}

static void
test_text (void)
{
  static const struct { gint64 milliseconds; const char *text; } cases[] = {
    { 0, "0" }, { 500, "500 ms" }, { 1500, "1500 ms" }, { 5000, "5 s" }, { 90000, "90 s" }, { 120000, "2 min" },
    { 7200000, "2 h" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = strata_duration_to_text (cases[i].milliseconds);
      gint64 again;

      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_true (strata_duration_parse (text, &again, NULL));
      g_assert_cmpint (again, ==, cases[i].milliseconds);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/duration/parse", test_parse);
  g_test_add_func ("/base/duration/text", test_text);

  return g_test_run ();
}

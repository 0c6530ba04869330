/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/number.h"

static void
test_unsigned (void)
{
  static const struct { const char *text; guint64 least, most, number; } good[] = {
    { "0", 0, 0, 0 }, { "1", 1, 65535, 1 }, { "65535", 1, 65535, 65535 }, { "0080", 1, 65535, 80 }, { "9", 0, 9, 9 },
    { "18446744073709551615", 0, G_MAXUINT64, G_MAXUINT64 },
  };
  static const struct { const char *text; guint64 least, most; } bad[] = {
    { "", 0, 9 }, { " 1", 0, 9 }, { "1 ", 0, 9 }, { "+1", 0, 9 }, { "-1", 0, 9 }, { "0x1", 0, 9 }, { "1.0", 0, 9 },
    { "0", 1, 65535 }, { "65536", 1, 65535 }, { "5", 0, 4 }, { "18446744073709551616", 0, G_MAXUINT64 },
    { "99999999999999999999999", 0, G_MAXUINT64 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      guint64 number = 77;

      g_assert_true (strata_number_parse_unsigned (good[i].text, good[i].least, good[i].most, NULL));
      g_assert_true (strata_number_parse_unsigned (good[i].text, good[i].least, good[i].most, &number));
      g_assert_cmpuint (number, ==, good[i].number);
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (strata_number_parse_unsigned (bad[i].text, bad[i].least, bad[i].most, NULL));
}

static void
test_signed (void)
{
  static const struct { const char *text; gint64 number; } good[] = {
    { "0", 0 }, { "-0", 0 }, { "+7", 7 }, { "-7", -7 }, { "9223372036854775807", G_MAXINT64 },
    { "-9223372036854775808", G_MININT64 },
  };
  static const char * const bad[] = { "", "-", "+", "--1", "- 1", "9223372036854775808", "-9223372036854775809" };
  gint64 number;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_assert_true (strata_number_parse_signed (good[i].text, G_MININT64, G_MAXINT64, &number));
      g_assert_cmpint (number, ==, good[i].number);
    }

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (strata_number_parse_signed (bad[i], G_MININT64, G_MAXINT64, NULL));
  g_assert_false (strata_number_parse_signed ("-1", 0, G_MAXINT64, NULL));
  g_assert_false (strata_number_parse_signed ("3", -2, 2, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/number/unsigned", test_unsigned);
  g_test_add_func ("/base/number/signed", test_signed);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/url/mask.h"

static const struct
{
  const char *text;
  const char *expected;
} pattern_cases[] = {
  { "", "" },
  { "nothing to hide: a@b, 12:30, http://h:80/x", "nothing to hide: a@b, 12:30, http://h:80/x" },
  { "to postgresql://u:hunter2@h/x failed", "to postgresql://u:***@h/x failed" },
  { "postgresql+asyncpg://:hunter2@h", "postgresql+asyncpg://:***@h" },
  { "postgresql://u@h:5432/x", "postgresql://u@h:5432/x" },
  { "postgresql://u:hun@ter2@h/x", "postgresql://u:***@h/x" },
  { "postgresql://u:hun/ter2@h/x", "postgresql://u:***@h/x" },
  { "postgresql://u:p://hunter2@h/x", "postgresql://u:***@h/x" },
  { "('postgresql://u:hun\"ter2@h/x')", "('postgresql://u:***@h/x')" },
  { "a://u:hunter2@h b://u:hunter2@h", "a://u:***@h b://u:***@h" },
  { "host=h password=hunter2 dbname=x", "host=h password=*** dbname=x" },
  { "host=h password='hun\\'ter2 ' dbname=x", "host=h password='***' dbname=x" },
  { "PGPASSWORD=hunter2", "PGPASSWORD=***" },
  { "DRIVER={X};UID=u;PWD=hunter2;X=1", "DRIVER={X};UID=u;PWD=***;X=1" },
  { "{\"password\": \"hun\\\"ter2\", \"user\": \"u\"}", "{\"password\": \"***\", \"user\": \"u\"}" },
  { "{'password': 'hunter2'}", "{'password': '***'}" },
  { "password: hunter2\nuser: u", "password: ***\nuser: u" },
  { "ALTER ROLE u PASSWORD 'hun''ter2';", "ALTER ROLE u PASSWORD '***';" },
  { "Can't locate revision identified by 'a1'", "Can't locate revision identified by 'a1'" },
  { "CREATE USER u IDENTIFIED BY 'hunter2'", "CREATE USER u IDENTIFIED BY '***'" },
  { "password authentication failed for user \"u\"", "password authentication failed for user \"u\"" },
  { "unknown parameter \"password\"\nHINT: \"x\"", "unknown parameter \"password\"\nHINT: \"x\"" },
  { "password = \nnext", "password = \nnext" },
  { "password='hunter2", "password='***" },
  { "fe_sendauth: no password supplied", "fe_sendauth: no password supplied" },
};

static void
test_patterns (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pattern_cases); i++)
    {
      g_autofree char *text = strata_mask (pattern_cases[i].text, NULL);

      g_assert_cmpstr (text, ==, pattern_cases[i].expected);
    }
}

static const struct
{
  const char *text;
  const char *secret;
  const char *expected;
} secret_cases[] = {
  { "hunter2 and hunter2", "hunter2", "*** and ***" },
  { "hunter2x", "hunter2", "***x" },
  { "p%40ss%2Fw p%40ss/w p@ss/w p%40ss%2fw", "p@ss/w", "*** *** *** ***" },
  { "a+b c", "a b", "*** c" },
  { "p%%w", "p%w", "***" },
  { "'it''s' 'it\\'s' it's", "it's", "'***' '***' ***" },
  { "\"a\\\"b\\\\c\"", "a\"b\\c", "\"***\"" },
  { "ein Paßwort", "Paßwort", "ein ***" },
  { "Pa%C3%9Fwort", "Paßwort", "***" },
  { "a cat and a b", "a", "*** cat and *** b" },
  { "x", "", "x" },
};

static void
test_secrets (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (secret_cases); i++)
    {
      const char *secrets[] = { "", secret_cases[i].secret, NULL };
      g_autofree char *text = strata_mask (secret_cases[i].text, secrets);

      g_assert_cmpstr (text, ==, secret_cases[i].expected);
    }
}

static void
test_makes_valid (void)
{
  g_autofree char *text = strata_mask ("gr\xfc\xdf password=\xff", NULL);

  g_assert_true (g_utf8_validate (text, -1, NULL));
}

/* No text may take more than its length. */
static void
test_is_linear (void)
{
  static const char * const pieces[] = { "://", "://a:", "password", "password='", "password  ", "\\\"" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *masked = NULL;

      for (guint n = 0; n < 200000; n++)
        g_string_append (text, pieces[i]);
      masked = strata_mask (text->str, NULL);
      g_assert_cmpuint (strlen (masked), >, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/url/mask/patterns", test_patterns);
  g_test_add_func ("/url/mask/secrets", test_secrets);
  g_test_add_func ("/url/mask/makes-valid", test_makes_valid);
  g_test_add_func ("/url/mask/is-linear", test_is_linear);

  return g_test_run ();
}

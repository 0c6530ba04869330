/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/url/libpq.h"

static const char * const known[] = {
  "host", "hostaddr", "port", "user", "password", "dbname", "sslmode", "options", "service", "connect_timeout", NULL
};

static const struct
{
  const char         *url;
  const char         *expected;
  const char * const *known;
} cases[] = {
  { "postgresql://ana:p%40@db1:5433/orders?sslmode=require", "host=db1 port=5433 user=ana password=p@ dbname=orders sslmode=require", known },
  { "postgresql://", "", known },
  { "postgresql:///x?service=s", "dbname=x service=s", known },
  { "postgresql:///x?host=/run/pg&host=db1", "host=/run/pg,db1 dbname=x", known },
  { "postgresql://h1:1,h2:2/x", "host=h1,h2 dbname=x port=1,2", known },
  { "postgresql+asyncpg://h/x?ssl=verify-full&prepared_statement_cache_size=0", "host=h dbname=x sslmode=verify-full", known },
  { "postgresql+asyncpg://h/x?ssl=True", "host=h dbname=x sslmode=require", known },
  { "postgresql+pg8000://h/x?ssl=false", "host=h dbname=x sslmode=disable", known },
  { "postgresql://h/x?ssl=require&sslmode=disable", "host=h dbname=x sslmode=disable", known },
  { "postgresql://h/x?async_fallback=true&charset=utf8&connect_timeout=3", "host=h dbname=x connect_timeout=3", known },
  { "postgresql://h/x?options=-ca&options=-cb", "host=h dbname=x options=-cb", known },
  { "postgresql://h/x?newer=1", "host=h dbname=x newer=1", NULL },
};

static void
test_params (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(StrataUrl) url = strata_url_parse (cases[i].url, NULL);
      g_autoptr(GString) text = g_string_new (NULL);
      g_auto(GStrv) keywords = NULL;
      g_auto(GStrv) values = NULL;

      strata_url_get_libpq_params (url, cases[i].known, &keywords, &values);
      g_assert_cmpuint (g_strv_length (keywords), ==, g_strv_length (values));
      for (guint j = 0; keywords[j] != NULL; j++)
        g_string_append_printf (text, "%s%s=%s", j > 0 ? " " : "", keywords[j], values[j]);

      g_assert_cmpstr (text->str, ==, cases[i].expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/url/libpq/params", test_params);

  return g_test_run ();
}

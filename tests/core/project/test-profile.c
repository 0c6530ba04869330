/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/base/error.h"
#include "core/project/profile.h"

static StrataProfile *
make (const char          *url_text,
      StrataProfileFields  fields,
      GError             **error)
{
  g_autoptr(StrataUrl) url = url_text != NULL ? strata_url_parse (url_text, NULL) : NULL;

  fields.url = url;

  return strata_profile_new (&fields, error);
}

static void
test_keeps_its_own_copies (void)
{
  char name[] = "staging";
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autoptr(StrataProfile) profile = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GValue) value = G_VALUE_INIT;
  const StrataProfileFields *kept;

  fields.name = name;
  fields.project = "/srv/./shop";
  fields.environment = STRATA_PROFILE_STAGING;
  fields.is_protected = TRUE;
  fields.colour = "#c01c28";
  fields.lock_timeout = 5000;
  fields.role = "deploy";
  fields.search_path = "shop, public";
  profile = make ("postgresql://ana:pw@db1/orders?sslmode=require", fields, &error);
  g_assert_no_error (error);
  name[0] = 'x';

  g_value_init (&value, STRATA_TYPE_PROFILE);
  g_value_set_boxed (&value, profile);
  kept = strata_profile_get_fields (g_value_get_boxed (&value));
  g_assert_cmpstr (kept->name, ==, "staging");
  g_assert_cmpstr (kept->project, ==, "/srv/shop");
  g_assert_cmpint (kept->environment, ==, STRATA_PROFILE_STAGING);
  g_assert_true (kept->is_protected);
  g_assert_cmpstr (kept->colour, ==, "#c01c28");
  g_assert_cmpint (kept->lock_timeout, ==, 5000);
  g_assert_cmpint (kept->statement_timeout, ==, STRATA_PROFILE_UNSET);
  g_assert_cmpstr (kept->role, ==, "deploy");
  g_assert_cmpstr (kept->search_path, ==, "shop, public");
  g_assert_null (strata_url_get_password (kept->url));
  g_assert_cmpstr (strata_url_get_query (kept->url, "sslmode"), ==, "require");
}

static void
test_relative_path (void)
{
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autoptr(StrataProfile) profile = NULL;
  g_autoptr(StrataProfile) global = NULL;
  g_autoptr(GError) error = NULL;

  fields.name = "local";
  fields.project = "/srv/shop";
  profile = make ("sqlite:///app.db", fields, NULL);
  g_assert_cmpstr (strata_url_get_database (strata_profile_get_fields (profile)->url), ==, "/srv/shop/app.db");

  fields.project = NULL;
  global = make ("sqlite:///app.db", fields, &error);
  g_assert_null (global);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
}

static const struct
{
  const char *name;
  gboolean    valid;
} name_cases[] = {
  { "a", TRUE },
  { "prod-eu_1.2", TRUE },
  { "Prüfung", TRUE },
  { "1", TRUE },
  { NULL, FALSE },
  { "", FALSE },
  { "-a", FALSE },
  { ".a", FALSE },
  { "a b", FALSE },
  { "a/b", FALSE },
  { "a[b]", FALSE },
  { "a\n", FALSE },
  { "a\xff", FALSE },
  { "a234567890123456789012345678901234567890123456789012345678901234", TRUE },
  { "a2345678901234567890123456789012345678901234567890123456789012345", FALSE },
};

static void
test_names (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (name_cases); i++)
    {
      StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
      g_autoptr(StrataProfile) profile = NULL;
      g_autoptr(GError) error = NULL;

      fields.name = name_cases[i].name;
      profile = make ("postgresql://db1/orders", fields, &error);
      g_assert_true ((profile != NULL) == name_cases[i].valid);
      if (profile == NULL)
        g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
    }
}

static const struct
{
  const char *url;
  const char *message;
} url_cases[] = {
  { NULL, "needs the URL" },
  { "sqlite://", "in memory" },
  { "oracle://h/x", "“oracle” is no database server" },
  { "postgresql://h/x?sslpassword=hunter2", "never holds a password" },
  { "mssql+pyodbc:///?odbc_connect=DRIVER%3D%7BX%7D%3BPWD%3Dhunter2", "“odbc_connect” in its URL has one" },
};

static void
test_bad_urls (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (url_cases); i++)
    {
      StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
      g_autoptr(GError) error = NULL;

      fields.name = "a";
      g_assert_null (make (url_cases[i].url, fields, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
      g_assert_nonnull (strstr (error->message, url_cases[i].message));
      g_assert_null (strstr (error->message, "hunter2"));
    }
}

static void
test_path_that_cannot_be_written (void)
{
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autoptr(StrataUrl) url = NULL;
  g_autoptr(GError) error = NULL;

  url = strata_url_new (&(StrataUrlParts) { .dialect = STRATA_DIALECT_SQLITE, .database = "/srv/what?.db" });
  fields.name = "a";
  fields.url = url;
  g_assert_null (strata_profile_new (&fields, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
}

static void
test_bad_details (void)
{
  for (guint i = 0; i < 6; i++)
    {
      StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
      g_autoptr(GError) error = NULL;

      fields.name = "a";
      fields.colour = i == 0 ? "pinkish" : i == 1 ? "#c01c2" : NULL;
      fields.lock_timeout = i == 2 ? -2 : 0;
      fields.connect_timeout = i == 3 ? G_MININT64 : 0;
      fields.role = i == 4 ? "a\nb" : NULL;
      fields.search_path = i == 5 ? "" : NULL;
      g_assert_null (make ("postgresql://h/x", fields, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
    }
}

static void
test_scratch (void)
{
  static const struct
  {
    StrataProfileEnvironment environment;
    gboolean                 is_protected;
    StrataProfileScratch     expected;
  } cases[] = {
    { STRATA_PROFILE_DEVELOPMENT, FALSE, STRATA_SCRATCH_YES },
    { STRATA_PROFILE_STAGING, FALSE, STRATA_SCRATCH_YES },
    { STRATA_PROFILE_STAGING, TRUE, STRATA_SCRATCH_NO },
    { STRATA_PROFILE_PRODUCTION, FALSE, STRATA_SCRATCH_NO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
      g_autoptr(StrataProfile) profile = NULL;

      fields.name = "a";
      fields.scratch = STRATA_SCRATCH_YES;
      fields.environment = cases[i].environment;
      fields.is_protected = cases[i].is_protected;
      profile = make ("postgresql://h/x", fields, NULL);
      g_assert_cmpint (strata_profile_get_scratch (profile), ==, cases[i].expected);
    }
}

static void
test_names_of_values (void)
{
  StrataProfileEnvironment environment;
  StrataProfileScratch scratch;

  for (guint i = STRATA_PROFILE_DEVELOPMENT; i <= STRATA_PROFILE_PRODUCTION; i++)
    {
      g_assert_true (strata_profile_environment_from_name (strata_profile_environment_get_name (i), &environment));
      g_assert_cmpint (environment, ==, i);
    }
  for (guint i = STRATA_SCRATCH_NO; i <= STRATA_SCRATCH_YES; i++)
    {
      g_assert_true (strata_profile_scratch_from_name (strata_profile_scratch_get_name (i), &scratch));
      g_assert_cmpint (scratch, ==, i);
    }

  g_assert_false (strata_profile_environment_from_name ("prod", &environment));
  g_assert_false (strata_profile_environment_from_name (NULL, &environment));
  g_assert_false (strata_profile_scratch_from_name ("true", &scratch));
}

static void
test_counts_as_production (void)
{
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autoptr(StrataUrl) near = strata_url_parse ("postgresql://localhost/x", NULL);
  g_autoptr(StrataUrl) far = strata_url_parse ("postgresql://db1/x", NULL);
  g_autoptr(StrataProfile) development = NULL;
  g_autoptr(StrataProfile) production = NULL;

  fields.name = "a";
  development = make ("postgresql://db1/x", fields, NULL);
  fields.environment = STRATA_PROFILE_PRODUCTION;
  production = make ("postgresql://localhost/x", fields, NULL);

  g_assert_false (strata_counts_as_production (near, NULL));
  g_assert_true (strata_counts_as_production (far, NULL));
  g_assert_false (strata_counts_as_production (far, development));
  g_assert_true (strata_counts_as_production (near, production));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/profile/keeps-its-own-copies", test_keeps_its_own_copies);
  g_test_add_func ("/project/profile/relative-path", test_relative_path);
  g_test_add_func ("/project/profile/names", test_names);
  g_test_add_func ("/project/profile/bad-urls", test_bad_urls);
  g_test_add_func ("/project/profile/path-that-cannot-be-written", test_path_that_cannot_be_written);
  g_test_add_func ("/project/profile/bad-details", test_bad_details);
  g_test_add_func ("/project/profile/scratch", test_scratch);
  g_test_add_func ("/project/profile/names-of-values", test_names_of_values);
  g_test_add_func ("/project/profile/counts-as-production", test_counts_as_production);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/profile-form.h"
#include "app/support.h"

static const struct
{
  const char *url;
  const char *again;        /* NULL: the same, without the password */
  const char *password;
} urls[] = {
  { "sqlite:////srv/app.db", NULL, NULL },
  { "sqlite:////srv/odd name#1.db", NULL, NULL },
  { "sqlite:///file:/srv/app.db?mode=ro&uri=true", NULL, NULL },
  { "postgresql://", NULL, NULL },
  { "postgresql://ana@db1/orders", NULL, NULL },
  { "postgresql://ana:s3cret@db1:6432/orders", "postgresql://ana@db1:6432/orders", "s3cret" },
  { "postgresql://ana:***@db1/orders", "postgresql://ana@db1/orders", NULL },
  { "postgresql+psycopg2://ana@db1/orders", NULL, NULL },
  { "postgres://ana@db1/orders", "postgresql://ana@db1/orders", NULL },
  { "postgresql+asyncpg://ana@db1/orders?ssl=require", NULL, NULL },
  { "postgresql://db1/orders?sslmode=verify-full&sslrootcert=/etc/ca.pem", NULL, NULL },
  { "postgresql://db1/orders?options=-c%20geqo%3Doff&sslmode=require",
    "postgresql://db1/orders?sslmode=require&options=-c%20geqo%3Doff", NULL },
  { "postgresql://[::1]:5433/orders", NULL, NULL },
  { "postgresql:///orders?host=/run/postgresql", NULL, NULL },
  { "postgresql://db1:5432,db2:5433/orders", "postgresql://db1,db2/orders?port=5432,5433", NULL },
  { "postgresql://db1/?dbname=a%3Fb", "postgresql://db1?dbname=a%3Fb", NULL },
  { "postgresql://ana@db1/orders?password=s3cret", "postgresql://ana@db1/orders", "s3cret" },
};

static void
test_round_trip (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_auto(StrataProfileForm) form = { 0 };
      g_auto(StrataProfileForm) second = { 0 };
      g_autoptr(GError) error = NULL;
      g_autofree char *password = NULL;
      g_autoptr(StrataProfile) profile = NULL;
      g_autoptr(StrataProfile) again = NULL;
      g_autofree char *text = NULL;
      g_autofree char *text_again = NULL;

      g_test_message ("%s", urls[i].url);
      strata_profile_form_init (&form);
      strata_profile_form_set_text (&form, STRATA_FORM_NAME, "x");
      g_assert_true (strata_profile_form_set_url (&form, urls[i].url, &password, &error));
      g_assert_cmpstr (password, ==, urls[i].password);
      profile = strata_profile_form_make (&form, &error);
      g_assert_no_error (error);
      text = strata_url_to_string (strata_profile_get_fields (profile)->url);
      g_assert_cmpstr (text, ==, urls[i].again != NULL ? urls[i].again : urls[i].url);

      strata_profile_form_init (&second);
      strata_profile_form_set_profile (&second, profile);
      again = strata_profile_form_make (&second, &error);
      g_assert_no_error (error);
      text_again = strata_url_to_string (strata_profile_get_fields (again)->url);
      g_assert_cmpstr (text_again, ==, text);
      g_assert_true (strata_url_same_database (strata_profile_get_fields (again)->url,
                                               strata_profile_get_fields (profile)->url));
    }
}

static void
test_parts (void)
{
  g_auto(StrataProfileForm) form = { 0 };
  g_autofree char *password = NULL;

  strata_profile_form_init (&form);
  g_assert_true (strata_profile_form_set_url (&form, "postgresql+psycopg://ana:p%40ss@db1:6432/orders?sslmode=require"
                                                     "&application_name=x", &password, NULL));
  g_assert_cmpstr (form.texts[STRATA_FORM_HOST], ==, "db1");
  g_assert_cmpstr (form.texts[STRATA_FORM_PORT], ==, "6432");
  g_assert_cmpstr (form.texts[STRATA_FORM_DATABASE], ==, "orders");
  g_assert_cmpstr (form.texts[STRATA_FORM_USER], ==, "ana");
  g_assert_cmpstr (form.texts[STRATA_FORM_OPTIONS], ==, "application_name=x");
  g_assert_cmpstr (form.driver, ==, "psycopg");
  g_assert_cmpstr (form.ssl_mode, ==, "require");
  g_assert_cmpstr (password, ==, "p@ss");
}

static void
test_fields (void)
{
  g_auto(StrataProfileForm) form = { 0 };
  g_auto(StrataProfileForm) second = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *password = NULL;
  g_autoptr(StrataProfile) profile = NULL;
  const StrataProfileFields *fields;

  strata_profile_form_init (&form);
  g_assert_true (strata_profile_form_set_url (&form, "postgresql://db1/orders", &password, NULL));
  strata_profile_form_set_text (&form, STRATA_FORM_NAME, " orders-prod ");
  strata_profile_form_set_text (&form, STRATA_FORM_LOCK_TIMEOUT, "500 ms");
  strata_profile_form_set_text (&form, STRATA_FORM_STATEMENT_TIMEOUT, "0");
  strata_profile_form_set_text (&form, STRATA_FORM_ROLE, "owner");
  strata_profile_form_set_text (&form, STRATA_FORM_SEARCH_PATH, "app, public");
  form.environment = STRATA_PROFILE_PRODUCTION;
  form.is_protected = TRUE;
  form.colour = g_strdup ("#c01c28");
  form.project = g_strdup ("/srv/shop");
  profile = strata_profile_form_make (&form, &error);
  g_assert_no_error (error);

  fields = strata_profile_get_fields (profile);
  g_assert_cmpstr (fields->name, ==, "orders-prod");
  g_assert_cmpstr (fields->project, ==, "/srv/shop");
  g_assert_cmpint (fields->lock_timeout, ==, 500);
  g_assert_cmpint (fields->statement_timeout, ==, 0);
  g_assert_cmpint (fields->connect_timeout, ==, STRATA_PROFILE_UNSET);
  g_assert_cmpstr (fields->role, ==, "owner");
  g_assert_cmpstr (fields->search_path, ==, "app, public");
  g_assert_true (fields->is_protected);

  strata_profile_form_init (&second);
  strata_profile_form_set_profile (&second, profile);
  for (guint i = 0; i < STRATA_FORM_N_TEXTS; i++)
    g_assert_cmpstr (second.texts[i], ==, form.texts[i]);
  g_assert_cmpstr (second.colour, ==, "#c01c28");
  g_assert_cmpint (second.environment, ==, STRATA_PROFILE_PRODUCTION);
}

static const struct
{
  StrataFormText  which;
  const char     *text;
  gboolean        well;
} checks[] = {
  { STRATA_FORM_NAME, "", FALSE },
  { STRATA_FORM_NAME, "staging", TRUE },
  { STRATA_FORM_NAME, "-x", FALSE },
  { STRATA_FORM_NAME, "two words", FALSE },
  { STRATA_FORM_HOST, "", TRUE },
  { STRATA_FORM_HOST, "db1,db2", TRUE },
  { STRATA_FORM_HOST, "/run/postgresql", TRUE },
  { STRATA_FORM_HOST, "postgresql://db1/x", FALSE },
  { STRATA_FORM_HOST, "ana@db1", FALSE },
  { STRATA_FORM_PORT, "", TRUE },
  { STRATA_FORM_PORT, "5432", TRUE },
  { STRATA_FORM_PORT, "0", FALSE },
  { STRATA_FORM_PORT, "70000", FALSE },
  { STRATA_FORM_PORT, "x", FALSE },
  { STRATA_FORM_PORT, "5432,5433", FALSE },
  { STRATA_FORM_OPTIONS, "", TRUE },
  { STRATA_FORM_OPTIONS, "a=b&c=d", TRUE },
  { STRATA_FORM_OPTIONS, "password=x", FALSE },
  { STRATA_FORM_OPTIONS, "sslpassword=x", FALSE },
  { STRATA_FORM_OPTIONS, "host=db2", FALSE },
  { STRATA_FORM_OPTIONS, "sslmode=require", FALSE },
  { STRATA_FORM_LOCK_TIMEOUT, "5 s", TRUE },
  { STRATA_FORM_LOCK_TIMEOUT, "soon", FALSE },
};

static void
test_problems (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_auto(StrataProfileForm) form = { 0 };
      g_autofree char *problem = NULL;

      strata_profile_form_init (&form);
      strata_profile_form_set_text (&form, checks[i].which, checks[i].text);
      problem = strata_profile_form_dup_problem (&form, checks[i].which, NULL);
      g_test_message ("“%s”: %s", checks[i].text, problem);
      g_assert_cmpint (problem == NULL, ==, checks[i].well);
    }
}

static void
test_file (void)
{
  g_auto(StrataProfileForm) form = { 0 };
  g_autofree char *empty = NULL;
  g_autofree char *relative = NULL;
  g_autofree char *of_project = NULL;
  g_autoptr(StrataProfile) profile = NULL;
  g_autoptr(StrataProfile) at_home = NULL;
  g_autofree char *path = NULL;

  strata_profile_form_init (&form);
  form.dialect = STRATA_DIALECT_SQLITE;
  strata_profile_form_set_text (&form, STRATA_FORM_NAME, "x");
  empty = strata_profile_form_dup_problem (&form, STRATA_FORM_FILE, NULL);
  g_assert_nonnull (empty);

  strata_profile_form_set_text (&form, STRATA_FORM_FILE, "data/app.db");
  relative = strata_profile_form_dup_problem (&form, STRATA_FORM_FILE, NULL);
  g_assert_nonnull (relative);

  form.project = g_strdup ("/srv/shop");
  of_project = strata_profile_form_dup_problem (&form, STRATA_FORM_FILE, NULL);
  g_assert_null (of_project);
  profile = strata_profile_form_make (&form, NULL);
  g_assert_cmpstr (strata_url_get_database (strata_profile_get_fields (profile)->url), ==, "/srv/shop/data/app.db");

  strata_profile_form_set_text (&form, STRATA_FORM_FILE, "~/app.db");
  at_home = strata_profile_form_make (&form, NULL);
  path = g_build_filename (g_get_home_dir (), "app.db", NULL);
  g_assert_cmpstr (strata_url_get_database (strata_profile_get_fields (at_home)->url), ==, path);
}

static void
test_names (void)
{
  g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_profile_unref);
  g_auto(StrataProfileForm) form = { 0 };
  g_autofree char *password = NULL;
  g_autofree char *taken = NULL;
  g_autofree char *elsewhere = NULL;

  strata_profile_form_init (&form);
  strata_profile_form_set_text (&form, STRATA_FORM_NAME, "staging");
  g_assert_true (strata_profile_form_set_url (&form, "postgresql://db1/orders", &password, NULL));
  g_ptr_array_add (others, strata_profile_form_make (&form, NULL));

  taken = strata_profile_form_dup_problem (&form, STRATA_FORM_NAME, others);
  g_assert_nonnull (taken);
  form.project = g_strdup ("/srv/shop");
  elsewhere = strata_profile_form_dup_problem (&form, STRATA_FORM_NAME, others);
  g_assert_null (elsewhere);
}

static void
test_wrong_urls (void)
{
  static const char * const wrong[] = { "", "db1", "mysql://db1/x", "oracle://db1/x", "postgresql://a:b@c@d/x" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_auto(StrataProfileForm) form = { 0 };
      g_autofree char *password = NULL;
      g_autoptr(GError) error = NULL;

      strata_profile_form_init (&form);
      g_assert_false (strata_profile_form_set_url (&form, wrong[i], &password, &error));
      g_assert_nonnull (error);
      g_assert_null (password);
      g_assert_cmpstr (form.texts[STRATA_FORM_HOST], ==, "");
    }
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  g_test_add_func ("/profiles/form/round-trip", test_round_trip);
  g_test_add_func ("/profiles/form/parts", test_parts);
  g_test_add_func ("/profiles/form/fields", test_fields);
  g_test_add_func ("/profiles/form/problems", test_problems);
  g_test_add_func ("/profiles/form/file", test_file);
  g_test_add_func ("/profiles/form/names", test_names);
  g_test_add_func ("/profiles/form/wrong-urls", test_wrong_urls);

  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/finding.h"
#include "core/project/profile-store.h"

static char *
store_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "strata", "profiles.ini", NULL);
}

/* Each case begins with no file. */
static void
clear_store (gpointer      fixture,
             gconstpointer data)
{
  g_autofree char *path = store_path ();

  g_unlink (path);
}

static void
remove_store (const char *folder)
{
  static const char * const names[] = { "strata/profiles.ini", "strata/elsewhere.ini", "strata", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
}

static void
write_store (const char *text)
{
  g_autofree char *path = store_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static char *
read_store (void)
{
  g_autofree char *path = store_path ();
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static StrataProfile *
make (const char *name,
      const char *project,
      const char *url_text)
{
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autoptr(StrataUrl) url = strata_url_parse (url_text, NULL);
  g_autoptr(GError) error = NULL;
  StrataProfile *profile;

  fields.name = name;
  fields.project = project;
  fields.url = url;
  profile = strata_profile_new (&fields, &error);
  g_assert_no_error (error);

  return profile;
}

static void
add (const char *name,
     const char *project,
     const char *url)
{
  g_autoptr(StrataProfile) profile = make (name, project, url);
  g_autoptr(GError) error = NULL;

  strata_profiles_add (profile, &error);
  g_assert_no_error (error);
}

static char *
spell_list (const char *project)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GPtrArray) profiles = strata_profiles_list (project, findings, NULL);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < profiles->len; i++)
    {
      const StrataProfileFields *fields = strata_profile_get_fields (g_ptr_array_index (profiles, i));

      g_string_append_printf (text, "%s%s%s", i > 0 ? " " : "", fields->name, fields->project != NULL ? "*" : "");
    }

  return g_string_free (text, FALSE);
}

static void
test_nothing_yet (gpointer      fixture,
                  gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = store_path ();
  g_autofree char *list = spell_list ("/p");

  g_assert_cmpstr (list, ==, "");
  g_assert_null (strata_profiles_find ("/p", "a", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, "“strata profile add” makes one"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_all_fields_come_back (gpointer      fixture,
                           gconstpointer data)
{
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autoptr(StrataUrl) url = strata_url_parse ("postgresql+asyncpg://ana:hunter2@db1:5433/orders?sslmode=require", NULL);
  g_autoptr(StrataProfile) profile = NULL;
  g_autoptr(StrataProfile) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *again_url = NULL;
  const StrataProfileFields *kept;

  fields.name = "Prüfung";
  fields.project = "/srv/a [b] = ; c";
  fields.url = url;
  fields.environment = STRATA_PROFILE_STAGING;
  fields.is_protected = TRUE;
  fields.colour = "red";
  fields.lock_timeout = 0;
  fields.statement_timeout = 90000;
  fields.role = " deploy ";
  fields.search_path = "\"a;b\", public";
  fields.scratch = STRATA_SCRATCH_YES;
  profile = strata_profile_new (&fields, &error);
  g_assert_no_error (error);
  g_assert_true (strata_profiles_add (profile, &error));

  again = strata_profiles_find ("/srv/a [b] = ; c", "Prüfung", &error);
  g_assert_no_error (error);
  kept = strata_profile_get_fields (again);
  again_url = strata_url_to_string (kept->url);
  g_assert_cmpstr (kept->project, ==, "/srv/a [b] = ; c");
  g_assert_cmpstr (again_url, ==, "postgresql+asyncpg://ana@db1:5433/orders?sslmode=require");
  g_assert_cmpint (kept->environment, ==, STRATA_PROFILE_STAGING);
  g_assert_true (kept->is_protected);
  g_assert_cmpstr (kept->colour, ==, "red");
  g_assert_cmpint (kept->lock_timeout, ==, 0);
  g_assert_cmpint (kept->statement_timeout, ==, 90000);
  g_assert_cmpint (kept->connect_timeout, ==, STRATA_PROFILE_UNSET);
  g_assert_cmpstr (kept->role, ==, " deploy ");
  g_assert_cmpstr (kept->search_path, ==, "\"a;b\", public");
  g_assert_cmpint (kept->scratch, ==, STRATA_SCRATCH_YES);

  text = read_store ();
  g_assert_null (strstr (text, "hunter2"));
}

static void
test_scopes (gpointer      fixture,
             gconstpointer data)
{
  g_autoptr(StrataProfile) own = NULL;
  g_autoptr(StrataProfile) global = NULL;
  g_autofree char *of_p = NULL;
  g_autofree char *of_q = NULL;
  g_autofree char *of_none = NULL;

  add ("staging", NULL, "postgresql://global/x");
  add ("staging", "/p", "postgresql://p/x");
  add ("staging", "/q", "postgresql://q/x");
  add ("a", "/p", "postgresql://pa/x");
  add ("b", NULL, "postgresql://b/x");

  of_p = spell_list ("/p");
  of_q = spell_list ("/q");
  of_none = spell_list (NULL);
  g_assert_cmpstr (of_p, ==, "a* staging* b staging");
  g_assert_cmpstr (of_q, ==, "staging* b staging");
  g_assert_cmpstr (of_none, ==, "b staging");

  own = strata_profiles_find ("/p", "staging", NULL);
  global = strata_profiles_find ("/r", "staging", NULL);
  g_assert_cmpstr (strata_url_get_host (strata_profile_get_fields (own)->url), ==, "p");
  g_assert_cmpstr (strata_url_get_host (strata_profile_get_fields (global)->url), ==, "global");
}

static void
test_not_twice (gpointer      fixture,
                gconstpointer data)
{
  g_autoptr(StrataProfile) same = make ("a", NULL, "postgresql://other/x");
  g_autoptr(GError) error = NULL;

  add ("a", NULL, "postgresql://h/x");
  add ("a", "/p", "postgresql://h/x");
  g_assert_false (strata_profiles_add (same, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_EXISTS);
}

static void
test_update (gpointer      fixture,
             gconstpointer data)
{
  g_autoptr(StrataProfile) changed = make ("a", NULL, "postgresql://other/x");
  g_autoptr(StrataProfile) unknown = make ("a", "/p", "postgresql://other/x");
  g_autoptr(StrataProfile) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  write_store ("# mine\n\n[a]\nurl=postgresql://h/x\npassword=hunter2\ncolour=red\n");
  g_assert_true (strata_profiles_update (changed, &error));
  g_assert_false (strata_profiles_update (unknown, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);

  again = strata_profiles_find (NULL, "a", NULL);
  g_assert_cmpstr (strata_url_get_host (strata_profile_get_fields (again)->url), ==, "other");
  g_assert_null (strata_profile_get_fields (again)->colour);

  text = read_store ();
  g_assert_true (g_str_has_prefix (text, "# mine\n"));
  g_assert_null (strstr (text, "hunter2"));
}

static void
test_remove (gpointer      fixture,
             gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *list = NULL;

  add ("a", NULL, "postgresql://h/x");
  add ("a", "/p", "postgresql://h/x");
  g_assert_true (strata_profiles_remove ("/p", "a", &error));
  g_assert_no_error (error);
  g_assert_false (strata_profiles_remove ("/p", "a", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);

  list = spell_list ("/p");
  g_assert_cmpstr (list, ==, "a");
}

static void
test_unknown_names_the_others (gpointer      fixture,
                               gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  add ("b", NULL, "postgresql://h/x");
  add ("a", "/p", "postgresql://h/x");
  g_assert_null (strata_profiles_find ("/p", "c", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
  g_assert_cmpstr (error->message, ==, "There is no profile “c”; there are: a, b");
}

static void
test_mode (gpointer      fixture,
           gconstpointer data)
{
  g_autofree char *path = store_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat info;
  mode_t mask = umask (0);

  add ("a", NULL, "postgresql://h/x");
  g_assert_no_errno (stat (path, &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_no_errno (stat (folder, &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);

  g_assert_no_errno (chmod (path, 0644));
  add ("b", NULL, "postgresql://h/x");
  g_assert_no_errno (stat (path, &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  umask (mask);
}

static void
test_link_stays (gpointer      fixture,
                 gconstpointer data)
{
  g_autofree char *path = store_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *target = g_build_filename (folder, "elsewhere.ini", NULL);
  g_autofree char *list = NULL;

  write_store ("[a]\nurl=postgresql://h/x\n");
  g_assert_no_errno (g_rename (path, target));
  g_assert_no_errno (symlink (target, path));
  add ("b", NULL, "postgresql://h/x");

  g_assert_true (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
  list = spell_list (NULL);
  g_assert_cmpstr (list, ==, "a b");
}

static const struct
{
  const char *text;
  const char *finding;     /* a part */
  gboolean    readable;
} broken_cases[] = {
  { "[a]\n", "the profile in [a] is left out: A profile needs the URL", FALSE },
  { "[a]\nurl=postgres", "the profile in [a] is left out: The database URL cannot be understood", FALSE },
  { "[a]\nurl=postgresql://h/x\nenvironment=prod\n", "has a value that is not known", FALSE },
  { "[a]\nurl=postgresql://h/x\nprotected=ja\n", "has a value that is not known", FALSE },
  { "[a]\nurl=postgresql://h/x\nlock-timeout=5s\n", "has a value that is not known", FALSE },
  { "[a]\nurl=postgresql://h/x\nscratch=maybe\n", "has a value that is not known", FALSE },
  { "[a b]\nurl=postgresql://h/x\n", "cannot name a profile", FALSE },
  { "[a]\nurl=postgresql://u:hunter2@h/x\n", "has a password in the file", TRUE },
  { "[a]\nurl=postgresql://h/x\npassword=hunter2\n", "has a password in the file", TRUE },
};

static void
test_broken (gpointer      fixture,
             gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken_cases); i++)
    {
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      g_autoptr(GPtrArray) profiles = NULL;
      const char *message;

      write_store (broken_cases[i].text);
      profiles = strata_profiles_list (NULL, findings, NULL);

      g_assert_cmpuint (profiles->len, ==, broken_cases[i].readable);
      g_assert_cmpuint (findings->len, ==, 1);
      message = strata_finding_get_message (g_ptr_array_index (findings, 0));
      g_assert_nonnull (strstr (message, broken_cases[i].finding));
      g_assert_null (strstr (message, "hunter2"));
    }
}

static void
test_not_a_key_file (gpointer      fixture,
                     gconstpointer data)
{
  g_autoptr(StrataProfile) profile = make ("a", NULL, "postgresql://h/x");
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  write_store ("what is this");
  g_assert_null (strata_profiles_list (NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
  g_clear_error (&error);

  g_assert_false (strata_profiles_add (profile, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
  text = read_store ();
  g_assert_cmpstr (text, ==, "what is this");
}

static void
test_match (gpointer      fixture,
            gconstpointer data)
{
  g_autoptr(StrataUrl) url = strata_url_parse ("postgresql+asyncpg://bob:pw@db1:5432/orders", NULL);
  g_autoptr(StrataUrl) other = strata_url_parse ("postgresql://db2/orders", NULL);
  g_autoptr(StrataProfile) found = NULL;
  g_autoptr(StrataProfile) protected_one = NULL;
  g_autoptr(StrataProfile) none = NULL;
  g_autoptr(GError) error = NULL;

  add ("a", "/p", "postgresql://ana@db1/orders");
  add ("b", NULL, "postgresql://db1/orders");
  g_assert_true (strata_profiles_match ("/p", url, NULL, &found, &error));
  g_assert_cmpstr (strata_profile_get_fields (found)->name, ==, "a");
  g_assert_true (strata_profiles_match ("/p", other, NULL, &none, &error));
  g_assert_null (none);

  write_store ("[a]\nproject=/p\nurl=postgresql://db1/orders\n[b]\nurl=postgresql://db1/orders\nprotected=true\n");
  g_assert_true (strata_profiles_match ("/p", url, NULL, &protected_one, &error));
  g_assert_cmpstr (strata_profile_get_fields (protected_one)->name, ==, "b");
}

static gpointer
add_many (gpointer data)
{
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s%u", (const char *) data, i);

      add (name, NULL, "postgresql://h/x");
    }

  return NULL;
}

/* Each adds to what the others have written, and nothing is lost. */
static void
test_several_at_once (gpointer      fixture,
                      gconstpointer data)
{
  static const char * const prefixes[] = { "a", "b", "c", "d" };
  GThread *threads[G_N_ELEMENTS (prefixes)];
  g_autoptr(GPtrArray) profiles = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    threads[i] = g_thread_new (prefixes[i], add_many, (gpointer) prefixes[i]);
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    g_thread_join (threads[i]);

  profiles = strata_profiles_list (NULL, NULL, NULL);
  g_assert_cmpuint (profiles->len, ==, 40);
}

typedef void (*Case) (gpointer fixture, gconstpointer data);

static const struct
{
  const char *path;
  Case        run;
} cases[] = {
  { "/project/profile-store/nothing-yet", test_nothing_yet },
  { "/project/profile-store/all-fields-come-back", test_all_fields_come_back },
  { "/project/profile-store/scopes", test_scopes },
  { "/project/profile-store/not-twice", test_not_twice },
  { "/project/profile-store/update", test_update },
  { "/project/profile-store/remove", test_remove },
  { "/project/profile-store/unknown-names-the-others", test_unknown_names_the_others },
  { "/project/profile-store/mode", test_mode },
  { "/project/profile-store/link-stays", test_link_stays },
  { "/project/profile-store/broken", test_broken },
  { "/project/profile-store/not-a-key-file", test_not_a_key_file },
  { "/project/profile-store/match", test_match },
  { "/project/profile-store/several-at-once", test_several_at_once },
};

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("strata-profiles-XXXXXX", NULL);
  int status;

  g_setenv ("XDG_CONFIG_HOME", folder, TRUE);
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_vtable (cases[i].path, 0, NULL, clear_store, cases[i].run, clear_store);

  status = g_test_run ();
  remove_store (folder);

  return status;
}

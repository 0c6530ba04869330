/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <pty.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/finding.h"
#include "core/project/password.h"
#include "core/project/secrets.h"

/* libsecret's file backend, which only tests use, loses a text at each write. */
const char *__lsan_default_suppressions (void);

const char *
__lsan_default_suppressions (void)
{
  return "leak:call_wait";
}

static StrataProfile *
make_profile (void)
{
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autoptr(StrataUrl) url = strata_url_parse ("postgresql://ana@db1/orders", NULL);

  fields.name = "staging";
  fields.url = url;

  return strata_profile_new (&fields, NULL);
}

static void
assert_found (const char           *url_text,
              StrataProfile        *profile,
              const char * const   *environ_list,
              const char           *password,
              StrataPasswordOrigin  origin)
{
  const StrataPasswordSources sources = { .environ = environ_list };
  g_autoptr(StrataUrl) url = strata_url_parse (url_text, NULL);
  g_autoptr(StrataUrl) found = NULL;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GError) error = NULL;
  StrataPasswordOrigin got;

  found = strata_password_find (url, profile, &sources, &got, findings, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (findings->len, ==, 0);
  g_assert_cmpstr (strata_url_get_password (found), ==, password);
  g_assert_cmpint (got, ==, origin);
}

static void
test_order (void)
{
  g_autoptr(StrataProfile) profile = make_profile ();
  const char *environment[] = { "STRATA_PASSWORD=from-environment", "PGPASSWORD=pg", NULL };

  assert_found ("postgresql://ana:from-url@db1/orders", profile, environment, "from-url", STRATA_PASSWORD_URL);
  assert_found ("postgresql://ana@db1/orders", profile, environment, "from-environment", STRATA_PASSWORD_ENVIRONMENT);

#ifdef HAVE_SECRETS
  g_assert_true (strata_secrets_store (profile, "from-secrets", 0, NULL, NULL));
  assert_found ("postgresql://ana@db1/orders", profile, environment + 1, "from-secrets", STRATA_PASSWORD_SECRETS);
  assert_found ("postgresql://ana@db1/orders", NULL, environment + 1, NULL, STRATA_PASSWORD_LIBPQ);
  g_assert_true (strata_secrets_forget (profile, 0, NULL, NULL));
#endif

  assert_found ("postgresql://ana@db1/orders", profile, environment + 1, NULL, STRATA_PASSWORD_LIBPQ);
  assert_found ("postgresql://ana@db1/orders", profile, NULL, NULL, STRATA_PASSWORD_NONE);
}

static void
test_sqlite_wants_none (void)
{
  const char *environment[] = { "STRATA_PASSWORD=pw", NULL };

  assert_found ("sqlite:////srv/app.db", NULL, environment, NULL, STRATA_PASSWORD_NONE);
}

/* What libpq reads itself is never put into the URL, where it would win over the rest of it. */
static void
test_libpq (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-password-XXXXXX", NULL);
  g_autofree char *passfile = g_build_filename (folder, ".pgpass", NULL);
  g_autofree char *home = g_strconcat ("HOME=", folder, NULL);
  g_autofree char *named = g_strconcat ("PGPASSFILE=", passfile, NULL);
  const char *with_home[] = { home, NULL };
  const char *with_file[] = { named, "HOME=/nowhere", NULL };
  const char *empty[] = { "PGPASSWORD=", "STRATA_PASSWORD=", NULL };

  assert_found ("postgresql://h/x", NULL, with_home, NULL, STRATA_PASSWORD_NONE);
  g_assert_true (g_file_set_contents (passfile, "h:*:x:*:pw\n", -1, NULL));
  assert_found ("postgresql://h/x", NULL, with_home, NULL, STRATA_PASSWORD_LIBPQ);
  assert_found ("postgresql://h/x", NULL, with_file, NULL, STRATA_PASSWORD_LIBPQ);
  assert_found ("mysql://h/x", NULL, with_home, NULL, STRATA_PASSWORD_NONE);
  assert_found ("postgresql:///?service=x", NULL, NULL, NULL, STRATA_PASSWORD_LIBPQ);
  assert_found ("postgresql://h/x", NULL, empty, NULL, STRATA_PASSWORD_NONE);

  g_assert_no_errno (g_unlink (passfile));
  g_assert_no_errno (g_rmdir (folder));
}

/* The child's standard input is the text, and its exit status the answer. */
static void
find_from_stdin (const char *text,
                 const char *password,
                 gboolean    fails)
{
  const StrataPasswordSources sources = { .from_stdin = TRUE };
  g_autoptr(StrataUrl) url = strata_url_parse ("postgresql://ana:in-url@h/x", NULL);
  g_autoptr(StrataUrl) found = NULL;
  g_autoptr(StrataUrl) again = NULL;
  g_autoptr(GError) error = NULL;
  StrataPasswordOrigin origin;
  int ends[2];

  g_assert_no_errno (pipe (ends));
  g_assert_cmpint (write (ends[1], text, strlen (text)), ==, strlen (text));
  close (ends[1]);
  g_assert_no_errno (dup2 (ends[0], STDIN_FILENO));

  found = strata_password_find (url, NULL, &sources, &origin, NULL, NULL, &error);
  if (fails)
    {
      g_assert_null (found);
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpint (origin, ==, STRATA_PASSWORD_STDIN);
  g_assert_cmpstr (strata_url_get_password (found), ==, password);

  again = strata_password_find (url, NULL, &sources, &origin, NULL, NULL, &error);
  g_assert_cmpstr (strata_url_get_password (again), ==, password);
}

static const struct
{
  const char *text;
  const char *password;
} stdin_cases[] = {
  { "pw\n", "pw" },
  { "pw", "pw" },
  { " p w \r\nrest\n", " p w " },
  { "\n", NULL },
  { "", NULL },
  { "p\xff\n", NULL },
};

static void
test_stdin (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);

  if (g_test_subprocess ())
    {
      find_from_stdin (stdin_cases[i].text, stdin_cases[i].password, stdin_cases[i].password == NULL);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
}

static const struct
{
  const char *keys;
  const char *password;   /* NULL: cancelled */
} key_cases[] = {
  { "hunter2\r", "hunter2" },
  { "hunž\x7f\x7fnter2\n", "hunter2" },
  { "x\bhunter2\n", "hunter2" },
  { "\x7fwrong\x15hunter2\n", "hunter2" },
  { "p\xff\n", NULL },
  { "hun\x03", NULL },
  { "\x04", NULL },
};

/* Types at a pseudo-terminal, once it is asked. Without the echo off it would see its own keys. */
typedef struct
{
  int         terminal;
  const char *keys;
  GString    *seen;
} Typist;

static void
see_until (Typist     *typist,
           const char *text)
{
  char byte;

  while (strstr (typist->seen->str, text) == NULL && read (typist->terminal, &byte, 1) == 1)
    g_string_append_c (typist->seen, byte);
}

static gpointer
type_keys (gpointer data)
{
  Typist *typist = data;

  see_until (typist, "Password for postgresql://ana@db1/orders: ");
  if (write (typist->terminal, typist->keys, strlen (typist->keys)) < 0)
    g_error ("cannot type");
  see_until (typist, "\n");

  return NULL;
}

static void
ask_on (Typist     *typist,
        const char *expected)
{
  const StrataPasswordSources sources = { .ask = TRUE };
  GThread *thread = g_thread_new ("typist", type_keys, typist);
  g_autoptr(StrataUrl) url = strata_url_parse ("postgresql://ana@db1/orders", NULL);
  g_autoptr(StrataUrl) found = NULL;
  g_autoptr(GError) error = NULL;
  StrataPasswordOrigin origin;

  found = strata_password_find (url, NULL, &sources, &origin, NULL, NULL, &error);
  g_thread_join (thread);
  g_assert_null (strstr (typist->seen->str, "hun"));

  if (expected == NULL)
    {
      g_assert_null (found);
      g_assert_nonnull (error);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpint (origin, ==, STRATA_PASSWORD_PROMPT);
  g_assert_cmpstr (strata_url_get_password (found), ==, expected);
}

static void
test_ask (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  Typist typist = { .keys = key_cases[i].keys };
  struct termios before, after;
  int ours;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }

  g_assert_no_errno (openpty (&typist.terminal, &ours, NULL, NULL, NULL));
  g_assert_cmpint (setsid (), >, 0);
  g_assert_no_errno (ioctl (ours, TIOCSCTTY, 0));
  g_assert_no_errno (tcgetattr (ours, &before));

  typist.seen = g_string_new (NULL);
  ask_on (&typist, key_cases[i].password);
  g_string_free (typist.seen, TRUE);

  g_assert_no_errno (tcgetattr (ours, &after));
  g_assert_cmpint (after.c_lflag, ==, before.c_lflag);
}

static void
test_no_terminal (void)
{
  g_autoptr(GError) error = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }

  g_assert_cmpint (setsid (), >, 0);
  g_assert_null (strata_password_ask ("Password: ", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
}

static void
test_titles (void)
{
  for (guint i = STRATA_PASSWORD_NONE; i <= STRATA_PASSWORD_LIBPQ; i++)
    g_assert_nonnull (strata_password_origin_get_title (i));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("strata-secrets-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "keyring", NULL);
  g_autofree char *copy = g_strconcat (path, "~", NULL);
  int status;

  g_test_init (&argc, &argv, NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "pw", TRUE);

  g_test_add_func ("/project/password/order", test_order);
  g_test_add_func ("/project/password/sqlite-wants-none", test_sqlite_wants_none);
  g_test_add_func ("/project/password/libpq", test_libpq);
  for (guint i = 0; i < G_N_ELEMENTS (stdin_cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/project/password/stdin/%u", i);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_stdin);
    }
  for (guint i = 0; i < G_N_ELEMENTS (key_cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("/project/password/ask/%u", i);

      g_test_add_data_func (name, GUINT_TO_POINTER (i), test_ask);
    }
  g_test_add_func ("/project/password/no-terminal", test_no_terminal);
  g_test_add_func ("/project/password/titles", test_titles);

  status = g_test_run ();
  g_unlink (path);
  g_unlink (copy);
  g_rmdir (folder);

  return status;
}

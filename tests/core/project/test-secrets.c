/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

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
make (const char *name,
      const char *project)
{
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autoptr(StrataUrl) url = strata_url_parse ("postgresql://ana@db1/orders", NULL);

  fields.name = name;
  fields.project = project;
  fields.url = url;

  return strata_profile_new (&fields, NULL);
}

#ifdef HAVE_SECRETS

static void
assert_stored (StrataProfile *profile,
               const char    *expected)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *password = NULL;

  strata_secrets_lookup (profile, 0, &password, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (password, ==, expected);
}

static void
test_store_and_forget (void)
{
  g_autoptr(StrataProfile) own = make ("staging", "/p");
  g_autoptr(StrataProfile) global = make ("staging", NULL);
  g_autoptr(GError) error = NULL;

  assert_stored (own, NULL);

  g_assert_true (strata_secrets_store (own, "pä ss", 0, NULL, &error));
  g_assert_no_error (error);
  assert_stored (own, "pä ss");
  assert_stored (global, NULL);

  g_assert_true (strata_secrets_store (own, "other", 0, NULL, &error));
  assert_stored (own, "other");

  g_assert_true (strata_secrets_forget (own, 0, NULL, &error));
  g_assert_true (strata_secrets_forget (own, 0, NULL, &error));
  g_assert_no_error (error);
  assert_stored (own, NULL);
}

/* A bus that lets one in and then says nothing, as a service does that waits to be unlocked. */
static GSocketListener *
listen_and_be_silent (void)
{
  GSocketListener *listener = g_socket_listener_new ();
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "silent", NULL);
  g_autofree char *bus = g_strconcat ("unix:path=", path, NULL);
  g_autoptr(GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr(GError) error = NULL;

  g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);

  g_unsetenv ("SECRET_BACKEND");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus, TRUE);

  return listener;
}

static void
test_silent_child (void)
{
  GSocketListener *listener = listen_and_be_silent ();
  g_autoptr(StrataProfile) profile = make ("staging", NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *password = NULL;

  g_assert_false (strata_secrets_lookup (profile, 50, &password, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_clear_error (&error);

  g_assert_false (strata_secrets_store (profile, "pw", 50, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_clear_error (&error);

  g_assert_false (strata_secrets_forget (profile, 50, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_object_unref (listener);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (20000);
  g_cancellable_cancel (cancellable);

  return NULL;
}

/* A run does not stop for it: the server may want no password at all. */
static void
test_passed_over_child (void)
{
  const StrataPasswordSources sources = { .secrets_timeout_ms = 50 };
  GSocketListener *listener = listen_and_be_silent ();
  g_autoptr(StrataProfile) profile = make ("staging", NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataUrl) found = NULL;
  g_autoptr(GError) error = NULL;
  StrataPasswordOrigin origin;

  found = strata_password_find (strata_profile_get_fields (profile)->url, profile, &sources, &origin, findings, NULL,
                                &error);
  g_assert_no_error (error);
  g_assert_cmpint (origin, ==, STRATA_PASSWORD_NONE);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpstr (strata_finding_get_code (g_ptr_array_index (findings, 0)), ==, "secret-service");
  g_object_unref (listener);
}

static void
test_cancelled_child (void)
{
  GSocketListener *listener = listen_and_be_silent ();
  g_autoptr(StrataProfile) profile = make ("staging", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *password = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  g_assert_false (strata_secrets_lookup (profile, 60000, &password, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  g_object_unref (listener);
}

static void
test_no_bus_child (void)
{
  g_autoptr(StrataProfile) profile = make ("staging", NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *password = NULL;

  g_unsetenv ("SECRET_BACKEND");
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");

  g_assert_false (strata_secrets_lookup (profile, 0, &password, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

/* libsecret chooses its backend once for a process. */
static void
test_in_child (gconstpointer data)
{
  g_test_trap_subprocess (data, 20 * G_USEC_PER_SEC, 0);
  g_test_trap_assert_passed ();
}

#else

static void
test_not_supported (void)
{
  g_autoptr(StrataProfile) profile = make ("staging", NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *password = NULL;

  g_assert_false (strata_secrets_lookup (profile, 0, &password, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

#endif

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("strata-secrets-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "keyring", NULL);
  g_autofree char *copy = g_strconcat (path, "~", NULL);
  g_autofree char *socket_path = g_build_filename (folder, "silent", NULL);
  int status;

  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "pw", TRUE);

#ifdef HAVE_SECRETS
  g_test_add_func ("/project/secrets/store-and-forget", test_store_and_forget);
  g_test_add_func ("/project/secrets/silent/subprocess", test_silent_child);
  g_test_add_func ("/project/secrets/passed-over/subprocess", test_passed_over_child);
  g_test_add_func ("/project/secrets/cancelled/subprocess", test_cancelled_child);
  g_test_add_func ("/project/secrets/no-bus/subprocess", test_no_bus_child);
  g_test_add_data_func ("/project/secrets/silent", "/project/secrets/silent/subprocess", test_in_child);
  g_test_add_data_func ("/project/secrets/passed-over", "/project/secrets/passed-over/subprocess", test_in_child);
  g_test_add_data_func ("/project/secrets/cancelled", "/project/secrets/cancelled/subprocess", test_in_child);
  g_test_add_data_func ("/project/secrets/no-bus", "/project/secrets/no-bus/subprocess", test_in_child);
#else
  g_test_add_func ("/project/secrets/not-supported", test_not_supported);
#endif

  status = g_test_run ();
  g_unlink (path);
  g_unlink (copy);
  g_unlink (socket_path);
  g_rmdir (folder);

  return status;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/secrets.h"

#include <glib/gi18n-lib.h>

#ifndef HAVE_SECRETS

static gboolean
not_supported (GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _("This build does not know the Secret Service: give the password by STRATA_PASSWORD, --password-stdin "
                 "or ~/.pgpass"));

  return FALSE;
}

gboolean
strata_secrets_lookup (StrataProfile  *profile,
                       guint           timeout_ms,
                       char          **password,
                       GCancellable   *cancellable,
                       GError        **error)
{
  return not_supported (error);
}

gboolean
strata_secrets_store (StrataProfile  *profile,
                      const char     *password,
                      guint           timeout_ms,
                      GCancellable   *cancellable,
                      GError        **error)
{
  return not_supported (error);
}

gboolean
strata_secrets_forget (StrataProfile  *profile,
                       guint           timeout_ms,
                       GCancellable   *cancellable,
                       GError        **error)
{
  return not_supported (error);
}

#else

#include <libsecret/secret.h>

#define DEFAULT_TIMEOUT_MS 30000

static const SecretSchema schema = {
  "org.strata.Profile", SECRET_SCHEMA_NONE,
  {
    { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "project", SECRET_SCHEMA_ATTRIBUTE_STRING },   /* "" for a global one */
    { NULL, 0 },
  },
};

/* One request: libsecret's asynchronous face on a main context of its own, so that a limit can end it. */
typedef struct
{
  GMainContext *context;
  GCancellable *cancellable;
  GAsyncResult *result;
  gboolean      cancelled;     /* by the caller; else by the limit */
} Call;

static void
on_done (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Call *call = user_data;

  call->result = g_object_ref (result);
}

static gboolean
on_timeout (gpointer user_data)
{
  Call *call = user_data;

  g_cancellable_cancel (call->cancellable);

  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *outer,
              gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

/* Between call_begin() and call_wait() the request is started. */
static void
call_begin (Call *call)
{
  call->context = g_main_context_new ();
  call->cancellable = g_cancellable_new ();
  g_main_context_push_thread_default (call->context);
}

static void
call_wait (Call         *call,
           guint         timeout_ms,
           GCancellable *cancellable)
{
  g_autoptr(GSource) timeout = g_timeout_source_new (timeout_ms > 0 ? timeout_ms : DEFAULT_TIMEOUT_MS);
  gulong handler = 0;

  g_source_set_callback (timeout, on_timeout, call, NULL);
  g_source_attach (timeout, call->context);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), call->cancellable, NULL);

  while (call->result == NULL)
    g_main_context_iteration (call->context, TRUE);

  g_cancellable_disconnect (cancellable, handler);
  call->cancelled = g_cancellable_is_cancelled (cancellable);
  g_source_destroy (timeout);
}

static void
call_end (Call *call)
{
  g_main_context_pop_thread_default (call->context);
  g_clear_object (&call->result);
  g_clear_object (&call->cancellable);
  g_clear_pointer (&call->context, g_main_context_unref);
}

/* Without a session bus there is no service, and GDBus would start a program to make one. */
static gboolean
check_bus (GError **error)
{
  g_autofree char *socket = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  if (g_getenv ("SECRET_BACKEND") != NULL || g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL
      || g_file_test (socket, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _("There is no Secret Service here: no session bus is running"));

  return FALSE;
}

static gboolean
no_service (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND);
}

/* There is none yet, and the one who was asked to make it said no. */
static gboolean
no_keyring (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_METHOD)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT);
}

/* In words for a user; takes what libsecret said. A request that comes while an earlier one is given up shares its end,
 * so that not only our own limit cancels. */
static void
set_error (GError     **error,
           GError      *local,
           const Call  *call)
{
  g_autoptr(GError) owned = local;
  gboolean given_up = g_error_matches (owned, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_dbus_error_strip_remote_error (owned);

  if (given_up && call->cancelled)
    g_propagate_error (error, g_steal_pointer (&owned));
  else if (given_up)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                 _("The Secret Service did not answer in time: is it locked, and waits for its own password?"));
  else if (no_service (owned))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("There is no Secret Service here: %s"), owned->message);
  else if (no_keyring (owned))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The Secret Service has no keyring to keep passwords in"));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The Secret Service refused: %s"), owned->message);
}

static GHashTable *
attributes (StrataProfile *profile)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  GHashTable *table = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_insert (table, (char *) "profile", (char *) fields->name);
  g_hash_table_insert (table, (char *) "project", (char *) (fields->project != NULL ? fields->project : ""));

  return table;
}

gboolean
strata_secrets_lookup (StrataProfile  *profile,
                       guint           timeout_ms,
                       char          **password,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_autoptr(GHashTable) table = attributes (profile);
  GError *local = NULL;
  char *found;
  Call call = { NULL };

  *password = NULL;
  if (!check_bus (error))
    return FALSE;

  call_begin (&call);
  secret_password_lookupv (&schema, table, call.cancellable, on_done, &call);
  call_wait (&call, timeout_ms, cancellable);
  found = secret_password_lookup_finish (call.result, &local);
  if (local != NULL)
    set_error (error, local, &call);
  call_end (&call);

  if (found == NULL)
    return local == NULL;

  *password = g_strdup (found);
  secret_password_free (found);

  return TRUE;
}

gboolean
strata_secrets_store (StrataProfile  *profile,
                      const char     *password,
                      guint           timeout_ms,
                      GCancellable   *cancellable,
                      GError        **error)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  g_autoptr(GHashTable) table = attributes (profile);
  g_autofree char *label = NULL;
  GError *local = NULL;
  Call call = { NULL };

  if (!check_bus (error))
    return FALSE;

  label = fields->project != NULL ? g_strdup_printf ("Strata: %s in %s", fields->name, fields->project)
                                  : g_strdup_printf ("Strata: %s", fields->name);
  call_begin (&call);
  secret_password_storev (&schema, table, SECRET_COLLECTION_DEFAULT, label, password, call.cancellable, on_done, &call);
  call_wait (&call, timeout_ms, cancellable);
  if (!secret_password_store_finish (call.result, &local))
    set_error (error, local, &call);
  call_end (&call);

  return local == NULL;
}

gboolean
strata_secrets_forget (StrataProfile  *profile,
                       guint           timeout_ms,
                       GCancellable   *cancellable,
                       GError        **error)
{
  g_autoptr(GHashTable) table = attributes (profile);
  GError *local = NULL;
  Call call = { NULL };

  if (!check_bus (error))
    return FALSE;

  call_begin (&call);
  secret_password_clearv (&schema, table, call.cancellable, on_done, &call);
  call_wait (&call, timeout_ms, cancellable);
  if (!secret_password_clear_finish (call.result, &local) && local != NULL)
    set_error (error, local, &call);
  call_end (&call);

  return local == NULL;
}

#endif

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/workspace-private.h"

#include <unistd.h>

#include "core/base/error.h"

#define FIRST_PAUSE_MS 250
#define LONGEST_PAUSE_MS 2000

/* A server that comes up is at first not there, then refuses, then says that it is starting. */
static gboolean
may_come_up (const GError *error)
{
  return g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_NO_HOST)
         || g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_CONNECTION_REFUSED)
         || g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_NO_DATABASE)
         || g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_TIMEOUT)
         || g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOST);
}

/* False when cancelled. */
static gboolean
pause_for (gint64         milliseconds,
           GCancellable  *cancellable,
           GError       **error)
{
  GPollFD fd = { .fd = -1 };

  if (g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_poll (&fd, 1, (int) milliseconds);
      g_cancellable_release_fd (cancellable);
    }
  else
    g_usleep (milliseconds * 1000);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static StrataConnection *
open_when_up (StrataUrl                    *url,
              const StrataConnectOptions   *options,
              const StrataConnectRequest   *request,
              GCancellable                 *cancellable,
              GError                      **error)
{
  gint64 give_up = g_get_monotonic_time () + request->wait_ms * 1000;
  gint64 pause = FIRST_PAUSE_MS;

  for (;;)
    {
      g_autoptr(GError) local = NULL;
      StrataConnection *connection = strata_connection_open (url, options, cancellable, &local);
      gint64 left = (give_up - g_get_monotonic_time ()) / 1000;

      if (connection != NULL)
        return connection;

      if (request->wait_ms == 0 || left <= 0 || !may_come_up (local))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }

      if (request->waiting != NULL)
        request->waiting (local->message, request->user_data);
      if (!pause_for (MIN (pause, left), cancellable, error))
        return NULL;
      pause = MIN (pause * 2, LONGEST_PAUSE_MS);
    }
}

static StrataConnection *
open_with_password (StrataWorkspace             *self,
                    StrataUrl                   *url,
                    const StrataConnectOptions  *options,
                    const StrataConnectRequest  *request,
                    const char                  *lent,
                    gboolean                     ask,
                    GCancellable                *cancellable,
                    GError                     **error)
{
  const StrataPasswordSources sources = {
    .environ = (const char * const *) self->environ,
    .typed = self->password,
    .lent = lent,
    .from_stdin = self->password_stdin,
    .ask = ask,
  };
  g_autoptr(StrataUrl) complete = NULL;

  complete = strata_password_find (url, self->profile, &sources, &self->password_origin, NULL, cancellable, error);
  if (complete == NULL)
    return NULL;

  return open_when_up (complete, options, request, cancellable, error);
}

/* The first upgrade makes it. Without its folder it can't, which is an error already now, as it is where the folder does not show
 * what is in it. */
gboolean
strata_workspace_is_missing_file (StrataUrl *url)
{
  const char *path = strata_url_get_database (url);
  g_autofree char *folder = NULL;

  if (strata_url_get_dialect (url) != STRATA_DIALECT_SQLITE || path == NULL || g_str_has_prefix (path, "file:"))
    return FALSE;

  folder = g_path_get_dirname (path);

  return !g_file_test (path, G_FILE_TEST_EXISTS) && g_file_test (folder, G_FILE_TEST_IS_DIR) && eaccess (folder, X_OK) == 0;
}

static StrataUrl *
choose_url (StrataWorkspace  *self,
            gboolean          writable,
            GError          **error)
{
  const StrataUrlParts memory = { .dialect = STRATA_DIALECT_SQLITE };
  StrataDatabaseChoice *choice = strata_workspace_get_choice (self, error);
  StrataUrl *url = choice != NULL ? strata_database_choice_require (choice, writable, error) : NULL;

  if (url == NULL)
    return NULL;

  return !writable && strata_workspace_is_missing_file (url) ? strata_url_new (&memory) : strata_url_ref (url);
}

/* What is tried where a server wants a password and none is known: one that the project has for another name of this
 * database, then the person at the terminal. */
static StrataConnection *
open_with_any_password (StrataWorkspace             *self,
                        StrataUrl                   *url,
                        const StrataConnectOptions  *options,
                        const StrataConnectRequest  *request,
                        GCancellable                *cancellable,
                        GError                     **error)
{
  g_autoptr(GError) local = NULL;
  g_autofree char *lent = NULL;
  StrataConnection *connection = open_with_password (self, url, options, request, NULL, FALSE, cancellable, &local);

  if (g_error_matches (local, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_AUTHENTICATION) && self->project != NULL
      && (self->password_origin == STRATA_PASSWORD_NONE || self->password_origin == STRATA_PASSWORD_LIBPQ))
    lent = strata_project_lend_password (self->project, url, (const char * const *) self->environ);

  if (lent != NULL)
    {
      g_clear_error (&local);
      connection = open_with_password (self, url, options, request, lent, FALSE, cancellable, &local);
    }

  if (request->ask_password && g_error_matches (local, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_AUTHENTICATION))
    {
      g_clear_error (&local);
      connection = open_with_password (self, url, options, request, NULL, TRUE, cancellable, &local);
    }

  if (connection == NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return connection;
}

static StrataConnection *
connect_to (StrataWorkspace             *self,
            StrataUrl                   *url,
            const StrataConnectRequest  *request,
            GCancellable                *cancellable,
            GError                     **error)
{
  g_autofree char *name = g_strdup_printf ("strata %s %s", PACKAGE_VERSION, request->command);
  StrataConnectOptions options = {
    .writable = request->writable,
    .create = request->writable,
    .application_name = name,
  };

  if (self->profile != NULL)
    {
      const StrataProfileFields *fields = strata_profile_get_fields (self->profile);

      options.connect_timeout_ms = MAX (fields->connect_timeout, 0);
      options.role = fields->role;
      options.search_path = fields->search_path;
    }

  return open_with_any_password (self, url, &options, request, cancellable, error);
}

StrataConnection *
strata_workspace_connect (StrataWorkspace             *self,
                          const StrataConnectRequest  *request,
                          GCancellable                *cancellable,
                          GError                     **error)
{
  g_autoptr(StrataUrl) url = choose_url (self, request->writable, error);

  return url != NULL ? connect_to (self, url, request, cancellable, error) : NULL;
}

StrataConnection *
strata_workspace_test_profile (StrataProfile               *profile,
                               const char                  *password,
                               const StrataConnectRequest  *request,
                               GCancellable                *cancellable,
                               GError                     **error)
{
  g_auto(GStrv) environment = g_get_environ ();
  StrataWorkspace self = { .profile = profile, .password = (char *) password, .environ = environment };

  return connect_to (&self, strata_profile_get_fields (profile)->url, request, cancellable, error);
}

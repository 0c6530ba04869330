/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/scratch/scratch-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/sql/statement.h"

#define PREFIX "strata_scratch_"
#define OWNER_FORMAT "Strata scratch database: host=%s pid=%d user=%s since=%s"
#define DEFAULT_DATABASE "postgres"

static StrataUrl *
dup_url_with (StrataUrl  *url,
              const char *password,
              const char *database)
{
  return strata_url_new (&(StrataUrlParts) {
    .dialect = strata_url_get_dialect (url),
    .driver = strata_url_get_driver (url),
    .user = strata_url_get_user (url),
    .password = password,
    .host = strata_url_get_host (url),
    .port = strata_url_get_port (url),
    .database = database,
    .query = (const char **) strata_url_get_query_list (url),
  });
}

static char *
dup_owner (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *since = g_date_time_format_iso8601 (now);

  return g_strdup_printf (OWNER_FORMAT, g_get_host_name (), (int) getpid (), g_get_user_name (), since);
}

/* The value behind " key=" in the comment. */
static char *
dup_field (const char *comment,
           const char *key)
{
  g_autofree char *mark = g_strdup_printf (" %s=", key);
  const char *at = strstr (comment, mark);

  return at != NULL ? g_strndup (at + strlen (mark), strcspn (at + strlen (mark), " ")) : NULL;
}

/* Its owner ran on this machine and is no more. */
static gboolean
is_left (const char *comment)
{
  g_autofree char *host = dup_field (comment, "host");
  g_autofree char *pid = dup_field (comment, "pid");
  gint64 number = pid != NULL ? g_ascii_strtoll (pid, NULL, 10) : 0;

  return g_strcmp0 (host, g_get_host_name ()) == 0 && number > 0 && number <= G_MAXINT
         && kill ((pid_t) number, 0) != 0 && errno == ESRCH;
}

static gboolean
drop_database (StrataConnection *server,
               const char       *name,
               const char       *how)
{
  g_autofree char *quoted = strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, name);
  g_autofree char *sql = g_strdup_printf ("DROP DATABASE IF EXISTS %s%s", quoted, how);
  g_autoptr(GError) error = NULL;

  if (strata_connection_execute (server, sql, -1, NULL, 0, NULL, NULL, &error))
    return TRUE;

  g_debug ("%s stays: %s", name, error->message);

  return FALSE;
}

/* Without FORCE: whoever is connected to one keeps it. */
static gboolean
remove_left (StrataConnection  *server,
             GCancellable      *cancellable,
             GError           **error)
{
  g_autoptr(StrataRows) rows = strata_connection_query (server, strata_resource_text ("sql/postgresql/scratch-databases.sql"),
                                                        (const char *[]) { PREFIX }, 1, cancellable, error);

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    if (is_left (strata_rows_get (rows, i, 1)))
      drop_database (server, strata_rows_get (rows, i, 0), "");

  return TRUE;
}

/* Of template0: nothing of what an administrator put into template1 is in it, so that an empty one reads as empty. */
static gboolean
create_database (StrataScratch  *self,
                 GCancellable   *cancellable,
                 GError        **error)
{
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf (PREFIX "%d_%.8s", (int) getpid (), random);
  g_autofree char *owner = dup_owner ();
  g_autofree char *literal = strata_sql_quote_literal (STRATA_DIALECT_POSTGRESQL, owner);
  g_autofree char *create = g_strdup_printf ("CREATE DATABASE %s TEMPLATE template0", name);
  g_autofree char *comment = g_strdup_printf ("COMMENT ON DATABASE %s IS %s", name, literal);
  g_autofree char *settings = g_strdup_printf ("ALTER DATABASE %s SET synchronous_commit = off", name);

  if (!strata_connection_execute (self->server, create, -1, NULL, 0, NULL, cancellable, error))
    {
      g_prefix_error (error,
                      _("A scratch database cannot be made there (“scratch_url” in strata.ini can name another server, "
                        "with a user who may create databases): "));
      return FALSE;
    }
  self->name = g_steal_pointer (&name);

  return strata_connection_execute (self->server, comment, -1, NULL, 0, NULL, cancellable, error)
         && strata_connection_execute (self->server, settings, -1, NULL, 0, NULL, cancellable, error);
}

gboolean
strata_scratch_open_postgresql (StrataScratch  *self,
                                StrataUrl      *server,
                                const char     *search_path,
                                GCancellable   *cancellable,
                                GError        **error)
{
  const StrataConnectOptions options = { .writable = TRUE, .application_name = "strata scratch" };
  const StrataConnectOptions inside = { .writable = TRUE, .application_name = "strata scratch", .search_path = search_path };
  const char *database = strata_url_get_database (server);
  g_autoptr(StrataUrl) url = dup_url_with (server, strata_url_get_password (server),
                                             database != NULL ? database : DEFAULT_DATABASE);
  g_autofree char *password = NULL;

  self->server = strata_connection_open (url, &options, cancellable, error);
  if (self->server == NULL || !remove_left (self->server, cancellable, error)
      || !create_database (self, cancellable, error))
    return FALSE;

  password = strata_connection_dup_password (self->server);
  self->url = dup_url_with (server, password, self->name);
  self->connection = strata_connection_open (self->url, &inside, cancellable, error);

  return self->connection != NULL;
}

void
strata_scratch_drop_postgresql (StrataScratch *self)
{
  const StrataConnectOptions options = { .writable = TRUE, .application_name = "strata scratch" };
  g_autoptr(StrataConnection) anew = NULL;

  if (drop_database (self->server, self->name, " WITH (FORCE)"))
    return;

  /* It may have waited so long that its connection is gone. */
  anew = strata_connection_open (strata_connection_get_url (self->server), &options, NULL, NULL);
  if (anew != NULL)
    drop_database (anew, self->name, " WITH (FORCE)");
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/files.h"

#define OLDEST_SERVER 130000

/* A killed client, or one whose machine is gone, must not hold the run lock for hours: the first ones look at a connection
 * that is idle, check_client (from 14 on, where the system can tell) at one with a statement that runs. */
static const struct
{
  const char *name;
  const char *value;
} keep_alive[] = {
  { "tcp_keepalives_idle", "30" },
  { "tcp_keepalives_interval", "10" },
  { "tcp_keepalives_count", "3" },
};
static const char check_client[] = "SET client_connection_check_interval = '2s'";

static void
append_setting (StrataPostgresqlConnection *self,
                GString                    *sql,
                const char                 *name,
                const char                 *value,
                gboolean                    local)
{
  char *literal = PQescapeLiteral (self->handle, value, strlen (value));

  g_string_append_printf (sql, "%s pg_catalog.set_config('%s', %s, %s)", sql->len == 0 ? "SELECT" : ",", name, literal,
                          local ? "true" : "false");
  PQfreemem (literal);
}

static void
append_timeout (StrataPostgresqlConnection *self,
                GString                    *sql,
                const char                 *name,
                gint64                      milliseconds)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, milliseconds);

  if (milliseconds >= 0)
    append_setting (self, sql, name, value, TRUE);
}

/* One SELECT, or NULL where there is nothing to set. A transaction pooler hands each transaction to another session:
 * behind it everything is local, time limits too. */
char *
strata_postgresql_dup_settings (StrataPostgresqlConnection *self,
                                gboolean                    local)
{
  GString *sql = g_string_new (NULL);

  if (self->role != NULL)
    append_setting (self, sql, "role", self->role, local);
  if (self->search_path != NULL)
    append_setting (self, sql, "search_path", self->search_path, local);
  if (local)
    {
      append_timeout (self, sql, "lock_timeout", self->timeouts.lock_ms);
      append_timeout (self, sql, "statement_timeout", self->timeouts.statement_ms);
    }
  else if (self->writable)
    for (guint i = 0; i < G_N_ELEMENTS (keep_alive); i++)
      append_setting (self, sql, keep_alive[i].name, keep_alive[i].value, FALSE);
  else
    append_setting (self, sql, "default_transaction_read_only", "on", FALSE);

  return g_string_free (sql, sql->len == 0);
}

static gboolean
run (StrataPostgresqlConnection  *self,
     const char                  *sql,
     GCancellable                *cancellable,
     GError                     **error)
{
  gint64 affected;
  g_autoptr(StrataRows) rows = strata_postgresql_send (self, sql, NULL, 0, &affected, cancellable, error);

  return rows != NULL;
}

/* Only the role can be refused here. */
static GError *
refused (StrataPostgresqlConnection *self,
         GError                     *error)
{
  g_autoptr(GError) owned = error;

  if (self->role == NULL || !g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_STATEMENT))
    return g_steal_pointer (&owned);

  return strata_database_error_new (STRATA_DATABASE_ERROR_AUTHENTICATION, strata_database_error_get_message (error),
                                    _("The role “%s” cannot be taken: %s"), self->role, error->message);
}

/* A pooler that tells libpq the truth still hands out another backend sooner or later: hence the second look. */
static gboolean
apply_settings (StrataPostgresqlConnection  *self,
                GCancellable                *cancellable,
                GError                     **error)
{
  g_autofree char *settings = strata_postgresql_dup_settings (self, FALSE);
  g_autofree char *sql = g_strconcat (settings, ", pg_catalog.pg_backend_pid()", NULL);
  g_autoptr(StrataRows) rows = NULL;
  GError *local = NULL;
  gint64 affected;

  rows = strata_postgresql_send (self, sql, NULL, 0, &affected, cancellable, &local);
  if (rows == NULL)
    {
      g_propagate_error (error, refused (self, local));
      return FALSE;
    }

  self->pooled = strata_rows_get_int (rows, 0, strata_rows_get_n_columns (rows) - 1) != self->backend_pid;

  /* Not every system can: then a statement that runs is simply not interrupted. */
  if (self->writable && PQserverVersion (self->handle) >= 140000)
    self->checks_client = run (self, check_client, cancellable, NULL);

  return TRUE;
}

/* "15.20" of "15.20 (Debian 15.20-0+deb12u1)". */
static char *
dup_version (StrataPostgresqlConnection *self)
{
  const char *text = PQparameterStatus (self->handle, "server_version");
  const char *packager = text != NULL ? strstr (text, " (") : NULL;

  return packager != NULL ? g_strndup (text, packager - text) : g_strdup (text);
}

static gboolean
check_version (StrataPostgresqlConnection  *self,
               GError                     **error)
{
  g_autofree char *version = dup_version (self);

  if (PQserverVersion (self->handle) >= OLDEST_SERVER)
    return TRUE;

  g_propagate_error (error,
                     strata_database_error_new (STRATA_DATABASE_ERROR_NOT_SUPPORTED, NULL,
                                                _("The server is PostgreSQL %s; Strata works with 13 and newer"),
                                                version));

  return FALSE;
}

/* Statements are cut apart by the rules of standard strings. */
static gboolean
check_strings (StrataPostgresqlConnection  *self,
               GError                     **error)
{
  if (g_strcmp0 (PQparameterStatus (self->handle, "standard_conforming_strings"), "off") != 0 || !self->writable)
    return TRUE;

  g_propagate_error (error,
                     strata_database_error_new (STRATA_DATABASE_ERROR_NOT_SUPPORTED, NULL,
                                                _("standard_conforming_strings is off for this user and database, so "
                                                  "that '\\' has another meaning in texts. Set it on (ALTER ROLE ... "
                                                  "SET standard_conforming_strings = on), which is PostgreSQL's "
                                                  "default")));

  return FALSE;
}

gboolean
strata_postgresql_start_session (StrataPostgresqlConnection  *self,
                                 GCancellable                *cancellable,
                                 GError                     **error)
{
  StrataConnectionTraits traits = STRATA_TRAIT_TRANSACTIONAL_DDL;
  g_autofree char *version = dup_version (self);
  g_autofree char *server = g_strdup_printf ("PostgreSQL %s", version);
  g_autoptr(StrataRows) facts = NULL;
  gint64 affected;

  if (!check_version (self, error) || !check_strings (self, error))
    return FALSE;

  facts = strata_postgresql_send (self, strata_resource_text ("sql/postgresql/connection-facts.sql"), NULL, 0, &affected,
                                  cancellable, error);
  if (facts == NULL)
    return FALSE;

  /* A pooler makes up the process id that it gives to libpq. */
  self->backend_pid = (int) strata_rows_get_int (facts, 0, 0);
  self->pooled = self->backend_pid != PQbackendPID (self->handle);
  if (!self->pooled && !apply_settings (self, cancellable, error))
    return FALSE;

  if (self->pooled)
    traits |= STRATA_TRAIT_POOLED;
  if (strata_rows_get_int (facts, 0, 1) == 1)
    traits |= STRATA_TRAIT_STANDBY | STRATA_TRAIT_READ_ONLY;
  if (strata_rows_get_int (facts, 0, 2) == 1)
    traits |= STRATA_TRAIT_READ_ONLY;
  strata_connection_set_server (STRATA_CONNECTION (self), server, PQserverVersion (self->handle), traits);

  return TRUE;
}

static void
append_set (GString    *sql,
            const char *set,
            const char *name,
            gint64      milliseconds)
{
  if (milliseconds >= 0)
    g_string_append_printf (sql, "%s %s = %" G_GINT64_FORMAT ";", set, name, milliseconds);
}

static void
append_timeouts (StrataPostgresqlConnection *self,
                 GString                    *sql)
{
  const char *set = self->pooled ? "SET LOCAL" : "SET";

  append_set (sql, set, "lock_timeout", self->timeouts.lock_ms);
  append_set (sql, set, "statement_timeout", self->timeouts.statement_ms);
}

/* Behind a pooler the next transaction begins with them. */
gboolean
strata_postgresql_set_timeouts (StrataPostgresqlConnection  *self,
                                StrataTimeouts               timeouts,
                                GError                     **error)
{
  g_autoptr(GString) sql = g_string_new (NULL);

  self->timeouts = timeouts;
  if (!self->pooled || strata_postgresql_in_transaction (self))
    append_timeouts (self, sql);

  return sql->len == 0 || run (self, sql->str, NULL, error);
}

/* Outside of a transaction there is nothing to undo behind a pooler: the session is another's by now. */
gboolean
strata_postgresql_reset_session (StrataPostgresqlConnection  *self,
                                 GError                     **error)
{
  g_autoptr(GString) sql = g_string_new ("RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL;");
  g_autofree char *settings = strata_postgresql_dup_settings (self, self->pooled);

  if (self->pooled && !strata_postgresql_in_transaction (self))
    return TRUE;

  if (settings != NULL)
    g_string_append_printf (sql, "%s;", settings);
  if (self->checks_client)
    g_string_append_printf (sql, "%s;", check_client);
  append_timeouts (self, sql);

  return run (self, sql->str, NULL, error);
}

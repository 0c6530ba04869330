/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One PostgreSQL for all cases of a program, and short words for asking it. */

#pragma once

#include <string.h>

#include "core/database/connection.h"
#include "servers/server.h"

static TestServer *server;

static G_GNUC_UNUSED StrataConnection *
open_url (StrataUrl  *url,
          gboolean    writable,
          const char *name)
{
  const StrataConnectOptions options = { .writable = writable, .application_name = name };
  g_autoptr(GError) error = NULL;
  StrataConnection *connection = strata_connection_open (url, &options, NULL, &error);

  g_assert_no_error (error);

  return connection;
}

static G_GNUC_UNUSED StrataConnection *
open_as (gboolean    writable,
         const char *name)
{
  g_autoptr(StrataUrl) url = test_server_dup_url (server, "postgres");

  return open_url (url, writable, name);
}

static G_GNUC_UNUSED void
execute (StrataConnection *connection,
         const char       *sql)
{
  g_autoptr(GError) error = NULL;

  strata_connection_execute (connection, sql, -1, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
}

static G_GNUC_UNUSED GError *
fail (StrataConnection *connection,
      const char       *sql,
      GCancellable     *cancellable)
{
  GError *error = NULL;

  g_assert_false (strata_connection_execute (connection, sql, -1, NULL, 0, NULL, cancellable, &error));
  g_assert_nonnull (error);

  return error;
}

static G_GNUC_UNUSED char *
ask (StrataConnection *connection,
     const char       *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRows) rows = strata_connection_query (connection, sql, NULL, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (strata_rows_get_n_rows (rows), >, 0);

  return g_strdup (strata_rows_get (rows, 0, 0));
}

#define assert_code(error, name) g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_##name)
#define assert_says(error, words) \
  do { if (strstr ((error)->message, words) == NULL) g_error ("“%s” does not say “%s”", (error)->message, words); } while (0)

static G_GNUC_UNUSED gpointer
cancel_soon (gpointer data)
{
  g_usleep (200 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

typedef struct
{
  const char *path;
  void      (*function) (void);
} Case;

static char *skip_reason;

static void
skip (void)
{
  g_test_skip (skip_reason);
}

static G_GNUC_UNUSED int
run_cases (int         argc,
           char       *argv[],
           const char *prefix,
           const Case *cases,
           guint       n_cases)
{
  int status;

  g_test_init (&argc, &argv, NULL);

  server = test_server_start ("postgresql", NULL, &skip_reason);
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *path = g_strconcat ("/database/postgresql/", prefix, "/", cases[i].path, NULL);

      g_test_add_func (path, server != NULL ? cases[i].function : skip);
    }

  status = g_test_run ();
  g_clear_pointer (&server, test_server_free);
  g_free (skip_reason);

  return status;
}

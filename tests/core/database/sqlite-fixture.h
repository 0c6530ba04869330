/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A SQLite database in a folder of its own. */

#pragma once

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/database/connection.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static G_GNUC_UNUSED void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("strata-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "app.db", NULL);
}

static G_GNUC_UNUSED void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static G_GNUC_UNUSED StrataConnection *
try_open (Fixture   *fixture,
          gboolean   writable,
          GError   **error)
{
  const StrataUrlParts parts = { .dialect = STRATA_DIALECT_SQLITE, .database = fixture->path };
  const StrataConnectOptions options = { .writable = writable, .create = writable, .application_name = "test" };
  g_autoptr(StrataUrl) url = strata_url_new (&parts);

  return strata_connection_open (url, &options, NULL, error);
}

static G_GNUC_UNUSED StrataConnection *
must_open (Fixture  *fixture,
           gboolean  writable)
{
  g_autoptr(GError) error = NULL;
  StrataConnection *connection = try_open (fixture, writable, &error);

  g_assert_no_error (error);

  return connection;
}

static G_GNUC_UNUSED void
must_execute (StrataConnection *connection,
              const char       *sql)
{
  g_autoptr(GError) error = NULL;

  strata_connection_execute (connection, sql, -1, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
}

static G_GNUC_UNUSED guint
count_files (Fixture *fixture)
{
  g_autoptr(GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

/* A number. */
static G_GNUC_UNUSED gint64
must_ask (StrataConnection *connection,
          const char       *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRows) rows = strata_connection_query (connection, sql, NULL, 0, NULL, &error);

  g_assert_no_error (error);

  return strata_rows_get_int (rows, 0, 0);
}

/* Somebody who may read the folder and everything in it, and no more. Tests often run as root, who may everything. */
static G_GNUC_UNUSED gboolean
become_a_stranger (Fixture *fixture)
{
  g_chmod (fixture->path, 0444);
  g_chmod (fixture->folder, 0555);

  return geteuid () != 0 || seteuid (65534) == 0;
}

static G_GNUC_UNUSED void
become_oneself (Fixture *fixture)
{
  g_assert_cmpint (seteuid (getuid ()), ==, 0);
  g_chmod (fixture->folder, 0755);
  g_chmod (fixture->path, 0644);
}

#define ADD(path, function) g_test_add ("/database/sqlite/" path, Fixture, NULL, set_up, function, tear_down)

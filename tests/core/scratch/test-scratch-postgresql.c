/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/database/postgresql-fixture.h"
#include "core/scratch/scratch.h"

#define COUNT_SCRATCH "SELECT count (*) FROM pg_database WHERE datname LIKE 'strata\\_scratch\\_%'"

static StrataScratch *
open_scratch (void)
{
  g_autoptr(StrataUrl) url = test_server_dup_url (server, "postgres");
  g_autoptr(GError) error = NULL;
  StrataScratch *scratch = strata_scratch_open (STRATA_DIALECT_POSTGRESQL, url, NULL, NULL, &error);

  g_assert_no_error (error);

  return scratch;
}

static gboolean
load (StrataScratch  *scratch,
      const char     *sql,
      GError        **error)
{
  return strata_scratch_load (scratch, "x.sql", sql, strlen (sql), NULL, error);
}

static void
test_load (void)
{
  g_autoptr(StrataConnection) here = open_as (TRUE, "test");
  g_autoptr(StrataScratch) scratch = open_scratch ();
  g_autoptr(StrataConnection) other = open_url (strata_scratch_get_url (scratch), FALSE, "test");
  g_autofree char *before = ask (here, COUNT_SCRATCH);
  g_autofree char *after = NULL;
  g_autofree char *n = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (load (scratch, "BEGIN; CREATE TABLE t (id int); COMMIT; CREATE EXTENSION pgcrypto;"
                                " CREATE INDEX CONCURRENTLY i ON t (id)", &error));
  g_assert_no_error (error);
  n = ask (other, "SELECT count (*) FROM pg_class WHERE relname IN ('t', 'i')");
  g_assert_cmpstr (n, ==, "2");
  g_assert_cmpstr (before, ==, "1");

  g_clear_pointer (&scratch, strata_scratch_free);
  after = ask (here, COUNT_SCRATCH);
  g_assert_cmpstr (after, ==, "0");
}

/* As pg_dump leaves it. */
static void
test_session (void)
{
  g_autoptr(StrataScratch) scratch = open_scratch ();
  g_autoptr(GError) error = NULL;

  g_assert_true (load (scratch, "SELECT pg_catalog.set_config('search_path', '', false); SET row_security = off", &error));
  g_assert_no_error (error);
  g_assert_true (load (scratch, "CREATE TABLE t (id int)", &error));
  g_assert_no_error (error);
}

static void
test_refuses (void)
{
  g_autoptr(StrataScratch) scratch = open_scratch ();
  g_autoptr(GError) error = NULL;
  g_autofree char *n = NULL;

  g_assert_false (load (scratch, "CREATE TABLE t (id int);\nDROP ROLE ana", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  assert_says (error, "x.sql:2:1: ");
  n = ask (strata_scratch_get_connection (scratch), "SELECT count (*) FROM pg_class WHERE relname = 't'");
  g_assert_cmpstr (n, ==, "0");
}

static void
test_words (void)
{
  g_autoptr(StrataScratch) scratch = open_scratch ();
  g_autoptr(GError) error = NULL;

  g_assert_false (load (scratch, "CREATE TABLE t (id int);\nCREATE INDEX i\n  ON t (\n  nothing)", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
  assert_says (error, "x.sql:2:1: ");
  assert_says (error, "column \"nothing\" does not exist");

  g_clear_error (&error);
  g_assert_false (load (scratch, "CREATE TABLE u (\n  a nonsense)", &error));
  assert_says (error, "x.sql:2:5: ");

  g_clear_error (&error);
  g_assert_false (load (scratch, "CREATE EXTENSION nowhere_to_be_found", &error));
  assert_says (error, "scratch_url");
}

static void
test_no_right (void)
{
  g_autoptr(StrataConnection) here = open_as (TRUE, "test");
  g_autoptr(StrataUrl) url = NULL;
  g_autoptr(GError) error = NULL;

  execute (here, "DROP ROLE IF EXISTS mere");
  execute (here, "CREATE ROLE mere LOGIN PASSWORD 'secret'");
  url = test_server_dup_tcp_url (server, "mere", "secret", "postgres");
  g_assert_null (strata_scratch_open (STRATA_DIALECT_POSTGRESQL, url, NULL, NULL, &error));
  assert_says (error, "permission denied");
  assert_says (error, "scratch_url");
  execute (here, "DROP ROLE mere");
}

/* Who has the password for the one database alone reaches the scratch database too. */
static void
test_pgpass (void)
{
  g_autoptr(StrataConnection) here = open_as (TRUE, "test");
  g_autoptr(StrataUrl) url = NULL;
  g_autoptr(StrataScratch) scratch = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("strata-pgpass-XXXXXX", &path, NULL);

  g_assert_cmpint (write (fd, "*:*:postgres:maker:secret\n", 26), ==, 26);
  close (fd);
  execute (here, "DROP ROLE IF EXISTS maker");
  execute (here, "CREATE ROLE maker LOGIN CREATEDB PASSWORD 'secret'");
  g_setenv ("PGPASSFILE", path, TRUE);
  url = test_server_dup_tcp_url (server, "maker", NULL, "postgres");
  scratch = strata_scratch_open (STRATA_DIALECT_POSTGRESQL, url, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (load (scratch, "CREATE TABLE t (id int)", &error));

  g_clear_pointer (&scratch, strata_scratch_free);
  g_unsetenv ("PGPASSFILE");
  g_unlink (path);
  execute (here, "DROP ROLE maker");
}

/* A pid that was one, and is none. */
static int
find_dead_pid (void)
{
  pid_t pid = fork ();

  if (pid == 0)
    _exit (0);
  waitpid (pid, NULL, 0);

  return pid;
}

static void
make_left (StrataConnection *connection,
           const char       *name,
           const char       *host,
           int               pid)
{
  g_autofree char *create = g_strdup_printf ("CREATE DATABASE strata_scratch_%s", name);
  g_autofree char *comment = g_strdup_printf ("COMMENT ON DATABASE strata_scratch_%s IS 'Strata scratch database: host=%s"
                                              " pid=%d user=ana since=2026-11-20T10:00:00Z'", name, host, pid);

  execute (connection, create);
  execute (connection, comment);
}

/* Of a killed run of this machine, with nobody in it: gone. All others stay. */
static void
test_left (void)
{
  g_autoptr(StrataConnection) here = open_as (TRUE, "test");
  g_autoptr(StrataUrl) url = test_server_dup_url (server, "strata_scratch_visited");
  g_autoptr(StrataConnection) visitor = NULL;
  g_autoptr(StrataScratch) scratch = NULL;
  g_autofree char *names = NULL;
  static const char * const all[] = { "visited", "elsewhere", "running", "strange" };

  make_left (here, "dead", g_get_host_name (), find_dead_pid ());
  make_left (here, "visited", g_get_host_name (), find_dead_pid ());
  make_left (here, "elsewhere", "another.example", find_dead_pid ());
  make_left (here, "running", g_get_host_name (), getpid ());
  execute (here, "CREATE DATABASE strata_scratch_strange");
  visitor = open_url (url, FALSE, "visitor");

  scratch = open_scratch ();
  g_clear_pointer (&scratch, strata_scratch_free);
  names = ask (here, "SELECT string_agg (substr (datname, 16), ' ' ORDER BY datname) FROM pg_database"
                     " WHERE datname LIKE 'strata\\_scratch\\_%'");
  g_assert_cmpstr (names, ==, "elsewhere running strange visited");

  strata_connection_close (visitor);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *drop = g_strdup_printf ("DROP DATABASE strata_scratch_%s WITH (FORCE)", all[i]);

      execute (here, drop);
    }
}

int
main (int    argc,
      char **argv)
{
  static const Case cases[] = {
    { "load", test_load },
    { "session", test_session },
    { "refuses", test_refuses },
    { "words", test_words },
    { "no-right", test_no_right },
    { "pgpass", test_pgpass },
    { "left", test_left },
  };

  return run_cases (argc, argv, "scratch", cases, G_N_ELEMENTS (cases));
}

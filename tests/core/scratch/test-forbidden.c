/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/scratch/scratch.h"

typedef struct
{
  StrataDialect  dialect;
  const char    *name;
  const char    *sql;
  const char    *says;    /* NULL: may run */
} RuleCase;

#define PG STRATA_DIALECT_POSTGRESQL
#define LITE STRATA_DIALECT_SQLITE

static const RuleCase cases[] = {
  { PG, "table", "CREATE TABLE t (id int DEFAULT 1, \"role\" text)", NULL },
  { PG, "grant", "GRANT SELECT ON t TO ana", NULL },
  { PG, "revoke", "REVOKE ALL ON SCHEMA public FROM PUBLIC", NULL },
  { PG, "role-of-a-table", "CREATE TABLE role (id int); DROP TABLE role", NULL },
  { PG, "comment", "COMMENT ON TABLE t IS 'DROP ROLE ana; is done by hand'", NULL },
  { PG, "own-function", "CREATE FUNCTION app.pg_read_file(text) RETURNS text LANGUAGE sql AS 'SELECT $1'", NULL },
  { PG, "transaction", "BEGIN; CREATE TABLE t (id int); COMMIT", NULL },
  { PG, "plpgsql", "CREATE OR REPLACE PROCEDURAL LANGUAGE plpgsql", NULL },
  { PG, "extension", "CREATE EXTENSION IF NOT EXISTS vector", NULL },
  { PG, "revoke-of-a-function", "REVOKE EXECUTE ON FUNCTION pg_read_file(text) FROM PUBLIC", NULL },
  { PG, "drop-role", "CREATE TABLE t (id int);\n\nDROP ROLE ana", "x.sql:3:1: " },
  { PG, "alter-user", "alter user ana password 'x'", "ROLE" },
  { PG, "user-mapping", "CREATE USER MAPPING FOR ana SERVER s", "USER MAPPING" },
  { PG, "create-database", "/* a */ CREATE -- b\n DATABASE x", "DATABASE" },
  { PG, "system", "ALTER SYSTEM SET work_mem = '1GB'", "ALTER SYSTEM" },
  { PG, "tablespace", "CREATE TABLESPACE t LOCATION '/x'", "TABLESPACE" },
  { PG, "copy-program", "COPY (SELECT a FROM b) TO PROGRAM 'rm x'", "program" },
  { PG, "copy-file", "COPY t FROM '/etc/passwd'", "file" },
  { PG, "dblink", "SELECT * FROM public.dblink('x', 'DROP TABLE y') AS t(a int)", "dblink" },
  { PG, "quoted-call", "SELECT \"pg_read_file\" ('x')", "pg_read_file" },
  { PG, "call-in-a-default", "CREATE TABLE t (a text DEFAULT pg_read_file('x'))", "pg_read_file" },
  { PG, "load", "LOAD 'x'", "LOAD" },
  { PG, "language-c", "CREATE FUNCTION f() RETURNS int AS 'x', 'y' LANGUAGE C", "LANGUAGE c" },
  { PG, "language-quoted", "CREATE FUNCTION f() RETURNS int LANGUAGE 'plpython3u' AS $$ import os $$", "plpython3u" },
  { PG, "create-language", "CREATE EXTENSION x; CREATE TRUSTED LANGUAGE plpython3u", "LANGUAGE" },
  { PG, "label", "SECURITY LABEL ON TABLE t IS 'x'", "SECURITY LABEL" },
  { PG, "grant-role", "GRANT admin TO ana WITH ADMIN OPTION", "role" },
  { PG, "revoke-role", "REVOKE ADMIN OPTION FOR admin FROM ana", "role" },
  { PG, "grant-database", "GRANT CONNECT ON DATABASE x TO ana", "GRANT" },
  { PG, "grant-in-a-schema", "CREATE SCHEMA s GRANT ALL ON DATABASE x TO ana", "GRANT" },
  { PG, "comment-on-database", "COMMENT ON DATABASE x IS 'y'", "COMMENT" },
  { PG, "subscription", "CREATE SUBSCRIPTION s CONNECTION 'x' PUBLICATION p", "SUBSCRIPTION" },
  { PG, "server", "CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw", "SERVER" },
  { PG, "owned", "DROP OWNED BY ana", "OWNED" },
  { PG, "catalog", "UPDATE pg_catalog.pg_database SET datallowconn = false", "catalog" },
  { PG, "catalog-in-a-with", "WITH x AS (DELETE FROM pg_authid RETURNING 1) SELECT * FROM x", "catalog" },
  { PG, "prepared", "PREPARE TRANSACTION 'x'", "prepared" },
  { PG, "in-do", "DO $$ BEGIN IF true THEN CREATE ROLE ana; END IF; END $$", "ROLE" },
  { PG, "in-execute", "DO $a$ BEGIN EXECUTE format('DROP DATABASE %I', 'x'); END $a$", "DATABASE" },
  { PG, "in-a-nested-text", "DO $a$ BEGIN EXECUTE $b$ DO $c$ BEGIN EXECUTE 'ALTER SYSTEM RESET ALL'; END $c$ $b$; END $a$", "SYSTEM" },
  { PG, "in-a-function", "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$BEGIN PERFORM dblink_exec('x'); END$$", "dblink" },
  { PG, "in-an-atomic-function", "CREATE FUNCTION f() RETURNS text BEGIN ATOMIC SELECT pg_read_file('x'); END", "pg_read_file" },
  { PG, "message", "DO $$ BEGIN RAISE NOTICE 'first create role ana'; END $$", NULL },
  { PG, "meta-command", "CREATE TABLE t (id int);\n\\! rm x\n", "x.sql:2" },
  { PG, "open-quote", "CREATE TABLE t (a text DEFAULT 'x)", "x.sql:1" },

  { LITE, "table", "CREATE TABLE t (id int DEFAULT 1)", NULL },
  { LITE, "vacuum", "VACUUM", NULL },
  { LITE, "pragma", "PRAGMA foreign_keys = ON", NULL },
  { LITE, "attach", "-- a\nATTACH DATABASE 'x' AS y", "x.sql:2:1: " },
  { LITE, "vacuum-into", "VACUUM main INTO 'x'", "VACUUM" },
  { LITE, "extension", "SELECT load_extension('x')", "load_extension" },
  { LITE, "heap", "PRAGMA temp_store_directory = '/x'", "PRAGMA" },
};

static void
test_rule (gconstpointer data)
{
  const RuleCase *rule = data;
  g_autofree char *found = strata_scratch_find_forbidden (rule->dialect, "x.sql", rule->sql, strlen (rule->sql), 1);

  if (rule->says == NULL)
    g_assert_cmpstr (found, ==, NULL);
  else
    g_assert_true (found != NULL && strstr (found, rule->says) != NULL);
}

/* Whatever stands there ends well, and soon. */
static void
test_any_text (void)
{
  static const char * const pieces[] = { "COPY ", "$$", "'", "DO ", "(", ";", "\\", "GRANT ", "CREATE FUNCTION ", "\"", "$a$", "U&" };

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *found = NULL;

      for (guint j = 0; j < 200; j++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      found = strata_scratch_find_forbidden (i % 2 == 0 ? PG : LITE, "x.sql", text->str, text->len, 1);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/scratch/forbidden/%s/%s", strata_dialect_get_name (cases[i].dialect),
                                               cases[i].name);

      g_test_add_data_func (path, &cases[i], test_rule);
    }
  g_test_add_func ("/scratch/forbidden/any-text", test_any_text);

  return g_test_run ();
}

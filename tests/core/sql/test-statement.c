/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/sql/statement.h"

#define SQLITE         STRATA_DIALECT_SQLITE
#define POSTGRESQL     STRATA_DIALECT_POSTGRESQL
#define MYSQL          STRATA_DIALECT_MYSQL
#define MSSQL          STRATA_DIALECT_MSSQL
#define PLAIN          STRATA_STATEMENT_PLAIN
#define NO_TRANSACTION STRATA_STATEMENT_NO_TRANSACTION
#define CONTROL        STRATA_STATEMENT_TRANSACTION_CONTROL
#define VOID           STRATA_STATEMENT_IN_TRANSACTION_VOID

static const struct
{
  StrataDialect        dialect;
  const char          *text;
  StrataStatementKind  kind;
  const char          *words;
} classify_cases[] = {
  { POSTGRESQL, "create index concurrently x on t(a)", NO_TRANSACTION, "CREATE INDEX CONCURRENTLY" },
  { POSTGRESQL, "CREATE /* */ UNIQUE\nINDEX CONCURRENTLY x on t(a)", NO_TRANSACTION, "CREATE INDEX CONCURRENTLY" },
  { POSTGRESQL, "create index \"concurrently\" on t(a)", PLAIN, NULL },
  { POSTGRESQL, "create index x on concurrently(a)", PLAIN, NULL },
  { POSTGRESQL, "drop index concurrently if exists x", NO_TRANSACTION, "DROP INDEX CONCURRENTLY" },
  { POSTGRESQL, "drop index x", PLAIN, NULL },
  { POSTGRESQL, "reindex index concurrently x", NO_TRANSACTION, "REINDEX CONCURRENTLY" },
  { POSTGRESQL, "reindex (verbose) table concurrently t", NO_TRANSACTION, "REINDEX CONCURRENTLY" },
  { POSTGRESQL, "reindex (verbose, concurrently) table t", NO_TRANSACTION, "REINDEX CONCURRENTLY" },
  { POSTGRESQL, "reindex (concurrently true, verbose off) table t", NO_TRANSACTION, "REINDEX CONCURRENTLY" },
  { POSTGRESQL, "reindex (concurrently off) table t", PLAIN, NULL },
  { POSTGRESQL, "reindex (concurrently 'false') table t", PLAIN, NULL },
  { POSTGRESQL, "reindex (tablespace concurrently) table t", PLAIN, NULL },
  { POSTGRESQL, "reindex table t", PLAIN, NULL },
  { POSTGRESQL, "reindex schema public", NO_TRANSACTION, "REINDEX SCHEMA" },
  { POSTGRESQL, "reindex (verbose) database p", NO_TRANSACTION, "REINDEX DATABASE" },
  { POSTGRESQL, "reindex system p", NO_TRANSACTION, "REINDEX SYSTEM" },
  { POSTGRESQL, "vacuum", NO_TRANSACTION, "VACUUM" },
  { POSTGRESQL, "vacuum (analyze) t", NO_TRANSACTION, "VACUUM" },
  { POSTGRESQL, "analyze", PLAIN, NULL },
  { POSTGRESQL, "create database q", NO_TRANSACTION, "CREATE DATABASE" },
  { POSTGRESQL, "drop database if exists q", NO_TRANSACTION, "DROP DATABASE" },
  { POSTGRESQL, "create tablespace x location 'y'", NO_TRANSACTION, "CREATE TABLESPACE" },
  { POSTGRESQL, "drop tablespace x", NO_TRANSACTION, "DROP TABLESPACE" },
  { POSTGRESQL, "alter tablespace x set (seq_page_cost=1)", PLAIN, NULL },
  { POSTGRESQL, "alter system reset all", NO_TRANSACTION, "ALTER SYSTEM" },
  { POSTGRESQL, "alter database \"set\" set tablespace x", NO_TRANSACTION, "ALTER DATABASE SET TABLESPACE" },
  { POSTGRESQL, "alter database p set work_mem='4MB'", PLAIN, NULL },
  { POSTGRESQL, "cluster", NO_TRANSACTION, "CLUSTER of all tables" },
  { POSTGRESQL, "cluster verbose", NO_TRANSACTION, "CLUSTER of all tables" },
  { POSTGRESQL, "cluster (verbose)", NO_TRANSACTION, "CLUSTER of all tables" },
  { POSTGRESQL, "cluster t using x", PLAIN, NULL },
  { POSTGRESQL, "cluster (verbose) t using x", PLAIN, NULL },
  { POSTGRESQL, "create subscription s connection 'x' publication p", NO_TRANSACTION, "CREATE SUBSCRIPTION" },
  { POSTGRESQL, "create subscription s connection 'x' publication p with (enabled = off)", NO_TRANSACTION, "CREATE SUBSCRIPTION" },
  { POSTGRESQL, "create subscription s connection 'x' publication p with (connect = false)", PLAIN, NULL },
  { POSTGRESQL, "create subscription s connection 'x' publication p with (enabled=off, create_slot='off')", PLAIN, NULL },
  { POSTGRESQL, "drop subscription s", NO_TRANSACTION, "DROP SUBSCRIPTION" },
  { POSTGRESQL, "alter subscription s refresh publication", NO_TRANSACTION, "ALTER SUBSCRIPTION with refresh" },
  { POSTGRESQL, "alter subscription s set publication p", NO_TRANSACTION, "ALTER SUBSCRIPTION with refresh" },
  { POSTGRESQL, "alter subscription s add publication p with (refresh = false)", PLAIN, NULL },
  { POSTGRESQL, "alter subscription s set (failover = false)", NO_TRANSACTION, "ALTER SUBSCRIPTION SET (failover)" },
  { POSTGRESQL, "alter subscription s set (two_phase = false)", NO_TRANSACTION, "ALTER SUBSCRIPTION SET (two_phase)" },
  { POSTGRESQL, "alter subscription s set (slot_name = none)", PLAIN, NULL },
  { POSTGRESQL, "alter subscription s enable", PLAIN, NULL },
  { POSTGRESQL, "alter table detach detach partition p1 concurrently", NO_TRANSACTION, "DETACH PARTITION CONCURRENTLY" },
  { POSTGRESQL, "alter table only a.p detach partition p1 finalize", PLAIN, NULL },
  { POSTGRESQL, "alter table t add column concurrently int", PLAIN, NULL },
  { POSTGRESQL, "alter type t add value 'b'", PLAIN, NULL },
  { POSTGRESQL, "discard all", NO_TRANSACTION, "DISCARD ALL" },
  { POSTGRESQL, "discard plans", PLAIN, NULL },
  { POSTGRESQL, "refresh materialized view concurrently v", PLAIN, NULL },
  { POSTGRESQL, "prepare transaction 'x'", CONTROL, "PREPARE TRANSACTION" },
  { POSTGRESQL, "prepare x as select 1", PLAIN, NULL },
  { POSTGRESQL, "commit prepared 'x'", NO_TRANSACTION, "COMMIT PREPARED" },
  { POSTGRESQL, "rollback prepared 'x'", NO_TRANSACTION, "ROLLBACK PREPARED" },
  { POSTGRESQL, "begin isolation level serializable", CONTROL, "BEGIN" },
  { POSTGRESQL, "start transaction", CONTROL, "START TRANSACTION" },
  { POSTGRESQL, "commit and chain", CONTROL, "COMMIT" },
  { POSTGRESQL, "end work", CONTROL, "END" },
  { POSTGRESQL, "rollback", CONTROL, "ROLLBACK" },
  { POSTGRESQL, "abort", CONTROL, "ABORT" },
  { POSTGRESQL, "rollback to a", PLAIN, NULL },
  { POSTGRESQL, "rollback work to savepoint a", PLAIN, NULL },
  { POSTGRESQL, "rollback transaction to a", PLAIN, NULL },
  { POSTGRESQL, "savepoint a", PLAIN, NULL },
  { POSTGRESQL, "release a", PLAIN, NULL },
  { POSTGRESQL, "set transaction isolation level serializable", PLAIN, NULL },
  { POSTGRESQL, "insert into vacuum values (1)", PLAIN, NULL },
  { POSTGRESQL, "\"vacuum\"", PLAIN, NULL },
  { POSTGRESQL, "'vacuum'", PLAIN, NULL },
  { POSTGRESQL, "", PLAIN, NULL },
  { STRATA_DIALECT_UNKNOWN, "vacuum", NO_TRANSACTION, "VACUUM" },

  { SQLITE, "vacuum into 'x'", NO_TRANSACTION, "VACUUM" },
  { SQLITE, "pragma foreign_keys = on", VOID, "PRAGMA foreign_keys" },
  { SQLITE, "pragma foreign_keys = off", PLAIN, NULL },
  { SQLITE, "pragma main.foreign_keys(0)", PLAIN, NULL },
  { SQLITE, "pragma main.foreign_keys(1)", VOID, "PRAGMA foreign_keys" },
  { SQLITE, "pragma foreign_keys", PLAIN, NULL },
  { SQLITE, "pragma foreign_key_check(t)", PLAIN, NULL },
  { SQLITE, "pragma journal_mode=wal", VOID, "PRAGMA journal_mode" },
  { SQLITE, "pragma journal_mode", PLAIN, NULL },
  { SQLITE, "pragma synchronous = off", NO_TRANSACTION, "PRAGMA synchronous" },
  { SQLITE, "pragma wal_checkpoint", NO_TRANSACTION, "PRAGMA wal_checkpoint" },
  { SQLITE, "pragma user_version = 5", PLAIN, NULL },
  { SQLITE, "pragma legacy_alter_table = on", PLAIN, NULL },
  { SQLITE, "attach 'x' as y", PLAIN, NULL },
  { SQLITE, "detach y", PLAIN, NULL },
  { SQLITE, "begin immediate", CONTROL, "BEGIN" },
  { SQLITE, "commit", CONTROL, "COMMIT" },
  { SQLITE, "end", CONTROL, "END" },
  { SQLITE, "rollback", CONTROL, "ROLLBACK" },
  { SQLITE, "rollback transaction to x", PLAIN, NULL },
  { SQLITE, "savepoint x", PLAIN, NULL },
  { SQLITE, "create index concurrently on t(a)", PLAIN, NULL },

  { MYSQL, "start transaction", CONTROL, "START TRANSACTION" },
  { STRATA_DIALECT_MARIADB, "begin not atomic select 1; end", PLAIN, NULL },
  { STRATA_DIALECT_MARIADB, "commit", CONTROL, "COMMIT" },
  { MSSQL, "begin tran", CONTROL, "BEGIN TRANSACTION" },
  { MSSQL, "begin select 1 end", PLAIN, NULL },
};

static StrataStatement
make_statement (const char *text)
{
  return (StrataStatement) { .text = text, .length = strlen (text), .line = 1, .column = 1 };
}

static void
test_classify (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (classify_cases); i++)
    {
      StrataStatement statement = make_statement (classify_cases[i].text);
      const char *words = "";

      g_test_message ("%s", classify_cases[i].text);
      g_assert_cmpint (strata_statement_classify (classify_cases[i].dialect, &statement, &words), ==, classify_cases[i].kind);
      g_assert_cmpstr (words, ==, classify_cases[i].words);
    }
}

static const struct
{
  StrataDialect  dialect;
  const char    *text;
  const char    *index;
} index_cases[] = {
  { POSTGRESQL, "create index x on t (a)", "x" },
  { POSTGRESQL, "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS \"X y\" ON ONLY app . t USING btree (a)", "app.\"X y\"" },
  { POSTGRESQL, "create index concurrently x on \"A.b\".t (a)", "\"A.b\".x" },
  { POSTGRESQL, "create index concurrently on t (a)", NULL },
  { POSTGRESQL, "create index on t (a)", NULL },
  { POSTGRESQL, "create table x (a int)", NULL },
  { POSTGRESQL, "create index if x", NULL },
  { POSTGRESQL, "create index", NULL },
  { POSTGRESQL, "create index x on (", "x" },
  { POSTGRESQL, "drop index x", NULL },
  { SQLITE, "create unique index if not exists main.x on t (a)", "main.x" },
  { SQLITE, "create index [x y] on t (a)", "[x y]" },
  { MYSQL, "create index `x` on a.t (a)", "`x`" },
};

static void
test_created_index (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (index_cases); i++)
    {
      StrataStatement statement = make_statement (index_cases[i].text);
      g_autofree char *index = strata_statement_dup_created_index (index_cases[i].dialect, &statement);

      g_assert_cmpstr (index, ==, index_cases[i].index);
    }
}

static char *
hash (StrataDialect  dialect,
      const char    *text)
{
  return strata_sql_hash_tokens (dialect, text, strlen (text));
}

/* Each text counts as the one before it, or not. */
static const struct
{
  StrataDialect  dialect;
  const char    *a;
  const char    *b;
  gboolean       same;
} hash_cases[] = {
  { POSTGRESQL, "", " -- a\n;; /* b */", TRUE },
  { POSTGRESQL, "SELECT Foo FROM t", "select foo\n\tfrom T -- x", TRUE },
  { POSTGRESQL, "SELECT a=-1", "SELECT a = - 1", TRUE },
  { POSTGRESQL, "a;b", "a ; ; b ;", TRUE },
  { POSTGRESQL, "a;b", "a b", FALSE },
  { POSTGRESQL, "a b", "ab", FALSE },
  { POSTGRESQL, "'a b'", "'a  b'", FALSE },
  { POSTGRESQL, "'a'", "'A'", FALSE },
  { POSTGRESQL, "\"a\"", "\"A\"", FALSE },
  { POSTGRESQL, "\"a\"", "a", FALSE },
  { POSTGRESQL, "E'A\\n' U&\"B\"", "e'A\\n' u&\"B\"", TRUE },
  { POSTGRESQL, "E'A'", "e'a'", FALSE },
  { POSTGRESQL, "$A$ x $A$", "$A$ X $A$", FALSE },
  { POSTGRESQL, "$$ -- a\n$$", "$$ $$", FALSE },
  { POSTGRESQL, "$$ a\r\n b $$\r\n", "$$ a\n b $$", TRUE },
  { POSTGRESQL, "1E5", "1e5", TRUE },
  { POSTGRESQL, "a <= b", "a < = b", FALSE },
  { POSTGRESQL, "'open", "'open ", FALSE },
  { POSTGRESQL, "a /* open", "a /* open", TRUE },
  { SQLITE, "[A]", "[a]", FALSE },
  { SQLITE, "X'0a'", "x'0a'", TRUE },
  { MYSQL, "/*! A */", "/*! B */", FALSE },
  { MYSQL, "a # b", "A", TRUE },
};

static void
test_hash (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (hash_cases); i++)
    {
      g_autofree char *a = hash (hash_cases[i].dialect, hash_cases[i].a);
      g_autofree char *b = hash (hash_cases[i].dialect, hash_cases[i].b);

      g_test_message ("%s | %s", hash_cases[i].a, hash_cases[i].b);
      g_assert_cmpuint (strlen (a), ==, 64);
      if (hash_cases[i].same)
        g_assert_cmpstr (a, ==, b);
      else
        g_assert_cmpstr (a, !=, b);
    }
}

/* Ledgers keep these: they may never change. */
static void
test_hash_stays (void)
{
  static const guchar canonical[] = "create\0table\0t\0(\0a\0int\0default\0'X'\0)\0";
  g_autofree char *empty = hash (POSTGRESQL, "");
  g_autofree char *text = hash (POSTGRESQL, "CREATE TABLE t (a int DEFAULT 'X'); -- done");
  g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, canonical, sizeof canonical - 1);

  g_assert_cmpstr (empty, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (text, ==, expected);
}

/* Chunks of the hasher do not show. */
static void
test_hash_of_long_text (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) canonical = g_string_new (NULL);
  g_autofree char *actual = NULL;
  g_autofree char *expected = NULL;

  for (guint i = 0; i < 5000; i++)
    {
      g_string_append_printf (text, "  W%u\n", i);
      g_string_append_printf (canonical, "w%u", i);
      g_string_append_c (canonical, '\0');
    }

  actual = strata_sql_hash_tokens (SQLITE, text->str, text->len);
  expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) canonical->str, canonical->len);
  g_assert_cmpstr (actual, ==, expected);
}

static const struct
{
  StrataDialect  dialect;
  const char    *name;
  const char    *quoted;
} identifier_cases[] = {
  { POSTGRESQL, "alembic_version", "alembic_version" },
  { POSTGRESQL, "_a1", "_a1" },
  { POSTGRESQL, "1a", "\"1a\"" },
  { POSTGRESQL, "Version", "\"Version\"" },
  { POSTGRESQL, "user", "\"user\"" },
  { POSTGRESQL, "abort", "abort" },
  { POSTGRESQL, "key", "key" },
  { POSTGRESQL, "between", "\"between\"" },
  { POSTGRESQL, "xmltable", "\"xmltable\"" },
  { POSTGRESQL, "a\"b", "\"a\"\"b\"" },
  { POSTGRESQL, "é", "\"é\"" },
  { POSTGRESQL, "", "\"\"" },
  { SQLITE, "key", "\"key\"" },
  { SQLITE, "order", "\"order\"" },
  { SQLITE, "a$b", "\"a$b\"" },
  { MYSQL, "a`b", "`a``b`" },
  { MSSQL, "a]b[", "[a]]b[]" },
};

static const struct
{
  StrataDialect  dialect;
  const char    *value;
  const char    *quoted;
} literal_cases[] = {
  { POSTGRESQL, "it's", "'it''s'" },
  { POSTGRESQL, "a\\'b", "E'a\\\\''b'" },
  { SQLITE, "a\\'b", "'a\\''b'" },
  { MYSQL, "a\\'b", "'a\\\\''b'" },
  { MSSQL, "é'", "N'é'''" },
};

static void
test_quote (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (identifier_cases); i++)
    {
      g_autofree char *quoted = strata_sql_quote_identifier (identifier_cases[i].dialect, identifier_cases[i].name);

      g_assert_cmpstr (quoted, ==, identifier_cases[i].quoted);
    }

  for (guint i = 0; i < G_N_ELEMENTS (literal_cases); i++)
    {
      g_autofree char *quoted = strata_sql_quote_literal (literal_cases[i].dialect, literal_cases[i].value);

      g_assert_cmpstr (quoted, ==, literal_cases[i].quoted);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sql/statement/classify", test_classify);
  g_test_add_func ("/sql/statement/created-index", test_created_index);
  g_test_add_func ("/sql/statement/hash", test_hash);
  g_test_add_func ("/sql/statement/hash-stays", test_hash_stays);
  g_test_add_func ("/sql/statement/hash-of-long-text", test_hash_of_long_text);
  g_test_add_func ("/sql/statement/quote", test_quote);

  return g_test_run ();
}

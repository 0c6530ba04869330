/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/base/error.h"
#include "core/sql/splitter.h"

#define SQLITE     STRATA_DIALECT_SQLITE
#define POSTGRESQL STRATA_DIALECT_POSTGRESQL
#define MYSQL      STRATA_DIALECT_MYSQL
#define MSSQL      STRATA_DIALECT_MSSQL

/* The statements as "line:column text", with " ¦ " between them; or the error's text. */
static char *
describe_split (StrataDialect  dialect,
                const char    *text)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) statements = strata_sql_split (dialect, text, strlen (text), "f.sql", 1, &error);
  GString *result = g_string_new (NULL);

  for (guint i = 0; statements != NULL && i < statements->len; i++)
    {
      StrataStatement *statement = &g_array_index (statements, StrataStatement, i);

      g_string_append_printf (result, "%s%u:%u %.*s", i > 0 ? " ¦ " : "", statement->line, statement->column,
                              (int) statement->length, statement->text);
    }

  if (statements == NULL)
    {
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
      g_string_append (result, error->message);
    }

  return g_string_free (result, FALSE);
}

typedef struct
{
  StrataDialect  dialect;
  const char    *text;
  const char    *result;
} SplitCase;

static const SplitCase cases[] = {
  { POSTGRESQL, "", "" },
  { POSTGRESQL, " ;; -- a;\n/* b; */ ; ", "" },
  { POSTGRESQL, "a", "1:1 a" },
  { POSTGRESQL, "a;b;", "1:1 a ¦ 1:3 b" },
  { POSTGRESQL, "-- x\n  a -- y\n + b -- z\n ; /* q */ c", "2:3 a -- y\n + b ¦ 4:12 c" },
  { POSTGRESQL, "SELECT 'ü;\né'; /* ß */ x\r\n;y", "1:1 SELECT 'ü;\né' ¦ 2:13 x ¦ 3:2 y" },
  { POSTGRESQL, "SELECT (1; 2)", "1:1 SELECT (1 ¦ 1:12 2)" },
  { POSTGRESQL, "DO $$ BEGIN a; END $$; b", "1:1 DO $$ BEGIN a; END $$ ¦ 1:24 b" },
  { POSTGRESQL, "SELECT :'name', :x::int; b", "1:1 SELECT :'name', :x::int ¦ 1:26 b" },
  { POSTGRESQL, "BEGIN; ATOMIC; END;", "1:1 BEGIN ¦ 1:8 ATOMIC ¦ 1:16 END" },

  { POSTGRESQL, "CREATE FUNCTION f() BEGIN ATOMIC a; SELECT CASE b WHEN 1 THEN CASE WHEN 2 THEN 3 END END; END; c",
    "1:1 CREATE FUNCTION f() BEGIN ATOMIC a; SELECT CASE b WHEN 1 THEN CASE WHEN 2 THEN 3 END END; END ¦ 1:96 c" },
  { POSTGRESQL, "create or replace procedure p(begin int) begin /* */ atomic end; c",
    "1:1 create or replace procedure p(begin int) begin /* */ atomic end ¦ 1:66 c" },
  { POSTGRESQL, "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1 AS end, t.end end; ; END; c",
    "1:1 CREATE FUNCTION f() BEGIN ATOMIC SELECT 1 AS end, t.end end; ; END ¦ 1:69 c" },
  { POSTGRESQL, "CREATE FUNCTION f() RETURN CASE WHEN a THEN b END; c", "1:1 CREATE FUNCTION f() RETURN CASE WHEN a THEN b END ¦ 1:52 c" },
  { POSTGRESQL, "CREATE FUNCTION f() AS 'BEGIN ATOMIC'; c", "1:1 CREATE FUNCTION f() AS 'BEGIN ATOMIC' ¦ 1:40 c" },
  { POSTGRESQL, "CREATE FUNCTION begin(); atomic; c", "1:1 CREATE FUNCTION begin() ¦ 1:26 atomic ¦ 1:34 c" },
  { POSTGRESQL, "a;\nCREATE FUNCTION f()\n BEGIN ATOMIC a; b", "f.sql:3:8: The body that begins here never ends: its END is missing" },
  { POSTGRESQL, "CREATE RULE r AS ON INSERT TO t DO (a; b (c;););d", "1:1 CREATE RULE r AS ON INSERT TO t DO (a; b (c;);) ¦ 1:49 d" },
  { POSTGRESQL, "CREATE RULE r DO\n(a; (b;); c", "f.sql:2:1: The body that begins here never ends: its “)” is missing" },
  { POSTGRESQL, "CREATE OR REPLACE RULE r DO NOTHING;d", "1:1 CREATE OR REPLACE RULE r DO NOTHING ¦ 1:37 d" },
  { POSTGRESQL, "CREATE TABLE rule (a; b", "1:1 CREATE TABLE rule (a ¦ 1:23 b" },
  { POSTGRESQL, "CREATE TRIGGER t BEGIN a; END; b", "1:1 CREATE TRIGGER t BEGIN a ¦ 1:27 END ¦ 1:32 b" },

  { POSTGRESQL, "a;\n \\connect b c", "f.sql:2:2: “\\connect” is a command of psql, not SQL; remove it" },
  { POSTGRESQL, "\\restrict a1B\n\nSET a;\n\n\\unrestrict a1B\r\n\n", "3:1 SET a" },
  { POSTGRESQL, "\\restrict a; b", "f.sql:1:1: “\\restrict” is a command of psql, not SQL; remove it" },
  { POSTGRESQL, "SET a\n\\unrestrict b\n", "f.sql:2:1: “\\unrestrict” is a command of psql, not SQL; remove it" },
  { POSTGRESQL, "SELECT 1 \\gset", "f.sql:1:10: “\\gset” is a command of psql, not SQL; remove it" },
  { POSTGRESQL, "SELECT E'\\', 1; a", "f.sql:1:8: The string that begins here never ends" },
  { POSTGRESQL, "a;\nCOPY t (a, b) FROM stdin;\n1\t'\n\\.\n", "f.sql:2:1: COPY … FROM STDIN has its data outside of SQL; write INSERT instead" },
  { POSTGRESQL, "COPY (SELECT a FROM stdin) TO 'x'; COPY t FROM 'y'; COPY \"from\" FROM PROGRAM 'stdin'",
    "1:1 COPY (SELECT a FROM stdin) TO 'x' ¦ 1:36 COPY t FROM 'y' ¦ 1:53 COPY \"from\" FROM PROGRAM 'stdin'" },
  { POSTGRESQL, "COPY t TO STDOUT", "f.sql:1:1: COPY … TO STDOUT has nowhere to go; remove it" },
  { POSTGRESQL, "a 'b", "f.sql:1:3: The string that begins here never ends" },
  { POSTGRESQL, "a\n \"b", "f.sql:2:2: The quoted name that begins here never ends" },
  { POSTGRESQL, "é $x$ b", "f.sql:1:3: The dollar-quoted string that begins here never ends" },
  { POSTGRESQL, "/* a /* b */", "f.sql:1:1: The comment that begins here never ends" },

  { SQLITE, "CREATE TRIGGER t AFTER INSERT ON a WHEN CASE 1 WHEN 1 THEN 2 END BEGIN a; SELECT CASE b WHEN 1 THEN 2 END; END; c",
    "1:1 CREATE TRIGGER t AFTER INSERT ON a WHEN CASE 1 WHEN 1 THEN 2 END BEGIN a; SELECT CASE b WHEN 1 THEN 2 END; END ¦ 1:113 c" },
  { SQLITE, "create temp trigger if not exists begin after update of begin on begin begin a;end;c",
    "1:1 create temp trigger if not exists begin after update of begin on begin begin a;end ¦ 1:84 c" },
  { SQLITE, "CREATE TRIGGER t; a", "1:1 CREATE TRIGGER t ¦ 1:19 a" },
  { SQLITE, "CREATE TRIGGER t BEGIN a; END c; END; d", "1:1 CREATE TRIGGER t BEGIN a; END c ¦ 1:34 END ¦ 1:39 d" },
  { SQLITE, "CREATE TRIGGER t\nBEGIN a;", "f.sql:2:1: The body that begins here never ends: its END is missing" },
  { SQLITE, "CREATE TABLE t (\"a;\", [b;], `c;`); /* ; /* */ d", "1:1 CREATE TABLE t (\"a;\", [b;], `c;`) ¦ 1:47 d" },
  { SQLITE, "BEGIN; a; END;", "1:1 BEGIN ¦ 1:8 a ¦ 1:11 END" },
  { SQLITE, "SELECT '\\'; b", "1:1 SELECT '\\' ¦ 1:13 b" },
  { SQLITE, ".read x", "f.sql:1:1: “.read” is a command of the sqlite3 shell, not SQL; remove it" },
  { SQLITE, "SELECT a.b, .5", "1:1 SELECT a.b, .5" },

  { MYSQL, "a # ;\n; `b;` \"c;\\\";\"; d", "1:1 a ¦ 2:3 `b;` \"c;\\\";\" ¦ 2:17 d" },
  { MYSQL, "DELIMITER //\na//", "f.sql:1:1: “DELIMITER” is a command of the mysql client, not SQL; remove it, and end bodies with “;”" },
  { MYSQL, "CREATE DEFINER=`a`@`b` PROCEDURE p() l: BEGIN IF a THEN b; END IF; CASE c WHEN 1 THEN d; END CASE; "
           "WHILE e DO BEGIN f; END; END WHILE; SELECT CASE g WHEN 1 THEN 2 END; END l; h",
    "1:1 CREATE DEFINER=`a`@`b` PROCEDURE p() l: BEGIN IF a THEN b; END IF; CASE c WHEN 1 THEN d; END CASE; "
    "WHILE e DO BEGIN f; END; END WHILE; SELECT CASE g WHEN 1 THEN 2 END; END l ¦ 1:176 h" },
  { STRATA_DIALECT_MARIADB, "CREATE OR REPLACE TRIGGER t FOR EACH ROW SET a = 1; b", "1:1 CREATE OR REPLACE TRIGGER t FOR EACH ROW SET a = 1 ¦ 1:53 b" },
  { MYSQL, "CREATE DEFINER=a SQL SECURITY INVOKER VIEW event AS SELECT begin; b",
    "1:1 CREATE DEFINER=a SQL SECURITY INVOKER VIEW event AS SELECT begin ¦ 1:67 b" },
  { MYSQL, "CREATE TABLE event (begin int); b", "1:1 CREATE TABLE event (begin int) ¦ 1:33 b" },
  { MYSQL, "CREATE PROCEDURE p()\nBEGIN a;", "f.sql:2:1: The body that begins here never ends: its END is missing" },
  { MYSQL, "/*!40101 SET a */; b", "1:1 /*!40101 SET a */ ¦ 1:20 b" },

  { MSSQL, "a; b\nGO\nDECLARE @x int; c\n  go  \r\n\nd 'GO'", "1:1 a; b ¦ 3:1 DECLARE @x int; c ¦ 6:1 d 'GO'" },
  { MSSQL, "SELECT go\n, 1 GO\n'\nGO\n'", "1:1 SELECT go\n, 1 GO\n'\nGO\n'" },
  { MSSQL, "a\nGO 5\n", "f.sql:2:1: GO with a count is a command of sqlcmd; repeat the batch instead" },
  { MSSQL, ";\nGO\n;a", "3:2 a" },
};

static void
test_split (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *result = describe_split (cases[i].dialect, cases[i].text);

      g_assert_cmpstr (result, ==, cases[i].result);
    }
}

static void
test_lines_begin_where_told (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) statements = strata_sql_split (SQLITE, "\na", 2, "f.sql", 10, NULL);

  g_assert_cmpuint (g_array_index (statements, StrataStatement, 0).line, ==, 11);
  g_assert_null (strata_sql_split (SQLITE, "\n'", 2, NULL, 10, &error));
  g_assert_true (g_str_has_prefix (error->message, "line 11:1: "));
}

/* Texts of the server's own tests in spirit: every kind of token that may hold a semicolon, and layout that may. */
static const char * const common_pieces[] = {
  "SELECT", "a", "(", ")", ",", "1.5", "('a;''b')", "\"q;\"\"--\"", "=", "|| 'x'", "('--;')", "('/*;')", "CASE", "END", "BEGIN",
};
static const char * const postgresql_pieces[] = {
  "E'a\\';'", "$$;'$$", "$t$;$$ $u$ $t$", "(U&'\\0061;')", "U&\"a;\"", "::int", "$1", ":name", "ATOMIC", "@>", "('\\')", "a$b$c",
};
static const char * const sqlite_pieces[] = {
  "[a;']", "`b;``\"`", "('\\')", "x'00'", "?1", "$p", "TRIGGER",
};
static const char * const mysql_pieces[] = {
  "`b;``\"`", "'\\';'", "\"\\\";'\"", "@v", "/*! ; */",
};
static const char * const layouts[] = {
  " ", "\n", "\t\r\n", " -- ; ' \" $$ /* \n", "/* ; ' */", "/* ü */ ", "\n\n   ",
};

static const struct
{
  StrataDialect       dialect;
  const char * const *pieces;
  guint               n_pieces;
} generators[] = {
  { POSTGRESQL, postgresql_pieces, G_N_ELEMENTS (postgresql_pieces) },
  { SQLITE, sqlite_pieces, G_N_ELEMENTS (sqlite_pieces) },
  { MYSQL, mysql_pieces, G_N_ELEMENTS (mysql_pieces) },
};

static const char *
pick (const char * const *list,
      guint               n)
{
  return list[g_test_rand_int_range (0, n)];
}

static void
append_layout (GString *text,
               guint    at_least)
{
  for (guint n = g_test_rand_int_range (at_least, 3); n > 0; n--)
    g_string_append (text, pick (layouts, G_N_ELEMENTS (layouts)));
}

/* A statement, appended to the text too. */
static char *
generate_statement (guint    generator,
                    GString *text)
{
  gsize start = text->len;
  gsize end = start;

  for (guint n = g_test_rand_int_range (1, 8); n > 0; n--)
    {
      gboolean common = g_test_rand_bit ();

      g_string_append (text, common ? pick (common_pieces, G_N_ELEMENTS (common_pieces))
                                    : pick (generators[generator].pieces, generators[generator].n_pieces));
      end = text->len;
      append_layout (text, 1);
    }

  return g_strndup (text->str + start, end - start);
}

static void
test_generated (void)
{
  for (guint i = 0; i < 5000; i++)
    {
      guint generator = i % G_N_ELEMENTS (generators);
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(GPtrArray) expected = g_ptr_array_new_with_free_func (g_free);
      g_autoptr(GArray) statements = NULL;
      g_autoptr(GError) error = NULL;

      append_layout (text, 0);
      for (guint n = g_test_rand_int_range (0, 6); n > 0; n--)
        {
          g_ptr_array_add (expected, generate_statement (generator, text));
          g_string_append_c (text, ';');
          append_layout (text, 0);
        }

      statements = strata_sql_split (generators[generator].dialect, text->str, text->len, "f.sql", 1, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (statements->len, ==, expected->len);
      for (guint j = 0; j < expected->len; j++)
        {
          StrataStatement *statement = &g_array_index (statements, StrataStatement, j);

          g_assert_cmpmem (statement->text, statement->length, expected->pdata[j], strlen (expected->pdata[j]));
        }
    }
}

static void
test_large (void)
{
  enum { N = 200000 };
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GArray) statements = NULL;
  StrataStatement *last;

  for (guint i = 0; i < N; i++)
    g_string_append (text, "INSERT INTO t VALUES (1, 'é');");

  statements = strata_sql_split (POSTGRESQL, text->str, text->len, "f.sql", 1, NULL);
  g_assert_cmpuint (statements->len, ==, N);
  last = &g_array_index (statements, StrataStatement, N - 1);
  g_assert_cmpuint (last->column, ==, (N - 1) * g_utf8_strlen ("INSERT INTO t VALUES (1, 'é');", -1) + 1);
}

static void
test_places_of_characters (void)
{
  const char *text = "a;\n  é b\n c";
  g_autoptr(GArray) statements = strata_sql_split (POSTGRESQL, text, strlen (text), "f.sql", 1, NULL);
  const StrataStatement *last = &g_array_index (statements, StrataStatement, 1);
  static const guint places[][3] = { { 0, 2, 3 }, { 1, 2, 3 }, { 3, 2, 5 }, { 5, 3, 1 }, { 6, 3, 2 }, { 99, 3, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      guint line, column;

      strata_statement_find_place (last, places[i][0], &line, &column);
      g_assert_cmpuint (line, ==, places[i][1]);
      g_assert_cmpuint (column, ==, places[i][2]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sql/splitter/split", test_split);
  g_test_add_func ("/sql/splitter/lines-begin-where-told", test_lines_begin_where_told);
  g_test_add_func ("/sql/splitter/generated", test_generated);
  g_test_add_func ("/sql/splitter/large", test_large);
  g_test_add_func ("/sql/splitter/places-of-characters", test_places_of_characters);

  return g_test_run ();
}

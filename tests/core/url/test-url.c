/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/url/url.h"

static StrataUrl *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  StrataUrl *url = strata_url_parse (text, &error);

  g_assert_no_error (error);
  g_assert_nonnull (url);

  return url;
}

typedef struct
{
  const char    *text;
  StrataDialect  dialect;
  const char    *driver;
  const char    *user;
  const char    *password;
  const char    *host;
  guint          port;
  const char    *database;
  const char    *query;      /* "key=value&..." */
} PartsCase;

#define PG STRATA_DIALECT_POSTGRESQL
#define LITE STRATA_DIALECT_SQLITE
#define MY STRATA_DIALECT_MYSQL

static const PartsCase parts_cases[] = {
  { "postgresql://", PG },
  { "postgresql:///orders", PG, .database = "orders" },
  { "postgres://h/orders", PG, .host = "h", .database = "orders" },
  { "postgresql+psycopg2://u:p%40@h:5432/db?host=/socket&sslmode=require", PG, "psycopg2", "u", "p@", "/socket", 5432, "db",
    "sslmode=require" },
  { "postgresql+asyncpg://ana:s3cret@db1:6432/orders?ssl=require&prepared_statement_cache_size=0", PG, "asyncpg", "ana",
    "s3cret", "db1", 6432, "orders", "ssl=require&prepared_statement_cache_size=0" },
  { "postgresql://ana@db1/orders", PG, .user = "ana", .host = "db1", .database = "orders" },
  { "postgresql://ana:@db1/orders", PG, .user = "ana", .host = "db1", .database = "orders" },
  { "postgresql://:pw@db1", PG, .password = "pw", .host = "db1" },
  { "postgresql://ana%40corp:a%3Ab%2Fc%25@db1", PG, .user = "ana@corp", .password = "a:b/c%", .host = "db1" },
  { "postgresql://ana:a:b/c?d#e%@db1/x", PG, .user = "ana", .password = "a:b/c?d#e%", .host = "db1", .database = "x" },
  { "postgresql://ana:100%@db1", PG, .user = "ana", .password = "100%", .host = "db1" },
  { "postgresql://ana:a+b@db1", PG, .user = "ana", .password = "a+b", .host = "db1" },
  { "postgresql://ana@corp:pw@db1", PG, .user = "ana@corp", .password = "pw", .host = "db1" },
  { "postgresql://ana@corp@db1", PG, .user = "ana@corp", .host = "db1" },
  { "postgresql://[::1]:5433/x", PG, .host = "::1", .port = 5433, .database = "x" },
  { "postgresql://u:p@[fe80::1%25eth0]/x", PG, .user = "u", .password = "p", .host = "fe80::1%eth0", .database = "x" },
  { "postgresql://h:/x", PG, .host = "h", .database = "x" },
  { "postgresql://%2Frun%2Fpg/x", PG, .host = "/run/pg", .database = "x" },
  { "postgresql://u@:5433/x?host=/run/pg", PG, .user = "u", .host = "/run/pg", .port = 5433, .database = "x" },
  { "postgresql://h1:5432,h2:5433/x", PG, .host = "h1,h2", .database = "x", .query = "port=5432,5433" },
  { "postgresql://h1:5433,h2:5433/x", PG, .host = "h1,h2", .port = 5433, .database = "x" },
  { "postgresql://h1,h2/x", PG, .host = "h1,h2", .database = "x" },
  { "postgresql:///x?host=h1:5432&host=h2:5433", PG, .host = "h1,h2", .database = "x", .query = "port=5432,5433" },
  { "postgresql:///x?host=h1,h2&port=5432,5433", PG, .host = "h1,h2", .database = "x", .query = "port=5432,5433" },
  { "postgresql://h/x?host=h1:5433", PG, .host = "h1", .port = 5433, .database = "x" },
  { "postgresql:///x?host=::1&port=5433", PG, .host = "::1", .port = 5433, .database = "x" },
  { "postgresql:///?user=ana&password=pw&dbname=x&host=h", PG, .user = "ana", .password = "pw", .host = "h", .database = "x" },
  { "postgresql://?service=orders", PG, .query = "service=orders" },
  { "postgresql:///x?options=-csearch_path%3Da%2Cb+c&empty=&flag", PG, .database = "x", .query = "options=-csearch_path=a,b c" },
  { "postgresql://h/my%20db", PG, .host = "h", .database = "my%20db" },
  { " postgresql://h/x\n", PG, .host = "h", .database = "x" },
  { "sqlite://", LITE },
  { "sqlite:///", LITE },
  { "sqlite:///:memory:", LITE },
  { "sqlite:///app.db", LITE, .database = "app.db" },
  { "sqlite:////srv/a b/app.db", LITE, .database = "/srv/a b/app.db" },
  { "sqlite:///./data/a@b.db", LITE, .database = "./data/a@b.db" },
  { "sqlite+aiosqlite:///app.db", LITE, "aiosqlite", .database = "app.db" },
  { "sqlite+pysqlite:///app.db?timeout=5", LITE, "pysqlite", .database = "app.db", .query = "timeout=5" },
  { "sqlite:///file:x%20y.db?uri=true&mode=ro", LITE, .database = "x y.db", .query = "uri=true&mode=ro" },
  { "sqlite:///file:///srv/x.db?uri=true", LITE, .database = "/srv/x.db", .query = "uri=true" },
  { "sqlite:///file://localhost/srv/x.db?uri=1", LITE, .database = "/srv/x.db", .query = "uri=1" },
  { "sqlite:///file:x.db", LITE, .database = "file:x.db" },
  { "sqlite:///file::memory:?cache=shared&uri=true", LITE, .query = "cache=shared&uri=true" },
  { "sqlite:///file:x?mode=memory&uri=true", LITE, .query = "mode=memory&uri=true" },
  { "mysql+pymysql://u:p@h:3306/x?charset=utf8mb4", MY, "pymysql", "u", "p", "h", 3306, "x", "charset=utf8mb4" },
  { "mysql+aiomysql://u@h/x", MY, "aiomysql", .user = "u", .host = "h", .database = "x" },
  { "mariadb+mariadbconnector://u@h/x", STRATA_DIALECT_MARIADB, "mariadbconnector", .user = "u", .host = "h", .database = "x" },
  { "mysql:///x?unix_socket=/run/mysqld/mysqld.sock", MY, .database = "x", .query = "unix_socket=/run/mysqld/mysqld.sock" },
  { "mssql+pyodbc:///?odbc_connect=DRIVER%3D%7BX%7D%3BPWD%3Dpw", STRATA_DIALECT_MSSQL, "pyodbc",
    .query = "odbc_connect=DRIVER={X};PWD=pw" },
  { "mssql+pyodbc://u:p@h:1433/x?driver=ODBC+Driver+18", STRATA_DIALECT_MSSQL, "pyodbc", "u", "p", "h", 1433, "x",
    "driver=ODBC Driver 18" },
  { "oracle+oracledb://u:p@h:1521/x", STRATA_DIALECT_UNKNOWN, "oracledb", "u", "p", "h", 1521, "x" },
};

static char *
spell_query (StrataUrl *url)
{
  const char * const *query = strata_url_get_query_list (url);
  GString *text = g_string_new (NULL);

  for (; *query != NULL; query += 2)
    g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "&" : "", query[0], query[1]);

  return g_string_free (text, FALSE);
}

static void
assert_parts (StrataUrl       *url,
              const PartsCase *test)
{
  g_autofree char *query = spell_query (url);

  g_assert_cmpint (strata_url_get_dialect (url), ==, test->dialect);
  g_assert_cmpstr (strata_url_get_driver (url), ==, test->driver);
  g_assert_cmpstr (strata_url_get_user (url), ==, test->user);
  g_assert_cmpstr (strata_url_get_host (url), ==, test->host);
  g_assert_cmpuint (strata_url_get_port (url), ==, test->port);
  g_assert_cmpstr (strata_url_get_database (url), ==, test->database);
  if (strstr (query, "PWD") == NULL)
    g_assert_cmpstr (query, ==, test->query != NULL ? test->query : "");
}

/* What people see can be read again, and means the same but for the password. */
static void
test_parts (gconstpointer data)
{
  const PartsCase *test = data;
  g_autoptr(StrataUrl) url = parse (test->text);
  g_autofree char *text = strata_url_to_string (url);
  g_autoptr(StrataUrl) again = parse (text);

  assert_parts (url, test);
  g_assert_cmpstr (strata_url_get_password (url), ==, test->password);

  assert_parts (again, test);
  g_assert_cmpstr (strata_url_get_password (again), ==, test->password != NULL ? "***" : NULL);
}

static const struct
{
  const char *text;
  const char *expected;
} string_cases[] = {
  { "postgresql+psycopg2://ana:s%40cret@db1:5432/orders?sslmode=require",
    "postgresql+psycopg2://ana:***@db1:5432/orders?sslmode=require" },
  { "postgres://ana@db1/orders", "postgresql://ana@db1/orders" },
  { "postgresql://ana%40corp:pw@[::1]/x", "postgresql://ana%40corp:***@[::1]/x" },
  { "postgresql://u:pw@:5433/x?host=/run/pg", "postgresql://u:***@:5433/x?host=/run/pg" },
  { "postgresql://h1:1,h2:2/x", "postgresql://h1,h2/x?port=1,2" },
  { "postgresql:///x?password=pw&sslpassword=pw2&passfile=/p", "postgresql://:***@/x?sslpassword=***&passfile=/p" },
  { "sqlite:///app.db", "sqlite:///app.db" },
  { "sqlite:////srv/app.db", "sqlite:////srv/app.db" },
  { "sqlite://", "sqlite://" },
  { "sqlite:///file:a%20b.db?mode=ro&uri=true", "sqlite:///file:a%20b.db?mode=ro&uri=true" },
  { "mssql+pyodbc:///?odbc_connect=DRIVER%3D%7BX%7D%3BPWD%3Dpw%3BUID%3Du",
    "mssql+pyodbc://?odbc_connect=DRIVER%3D%7BX%7D%3BPWD%3D***%3BUID%3Du" },
  { "oracle://u:pw@h/x", "oracle://u:***@h/x" },
  { "postgresql://[::1],h;PWD%3A%3Apw/x", "postgresql:///x?host=::1,h%3BPWD:***" },
};

static void
test_to_string (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (string_cases); i++)
    {
      g_autoptr(StrataUrl) url = parse (string_cases[i].text);
      g_autofree char *text = strata_url_to_string (url);

      g_assert_cmpstr (text, ==, string_cases[i].expected);
    }
}

static const struct
{
  const char *text;      /* with "hunter2" where there may be a password */
  const char *message;   /* a part */
} bad_cases[] = {
  { "", "it should begin like" },
  { "hunter2", "it should begin like" },
  { "postgresql:/hunter2", "it should begin like" },
  { "postgresql//u:hunter2@h", "it should begin like" },
  { "post-gresql://u:hunter2@h", "it should begin like" },
  { "postgresql://u:a@hunter2@h/x", "there is a second @ before the host; in a user name or password @ is written %40" },
  { "postgresql://u:a@hunter2/b@h/x", "there is an @ behind the host" },
  { "postgresql://u/hunter2@h/x", "there is an @ behind the host" },
  { "postgresql://u:a@b?hunter2@h/x", "there is an @ behind the host" },
  { "postgresql://u:hunter2", "the port is no number" },
  { "postgresql://h:99999/x", "the port is no number" },
  { "postgresql://h:0/x", "the port is no number" },
  { "postgresql://::1/hunter2", "an IPv6 address stands in brackets" },
  { "postgresql://u:hunter2@[::1/x", "the bracket" },
  { "postgresql://[]/x", "the bracket" },
  { "postgresql://[::1]x/x", "follows the address in brackets" },
  { "postgresql://[:41],/x", "no IPv6 address" },
  { "postgresql://a,b%3a/x", "a colon, written as %3A" },
  { "postgresql://u:hunter2@h/x\ny", "a line break" },
  { "postgresql://u:hunter2%ff@h/x", "the password has percent-encoded bytes that are no text" },
  { "postgresql://u:hunter2%00@h/x", "the password has percent-encoded bytes that are no text" },
  { "postgresql://%ff:hunter2@h/x", "the user name has" },
  { "postgresql://h/x?hunter2=%ff", "behind the ?" },
  { "postgresql://u:hunter2@h\xff/x", "not valid UTF-8" },
  { "postgresql:///x?host=a,b&port=1,2,3", "another number of ports than of hosts" },
  { "postgresql:///x?host=a&port=hunter2", "a port is no number" },
  { "sqlite://app.db", "three slashes" },
  { "sqlite://u:hunter2@/app.db", "three slashes" },
  { "sqlite:///file:%ff.db?uri=true", "is no text" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (strata_url_parse (bad_cases[i].text, &error));
      g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
      g_assert_null (strstr (error->message, "hunter2"));
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      if (strstr (error->message, bad_cases[i].message) == NULL)
        g_error ("%s: “%s”", bad_cases[i].text, error->message);
    }
}

static const struct
{
  const char *a;
  const char *b;
  gboolean    same;
} same_cases[] = {
  { "postgresql://u:p@h/x", "postgresql+asyncpg://v:q@H:5432/x?ssl=require", TRUE },
  { "postgresql://localhost/x", "postgresql://127.0.0.1:5432/x", TRUE },
  { "postgresql://localhost/x", "postgresql://[::1]/x", TRUE },
  { "postgresql://localhost/x", "postgresql:///x", TRUE },
  { "postgresql://localhost/x", "postgresql:///x?host=/var/run/postgresql/", TRUE },
  { "postgresql://localhost/x", "postgresql:///x?host=/srv/pg", FALSE },
  { "postgresql:///x?host=/srv/pg", "postgresql:///x?host=/srv/../srv/pg", TRUE },
  { "postgresql://localhost/x", "postgresql://localhost:5433/x", FALSE },
  { "postgresql://localhost/x", "postgresql://localhost/X", FALSE },
  { "postgresql://h/x", "postgresql://h./x", TRUE },
  { "postgresql://h/x", "postgresql://h2/x", FALSE },
  { "postgresql://[2001:db8::1]/x", "postgresql://[2001:DB8:0::1]/x", TRUE },
  { "postgresql://h1,h2/x", "postgresql://h1:5432,h2:5432/x", TRUE },
  { "postgresql://h1:1,h2:2/x", "postgresql:///x?host=h1&host=h2&port=1,2", TRUE },
  { "postgresql://h1,h2/x", "postgresql://h2,h1/x", FALSE },
  { "postgresql://ana@h", "postgresql://h/ana", TRUE },
  { "postgresql://ana@h", "postgresql://bob@h", FALSE },
  { "postgresql://?service=a", "postgresql://?service=b", FALSE },
  { "postgresql://name/x?hostaddr=127.0.0.1", "postgresql:///x", TRUE },
  { "postgresql://h/x", "mysql://h/x", FALSE },
  { "mysql://h/x", "mariadb+pymysql://h:3306/x", TRUE },
  { "oracle://h/x", "firebird://h/x", FALSE },
  { "sqlite:////srv/x.db", "sqlite+aiosqlite:////srv/./y/../x.db?timeout=1", TRUE },
  { "sqlite:////srv/x.db", "sqlite:///file:/srv/x.db?uri=true", TRUE },
  { "sqlite:////srv/x.db", "sqlite:////srv/y.db", FALSE },
  { "sqlite:////srv/x.db", "sqlite://", FALSE },
  { "sqlite://", "sqlite:///:memory:", TRUE },
};

static void
test_same_database (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (same_cases); i++)
    {
      g_autoptr(StrataUrl) a = parse (same_cases[i].a);
      g_autoptr(StrataUrl) b = parse (same_cases[i].b);

      if (strata_url_same_database (a, b) != same_cases[i].same || strata_url_same_database (b, a) != same_cases[i].same)
        g_error ("%s, %s", same_cases[i].a, same_cases[i].b);
    }
}

static void
test_same_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("strata-url-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.db", NULL);
  g_autofree char *link_path = g_build_filename (folder, "b.db", NULL);
  g_autofree char *folder_link = g_build_filename (folder, "c", NULL);
  g_autofree char *text_a = g_strconcat ("sqlite:///", path, NULL);
  g_autofree char *text_b = g_strconcat ("sqlite:///", link_path, NULL);
  g_autofree char *text_c = g_strconcat ("sqlite:///", folder_link, "/a.db", NULL);
  g_autoptr(StrataUrl) a = parse (text_a);
  g_autoptr(StrataUrl) b = parse (text_b);
  g_autoptr(StrataUrl) c = parse (text_c);

  g_assert_no_errno (symlink (folder, folder_link));
  g_assert_true (strata_url_same_database (a, c));

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_assert_false (strata_url_same_database (a, b));
  g_assert_no_errno (symlink (path, link_path));
  g_assert_true (strata_url_same_database (a, b));
  g_assert_true (strata_url_same_database (a, c));

  g_assert_no_errno (g_unlink (link_path));
  g_assert_no_errno (g_unlink (folder_link));
  g_assert_no_errno (g_unlink (path));
  g_assert_no_errno (g_rmdir (folder));
}

static const struct
{
  const char *text;
  gboolean    local;
} local_cases[] = {
  { "sqlite:////srv/x.db", TRUE },
  { "postgresql:///x", TRUE },
  { "postgresql://LOCALHOST/x", TRUE },
  { "postgresql://127.0.0.2/x", TRUE },
  { "postgresql://[::1]/x", TRUE },
  { "postgresql://db.localhost/x", TRUE },
  { "postgresql:///x?host=/srv/pg", TRUE },
  { "postgresql://localhost,127.0.0.1/x", TRUE },
  { "postgresql://localhost,db1/x", FALSE },
  { "postgresql://db/x", FALSE },
  { "postgresql://10.0.0.1/x", FALSE },
  { "postgresql://localhost.example.com/x", FALSE },
  { "postgresql://localhost/x?hostaddr=10.0.0.1", FALSE },
  { "postgresql://?service=a", FALSE },
  { "mysql:///x", TRUE },
  { "mssql+pyodbc:///?odbc_connect=x", FALSE },
  { "oracle:///x", FALSE },
};

static void
test_is_local (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (local_cases); i++)
    {
      g_autoptr(StrataUrl) url = parse (local_cases[i].text);

      if (strata_url_is_local (url) != local_cases[i].local)
        g_error ("%s", local_cases[i].text);
    }
}

static const struct
{
  const char *text;
  const char *environment[6];
  const char *expected;
} environment_cases[] = {
  { "postgresql:///x", { "PGHOST=db1", "PGPORT=5433", "PGUSER=ana", NULL }, "postgresql://ana@db1:5433/x" },
  { "postgresql://bob@h:1/x", { "PGHOST=db1", "PGPORT=5433", "PGUSER=ana", "PGDATABASE=y", NULL }, "postgresql://bob@h:1/x" },
  { "postgresql://", { "PGDATABASE=y", "PGHOST=/run/pg", NULL }, "postgresql:///y?host=/run/pg" },
  { "postgresql:///x", { "PGHOST=a,b", "PGPORT=1,2", NULL }, "postgresql://a,b/x?port=1,2" },
  { "postgresql:///x", { "PGHOST=", NULL }, "postgresql:///x" },
  { "postgresql:///x", { "PGPASSWORD=pw", NULL }, "postgresql:///x" },
  { "postgresql://localhost/x", { "PGHOSTADDR=10.0.0.1", NULL }, "postgresql://localhost/x?hostaddr=10.0.0.1" },
  { "postgresql:///x", { "PGSERVICE=s", "PGHOST=db1", NULL }, "postgresql:///x?service=s" },
  { "postgresql:///x?service=t", { "PGSERVICE=s", "PGHOST=db1", NULL }, "postgresql:///x?service=t" },
  { "mysql:///x", { "PGHOST=db1", NULL }, "mysql:///x" },
};

static void
test_environment (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (environment_cases); i++)
    {
      g_autoptr(StrataUrl) url = parse (environment_cases[i].text);
      g_autoptr(StrataUrl) filled = strata_url_with_environment (url, environment_cases[i].environment);
      g_autofree char *text = strata_url_to_string (filled);

      g_assert_cmpstr (text, ==, environment_cases[i].expected);
    }
}

static void
test_resolve (void)
{
  g_autoptr(StrataUrl) relative = parse ("sqlite:///./data/../app.db?timeout=5");
  g_autoptr(StrataUrl) absolute = parse ("sqlite:////srv//app.db");
  g_autoptr(StrataUrl) memory = parse ("sqlite://");
  g_autoptr(StrataUrl) server = parse ("postgresql://h/x");
  g_autoptr(StrataUrl) a = strata_url_resolve (relative, "/p");
  g_autoptr(StrataUrl) b = strata_url_resolve (absolute, "/p");
  g_autoptr(StrataUrl) c = strata_url_resolve (memory, "/p");
  g_autoptr(StrataUrl) d = strata_url_resolve (server, "/p");

  g_assert_cmpstr (strata_url_get_database (a), ==, "/p/app.db");
  g_assert_cmpstr (strata_url_get_query (a, "timeout"), ==, "5");
  g_assert_cmpstr (strata_url_get_database (b), ==, "/srv/app.db");
  g_assert_true (c == memory);
  g_assert_true (d == server);
}

static void
test_with_password (void)
{
  g_autoptr(StrataUrl) url = parse ("oracle+x://u@h/x?a=b");
  g_autoptr(StrataUrl) with = strata_url_with_password (url, "pw");
  g_autoptr(StrataUrl) without = strata_url_with_password (with, NULL);
  g_autofree char *text = strata_url_to_string (with);

  g_assert_null (strata_url_get_password (url));
  g_assert_cmpstr (strata_url_get_password (with), ==, "pw");
  g_assert_null (strata_url_get_password (without));
  g_assert_cmpstr (text, ==, "oracle+x://u:***@h/x?a=b");
}

static void
test_secrets (void)
{
  g_autoptr(StrataUrl) url = parse ("postgresql://u:p1@h/x?sslpassword=p2&sslmode=require");
  g_autoptr(StrataUrl) shown = parse ("postgresql://postgres:postgres@h/x");
  g_auto(GStrv) secrets = strata_url_get_secrets (url);
  g_auto(GStrv) none = strata_url_get_secrets (shown);

  g_assert_cmpstrv (secrets, ((const char *[]) { "p1", "p2", NULL }));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

static void
test_new (void)
{
  const char *query[] = { "sslmode", "require", NULL };
  g_autoptr(StrataUrl) url = NULL;
  g_auto(GValue) value = G_VALUE_INIT;
  g_autofree char *text = NULL;

  url = strata_url_new (&(StrataUrlParts) {
    .dialect = PG, .user = "ana", .password = "", .host = "h", .port = 5433, .database = "x", .query = query,
  });
  g_value_init (&value, STRATA_TYPE_URL);
  g_value_set_boxed (&value, url);
  text = strata_url_to_string (g_value_get_boxed (&value));

  g_assert_cmpstr (text, ==, "postgresql://ana@h:5433/x?sslmode=require");
  g_assert_cmpstr (strata_url_get_scheme (url), ==, "postgresql");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (parts_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/url/url/parts/%02u", i);

      g_test_add_data_func (path, &parts_cases[i], test_parts);
    }
  g_test_add_func ("/url/url/to-string", test_to_string);
  g_test_add_func ("/url/url/bad", test_bad);
  g_test_add_func ("/url/url/same-database", test_same_database);
  g_test_add_func ("/url/url/same-file", test_same_file);
  g_test_add_func ("/url/url/is-local", test_is_local);
  g_test_add_func ("/url/url/environment", test_environment);
  g_test_add_func ("/url/url/resolve", test_resolve);
  g_test_add_func ("/url/url/with-password", test_with_password);
  g_test_add_func ("/url/url/secrets", test_secrets);
  g_test_add_func ("/url/url/new", test_new);

  return g_test_run ();
}

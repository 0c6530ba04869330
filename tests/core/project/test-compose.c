/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/compose.h"

#include "core/config/dotenv.h"

/* A compose file, and its databases: "name inside-url host:port" each, with ";" between; "-" where not published. */
static const struct
{
  const char *name;
  const char *text;
  const char *databases;
} cases[] = {
  { "nothing", "", "" },
  { "no services", "version: '3'\n", "" },
  { "services as a list", "services: [a, b]\n", "" },
  { "short form",
    "services:\n"
    "  web:\n"
    "    image: nginx\n"
    "    ports: ['80:80']\n"
    "  postgres:\n"
    "    image: postgres:16-alpine\n"
    "    environment:\n"
    "      POSTGRES_USER: app\n"
    "      POSTGRES_PASSWORD: secret\n"
    "      POSTGRES_DB: orders\n"
    "    ports:\n"
    "      - \"5433:5432\"\n",
    "postgres postgresql://app:***@postgres:5432/orders localhost:5433" },
  { "environment as a list, bound address, defaults",
    "services:\n"
    "  db:\n"
    "    image: docker.io/postgis/postgis:15-3.3@sha256:0123\n"
    "    environment:\n"
    "      - POSTGRES_USER=${PGUSER_NAME:-fallback}\n"
    "      - POSTGRES_PASSWORD\n"
    "      - POSTGRES_DB=$NAME\n"
    "    ports: [ '127.0.0.1:${PORT:-6000}:5432/tcp' ]\n",
    "db postgresql://fallback:***@db:5432/from-env localhost:6000" },
  { "long form",
    "services:\n"
    "  db:\n"
    "    image: \"timescale/timescaledb\"\n"
    "    ports:\n"
    "    - target: 9000\n"
    "      published: 9000\n"
    "    - target: 5432\n"
    "      published: \"5440\"\n"
    "      host_ip: 10.1.2.3\n"
    "      protocol: tcp\n",
    "db postgresql://postgres@db:5432/postgres 10.1.2.3:5440" },
  { "not published, or where only the engine knows",
    "services:\n  a:\n    image: postgres\n  b:\n    image: postgres\n    ports: ['5432']\n",
    "a postgresql://postgres@a:5432/postgres -;b postgresql://postgres@b:5432/postgres -" },
  { "other servers",
    "services:\n"
    "  m:\n    image: mariadb:11\n    environment: {MARIADB_USER: u, MARIADB_DATABASE: d}\n    ports: ['3307:3306']\n"
    "  y:\n    image: mysql\n    environment: {MYSQL_ROOT_PASSWORD: x, MYSQL_DATABASE: d}\n    ports: ['3308:3306']\n"
    "  s:\n    image: mcr.microsoft.com/mssql/server:2022-latest\n    ports: ['1433:1433']\n",
    "m mariadb://u@m:3306/d localhost:3307;y mysql://root:***@y:3306/d localhost:3308;"
    "s mssql://sa@s:1433 localhost:1433" },
  { "helpers are no servers",
    "services:\n"
    "  e:\n    image: prometheuscommunity/postgres-exporter\n"
    "  b:\n    image: prodrigestivill/postgres-backup-local\n"
    "  r:\n    image: postgrest/postgrest\n    ports: ['3000:3000']\n"
    "  a:\n    image: dpage/pgadmin4\n    ports: ['5050:80']\n",
    "" },
  { "built here, known by its port",
    "services:\n  db:\n    build: ./db\n    ports: ['15432:5432']\n  web:\n    build: .\n    ports: ['8000:8000']\n",
    "db postgresql://postgres@db:5432/postgres localhost:15432" },
  { "merge keys and container name",
    "x-env: &env\n  POSTGRES_USER: u\nservices:\n  db: &db\n    image: pgvector/pgvector:pg16\n"
    "    container_name: orders-db\n    environment:\n      <<: *env\n      POSTGRES_DB: d\n"
    "    ports: ['0.0.0.0:5432:5432']\n",
    "db(orders-db) postgresql://u@db:5432/d localhost:5432" },
  { "env_file",
    "services:\n  db:\n    image: postgres\n    env_file: .env\n    ports: ['[::1]:5444:5432']\n",
    "db postgresql://from-file@db:5432/from-file localhost:5444" },
  { "nonsense in ports",
    "services:\n  db:\n    image: postgres\n"
    "    ports: [x, '5:y', '1:2:3:4', '99999:5432', '5433-5434:5432-5433', {}, []]\n",
    "db postgresql://postgres@db:5432/postgres -" },
  { "udp is another port",
    "services:\n  db:\n    image: postgres\n    ports: ['5433:5432/udp', '5434:5432']\n",
    "db postgresql://postgres@db:5432/postgres localhost:5434" },
  { "variables",
    "services:\n  db:\n    image: ${IMAGE:-postgres}\n    environment:\n"
    "      POSTGRES_USER: a$${b}${NAME:+-set}${MISSING:+no}\n"
    "      POSTGRES_DB: ${NAME-x}${EMPTY-y}${EMPTY:-z}${MISSING:?must}\n",
    "db postgresql://a%24%7Bb%7D-set@db:5432/from-envz -" },
};

static void
test_databases (void)
{
  static const char * const environment[] = { "NAME=from-env", "POSTGRES_PASSWORD=p", "EMPTY=", NULL };
  static const char dotenv_text[] = "POSTGRES_USER=from-file\nPORT=6000\n";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataDocument) dotenv = strata_dotenv_parse (".env", dotenv_text, strlen (dotenv_text), NULL, FALSE,
                                                          findings);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) databases = strata_compose_read (cases[i].text, strlen (cases[i].text), environment,
                                                            strata_document_get_root (dotenv));
      g_autoptr(GString) line = g_string_new (NULL);

      for (guint j = 0; j < databases->len; j++)
        {
          const StrataComposeDatabase *database = g_ptr_array_index (databases, j);
          g_autofree char *url = strata_url_to_string (database->url);

          g_string_append_printf (line, "%s%s", j > 0 ? ";" : "", database->service);
          if (database->container_name != NULL)
            g_string_append_printf (line, "(%s)", database->container_name);
          g_string_append_printf (line, " %s ", url);
          if (database->port != 0)
            g_string_append_printf (line, "%s:%u", database->host, database->port);
          else
            g_string_append_c (line, '-');
        }

      g_test_message ("%s", cases[i].name);
      g_assert_cmpstr (line->str, ==, cases[i].databases);
    }
}

static void
test_move (void)
{
  g_autoptr(StrataUrl) url = strata_url_parse ("postgresql+asyncpg://u:p@db/x?sslmode=disable", NULL);
  g_autoptr(StrataUrl) moved = strata_compose_move (url, "localhost", 5433);
  g_autofree char *text = strata_url_to_string (moved);

  g_assert_cmpstr (text, ==, "postgresql+asyncpg://u:***@localhost:5433/x?sslmode=disable");
  g_assert_cmpstr (strata_url_get_password (moved), ==, "p");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/compose/databases", test_databases);
  g_test_add_func ("/project/compose/move", test_move);

  return g_test_run ();
}

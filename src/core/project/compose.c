/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/compose.h"

#include <string.h>

#include "core/base/number.h"
#include "core/config/yaml.h"

typedef struct
{
  const char * const       *environment;
  const StrataConfigValue  *dotenv;
} Scope;

/* The servers that images and ports tell, and the variables by which their images make the first user and database. */
static const struct
{
  StrataDialect  dialect;
  const char    *image;          /* part of the image's name */
  guint          port;
  const char    *user_keys[3];
  const char    *password_keys[4];
  const char    *database_keys[4];
  const char    *user;           /* where none is said */
} servers[] = {
  {
    STRATA_DIALECT_POSTGRESQL, "postg", 5432,
    { "POSTGRES_USER", "POSTGRESQL_USERNAME" },
    { "POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD" },
    { "POSTGRES_DB", "POSTGRESQL_DATABASE" },
    "postgres",
  },
  {
    STRATA_DIALECT_POSTGRESQL, "timescale", 5432,
    { "POSTGRES_USER" }, { "POSTGRES_PASSWORD" }, { "POSTGRES_DB" },
    "postgres",
  },
  {
    STRATA_DIALECT_POSTGRESQL, "pgvector", 5432,
    { "POSTGRES_USER" }, { "POSTGRES_PASSWORD" }, { "POSTGRES_DB" },
    "postgres",
  },
  {
    STRATA_DIALECT_MARIADB, "mariadb", 3306,
    { "MARIADB_USER", "MYSQL_USER" },
    { "MARIADB_PASSWORD", "MYSQL_PASSWORD", "MARIADB_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD" },
    { "MARIADB_DATABASE", "MYSQL_DATABASE" },
    "root",
  },
  {
    STRATA_DIALECT_MYSQL, "mysql", 3306,
    { "MYSQL_USER" },
    { "MYSQL_PASSWORD", "MYSQL_ROOT_PASSWORD" },
    { "MYSQL_DATABASE" },
    "root",
  },
  { STRATA_DIALECT_MSSQL, "mssql", 1433, { NULL }, { "MSSQL_SA_PASSWORD", "SA_PASSWORD" }, { NULL }, "sa" },
  { STRATA_DIALECT_MSSQL, "azure-sql-edge", 1433, { NULL }, { "MSSQL_SA_PASSWORD", "SA_PASSWORD" }, { NULL }, "sa" },
};

static void
database_free (gpointer data)
{
  StrataComposeDatabase *database = data;

  g_free (database->service);
  g_free (database->container_name);
  g_free (database->host);
  strata_url_unref (database->url);
  g_free (database);
}

static const char *
look_up_file (const Scope *scope,
              const char  *name)
{
  const StrataConfigValue *value = strata_config_value_lookup (scope->dotenv, name);

  return value != NULL ? strata_config_value_get_text (value) : NULL;
}

static const char *
look_up (const Scope *scope,
         const char  *name)
{
  const char *value = scope->environment != NULL ? g_environ_getenv ((char **) scope->environment, name) : NULL;

  return value != NULL ? value : look_up_file (scope, name);
}

/* The name length at a "$"'s operand: letters, digits and underscores. */
static gsize
name_length (const char *at)
{
  gsize length = 0;

  while (g_ascii_isalnum (at[length]) || at[length] == '_')
    length++;

  return length;
}

/* "${NAME}", "${NAME:-default}", "${NAME-default}", "${NAME:+other}", "${NAME:?error}"; at stands behind the brace. A
 * default is taken as it is: nested ones are too rare to guess at. */
static const char *
append_braced (GString     *text,
               const Scope *scope,
               const char  *at)
{
  gsize length = name_length (at);
  g_autofree char *name = g_strndup (at, length);
  const char *value = look_up (scope, name);
  const char *rest = at + length;
  const char *end = strchr (rest, '}');
  gboolean empty_counts = *rest == ':';

  if (end == NULL)
    return at + strlen (at);

  rest += empty_counts;
  if (empty_counts && value != NULL && *value == '\0')
    value = NULL;

  if (*rest == '+')
    {
      if (value != NULL)
        g_string_append_len (text, rest + 1, end - rest - 1);
    }
  else if (value != NULL)
    g_string_append (text, value);
  else if (*rest == '-')
    g_string_append_len (text, rest + 1, end - rest - 1);

  return end + 1;
}

static char *
interpolate (const Scope *scope,
             const char  *raw)
{
  GString *text = g_string_new (NULL);

  while (*raw != '\0')
    {
      gsize plain = strcspn (raw, "$");

      g_string_append_len (text, raw, plain);
      raw += plain;
      if (*raw == '\0')
        break;

      raw++;
      if (*raw == '{')
        raw = append_braced (text, scope, raw + 1);
      else if (name_length (raw) > 0)
        {
          g_autofree char *name = g_strndup (raw, name_length (raw));
          const char *value = look_up (scope, name);

          g_string_append (text, value != NULL ? value : "");
          raw += strlen (name);
        }
      else
        {
          g_string_append_c (text, '$');
          raw += *raw == '$';
        }
    }

  return g_string_free (text, FALSE);
}

static char *
dup_text (const Scope          *scope,
          const StrataYamlNode *node)
{
  const char *text = strata_yaml_node_get_text (node);

  return text != NULL ? interpolate (scope, text) : NULL;
}

/* A variable of the service; "NAME" alone in a list, or a map's empty value, takes the outer one. */
static char *
dup_variable (const Scope          *scope,
              const StrataYamlNode *environment,
              const char           *name)
{
  gsize length = strlen (name);
  const StrataYamlNode *value = strata_yaml_node_find (environment, name);

  if (value != NULL)
    return dup_text (scope, value);

  for (guint i = 0; i < strata_yaml_node_get_n (environment); i++)
    {
      const char *key;
      const StrataYamlNode *item = strata_yaml_node_get (environment, i, &key);
      const char *text = strata_yaml_node_get_text (item);

      if (key != NULL && item == NULL && g_str_equal (key, name))
        return g_strdup (look_up (scope, name));
      if (key == NULL && text != NULL && strncmp (text, name, length) == 0 && text[length] == '=')
        return interpolate (scope, text + length + 1);
      if (key == NULL && g_strcmp0 (text, name) == 0)
        return g_strdup (look_up (scope, name));
    }

  return NULL;
}

/* Where the service reads its variables from a file that is the .env beside it, those count as well. */
static char *
dup_first_variable (const Scope          *scope,
                    const StrataYamlNode *service,
                    const char * const   *names,
                    guint                 n_names)
{
  const StrataYamlNode *environment = strata_yaml_node_find (service, "environment");
  gboolean has_file = strata_yaml_node_find (service, "env_file") != NULL;

  for (guint i = 0; i < n_names && names[i] != NULL; i++)
    {
      char *value = dup_variable (scope, environment, names[i]);

      if (value == NULL && has_file)
        value = g_strdup (look_up_file (scope, names[i]));
      if (value != NULL)
        return value;
    }

  return NULL;
}

static gboolean
read_port (const char *text,
           guint      *port)
{
  guint64 number;

  if (text == NULL || !strata_number_parse_unsigned (text, 1, 65535, &number))
    return FALSE;

  *port = number;

  return TRUE;
}

/* "5433:5432", "127.0.0.1:5433:5432", "[::1]:5433:5432/tcp"; a lone "5432" is published where only the engine knows.
 * */
static gboolean
read_short_port (const char *text,
                 guint       wanted,
                 guint      *port,
                 char      **host)
{
  g_autofree char *mapping = g_strndup (text, strcspn (text, "/"));
  char *inner = strrchr (mapping, ':');
  char *outer;
  guint number;

  if (g_str_has_suffix (text, "/udp") || inner == NULL)
    return FALSE;

  *inner++ = '\0';
  outer = strrchr (mapping, ':');
  if (outer != NULL)
    *outer++ = '\0';

  if (!read_port (inner, &number) || number != wanted || !read_port (outer != NULL ? outer : mapping, port))
    return FALSE;

  if (outer != NULL && *mapping == '[')
    *host = g_strndup (mapping + 1, strcspn (mapping + 1, "]"));
  else if (outer != NULL)
    *host = g_strdup (mapping);

  return TRUE;
}

static gboolean
read_long_port (const Scope          *scope,
                const StrataYamlNode *node,
                guint                 wanted,
                guint                *port,
                char                **host)
{
  g_autofree char *target = dup_text (scope, strata_yaml_node_find (node, "target"));
  g_autofree char *published = dup_text (scope, strata_yaml_node_find (node, "published"));
  g_autofree char *protocol = dup_text (scope, strata_yaml_node_find (node, "protocol"));
  guint number;

  if (g_strcmp0 (protocol, "udp") == 0)
    return FALSE;
  if (!read_port (target, &number) || number != wanted || !read_port (published, port))
    return FALSE;

  *host = dup_text (scope, strata_yaml_node_find (node, "host_ip"));

  return TRUE;
}

/* An address that means "every interface" is reached as localhost. */
static char *
host_to_type (const char *host)
{
  static const char * const every[] = { "", "0.0.0.0", "::", "127.0.0.1", "::1", NULL };

  return g_strdup (host == NULL || g_strv_contains (every, host) ? "localhost" : host);
}

static guint
find_published (const Scope           *scope,
                const StrataYamlNode  *service,
                guint                  inner_port,
                char                 **host)
{
  const StrataYamlNode *ports = strata_yaml_node_find (service, "ports");
  g_autofree char *bound = NULL;
  guint port = 0;

  for (guint i = 0; port == 0 && i < strata_yaml_node_get_n (ports); i++)
    {
      const StrataYamlNode *node = strata_yaml_node_get (ports, i, NULL);
      g_autofree char *text = dup_text (scope, node);

      if (text != NULL)
        read_short_port (text, inner_port, &port, &bound);
      else
        read_long_port (scope, node, inner_port, &port, &bound);
    }

  if (host != NULL)
    *host = host_to_type (bound);

  return port;
}

/* An image without its tag: "docker.io/pgvector/pgvector" of "docker.io/pgvector/pgvector:pg16". */
static char *
image_name (const char *image)
{
  const char *slash = strrchr (image, '/');
  const char *name = slash != NULL ? slash + 1 : image;

  return g_strndup (image, name - image + strcspn (name, ":@"));
}

/* Programs that work with a server and have its name in theirs. */
static gboolean
is_helper (const char *image)
{
  static const char * const parts[] = { "exporter", "backup", "postgrest", "postgres-meta", "pgbouncer", "pgadmin" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (image, parts[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* An image says which server it is; a service without one says it by the port that it has. */
static gssize
find_server (const Scope          *scope,
             const StrataYamlNode *service)
{
  g_autofree char *image = dup_text (scope, strata_yaml_node_find (service, "image"));
  g_autofree char *name = image != NULL ? image_name (image) : NULL;

  if (name != NULL && is_helper (name))
    return -1;

  for (guint i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      if (name != NULL && strstr (name, servers[i].image) != NULL)
        return i;
      if (name == NULL && find_published (scope, service, servers[i].port, NULL) != 0)
        return i;
    }

  return -1;
}

static StrataUrl *
make_url (const Scope          *scope,
          const char           *host,
          const StrataYamlNode *service,
          gsize                 server)
{
  g_autofree char *user = dup_first_variable (scope, service, servers[server].user_keys,
                                              G_N_ELEMENTS (servers[server].user_keys));
  g_autofree char *password = dup_first_variable (scope, service, servers[server].password_keys,
                                                  G_N_ELEMENTS (servers[server].password_keys));
  g_autofree char *name = dup_first_variable (scope, service, servers[server].database_keys,
                                              G_N_ELEMENTS (servers[server].database_keys));
  StrataUrlParts parts = {
    .dialect = servers[server].dialect,
    .user = user != NULL && *user != '\0' ? user : servers[server].user,
    .password = password,
    .host = host,
    .port = servers[server].port,
    .database = name,
  };

  /* The PostgreSQL image names the database after its user. */
  if ((name == NULL || *name == '\0') && parts.dialect == STRATA_DIALECT_POSTGRESQL)
    parts.database = parts.user;

  return strata_url_new (&parts);
}

static void
read_service (const Scope          *scope,
              const char           *name,
              const StrataYamlNode *service,
              GPtrArray            *databases)
{
  gssize server = find_server (scope, service);
  StrataComposeDatabase *database;

  if (server < 0)
    return;

  database = g_new0 (StrataComposeDatabase, 1);
  database->service = g_strdup (name);
  database->container_name = dup_text (scope, strata_yaml_node_find (service, "container_name"));
  database->has_image = strata_yaml_node_find (service, "image") != NULL;
  database->url = make_url (scope, name, service, server);
  database->port = find_published (scope, service, servers[server].port, &database->host);
  database->line = strata_yaml_node_get_line (service);

  g_ptr_array_add (databases, database);
}

GPtrArray *
strata_compose_read (const char              *text,
                     gsize                    length,
                     const char * const      *environment,
                     const StrataConfigValue *dotenv)
{
  Scope scope = { environment, dotenv };
  g_autoptr(GPtrArray) databases = g_ptr_array_new_with_free_func (database_free);
  g_autoptr(StrataYaml) yaml = strata_yaml_parse (text, length);
  const StrataYamlNode *services = strata_yaml_node_find (strata_yaml_get_root (yaml), "services");

  for (guint i = 0; i < strata_yaml_node_get_n (services); i++)
    {
      const char *name;
      const StrataYamlNode *service = strata_yaml_node_get (services, i, &name);

      if (name != NULL && service != NULL && strata_yaml_node_get_kind (service) == STRATA_YAML_MAP)
        read_service (&scope, name, service, databases);
    }

  return g_steal_pointer (&databases);
}

StrataUrl *
strata_compose_move (const StrataUrl *url,
                     const char      *host,
                     guint            port)
{
  const StrataUrlParts parts = {
    .dialect = strata_url_get_dialect (url),
    .driver = strata_url_get_driver (url),
    .user = strata_url_get_user (url),
    .password = strata_url_get_password (url),
    .host = host,
    .port = port,
    .database = strata_url_get_database (url),
    .query = (const char **) strata_url_get_query_list (url),
  };

  return strata_url_new (&parts);
}

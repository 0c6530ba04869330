/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/url/url.h"

#include <string.h>
#include <sys/stat.h>

#include "core/base/number.h"
#include "core/url/url-private.h"

static gboolean
is_loopback (const char *host)
{
  g_autoptr(GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL && (g_inet_address_get_is_loopback (address) || g_inet_address_get_is_any (address));
}

static gboolean
is_local_name (const char *host)
{
  static const char * const names[] = { "localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback", NULL };

  return *host == '\0' || g_strv_contains (names, host) || g_str_has_suffix (host, ".localhost") || is_loopback (host);
}

/* One way to write a host: "localhost" for all that means this machine's own server; else an address or a name. */
static char *
plain_host (const char *host)
{
  static const char * const socket_folders[] = { "/tmp", "/run/postgresql", "/var/run/postgresql", NULL };
  g_autofree char *plain = NULL;
  g_autoptr(GInetAddress) address = NULL;

  if (*host == '/')
    {
      plain = g_canonicalize_filename (host, "/");
      return g_strv_contains (socket_folders, plain) ? g_strdup ("localhost") : g_steal_pointer (&plain);
    }

  plain = g_ascii_strdown (host, -1);
  if (g_str_has_suffix (plain, "."))
    plain[strlen (plain) - 1] = '\0';
  if (is_local_name (plain))
    return g_strdup ("localhost");

  address = g_inet_address_new_from_string (plain);

  return address != NULL ? g_inet_address_to_string (address) : g_steal_pointer (&plain);
}

static guint
default_port (StrataDialect dialect)
{
  switch (dialect)
    {
    case STRATA_DIALECT_POSTGRESQL:
      return 5432;
    case STRATA_DIALECT_MYSQL:
    case STRATA_DIALECT_MARIADB:
      return 3306;
    case STRATA_DIALECT_MSSQL:
      return 1433;
    case STRATA_DIALECT_SQLITE:
    case STRATA_DIALECT_UNKNOWN:
    default:
      return 0;
    }
}

/* Where libpq connects to: an address given besides a name is what counts. */
static const char *
effective_host (const StrataUrl *self)
{
  const char *address = self->dialect == STRATA_DIALECT_POSTGRESQL ? strata_url_get_query (self, "hostaddr") : NULL;

  if (address != NULL)
    return address;

  return self->host != NULL ? self->host : "";
}

/* "host:port,host:port" in the order written, which is the order of trying. */
static char *
plain_server (const StrataUrl *self)
{
  const char *port_list = self->dialect == STRATA_DIALECT_POSTGRESQL ? strata_url_get_query (self, "port") : NULL;
  g_auto(GStrv) hosts = g_strsplit (effective_host (self), ",", -1);
  g_auto(GStrv) ports = g_strsplit (port_list != NULL ? port_list : "", ",", -1);
  guint n_ports = g_strv_length (ports);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i == 0 || hosts[i] != NULL; i++)
    {
      g_autofree char *host = plain_host (hosts[i] != NULL ? hosts[i] : "");
      guint64 port = i < n_ports ? g_ascii_strtoull (ports[i], NULL, 10) : 0;

      if (port == 0)
        port = self->port > 0 ? self->port : default_port (self->dialect);
      g_string_append_printf (text, "%s:%" G_GUINT64_FORMAT ",", host, port);
      if (hosts[i] == NULL)
        break;
    }

  return g_string_free (text, FALSE);
}

static gboolean
same_query (const StrataUrl *a,
            const StrataUrl *b,
            const char      *key)
{
  return g_strcmp0 (strata_url_get_query (a, key), strata_url_get_query (b, key)) == 0;
}

/* Whether two paths are one file, by whatever links; where the files are not there yet, whether their folders are. */
static gboolean
same_file (const char *a,
           const char *b)
{
  g_autofree char *folder_a = g_path_get_dirname (a);
  g_autofree char *folder_b = g_path_get_dirname (b);
  g_autofree char *name_a = g_path_get_basename (a);
  g_autofree char *name_b = g_path_get_basename (b);
  struct stat info_a, info_b;

  if (stat (a, &info_a) == 0 || stat (b, &info_b) == 0)
    return stat (a, &info_a) == 0 && stat (b, &info_b) == 0
           && info_a.st_dev == info_b.st_dev && info_a.st_ino == info_b.st_ino;

  return strcmp (name_a, name_b) == 0
         && stat (folder_a, &info_a) == 0 && stat (folder_b, &info_b) == 0
         && info_a.st_dev == info_b.st_dev && info_a.st_ino == info_b.st_ino;
}

static gboolean
same_sqlite (const StrataUrl *a,
             const StrataUrl *b)
{
  g_autofree char *path_a = NULL;
  g_autofree char *path_b = NULL;

  if (a->database == NULL || b->database == NULL)
    return a->database == b->database;

  path_a = g_canonicalize_filename (a->database, NULL);
  path_b = g_canonicalize_filename (b->database, NULL);

  return strcmp (path_a, path_b) == 0 || same_file (path_a, path_b);
}

static StrataDialect
family (StrataDialect dialect)
{
  return dialect == STRATA_DIALECT_MARIADB ? STRATA_DIALECT_MYSQL : dialect;
}

/* PostgreSQL's database is the user's name where none is given. */
static const char *
effective_database (const StrataUrl *self)
{
  if (self->database == NULL && self->dialect == STRATA_DIALECT_POSTGRESQL && self->user != NULL)
    return self->user;

  return self->database;
}

gboolean
strata_url_same_database (const StrataUrl *a,
                          const StrataUrl *b)
{
  g_autofree char *server_a = NULL;
  g_autofree char *server_b = NULL;

  if (family (a->dialect) != family (b->dialect)
      || (a->dialect == STRATA_DIALECT_UNKNOWN && strcmp (a->scheme, b->scheme) != 0))
    return FALSE;

  if (a->dialect == STRATA_DIALECT_SQLITE)
    return same_sqlite (a, b);

  server_a = plain_server (a);
  server_b = plain_server (b);

  return strcmp (server_a, server_b) == 0
         && g_strcmp0 (effective_database (a), effective_database (b)) == 0
         && same_query (a, b, "service")
         && same_query (a, b, "unix_socket")
         && same_query (a, b, "odbc_connect");
}

/* A service file may name any host: what it says is not known here, and the careful answer is no. */
gboolean
strata_url_is_local (const StrataUrl *self)
{
  g_auto(GStrv) hosts = NULL;

  if (self->dialect == STRATA_DIALECT_SQLITE)
    return TRUE;

  if (*effective_host (self) == '\0')
    return self->dialect != STRATA_DIALECT_UNKNOWN && self->dialect != STRATA_DIALECT_MSSQL
           && strata_url_get_query (self, "service") == NULL;

  hosts = g_strsplit (effective_host (self), ",", -1);
  for (guint i = 0; hosts[i] != NULL; i++)
    {
      g_autofree char *host = plain_host (hosts[i]);

      if (*host != '/' && *host != '@' && strcmp (host, "localhost") != 0)
        return FALSE;
    }

  return TRUE;
}

StrataUrl *
strata_url_resolve (StrataUrl  *self,
                    const char *folder)
{
  StrataUrl *copy;

  if (self->dialect != STRATA_DIALECT_SQLITE || self->database == NULL)
    return strata_url_ref (self);

  copy = strata_url_copy (self);
  g_free (copy->database);
  copy->database = g_canonicalize_filename (self->database, folder);

  return copy;
}

static void
fill (char               **part,
      const char * const  *environment,
      const char          *name)
{
  const char *value = g_environ_getenv ((char **) environment, name);

  if (*part == NULL && value != NULL && *value != '\0')
    *part = g_strdup (value);
}

static void
fill_query (StrataUrl          *self,
            const char         *key,
            const char * const *environment,
            const char         *name)
{
  const char *value = g_environ_getenv ((char **) environment, name);

  if (strata_url_get_query (self, key) == NULL && value != NULL && *value != '\0')
    strata_url_add_query (self, key, value);
}

/* Of a service libpq takes what the URL leaves open before it looks into the environment, so that then nothing of the
 * environment is certain. */
StrataUrl *
strata_url_with_environment (StrataUrl          *self,
                             const char * const *environment)
{
  StrataUrl *copy;
  g_autofree char *port = NULL;

  if (self->dialect != STRATA_DIALECT_POSTGRESQL)
    return strata_url_ref (self);

  copy = strata_url_copy (self);
  fill_query (copy, "service", environment, "PGSERVICE");
  if (strata_url_get_query (copy, "service") != NULL)
    return copy;

  fill_query (copy, "hostaddr", environment, "PGHOSTADDR");
  fill (&copy->host, environment, "PGHOST");
  fill (&copy->user, environment, "PGUSER");
  fill (&copy->database, environment, "PGDATABASE");

  fill (&port, environment, "PGPORT");
  if (copy->port == 0 && strata_url_get_query (copy, "port") == NULL && port != NULL)
    {
      guint64 number;

      if (strata_number_parse_unsigned (port, 1, 65535, &number))
        copy->port = number;
      else
        strata_url_add_query (copy, "port", port);
    }

  return copy;
}

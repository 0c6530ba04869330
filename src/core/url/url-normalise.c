/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/url/url-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/number.h"

static gboolean
fail (GError     **error,
      const char  *text)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("The database URL cannot be understood: %s"), text);

  return FALSE;
}

/* All values of a key, which leaves the query; NULL where there is none. Elements are owned strings. */
static GPtrArray *
take_query (StrataUrl  *self,
            const char *key)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  guint kept = 0;

  for (guint i = 0; self->query[i] != NULL; i += 2)
    {
      if (strcmp (self->query[i], key) == 0)
        {
          g_free (self->query[i]);
          g_ptr_array_add (values, self->query[i + 1]);
        }
      else
        {
          self->query[kept++] = self->query[i];
          self->query[kept++] = self->query[i + 1];
        }
    }
  self->query[kept] = NULL;

  return values->len > 0 ? g_steal_pointer (&values) : NULL;
}

static void
take_part (StrataUrl   *self,
           const char  *key,
           char       **part)
{
  g_autoptr(GPtrArray) values = take_query (self, key);

  if (values == NULL)
    return;

  g_free (*part);
  *part = g_strdup (g_ptr_array_index (values, values->len - 1));
}

/* Keys given several times and values with commas are two ways to write one list. */
static GPtrArray *
split (GPtrArray *values)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      g_autofree GStrv pieces = g_strsplit (g_ptr_array_index (values, i), ",", -1);

      for (guint j = 0; pieces[j] != NULL; j++)
        g_ptr_array_add (parts, pieces[j]);
    }

  return parts;
}

static gboolean
is_host_name (const char *text,
              gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && text[i] != '-' && text[i] != '.')
      return FALSE;

  return TRUE;
}

/* SQLAlchemy's host=name:port, which libpq does not know. An IPv6 address or a socket's folder is left alone. */
static void
split_ports (GPtrArray *hosts,
             GPtrArray *ports)
{
  for (guint i = 0; i < hosts->len; i++)
    {
      char *host = g_ptr_array_index (hosts, i);
      char *colon = strchr (host, ':');

      if (colon != NULL && is_host_name (host, colon - host) && strspn (colon + 1, "0123456789") == strlen (colon + 1))
        {
          *colon = '\0';
          g_ptr_array_add (ports, g_strdup (colon + 1));
        }
      else
        g_ptr_array_add (ports, g_strdup (""));
    }
}

static char *
join (GPtrArray *parts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", (char *) g_ptr_array_index (parts, i));

  return g_string_free (text, FALSE);
}

/* The number that all have, or 0 and a list in the query where they differ. */
static gboolean
set_ports (StrataUrl  *self,
           GPtrArray  *ports,
           GError    **error)
{
  gboolean any = FALSE;
  gboolean differ = FALSE;
  guint64 port = 0;

  for (guint i = 0; i < ports->len; i++)
    {
      const char *text = g_ptr_array_index (ports, i);

      if (*text != '\0' && !strata_number_parse_unsigned (text, 1, 65535, &port))
        return fail (error, _("a port is no number from 1 to 65535"));
      any |= *text != '\0';
      differ |= strcmp (text, g_ptr_array_index (ports, 0)) != 0;
    }

  if (differ)
    {
      g_autofree char *list = join (ports);

      strata_url_add_query (self, "port", list);
    }
  if (any)
    self->port = differ ? 0 : port;

  return TRUE;
}

static guint
n_hosts (const StrataUrl *self)
{
  guint n = 1;

  for (const char *at = self->host; at != NULL && *at != '\0'; at++)
    n += *at == ',';

  return n;
}

static gboolean
take_hosts (StrataUrl  *self,
            GError    **error)
{
  g_autoptr(GPtrArray) host_values = take_query (self, "host");
  g_autoptr(GPtrArray) port_values = take_query (self, "port");
  g_autoptr(GPtrArray) hosts = split (host_values);
  g_autoptr(GPtrArray) ports = split (port_values);

  if (hosts->len > 0)
    {
      if (ports->len == 0)
        split_ports (hosts, ports);

      g_free (self->host);
      self->host = join (hosts);
      if (*self->host == '\0')
        g_clear_pointer (&self->host, g_free);
    }

  if (ports->len > 1 && ports->len != n_hosts (self))
    return fail (error, _("it has another number of ports than of hosts"));

  return set_ports (self, ports, error);
}

static gboolean
normalise_postgresql (StrataUrl  *self,
                      GError    **error)
{
  take_part (self, "user", &self->user);
  take_part (self, "password", &self->password);
  take_part (self, "database", &self->database);
  take_part (self, "dbname", &self->database);

  return take_hosts (self, error);
}

/* The path of a file: URI, https://www.sqlite.org/uri.html */
static char *
uri_path (const char *uri)
{
  const char *path = uri + strlen ("file:");

  if (g_str_has_prefix (path, "//"))
    {
      path += 2;
      path += strcspn (path, "/");
    }

  return g_uri_unescape_string (path, NULL);
}

static gboolean
normalise_sqlite (StrataUrl  *self,
                  GError    **error)
{
  if (self->user != NULL || self->password != NULL || self->host != NULL || self->port > 0)
    return fail (error, _("a SQLite URL has three slashes before a relative path and four before an absolute one: "
                          "sqlite:///data/app.db, sqlite:////srv/app.db"));

  if (self->database != NULL && g_str_has_prefix (self->database, "file:") && strata_url_query_is_true (self, "uri"))
    {
      char *path = uri_path (self->database);

      if (path == NULL || !g_utf8_validate (path, -1, NULL))
        {
          g_free (path);
          return fail (error, _("the path of its file: URI is no text"));
        }
      g_free (self->database);
      self->database = path;
    }

  if (self->database != NULL
      && (strcmp (self->database, ":memory:") == 0 || *self->database == '\0'
          || (strata_url_query_is_true (self, "uri") && g_strcmp0 (strata_url_get_query (self, "mode"), "memory") == 0)))
    g_clear_pointer (&self->database, g_free);

  return TRUE;
}

gboolean
strata_url_normalise (StrataUrl  *self,
                      GError    **error)
{
  if (self->dialect == STRATA_DIALECT_POSTGRESQL)
    return normalise_postgresql (self, error);
  if (self->dialect == STRATA_DIALECT_SQLITE)
    return normalise_sqlite (self, error);

  return TRUE;
}

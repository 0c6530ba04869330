/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/url/url.h"

#include <string.h>

#include "core/url/mask.h"
#include "core/url/url-private.h"

G_DEFINE_BOXED_TYPE (StrataUrl, strata_url, strata_url_ref, strata_url_unref)

static char *
dup_filled (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

StrataUrl *
strata_url_new (const StrataUrlParts *parts)
{
  static const char *no_query[] = { NULL };
  StrataUrl *self = g_new0 (StrataUrl, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->dialect = parts->dialect;
  self->scheme = g_strdup (strata_dialect_get_name (parts->dialect));
  self->driver = dup_filled (parts->driver);
  self->user = dup_filled (parts->user);
  self->password = dup_filled (parts->password);
  self->host = dup_filled (parts->host);
  self->port = parts->port;
  self->database = dup_filled (parts->database);
  self->query = g_strdupv ((GStrv) (parts->query != NULL ? parts->query : no_query));

  return self;
}

StrataUrl *
strata_url_copy (const StrataUrl *self)
{
  StrataUrl *copy;

  copy = strata_url_new (&(StrataUrlParts) {
    .dialect = self->dialect,
    .driver = self->driver,
    .user = self->user,
    .password = self->password,
    .host = self->host,
    .port = self->port,
    .database = self->database,
    .query = (const char **) self->query,
  });
  g_free (copy->scheme);
  copy->scheme = g_strdup (self->scheme);

  return copy;
}

void
strata_url_add_query (StrataUrl  *self,
                      const char *key,
                      const char *value)
{
  guint length = g_strv_length (self->query);

  self->query = g_renew (char *, self->query, length + 3);
  self->query[length] = g_strdup (key);
  self->query[length + 1] = g_strdup (value);
  self->query[length + 2] = NULL;
}

StrataUrl *
strata_url_ref (StrataUrl *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_url_unref (StrataUrl *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->scheme);
  g_free (self->driver);
  g_free (self->user);
  g_free (self->password);
  g_free (self->host);
  g_free (self->database);
  g_strfreev (self->query);
  g_free (self);
}

StrataDialect
strata_url_get_dialect (const StrataUrl *self)
{
  return self->dialect;
}

const char *
strata_url_get_scheme (const StrataUrl *self)
{
  return self->scheme;
}

const char *
strata_url_get_driver (const StrataUrl *self)
{
  return self->driver;
}

const char *
strata_url_get_user (const StrataUrl *self)
{
  return self->user;
}

const char *
strata_url_get_password (const StrataUrl *self)
{
  return self->password;
}

const char *
strata_url_get_host (const StrataUrl *self)
{
  return self->host;
}

guint
strata_url_get_port (const StrataUrl *self)
{
  return self->port;
}

const char *
strata_url_get_database (const StrataUrl *self)
{
  return self->database;
}

/* Of a key that is given several times the last one, as libpq has it. */
const char *
strata_url_get_query (const StrataUrl *self,
                      const char      *key)
{
  const char *value = NULL;

  for (guint i = 0; self->query[i] != NULL; i += 2)
    if (strcmp (self->query[i], key) == 0)
      value = self->query[i + 1];

  return value;
}

const char * const *
strata_url_get_query_list (const StrataUrl *self)
{
  return (const char * const *) self->query;
}

gboolean
strata_url_query_is_true (const StrataUrl *self,
                          const char      *key)
{
  static const char * const truths[] = { "true", "yes", "on", "y", "t", "1", NULL };
  const char *value = strata_url_get_query (self, key);
  g_autofree char *plain = value != NULL ? g_ascii_strdown (value, -1) : NULL;

  return plain != NULL && g_strv_contains (truths, g_strstrip (plain));
}

gboolean
strata_url_key_is_secret (const char *key)
{
  static const char * const parts[] = { "pass", "pwd", "secret", "token", "scram_client_key", "scram_server_key" };
  g_autofree char *plain = g_ascii_strdown (key, -1);

  if (strcmp (plain, "passfile") == 0)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (plain, parts[i]) != NULL)
      return TRUE;

  return FALSE;
}

static void
append_escaped (GString    *text,
                const char *part,
                const char *allowed)
{
  g_autofree char *escaped = g_uri_escape_string (part, allowed, TRUE);

  g_string_append (text, escaped);
}

/* A port behind the last of several hosts would be that one's alone. */
static gboolean
has_several_hosts (const StrataUrl *self)
{
  return self->host != NULL && strchr (self->host, ',') != NULL;
}

static void
append_authority (const StrataUrl *self,
                  GString         *text)
{
  if (self->user != NULL || self->password != NULL)
    {
      append_escaped (text, self->user != NULL ? self->user : "", " +");
      g_string_append (text, self->password != NULL ? ":***@" : "@");
    }

  if (self->host != NULL && strpbrk (self->host, "/:") == NULL)
    append_escaped (text, self->host, ",");
  else if (self->host != NULL && strchr (self->host, '/') == NULL && !has_several_hosts (self))
    {
      g_string_append_c (text, '[');
      append_escaped (text, self->host, ":");
      g_string_append_c (text, ']');
    }

  if (self->port > 0 && !has_several_hosts (self))
    g_string_append_printf (text, ":%u", self->port);
}

/* A name that cannot stand in the path, where nothing is encoded. */
static gboolean
has_odd_database (const StrataUrl *self)
{
  return self->dialect == STRATA_DIALECT_POSTGRESQL && self->database != NULL && strpbrk (self->database, "?@") != NULL;
}

static void
append_database (const StrataUrl *self,
                 GString         *text)
{
  if (self->database == NULL || has_odd_database (self))
    return;

  if (self->dialect == STRATA_DIALECT_SQLITE && strata_url_query_is_true (self, "uri"))
    {
      /* Two slashes would begin the name of a host. */
      g_string_append (text, g_str_has_prefix (self->database, "//") ? "/file://" : "/file:");
      append_escaped (text, self->database, "/");
      return;
    }

  g_string_append_c (text, '/');
  g_string_append (text, self->database);
}

static void
append_query_pair (GString    *text,
                   char       *separator,
                   const char *key,
                   const char *value)
{
  g_autofree char *masked = strata_url_key_is_secret (key) ? g_strdup ("***") : strata_mask (value, NULL);

  g_string_append_c (text, *separator);
  *separator = '&';

  append_escaped (text, key, NULL);
  g_string_append_c (text, '=');
  append_escaped (text, masked, "/:,*");
}

static void
append_query (const StrataUrl *self,
              GString         *text)
{
  char separator = '?';

  /* A socket's folder, or a list with IPv6 addresses, has no place in front. */
  if (self->host != NULL && (strchr (self->host, '/') != NULL
                             || (strchr (self->host, ':') != NULL && has_several_hosts (self))))
    append_query_pair (text, &separator, "host", self->host);
  if (self->port > 0 && has_several_hosts (self))
    {
      g_autofree char *port = g_strdup_printf ("%u", self->port);

      append_query_pair (text, &separator, "port", port);
    }
  if (has_odd_database (self))
    append_query_pair (text, &separator, "dbname", self->database);

  for (guint i = 0; self->query[i] != NULL; i += 2)
    append_query_pair (text, &separator, self->query[i], self->query[i + 1]);
}

char *
strata_url_to_string (const StrataUrl *self)
{
  GString *text = g_string_new (self->scheme);

  if (self->driver != NULL)
    g_string_append_printf (text, "+%s", self->driver);
  g_string_append (text, "://");

  append_authority (self, text);
  append_database (self, text);
  append_query (self, text);

  return g_string_free (text, FALSE);
}

/* Secrets that equal a name which is shown anyway are left out: hiding them would garble each message that has the name,
 * and tell more than it hides. */
GStrv
strata_url_get_secrets (const StrataUrl *self)
{
  const char *shown[] = { self->user, self->host, self->database, self->scheme, "localhost" };
  g_autoptr(GPtrArray) secrets = g_ptr_array_new ();

  if (self->password != NULL)
    g_ptr_array_add (secrets, self->password);
  for (guint i = 0; self->query[i] != NULL; i += 2)
    if (strata_url_key_is_secret (self->query[i]) && *self->query[i + 1] != '\0')
      g_ptr_array_add (secrets, self->query[i + 1]);

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    for (guint j = secrets->len; j-- > 0; )
      if (g_strcmp0 (shown[i], g_ptr_array_index (secrets, j)) == 0)
        g_ptr_array_remove_index (secrets, j);

  g_ptr_array_add (secrets, NULL);

  return g_strdupv ((GStrv) secrets->pdata);
}

StrataUrl *
strata_url_with_password (const StrataUrl *self,
                          const char      *password)
{
  StrataUrl *copy = strata_url_copy (self);

  g_free (copy->password);
  copy->password = dup_filled (password);

  return copy;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/url/url.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/url/url-private.h"

/* What SQLAlchemy's regular expression takes apart, as slices of the text; NULL where there is none. */
typedef struct
{
  const char *begin;
  const char *end;
} Slice;

typedef struct
{
  Slice scheme;
  Slice user;
  Slice password;
  Slice hosts;       /* host and port, or several with commas */
  Slice database;
  Slice query;
} UrlSlices;

/* Errors quote nothing of the text: where it was not understood any part may be the password. */
static gboolean
fail (GError     **error,
      const char  *text)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("The database URL cannot be understood: %s"), text);

  return FALSE;
}

static gboolean
check_characters (const char  *text,
                  GError     **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    return fail (error, _("it is not valid UTF-8"));

  for (; *text != '\0'; text++)
    if ((guchar) *text < 0x20 || *text == 0x7f)
      return fail (error, _("there is a line break or another control character in it"));

  return TRUE;
}

/* (?:user(?::password)?@)? where a user has no ":" and "/", and a password anything up to the first "@". */
static const char *
cut_user (UrlSlices  *slices,
          const char *text)
{
  const char *end = text + strcspn (text, ":/");
  const char *at = *end == ':' ? strchr (end, '@') : NULL;

  if (at != NULL)
    {
      slices->user = (Slice) { text, end };
      slices->password = (Slice) { end + 1, at };
      return at + 1;
    }

  at = memrchr (text, '@', end - text);
  if (at == NULL)
    return text;

  slices->user = (Slice) { text, at };

  return at + 1;
}

static gboolean
cut (UrlSlices   *slices,
     const char  *text,
     GError     **error)
{
  const char *at = text;

  while (g_ascii_isalnum (*at) || *at == '_' || *at == '+')
    at++;
  if (at == text || !g_str_has_prefix (at, "://"))
    return fail (error, _("it should begin like postgresql:// or sqlite:///"));
  slices->scheme = (Slice) { text, at };

  at = cut_user (slices, at + 3);

  slices->hosts.begin = at;
  at += strcspn (at, "/?");
  slices->hosts.end = at;

  if (*at == '/')
    {
      slices->database.begin = at + 1;
      at += strcspn (at, "?");
      slices->database.end = at;
    }

  if (*at == '?')
    slices->query = (Slice) { at + 1, at + strlen (at) };

  return TRUE;
}

/* As urllib.parse.unquote: what is no valid escape stays as it is. NULL: the bytes are no text. */
static char *
unquote (Slice    slice,
         gboolean plus_is_blank)
{
  GString *text = g_string_sized_new (slice.end - slice.begin);

  for (const char *at = slice.begin; at < slice.end; at++)
    {
      if (*at == '%' && slice.end - at > 2 && g_ascii_isxdigit (at[1]) && g_ascii_isxdigit (at[2]))
        {
          g_string_append_c (text, (char) (g_ascii_xdigit_value (at[1]) << 4 | g_ascii_xdigit_value (at[2])));
          at += 2;
        }
      else
        g_string_append_c (text, *at == '+' && plus_is_blank ? ' ' : *at);
    }

  if (!g_utf8_validate_len (text->str, text->len, NULL))
    {
      g_string_free (text, TRUE);
      return NULL;
    }

  return g_string_free (text, FALSE);
}

static void
read_scheme (StrataUrl *url,
             Slice      slice)
{
  const char *plus = memchr (slice.begin, '+', slice.end - slice.begin);

  url->scheme = g_strndup (slice.begin, (plus != NULL ? plus : slice.end) - slice.begin);
  if (plus != NULL && plus + 1 < slice.end)
    url->driver = g_strndup (plus + 1, slice.end - plus - 1);

  url->dialect = strata_dialect_from_name (url->scheme);
  if (url->dialect != STRATA_DIALECT_UNKNOWN)
    {
      g_free (url->scheme);
      url->scheme = g_strdup (strata_dialect_get_name (url->dialect));
    }
}

static gboolean
read_port (Slice    slice,
           guint64 *port,
           GError **error)
{
  g_autofree char *text = g_strndup (slice.begin, slice.end - slice.begin);

  *port = 0;
  if (*text != '\0' && !strata_number_parse_unsigned (text, 1, 65535, port))
    return fail (error,
                 /* xgettext:no-c-format */
                 _("the port is no number from 1 to 65535; an IPv6 address stands in brackets, and in a user name or "
                   "password @ is written %40, : %3A, / %2F and % %25"));

  return TRUE;
}

static gboolean
is_ipv6 (const char *host)
{
  const char *colon = strchr (host, ':');

  return colon != NULL && strchr (colon + 1, ':') != NULL;
}

/* One of host, host:port, [address] and [address]:port; adds both to the lists. */
static gboolean
read_host (Slice      slice,
           GPtrArray *hosts,
           GPtrArray *ports,
           GError   **error)
{
  const char *host_end = NULL;
  const char *colon = NULL;
  g_autofree char *host = NULL;
  gboolean in_brackets = slice.begin < slice.end && *slice.begin == '[';
  guint64 port;

  if (memchr (slice.begin, '@', slice.end - slice.begin) != NULL)
    return fail (error,
                 /* xgettext:no-c-format */
                 _("there is a second @ before the host; in a user name or password @ is written %40, : %3A, / %2F and "
                   "% %25"));

  if (in_brackets)
    {
      host_end = memrchr (slice.begin, ']', slice.end - slice.begin);
      if (host_end == NULL || host_end == slice.begin + 1)
        return fail (error, _("the bracket before the host's address is not closed"));
      slice.begin++;
      colon = host_end + 1;
      if (colon < slice.end && *colon != ':')
        return fail (error, _("something other than a port follows the address in brackets"));
    }
  else
    colon = host_end = slice.begin + strcspn (slice.begin, ":/?");

  if (colon > slice.end)
    colon = host_end = slice.end;

  host = unquote ((Slice) { slice.begin, host_end }, FALSE);
  if (host == NULL)
    return fail (error, _("the host is no text"));
  if (in_brackets && !is_ipv6 (host))
    return fail (error, _("what stands in brackets is no IPv6 address"));
  if (strchr (host, ':') != NULL && !is_ipv6 (host))
    return fail (error, _("there is a colon, written as %3A, in the name of the host"));
  if (!read_port (colon < slice.end ? (Slice) { colon + 1, slice.end } : (Slice) { colon, colon }, &port, error))
    return FALSE;

  g_ptr_array_add (hosts, g_steal_pointer (&host));
  g_ptr_array_add (ports, port > 0 ? g_strdup_printf ("%u", (guint) port) : g_strdup (""));

  return TRUE;
}

static char *
join (GPtrArray *parts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "", (char *) g_ptr_array_index (parts, i));

  return g_string_free (text, FALSE);
}

static gboolean
all_equal (GPtrArray *parts)
{
  for (guint i = 1; i < parts->len; i++)
    if (strcmp (g_ptr_array_index (parts, 0), g_ptr_array_index (parts, i)) != 0)
      return FALSE;

  return TRUE;
}

/* Several hosts are libpq's way, which SQLAlchemy would take for a bad port. */
static gboolean
read_hosts (StrataUrl  *url,
            Slice       slice,
            GError    **error)
{
  g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) ports = g_ptr_array_new_with_free_func (g_free);
  const char *begin = slice.begin;

  for (;;)
    {
      const char *comma = NULL;

      if (url->dialect == STRATA_DIALECT_POSTGRESQL)
        comma = memchr (begin, ',', slice.end - begin);
      if (!read_host ((Slice) { begin, comma != NULL ? comma : slice.end }, hosts, ports, error))
        return FALSE;
      if (comma == NULL)
        break;
      begin = comma + 1;
    }

  url->host = join (hosts);
  if (*url->host == '\0')
    g_clear_pointer (&url->host, g_free);

  if (all_equal (ports))
    {
      url->port = (guint) g_ascii_strtoull (g_ptr_array_index (ports, 0), NULL, 10);
    }
  else
    {
      g_autofree char *list = join (ports);

      strata_url_add_query (url, "port", list);
    }

  return TRUE;
}

/* The rest of a password that was cut short at its own @ may end up behind the host. */
static gboolean
check_no_at (Slice    slice,
             GError **error)
{
  if (slice.begin < slice.end && memchr (slice.begin, '@', slice.end - slice.begin) != NULL)
    return fail (error,
                 /* xgettext:no-c-format */
                 _("there is an @ behind the host; in a user name or password @ is written %40, : %3A, / %2F and % %25"));

  return TRUE;
}

static gboolean
read_database (StrataUrl  *url,
               Slice       slice,
               GError    **error)
{
  if (url->dialect != STRATA_DIALECT_SQLITE && !check_no_at (slice, error))
    return FALSE;

  if (slice.begin < slice.end)
    url->database = g_strndup (slice.begin, slice.end - slice.begin);

  return TRUE;
}

/* As urllib.parse.parse_qsl: pairs without a value are dropped. */
static gboolean
read_query (StrataUrl  *url,
            Slice       slice,
            GError    **error)
{
  g_autoptr(GPtrArray) query = g_ptr_array_new_with_free_func (g_free);

  while (slice.begin < slice.end)
    {
      const char *end = memchr (slice.begin, '&', slice.end - slice.begin);
      const char *equals;

      if (end == NULL)
        end = slice.end;
      equals = memchr (slice.begin, '=', end - slice.begin);

      if (equals == NULL && !check_no_at ((Slice) { slice.begin, end }, error))
        return FALSE;

      if (equals != NULL && equals + 1 < end)
        {
          g_autofree char *key = unquote ((Slice) { slice.begin, equals }, TRUE);
          g_autofree char *value = unquote ((Slice) { equals + 1, end }, TRUE);

          if (key == NULL || value == NULL)
            return fail (error, _("a parameter behind the ? is no text"));
          g_ptr_array_add (query, g_steal_pointer (&key));
          g_ptr_array_add (query, g_steal_pointer (&value));
        }

      slice.begin = end < slice.end ? end + 1 : end;
    }

  for (guint i = 0; url->query[i] != NULL; i++)
    g_ptr_array_add (query, g_strdup (url->query[i]));
  g_ptr_array_add (query, NULL);

  g_strfreev (url->query);
  url->query = (GStrv) g_ptr_array_free (g_steal_pointer (&query), FALSE);

  return TRUE;
}

static gboolean
read_login (StrataUrl        *url,
            const UrlSlices  *slices,
            GError          **error)
{
  if (slices->user.begin != NULL)
    {
      url->user = unquote (slices->user, FALSE);
      if (url->user == NULL)
        return fail (error, _("the user name has percent-encoded bytes that are no text"));
      if (*url->user == '\0')
        g_clear_pointer (&url->user, g_free);
    }

  if (slices->password.begin < slices->password.end)
    {
      url->password = unquote (slices->password, FALSE);
      if (url->password == NULL)
        return fail (error, _("the password has percent-encoded bytes that are no text; a literal % is written %25"));
    }

  return TRUE;
}

StrataUrl *
strata_url_parse (const char  *text,
                  GError     **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr(StrataUrl) url = NULL;
  UrlSlices slices = { 0 };

  if (!check_characters (stripped, error) || !cut (&slices, stripped, error))
    return NULL;

  url = strata_url_new (&(StrataUrlParts) { .dialect = STRATA_DIALECT_UNKNOWN });
  g_clear_pointer (&url->scheme, g_free);

  read_scheme (url, slices.scheme);
  if (!read_login (url, &slices, error)
      || !read_hosts (url, slices.hosts, error)
      || !read_query (url, slices.query, error)
      || !read_database (url, slices.database, error)
      || !strata_url_normalise (url, error))
    return NULL;

  return g_steal_pointer (&url);
}

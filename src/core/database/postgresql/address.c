/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/address.h"

#include <glib/gi18n-lib.h>
#include <netdb.h>
#include <sys/socket.h>

#include "core/database/postgresql/aside.h"

typedef struct
{
  char      *host;
  GPtrArray *addresses;    /* numeric, owned */
  int        result;       /* of getaddrinfo() */
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *self = data;

  g_free (self->host);
  g_ptr_array_unref (self->addresses);
  g_free (self);
}

static void
look_up (gpointer data)
{
  const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
  Lookup *self = data;
  struct addrinfo *list = NULL;

  self->result = getaddrinfo (self->host, NULL, &hints, &list);
  for (struct addrinfo *entry = list; entry != NULL; entry = entry->ai_next)
    {
      char address[NI_MAXHOST];

      if (getnameinfo (entry->ai_addr, entry->ai_addrlen, address, sizeof address, NULL, 0, NI_NUMERICHOST) == 0)
        g_ptr_array_add (self->addresses, g_strdup (address));
    }

  if (list != NULL)
    freeaddrinfo (list);
}

static void
address_free (gpointer data)
{
  StrataAddress *self = data;

  g_free (self->host);
  g_free (self->address);
  g_free (self->port);
  g_free (self);
}

static void
add_address (GPtrArray  *addresses,
             const char *host,
             const char *address,
             const char *port)
{
  StrataAddress *entry = g_new0 (StrataAddress, 1);

  entry->host = g_strdup (host);
  entry->address = g_strdup (address);
  entry->port = g_strdup (port);
  g_ptr_array_add (addresses, entry);
}

/* A socket's folder, an abstract socket, an address, or libpq's own default. */
static gboolean
needs_no_lookup (const char *host)
{
  return *host == '\0' || *host == '/' || *host == '@' || g_hostname_is_ip_address (host);
}

static gboolean
add_host (GPtrArray     *addresses,
          const char    *host,
          const char    *port,
          gint64         timeout_ms,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr(StrataAside) aside = NULL;
  Lookup *lookup;

  if (needs_no_lookup (host))
    {
      add_address (addresses, host, NULL, port);
      return TRUE;
    }

  lookup = g_new0 (Lookup, 1);
  lookup->host = g_strdup (host);
  lookup->addresses = g_ptr_array_new_with_free_func (g_free);
  aside = strata_aside_start ("lookup", look_up, lookup, lookup_free);

  if (!strata_aside_wait (aside, g_get_monotonic_time () + timeout_ms * 1000, cancellable))
    {
      if (!g_cancellable_set_error_if_cancelled (cancellable, error))
        g_propagate_error (error,
                           strata_database_error_new (STRATA_DATABASE_ERROR_NO_HOST, NULL,
                                                      _("The address of the host “%s” was not found in time: is the "
                                                        "network there?"), host));
      return FALSE;
    }

  for (guint i = 0; i < lookup->addresses->len; i++)
    add_address (addresses, host, g_ptr_array_index (lookup->addresses, i), port);
  if (lookup->addresses->len > 0)
    return TRUE;

  g_propagate_error (error,
                     strata_database_error_new (STRATA_DATABASE_ERROR_NO_HOST, NULL,
                                                _("There is no host “%s” (%s). Is the name right, and is it known "
                                                  "here?"),
                                                host, gai_strerror (lookup->result)));

  return FALSE;
}

static const char *
port_for (char  **ports,
          guint   n_ports,
          guint   index)
{
  if (n_ports == 0)
    return NULL;

  return n_ports == 1 ? ports[0] : ports[index];
}

GPtrArray *
strata_addresses_list (const char    *hosts,
                       const char    *ports,
                       gint64         timeout_ms,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func (address_free);
  g_auto(GStrv) host_list = g_strsplit (hosts != NULL ? hosts : "", ",", -1);
  g_auto(GStrv) port_list = g_strsplit (ports != NULL ? ports : "", ",", -1);
  guint n_hosts = g_strv_length (host_list);
  guint n_ports = g_strv_length (port_list);
  g_autoptr(GError) first_error = NULL;

  /* Lists of different lengths: libpq has words for that. */
  if (n_hosts == 0 || (n_ports > 1 && n_ports != n_hosts))
    {
      add_address (addresses, hosts, NULL, ports);
      return g_steal_pointer (&addresses);
    }

  for (guint i = 0; i < n_hosts; i++)
    if (!add_host (addresses, host_list[i], port_for (port_list, n_ports, i), timeout_ms, cancellable,
                   first_error == NULL ? &first_error : NULL)
        && g_cancellable_is_cancelled (cancellable))
      break;

  if (addresses->len > 0 && !g_cancellable_is_cancelled (cancellable))
    return g_steal_pointer (&addresses);

  if (first_error == NULL)
    g_cancellable_set_error_if_cancelled (cancellable, &first_error);
  g_propagate_error (error, g_steal_pointer (&first_error));

  return NULL;
}

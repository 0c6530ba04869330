/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <locale.h>
#include <poll.h>
#include <string.h>

#include "core/database/postgresql/address.h"
#include "core/url/libpq.h"

#define DEFAULT_TIMEOUT_MS 10000

/* What the URL says wins over these. */
static const struct
{
  const char *keyword;
  const char *value;
} defaults[] = {
  { "keepalives_idle", "30" },
  { "keepalives_interval", "10" },
  { "keepalives_count", "3" },
};

/* libpq's two lists. A keyword that comes again replaces what was there before. */
typedef struct
{
  GPtrArray *keywords;    /* owned strings, NULL at the end */
  GPtrArray *values;
} Parameters;

static void
parameters_clear (Parameters *self)
{
  g_clear_pointer (&self->keywords, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parameters, parameters_clear)

static void
add_parameter (Parameters *self,
               const char *keyword,
               const char *value)
{
  if (value == NULL)
    return;

  g_ptr_array_add (self->keywords, g_strdup (keyword));
  g_ptr_array_add (self->values, g_strdup (value));
}

static const char *
get_parameter (Parameters *self,
               const char *keyword)
{
  for (guint i = self->keywords->len; i > 0; i--)
    if (strcmp (g_ptr_array_index (self->keywords, i - 1), keyword) == 0)
      return g_ptr_array_index (self->values, i - 1);

  return NULL;
}

static char **
known_keywords (void)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  PQconninfoOption *options = PQconndefaults ();

  for (PQconninfoOption *option = options; option != NULL && option->keyword != NULL; option++)
    g_strv_builder_add (builder, option->keyword);
  PQconninfoFree (options);

  return g_strv_builder_end (builder);
}

/* Settings of ours go by SQL once the session is there: poolers refuse them here. */
static void
fill_parameters (Parameters                 *self,
                 StrataUrl                  *url,
                 const StrataConnectOptions *options)
{
  g_auto(GStrv) known = known_keywords ();
  g_auto(GStrv) keywords = NULL;
  g_auto(GStrv) values = NULL;

  self->keywords = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  self->values = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    add_parameter (self, defaults[i].keyword, defaults[i].value);

  strata_url_get_libpq_params (url, (const char * const *) known, &keywords, &values);
  for (guint i = 0; keywords[i] != NULL; i++)
    add_parameter (self, keywords[i], values[i]);

  add_parameter (self, "client_encoding", "UTF8");
  add_parameter (self, "application_name", options->application_name);
}

static gboolean
wait_until_connected (PGconn       *handle,
                      gint64        deadline,
                      GCancellable *cancellable,
                      gboolean     *timed_out)
{
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;

  while (status != PGRES_POLLING_OK)
    {
      StrataSocketState state;

      if (status == PGRES_POLLING_FAILED || PQstatus (handle) == CONNECTION_BAD)
        return FALSE;

      state = strata_postgresql_poll (handle, status == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline, cancellable);
      *timed_out = state == STRATA_SOCKET_TIMED_OUT;
      if (state != STRATA_SOCKET_READY)
        return FALSE;

      status = PQconnectPoll (handle);
    }

  return TRUE;
}

/* libpq's words are looked into, so they must come untranslated, on this thread alone; what is said of them is not. */
static PGconn *
start (Parameters   *parameters,
       gint64        deadline,
       GCancellable *cancellable,
       gboolean     *connected,
       gboolean     *timed_out)
{
  locale_t untranslated = newlocale (LC_MESSAGES_MASK, "C", duplocale (LC_GLOBAL_LOCALE));
  locale_t before = uselocale (untranslated);
  PGconn *handle = PQconnectStartParams ((const char * const *) parameters->keywords->pdata,
                                         (const char * const *) parameters->values->pdata, FALSE);

  if (handle == NULL)
    g_error ("libpq has no memory for a connection");

  /* The only way to the SQLSTATE of a connection that fails. */
  PQsetErrorVerbosity (handle, PQERRORS_VERBOSE);
  *connected = wait_until_connected (handle, deadline, cancellable, timed_out);
  PQsetErrorVerbosity (handle, PQERRORS_DEFAULT);
  uselocale (before);
  freelocale (untranslated);

  return handle;
}

/* One address, for which the whole time limit is. */
static PGconn *
connect_to (StrataUrl      *url,
            Parameters     *parameters,
            gint64          timeout_ms,
            GCancellable   *cancellable,
            GError        **error)
{
  gint64 deadline = g_get_monotonic_time () + timeout_ms * 1000;
  gboolean connected, timed_out = FALSE;
  g_autoptr(PGconn) handle = start (parameters, deadline, cancellable, &connected, &timed_out);

  if (connected)
    return g_steal_pointer (&handle);

  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_propagate_error (error, strata_postgresql_connect_error (url, timed_out ? "timeout expired"
                                                               : PQerrorMessage (handle)));

  return NULL;
}

/* As libpq goes on to the next host: where nobody answered, or one that does not fit target_session_attrs. */
static gboolean
may_try_next (const GError *error)
{
  static const int codes[] = {
    STRATA_DATABASE_ERROR_NO_HOST, STRATA_DATABASE_ERROR_CONNECTION_REFUSED, STRATA_DATABASE_ERROR_TIMEOUT,
    STRATA_DATABASE_ERROR_READ_ONLY,
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, STRATA_DATABASE_ERROR, codes[i]))
      return TRUE;

  return FALSE;
}

static PGconn *
connect_to_any (StrataUrl     *url,
                Parameters    *parameters,
                GPtrArray     *addresses,
                const char    *session,
                gint64         timeout_ms,
                GCancellable  *cancellable,
                GError       **error)
{
  guint n_parameters = parameters->keywords->len;
  g_autoptr(GError) failure = NULL;

  for (guint i = 0; i < addresses->len; i++)
    {
      const StrataAddress *address = g_ptr_array_index (addresses, i);
      PGconn *handle;

      add_parameter (parameters, "host", address->host);
      add_parameter (parameters, "hostaddr", address->address);
      add_parameter (parameters, "port", address->port);
      add_parameter (parameters, "target_session_attrs", session);

      g_clear_error (&failure);
      handle = connect_to (url, parameters, timeout_ms, cancellable, &failure);
      if (handle != NULL)
        return handle;

      g_ptr_array_set_size (parameters->keywords, n_parameters);
      g_ptr_array_set_size (parameters->values, n_parameters);
      if (!may_try_next (failure))
        break;
    }

  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

static GPtrArray *
list_addresses (Parameters    *parameters,
                gint64         timeout_ms,
                GCancellable  *cancellable,
                GError       **error)
{
  const char *hosts = get_parameter (parameters, "host");
  const char *ports = get_parameter (parameters, "port");

  /* Who gives addresses or a service leaves the rest to libpq. */
  if (get_parameter (parameters, "hostaddr") != NULL || get_parameter (parameters, "service") != NULL)
    hosts = ports = NULL;

  return strata_addresses_list (hosts, ports, timeout_ms, cancellable, error);
}

static PGconn *
connect_in_order (StrataUrl                   *url,
                  const StrataConnectOptions  *options,
                  GCancellable                *cancellable,
                  GError                     **error)
{
  gint64 timeout_ms = options->connect_timeout_ms > 0 ? options->connect_timeout_ms : DEFAULT_TIMEOUT_MS;
  g_auto(Parameters) parameters = { NULL };
  g_autoptr(GPtrArray) addresses = NULL;
  PGconn *handle;

  fill_parameters (&parameters, url, options);
  addresses = list_addresses (&parameters, timeout_ms, cancellable, error);
  if (addresses == NULL)
    return NULL;

  if (addresses->len == 1 || g_strcmp0 (get_parameter (&parameters, "target_session_attrs"), "prefer-standby") != 0)
    return connect_to_any (url, &parameters, addresses, NULL, timeout_ms, cancellable, error);

  handle = connect_to_any (url, &parameters, addresses, "standby", timeout_ms, cancellable, NULL);

  return handle != NULL ? handle : connect_to_any (url, &parameters, addresses, "any", timeout_ms, cancellable, error);
}

PGconn *
strata_postgresql_connect (StrataUrl                   *url,
                           const StrataConnectOptions  *options,
                           GCancellable                *cancellable,
                           GError                     **error)
{
  return strata_libpq_load (error) ? connect_in_order (url, options, cancellable, error) : NULL;
}

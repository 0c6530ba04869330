/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <locale.h>
#include <poll.h>
#include <string.h>

#include "core/url/libpq.h"

#define DEFAULT_TIMEOUT_MS 10000

/* What the URL says wins over these. */
static const struct
{
  const char *keyword;
  const char *value;
} defaults[] = {
  { "client_encoding", "UTF8" },
  { "keepalives_idle", "30" },
  { "keepalives_interval", "10" },
  { "keepalives_count", "3" },
};

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
  g_ptr_array_add (self->keywords, g_strdup (keyword));
  g_ptr_array_add (self->values, g_strdup (value));
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

/* libpq takes the last of several equal keywords. A pooler may refuse "options": then it is left out. */
static void
fill_parameters (Parameters                  *self,
                 StrataUrl                   *url,
                 const StrataConnectOptions  *options,
                 gboolean                     with_options)
{
  g_auto(GStrv) known = known_keywords ();
  g_auto(GStrv) keywords = NULL;
  g_auto(GStrv) values = NULL;

  self->keywords = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  self->values = g_ptr_array_new_null_terminated (0, g_free, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    add_parameter (self, defaults[i].keyword, defaults[i].value);
  if (options->application_name != NULL)
    add_parameter (self, "application_name", options->application_name);

  strata_url_get_libpq_params (url, (const char * const *) known, &keywords, &values);
  for (guint i = 0; keywords[i] != NULL; i++)
    add_parameter (self, keywords[i], values[i]);

  if (with_options && !options->writable)
    {
      const char *own = strata_url_get_query (url, "options");
      g_autofree char *both = g_strconcat (own != NULL ? own : "", " -c default_transaction_read_only=on", NULL);

      add_parameter (self, "options", both);
    }
}

static gboolean
wait_until_connected (PGconn        *handle,
                      gint64         deadline,
                      GCancellable  *cancellable,
                      gboolean      *timed_out)
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

static PGconn *
connect_once (StrataUrl                   *url,
              const StrataConnectOptions  *options,
              gboolean                     with_options,
              GCancellable                *cancellable,
              gboolean                    *options_refused,
              GError                     **error)
{
  gint64 timeout = options->connect_timeout_ms > 0 ? options->connect_timeout_ms : DEFAULT_TIMEOUT_MS;
  gint64 deadline = g_get_monotonic_time () + timeout * 1000;
  g_auto(Parameters) parameters = { NULL };
  g_autoptr(PGconn) handle = NULL;
  gboolean timed_out = FALSE;

  fill_parameters (&parameters, url, options, with_options);
  handle = PQconnectStartParams ((const char * const *) parameters.keywords->pdata,
                                 (const char * const *) parameters.values->pdata, FALSE);
  if (handle == NULL)
    g_error ("libpq has no memory for a connection");

  /* The only way to a SQLSTATE of a connection that fails. */
  PQsetErrorVerbosity (handle, PQERRORS_VERBOSE);
  if (wait_until_connected (handle, deadline, cancellable, &timed_out))
    {
      PQsetErrorVerbosity (handle, PQERRORS_DEFAULT);
      return g_steal_pointer (&handle);
    }

  *options_refused = strstr (PQerrorMessage (handle), "unsupported startup parameter") != NULL;
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_propagate_error (error, strata_postgresql_connect_error (url, timed_out ? "timeout expired"
                                                               : PQerrorMessage (handle)));

  return NULL;
}

/* libpq's words are looked into, so they must come untranslated, on this thread alone. */
PGconn *
strata_postgresql_connect (StrataUrl                   *url,
                           const StrataConnectOptions  *options,
                           GCancellable                *cancellable,
                           GError                     **error)
{
  locale_t untranslated = newlocale (LC_MESSAGES_MASK, "C", duplocale (LC_GLOBAL_LOCALE));
  locale_t before = uselocale (untranslated);
  g_autoptr(GError) local = NULL;
  gboolean refused = FALSE;
  PGconn *handle = connect_once (url, options, TRUE, cancellable, &refused, &local);

  if (handle == NULL && refused)
    {
      g_clear_error (&local);
      handle = connect_once (url, options, FALSE, cancellable, &refused, &local);
    }

  uselocale (before);
  freelocale (untranslated);
  if (handle == NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return handle;
}

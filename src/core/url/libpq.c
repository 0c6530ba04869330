/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/url/libpq.h"

#include <string.h>

typedef struct
{
  const char * const *known;
  GPtrArray          *keywords;
  GPtrArray          *values;
} Params;

/* A keyword that is there already gets the new value: with libpq, too, the last one counts. */
static void
set (Params     *params,
     const char *keyword,
     const char *value)
{
  if (value == NULL || (params->known != NULL && !g_strv_contains (params->known, keyword)))
    return;

  for (guint i = 0; i < params->keywords->len; i++)
    if (strcmp (g_ptr_array_index (params->keywords, i), keyword) == 0)
      {
        g_free (g_ptr_array_index (params->values, i));
        g_ptr_array_index (params->values, i) = g_strdup (value);
        return;
      }

  g_ptr_array_add (params->keywords, g_strdup (keyword));
  g_ptr_array_add (params->values, g_strdup (value));
}

/* asyncpg's and pg8000's ssl=..., which takes libpq's modes or a flag. */
static const char *
ssl_mode (const char *ssl)
{
  static const struct
  {
    const char *flag;
    const char *mode;
  } flags[] = { { "true", "require" }, { "1", "require" }, { "false", "disable" }, { "0", "disable" } };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (g_ascii_strcasecmp (ssl, flags[i].flag) == 0)
      return flags[i].mode;

  return ssl;
}

static GStrv
finish (GPtrArray *list)
{
  g_ptr_array_add (list, NULL);

  return (GStrv) g_ptr_array_free (list, FALSE);
}

void
strata_url_get_libpq_params (const StrataUrl    *self,
                             const char * const *known,
                             GStrv              *keywords,
                             GStrv              *values)
{
  const char * const *query = strata_url_get_query_list (self);
  const char *ssl = strata_url_get_query (self, "ssl");
  Params params = { known, g_ptr_array_new (), g_ptr_array_new () };
  g_autofree char *port = NULL;

  g_return_if_fail (strata_url_get_dialect (self) == STRATA_DIALECT_POSTGRESQL);

  if (strata_url_get_port (self) > 0)
    port = g_strdup_printf ("%u", strata_url_get_port (self));

  set (&params, "host", strata_url_get_host (self));
  set (&params, "port", port);
  set (&params, "user", strata_url_get_user (self));
  set (&params, "password", strata_url_get_password (self));
  set (&params, "dbname", strata_url_get_database (self));
  if (ssl != NULL)
    set (&params, "sslmode", ssl_mode (ssl));

  for (guint i = 0; query[i] != NULL; i += 2)
    if (strcmp (query[i], "ssl") != 0)
      set (&params, query[i], query[i + 1]);

  *keywords = finish (params.keywords);
  *values = finish (params.values);
}

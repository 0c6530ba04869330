/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/password.h"

#include <glib/gi18n-lib.h>

#include "core/base/finding.h"
#include "core/project/secrets.h"

/* While a person waits for a command. */
#define SECRETS_TIMEOUT_MS 5000

static const char * const titles[] = {
  [STRATA_PASSWORD_NONE] = N_("nowhere"),
  [STRATA_PASSWORD_TYPED] = N_("what was typed"),
  [STRATA_PASSWORD_STDIN] = N_("standard input"),
  [STRATA_PASSWORD_URL] = N_("the URL"),
  [STRATA_PASSWORD_ENVIRONMENT] = "STRATA_PASSWORD",
  [STRATA_PASSWORD_SECRETS] = N_("the Secret Service"),
  [STRATA_PASSWORD_LENT] = N_("another URL of the project"),
  [STRATA_PASSWORD_LIBPQ] = N_("libpq's own sources"),
  [STRATA_PASSWORD_PROMPT] = N_("the terminal"),
};

typedef struct
{
  StrataUrl                   *url;
  StrataProfile               *profile;
  const StrataPasswordSources *sources;
  GPtrArray                   *findings;
  GCancellable                *cancellable;
} Search;

static gboolean
find_typed (const Search  *search,
            char         **password,
            GError       **error)
{
  *password = g_strdup (search->sources->typed);

  return TRUE;
}

static gboolean
find_stdin (const Search  *search,
            char         **password,
            GError       **error)
{
  if (!search->sources->from_stdin)
    return TRUE;

  *password = strata_password_read_stdin (error);

  return *password != NULL;
}

static gboolean
find_url (const Search  *search,
          char         **password,
          GError       **error)
{
  *password = g_strdup (strata_url_get_password (search->url));

  return TRUE;
}

static const char *
variable (const Search *search,
          const char   *name)
{
  const char *value = g_environ_getenv ((char **) search->sources->environ, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

static gboolean
find_environment (const Search  *search,
                  char         **password,
                  GError       **error)
{
  *password = g_strdup (variable (search, "STRATA_PASSWORD"));

  return TRUE;
}

/* A service that is not there is no news; one that is there and does not answer is. */
static gboolean
find_secrets (const Search  *search,
              char         **password,
              GError       **error)
{
  guint timeout = search->sources->secrets_timeout_ms;
  g_autoptr(GError) local = NULL;

  if (search->profile == NULL
      || strata_secrets_lookup (search->profile, timeout > 0 ? timeout : SECRETS_TIMEOUT_MS, password,
                                search->cancellable, &local)
      || g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
    return TRUE;

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  if (search->findings != NULL)
    g_ptr_array_add (search->findings,
                     strata_finding_new (STRATA_SEVERITY_WARNING, "secret-service", (StrataPlace) { NULL, 0, 0 },
                                         _("STRATA_PASSWORD gives the password without it"), "%s", local->message));

  return TRUE;
}

static gboolean
find_lent (const Search  *search,
           char         **password,
           GError       **error)
{
  *password = g_strdup (search->sources->lent);

  return TRUE;
}

/* Whether libpq has something to look into; what it finds there it tells nobody. */
static gboolean
has_libpq_source (const Search *search)
{
  g_autofree char *passfile = g_strdup (variable (search, "PGPASSFILE"));
  const char *home = variable (search, "HOME");

  if (strata_url_get_dialect (search->url) != STRATA_DIALECT_POSTGRESQL)
    return FALSE;

  if (strata_url_get_query (search->url, "service") != NULL || strata_url_get_query (search->url, "passfile") != NULL
      || variable (search, "PGSERVICE") != NULL || variable (search, "PGPASSWORD") != NULL)
    return TRUE;

  if (passfile == NULL && home != NULL)
    passfile = g_build_filename (home, ".pgpass", NULL);

  return passfile != NULL && g_file_test (passfile, G_FILE_TEST_IS_REGULAR);
}

static gboolean
find_prompt (const Search  *search,
             char         **password,
             GError       **error)
{
  g_autofree char *name = NULL;
  g_autofree char *prompt = NULL;

  if (!search->sources->ask)
    return TRUE;

  name = strata_url_to_string (search->url);
  prompt = g_strdup_printf ("Password for %s: ", name);
  *password = strata_password_ask (prompt, error);

  return *password != NULL;
}

static const struct
{
  StrataPasswordOrigin origin;
  gboolean           (*find) (const Search *search, char **password, GError **error);
} places[] = {
  { STRATA_PASSWORD_TYPED, find_typed },
  { STRATA_PASSWORD_STDIN, find_stdin },
  { STRATA_PASSWORD_URL, find_url },
  { STRATA_PASSWORD_ENVIRONMENT, find_environment },
  { STRATA_PASSWORD_SECRETS, find_secrets },
  { STRATA_PASSWORD_LENT, find_lent },
  { STRATA_PASSWORD_PROMPT, find_prompt },
};

StrataUrl *
strata_password_find (StrataUrl                    *url,
                      StrataProfile                *profile,
                      const StrataPasswordSources  *sources,
                      StrataPasswordOrigin         *origin,
                      GPtrArray                    *findings,
                      GCancellable                 *cancellable,
                      GError                      **error)
{
  const Search search = { url, profile, sources, findings, cancellable };

  *origin = STRATA_PASSWORD_NONE;
  if (strata_url_get_dialect (url) == STRATA_DIALECT_SQLITE)
    return strata_url_ref (url);

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *password = NULL;

      if (!places[i].find (&search, &password, error))
        return NULL;

      if (password != NULL)
        {
          *origin = places[i].origin;
          return strata_url_with_password (url, password);
        }
    }

  if (has_libpq_source (&search))
    *origin = STRATA_PASSWORD_LIBPQ;

  return strata_url_ref (url);
}

const char *
strata_password_origin_get_title (StrataPasswordOrigin origin)
{
  g_return_val_if_fail (origin < G_N_ELEMENTS (titles), NULL);

  return _(titles[origin]);
}

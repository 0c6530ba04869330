/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/url/mask.h"

#define NO_DATABASE N_("has no database of that name: correct the name, or make it (CREATE DATABASE)")

/* libpq tells of a failed connection in words alone; with verbose errors the server's SQLSTATE is among them. The
 * words are English: connect.c sees to that. What comes first counts. */
static const struct
{
  const char          *sqlstate;    /* NULL: none, the words are libpq's own */
  const char          *words;       /* or NULL: any */
  StrataDatabaseError  code;
  const char          *sentence;
} refusals[] = {
  { "28P01", NULL, STRATA_DATABASE_ERROR_AUTHENTICATION, N_("does not accept this user and password") },
  { "28000", "no encryption", STRATA_DATABASE_ERROR_AUTHENTICATION,
    N_("does not let this user in from here. It may want an encrypted connection: try sslmode=require in the URL") },
  { "28000", NULL, STRATA_DATABASE_ERROR_AUTHENTICATION, N_("does not let this user in from here") },
  { "42501", NULL, STRATA_DATABASE_ERROR_AUTHENTICATION, N_("does not let this user into the database") },
  { "3D000", NULL, STRATA_DATABASE_ERROR_NO_DATABASE, NO_DATABASE },
  { "57P03", NULL, STRATA_DATABASE_ERROR_CONNECTION_REFUSED, N_("is not ready yet") },
  { "53300", NULL, STRATA_DATABASE_ERROR_CONNECTION_REFUSED, N_("has no connection left for us") },
  { "57P01", NULL, STRATA_DATABASE_ERROR_CONNECTION_REFUSED, N_("is shutting down") },
  /* pgbouncer's: one SQLSTATE for everything. */
  { "08P01", "unsupported startup parameter", STRATA_DATABASE_ERROR_NOT_SUPPORTED,
    N_("is a pooler that refuses a setting of the URL or of PGOPTIONS. Leave it out, or connect to the server "
       "directly") },
  { "08P01", "does not exist", STRATA_DATABASE_ERROR_NO_DATABASE, NO_DATABASE },
  { "08P01", "no such database", STRATA_DATABASE_ERROR_NO_DATABASE, NO_DATABASE },
  { "08P01", "no such user", STRATA_DATABASE_ERROR_AUTHENTICATION, N_("does not know this user") },
  { "08P01", "authentication failed", STRATA_DATABASE_ERROR_AUTHENTICATION,
    N_("does not accept this user and password") },
  { "08P01", "cannot connect to server", STRATA_DATABASE_ERROR_CONNECTION_REFUSED,
    N_("is a pooler, and the server behind it does not answer") },
  { NULL, "session is read-only", STRATA_DATABASE_ERROR_READ_ONLY,
    N_("cannot be written, as target_session_attrs in the URL demands") },
  { NULL, "hot standby mode", STRATA_DATABASE_ERROR_READ_ONLY,
    N_("is not what target_session_attrs in the URL demands") },
  { NULL, "session is not read-only", STRATA_DATABASE_ERROR_READ_ONLY,
    N_("is not what target_session_attrs in the URL demands") },
  { NULL, "no password supplied", STRATA_DATABASE_ERROR_AUTHENTICATION,
    N_("wants a password, and none was found. STRATA_PASSWORD, ~/.pgpass, the profile or --password-stdin give one") },
  { NULL, "does not support SSL", STRATA_DATABASE_ERROR_TLS,
    N_("offers no encryption, and the URL asks for it (sslmode)") },
  { NULL, "certificate", STRATA_DATABASE_ERROR_TLS,
    N_("shows a certificate that is not trusted here. Look at sslrootcert and sslmode in the URL") },
  { NULL, "SSL", STRATA_DATABASE_ERROR_TLS, N_("and this program could not agree on encryption") },
  { NULL, "could not translate host name", STRATA_DATABASE_ERROR_NO_HOST,
    N_("was not found: there is no host of that name") },
  { NULL, "timeout expired", STRATA_DATABASE_ERROR_TIMEOUT, N_("did not answer in time") },
  { NULL, "timed out", STRATA_DATABASE_ERROR_TIMEOUT, N_("did not answer in time") },
  { NULL, "No route to host", STRATA_DATABASE_ERROR_TIMEOUT, N_("cannot be reached from here") },
  { NULL, "Network is unreachable", STRATA_DATABASE_ERROR_TIMEOUT, N_("cannot be reached from here") },
  { NULL, "Connection refused", STRATA_DATABASE_ERROR_CONNECTION_REFUSED,
    N_("refused the connection: is the server running there, on that port?") },
  { NULL, "No such file or directory", STRATA_DATABASE_ERROR_CONNECTION_REFUSED,
    N_("has no such socket: is the server running?") },
  { NULL, "server closed the connection", STRATA_DATABASE_ERROR_CONNECTION_REFUSED,
    N_("broke off while connecting: is it a PostgreSQL server, and is it up?") },
  { NULL, "connection to server", STRATA_DATABASE_ERROR_CONNECTION_REFUSED, N_("could not be connected to") },
};

/* Without the place in PostgreSQL's sources that verbose messages end with, and the question that our own words ask. */
static char *
tidy_message (const char *message)
{
  g_auto(GStrv) lines = g_strsplit (message, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !g_str_has_prefix (lines[i], "LOCATION:") && !g_str_has_prefix (lines[i], "\tIs the server running"))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", g_strstrip (lines[i]));

  return g_string_free (text, FALSE);
}

/* Takes it out of "FATAL:  28P01: password authentication failed"; the word before depends on the server's language. */
static char *
steal_sqlstate (char **words)
{
  g_autoptr(GRegex) regex = g_regex_new (":  ([0-9A-Z]{5}): ", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *sqlstate = NULL;
  g_autofree char *without = NULL;
  int begin, end;

  if (!g_regex_match (regex, *words, 0, &match) || !g_match_info_fetch_pos (match, 0, &begin, &end))
    return NULL;

  sqlstate = g_match_info_fetch (match, 1);
  without = g_strdup_printf ("%.*s: %s", begin, *words, *words + end);
  g_free (*words);
  *words = g_steal_pointer (&without);

  return g_steal_pointer (&sqlstate);
}

static gboolean
matches (guint       index,
         const char *sqlstate,
         const char *words)
{
  return g_strcmp0 (refusals[index].sqlstate, sqlstate) == 0
         && (refusals[index].words == NULL || strstr (words, refusals[index].words) != NULL);
}

GError *
strata_postgresql_connect_error (StrataUrl  *url,
                                 const char *message)
{
  g_auto(GStrv) secrets = strata_url_get_secrets (url);
  g_autofree char *tidy = tidy_message (message);
  g_autofree char *words = strata_mask (tidy, (const char * const *) secrets);
  g_autofree char *sqlstate = steal_sqlstate (&words);
  g_autofree char *name = strata_url_to_string (url);
  const StrataServerMessage server = { .message = words, .sqlstate = sqlstate };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (matches (i, sqlstate, words))
      return strata_database_error_new (refusals[i].code, &server, "%s %s (%s)", name, _(refusals[i].sentence), words);

  return strata_database_error_new (sqlstate != NULL ? STRATA_DATABASE_ERROR_CONNECTION_REFUSED
                                    : STRATA_DATABASE_ERROR_FAILED, &server, _("Cannot connect to %s: %s"),
                                    name, words);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <string.h>

#include "core/url/mask.h"

/* SQLSTATEs, or classes of them, and what they mean to a caller. The first match counts. */
static const struct
{
  const char          *sqlstate;
  StrataDatabaseError  code;
} meanings[] = {
  { "55P03", STRATA_DATABASE_ERROR_LOCKED },
  { "40001", STRATA_DATABASE_ERROR_RETRY },
  { "40P01", STRATA_DATABASE_ERROR_RETRY },
  { "25006", STRATA_DATABASE_ERROR_READ_ONLY },
  { "53100", STRATA_DATABASE_ERROR_FULL },
  { "57P0", STRATA_DATABASE_ERROR_LOST },
  { "08", STRATA_DATABASE_ERROR_LOST },
};

static StrataDatabaseError
code_for (const char *sqlstate)
{
  for (guint i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (g_str_has_prefix (sqlstate, meanings[i].sqlstate))
      return meanings[i].code;

  return STRATA_DATABASE_ERROR_STATEMENT;
}

static char *
mask (StrataPostgresqlConnection *self,
      const char                 *text)
{
  g_auto(GStrv) secrets = strata_url_get_secrets (strata_connection_get_url (STRATA_CONNECTION (self)));

  return text != NULL ? strata_mask (text, (const char * const *) secrets) : NULL;
}

static char *
dup_field (StrataPostgresqlConnection *self,
           const PGresult             *result,
           int                         field)
{
  return mask (self, PQresultErrorField (result, field));
}

static void
message_clear (StrataServerMessage *message)
{
  g_free (message->message);
  g_free (message->sqlstate);
  g_free (message->detail);
  g_free (message->hint);
  g_free (message->context);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataServerMessage, message_clear)

/* One SQLSTATE for three things: us, statement_timeout, and somebody who called pg_cancel_backend(). */
static GError *
query_cancelled (const StrataServerMessage *message,
                 gboolean                   by_us,
                 gboolean                   by_timeout)
{
  if (by_us)
    return strata_database_error_new (STRATA_DATABASE_ERROR_CANCELLED, message, "Cancelled");
  if (by_timeout)
    return strata_database_error_new (STRATA_DATABASE_ERROR_STATEMENT_TIMEOUT, message, "%s", message->message);

  return strata_database_error_new (STRATA_DATABASE_ERROR_STATEMENT, message,
                                    "Somebody else cancelled the statement on the server: %s", message->message);
}

/* The words "user request" are of a server that speaks English; in another language a timeout is the likelier cause. */
static gboolean
is_timeout (const StrataServerMessage *message)
{
  return strstr (message->message, "user request") == NULL;
}

GError *
strata_postgresql_result_error (StrataPostgresqlConnection *self,
                                const PGresult             *result,
                                gboolean                    cancelled)
{
  const char *position = PQresultErrorField (result, PG_DIAG_STATEMENT_POSITION);
  g_auto(StrataServerMessage) message = {
    .message = dup_field (self, result, PG_DIAG_MESSAGE_PRIMARY),
    .sqlstate = dup_field (self, result, PG_DIAG_SQLSTATE),
    .detail = dup_field (self, result, PG_DIAG_MESSAGE_DETAIL),
    .hint = dup_field (self, result, PG_DIAG_MESSAGE_HINT),
    .context = dup_field (self, result, PG_DIAG_CONTEXT),
    .position = position != NULL ? (guint) g_ascii_strtoull (position, NULL, 10) : 0,
  };

  if (message.sqlstate == NULL || PQstatus (self->handle) == CONNECTION_BAD)
    return strata_postgresql_lost_error (self);

  if (strcmp (message.sqlstate, "57014") == 0)
    return query_cancelled (&message, cancelled, is_timeout (&message));

  return strata_database_error_new (code_for (message.sqlstate), &message, "%s", message.message);
}

GError *
strata_postgresql_lost_error (StrataPostgresqlConnection *self)
{
  g_autofree char *words = mask (self, PQerrorMessage (self->handle));
  g_autofree char *url = strata_url_to_string (strata_connection_get_url (STRATA_CONNECTION (self)));
  const StrataServerMessage message = { .message = g_strstrip (words) };

  return strata_database_error_new (STRATA_DATABASE_ERROR_LOST, &message, "The connection to %s broke: %s", url,
                                    *words != '\0' ? words : "the server did not answer any more");
}

/* libpq tells of a failed connection in words alone; with verbose errors the server's SQLSTATE is among them. The
 * words are English: connect.c sees to that. */
static const struct
{
  const char          *words;
  StrataDatabaseError  code;
  const char          *sentence;
} refusals[] = {
  { "no encryption", STRATA_DATABASE_ERROR_TLS,
    "wants an encrypted connection. Try sslmode=require in the URL" },
  { "SSL off", STRATA_DATABASE_ERROR_TLS,
    "wants an encrypted connection. Try sslmode=require in the URL" },
  { "does not support SSL", STRATA_DATABASE_ERROR_TLS,
    "offers no encryption, and the URL asks for it (sslmode)" },
  { "certificate", STRATA_DATABASE_ERROR_TLS,
    "shows a certificate that is not trusted here. Look at sslrootcert and sslmode in the URL" },
  { "SSL error", STRATA_DATABASE_ERROR_TLS, "and this program could not agree on encryption" },
  { "28P01", STRATA_DATABASE_ERROR_AUTHENTICATION, "does not accept this password" },
  { "no password supplied", STRATA_DATABASE_ERROR_AUTHENTICATION,
    "wants a password, and none was found. STRATA_PASSWORD, ~/.pgpass, the profile or --password-stdin give one" },
  { "28000", STRATA_DATABASE_ERROR_AUTHENTICATION, "does not let this user in" },
  { "3D000", STRATA_DATABASE_ERROR_NO_DATABASE, "has no database of that name" },
  { "57P03", STRATA_DATABASE_ERROR_CONNECTION_REFUSED, "is not ready yet" },
  { "53300", STRATA_DATABASE_ERROR_CONNECTION_REFUSED, "has no connection left for us" },
  { "could not translate host name", STRATA_DATABASE_ERROR_NO_HOST,
    "was not found: there is no host of that name" },
  { "Connection refused", STRATA_DATABASE_ERROR_CONNECTION_REFUSED,
    "refused the connection: is the server running there, on that port?" },
  { "No such file or directory", STRATA_DATABASE_ERROR_CONNECTION_REFUSED,
    "has no such socket: is the server running?" },
  { "timeout expired", STRATA_DATABASE_ERROR_TIMEOUT, "did not answer in time" },
  { "timed out", STRATA_DATABASE_ERROR_TIMEOUT, "did not answer in time" },
  { "No route to host", STRATA_DATABASE_ERROR_NO_HOST, "cannot be reached from here" },
  { "Network is unreachable", STRATA_DATABASE_ERROR_NO_HOST, "cannot be reached from here" },
};

/* Without the place in PostgreSQL's sources that verbose messages end with. */
static char *
tidy_message (const char *message)
{
  g_auto(GStrv) lines = g_strsplit (message, "\n", -1);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !g_str_has_prefix (lines[i], "LOCATION:"))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", g_strstrip (lines[i]));

  return g_string_free (text, FALSE);
}

/* "FATAL:  28P01: password authentication failed": the words before it depend on the server's language. */
static char *
find_sqlstate (const char *words)
{
  g_autoptr(GRegex) regex = g_regex_new (":  ([0-9A-Z]{5}): ", 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;

  return g_regex_match (regex, words, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

GError *
strata_postgresql_connect_error (StrataUrl  *url,
                                 const char *message)
{
  g_auto(GStrv) secrets = strata_url_get_secrets (url);
  g_autofree char *tidy = tidy_message (message);
  g_autofree char *words = strata_mask (tidy, (const char * const *) secrets);
  g_autofree char *name = strata_url_to_string (url);
  g_autofree char *sqlstate = find_sqlstate (words);
  const StrataServerMessage server = { .message = words, .sqlstate = sqlstate };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (strstr (words, refusals[i].words) != NULL)
      return strata_database_error_new (refusals[i].code, &server, "%s %s (%s)", name, refusals[i].sentence, words);

  return strata_database_error_new (STRATA_DATABASE_ERROR_CONNECTION_REFUSED, &server,
                                    "Cannot connect to %s: %s", name, words);
}

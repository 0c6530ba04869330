/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <glib/gi18n-lib.h>
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
  { "57P", STRATA_DATABASE_ERROR_LOST },
  { "25P03", STRATA_DATABASE_ERROR_LOST },
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

/* One SQLSTATE for three things: us, statement_timeout, and somebody who called pg_cancel_backend(). The server's words
 * for the last are looked for in English; in another language a timeout is the likelier cause. */
static GError *
query_cancelled (const StrataServerMessage *message,
                 gboolean                   by_us)
{
  if (by_us)
    return strata_database_error_new (STRATA_DATABASE_ERROR_CANCELLED, message, _("Cancelled"));

  if (strstr (message->message, "user request") != NULL)
    return strata_database_error_new (STRATA_DATABASE_ERROR_STATEMENT, message,
                                      _("Somebody else cancelled the statement on the server: %s"), message->message);

  return strata_database_error_new (STRATA_DATABASE_ERROR_STATEMENT_TIMEOUT, message, "%s", message->message);
}

static GError *
locked (const StrataServerMessage *message,
        const char                *blocker)
{
  return strata_database_error_new (STRATA_DATABASE_ERROR_LOCKED, message, "%s%s%s", message->message,
                                    blocker != NULL ? ": " : "", blocker != NULL ? blocker : "");
}

GError *
strata_postgresql_result_error (StrataPostgresqlConnection *self,
                                const PGresult             *result)
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
  StrataDatabaseError code;

  /* What libpq makes up itself, for a connection that broke, has no SQLSTATE. */
  if (message.sqlstate == NULL || message.message == NULL)
    return strata_postgresql_lost_error (self);

  if (strcmp (message.sqlstate, "57014") == 0)
    return query_cancelled (&message, self->give_up != 0);

  code = PQstatus (self->handle) == CONNECTION_BAD ? STRATA_DATABASE_ERROR_LOST : code_for (message.sqlstate);
  if (code == STRATA_DATABASE_ERROR_LOCKED)
    return locked (&message, self->blocker);
  if (code == STRATA_DATABASE_ERROR_LOST)
    return strata_database_error_new (code, &message, _("The server ended the connection: %s"), message.message);

  return strata_database_error_new (code, &message, "%s", message.message);
}

/* libpq's words take several lines. */
GError *
strata_postgresql_lost_error (StrataPostgresqlConnection *self)
{
  g_autofree char *masked = mask (self, PQerrorMessage (self->handle));
  g_auto(GStrv) words = g_strsplit (g_strstrip (masked), "\n\t", -1);
  g_autofree char *line = g_strjoinv (" ", words);
  g_autofree char *url = strata_url_to_string (strata_connection_get_url (STRATA_CONNECTION (self)));
  const StrataServerMessage message = { .message = line };

  return strata_database_error_new (STRATA_DATABASE_ERROR_LOST, &message, _("The connection to %s broke: %s"), url,
                                    *line != '\0' ? line : _("the server did not answer any more"));
}

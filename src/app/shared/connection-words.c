/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shared/connection-words.h"

#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  StrataDatabaseError  code;
  const char          *title;
} titles[] = {
  { STRATA_DATABASE_ERROR_NO_HOST, N_("There is no such host") },
  { STRATA_DATABASE_ERROR_CONNECTION_REFUSED, N_("The server cannot be reached") },
  { STRATA_DATABASE_ERROR_AUTHENTICATION, N_("The server does not let this user in") },
  { STRATA_DATABASE_ERROR_NO_DATABASE, N_("There is no such database") },
  { STRATA_DATABASE_ERROR_TLS, N_("No agreement on encryption") },
  { STRATA_DATABASE_ERROR_TIMEOUT, N_("The server did not answer in time") },
  { STRATA_DATABASE_ERROR_NOT_SUPPORTED, N_("This server cannot be used") },
  { STRATA_DATABASE_ERROR_LOST, N_("The connection broke") },
  { STRATA_DATABASE_ERROR_LOCKED, N_("The database is locked") },
  { STRATA_DATABASE_ERROR_NOT_A_DATABASE, N_("This is not a database") },
};

/* libpq's words, which are English: core sees to that. */
static gboolean
wants_password (const GError *error)
{
  const StrataServerMessage *server = strata_database_error_get_message (error);

  return g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_AUTHENTICATION)
         && server != NULL && server->message != NULL && strstr (server->message, "no password supplied") != NULL;
}

const char *
strata_connection_words_get_title (const GError *error)
{
  if (wants_password (error))
    return _("The server wants a password");

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_error_matches (error, STRATA_DATABASE_ERROR, titles[i].code))
      return _(titles[i].title);

  return _("The database cannot be read");
}

/* Of "connection to server at …, port … failed: FATAL:  password authentication failed for user "ana"" a person needs the
 * end, and what core advises besides are a command's options and variables. */
char *
strata_connection_words_dup_detail (const GError *error)
{
  const StrataServerMessage *server = strata_database_error_get_message (error);
  const char *refusal = NULL;

  if (wants_password (error))
    return g_strdup (_("None is stored for this user and database."));

  if (strata_connection_words_is_login (error) && server != NULL && server->message != NULL)
    refusal = strstr (server->message, "FATAL: ");

  return refusal != NULL ? g_strstrip (g_strdup (refusal + strlen ("FATAL: "))) : g_strdup (error->message);
}

gboolean
strata_connection_words_is_login (const GError *error)
{
  return g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_AUTHENTICATION);
}

char *
strata_connection_words_dup_traits (StrataConnectionTraits traits)
{
  const char *standby = NULL;
  const char *pooled = (traits & STRATA_TRAIT_POOLED) != 0 ? _("Through a transaction pooler") : NULL;

  if ((traits & STRATA_TRAIT_STANDBY) != 0)
    standby = _("A standby: it can only be read");
  else if ((traits & STRATA_TRAIT_READ_ONLY) != 0)
    standby = _("It can only be read");

  if (standby != NULL && pooled != NULL)
    return g_strdup_printf ("%s · %s", standby, pooled);

  return g_strdup (standby != NULL ? standby : pooled);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/errors.h"

#include "core/database/error.h"

/* The names of a database's refusals in JSON, and which of our codes each counts as. */
static const struct
{
  StrataError  counts_as;
  const char  *name;
} database_errors[] = {
  [STRATA_DATABASE_ERROR_STATEMENT] = { STRATA_ERROR_FAILED, "statement-failed" },
  [STRATA_DATABASE_ERROR_NO_HOST] = { STRATA_ERROR_CANNOT_CONNECT, "no-such-host" },
  [STRATA_DATABASE_ERROR_CONNECTION_REFUSED] = { STRATA_ERROR_CANNOT_CONNECT, "connection-refused" },
  [STRATA_DATABASE_ERROR_AUTHENTICATION] = { STRATA_ERROR_CANNOT_CONNECT, "authentication-failed" },
  [STRATA_DATABASE_ERROR_NO_DATABASE] = { STRATA_ERROR_CANNOT_CONNECT, "no-such-database" },
  [STRATA_DATABASE_ERROR_TLS] = { STRATA_ERROR_CANNOT_CONNECT, "tls" },
  [STRATA_DATABASE_ERROR_TIMEOUT] = { STRATA_ERROR_CANNOT_CONNECT, "connect-timeout" },
  [STRATA_DATABASE_ERROR_NOT_SUPPORTED] = { STRATA_ERROR_CANNOT_CONNECT, "not-supported" },
  [STRATA_DATABASE_ERROR_LOST] = { STRATA_ERROR_CANNOT_CONNECT, "connection-lost" },
  [STRATA_DATABASE_ERROR_LOCKED] = { STRATA_ERROR_LOCKED, "locked" },
  [STRATA_DATABASE_ERROR_STATEMENT_TIMEOUT] = { STRATA_ERROR_FAILED, "statement-timeout" },
  [STRATA_DATABASE_ERROR_RETRY] = { STRATA_ERROR_FAILED, "serialization" },
  [STRATA_DATABASE_ERROR_CANCELLED] = { STRATA_ERROR_CANCELLED, "cancelled" },
  [STRATA_DATABASE_ERROR_READ_ONLY] = { STRATA_ERROR_FAILED, "read-only" },
  [STRATA_DATABASE_ERROR_FULL] = { STRATA_ERROR_FAILED, "disk-full" },
  [STRATA_DATABASE_ERROR_NO_ACCESS] = { STRATA_ERROR_CANNOT_CONNECT, "no-access" },
  [STRATA_DATABASE_ERROR_NOT_A_DATABASE] = { STRATA_ERROR_CANNOT_CONNECT, "not-a-database" },
  [STRATA_DATABASE_ERROR_FAILED] = { STRATA_ERROR_FAILED, "failed" },
};

int
strata_workspace_error_exit_status (const GError *error)
{
  g_autoptr(GError) counted = NULL;

  if (error->domain != STRATA_DATABASE_ERROR)
    return strata_error_get_exit_status (error);

  counted = g_error_new_literal (STRATA_ERROR, database_errors[error->code].counts_as, error->message);

  return strata_error_get_exit_status (counted);
}

const char *
strata_workspace_error_name (const GError *error)
{
  if (error->domain == STRATA_DATABASE_ERROR)
    return database_errors[error->code].name;

  if (error->domain == STRATA_ERROR)
    return strata_error_code_get_name (error->code);

  if (error->domain == G_OPTION_ERROR)
    return strata_error_code_get_name (STRATA_ERROR_USAGE);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return strata_error_code_get_name (STRATA_ERROR_CANCELLED);

  return strata_error_code_get_name (STRATA_ERROR_FAILED);
}

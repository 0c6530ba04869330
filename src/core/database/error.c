/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/error.h"

typedef struct
{
  StrataServerMessage message;
} StrataDatabaseErrorPrivate;

static void
strata_database_error_private_init (StrataDatabaseErrorPrivate *private)
{
  private->message = (StrataServerMessage) { NULL };
}

static void
strata_database_error_private_clear (StrataDatabaseErrorPrivate *private)
{
  g_free (private->message.message);
  g_free (private->message.sqlstate);
  g_free (private->message.detail);
  g_free (private->message.hint);
  g_free (private->message.context);
}

/* What a server says may be in any encoding. */
static char *
dup_valid (const char *text)
{
  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

static void
copy_message (StrataServerMessage       *to,
              const StrataServerMessage *from)
{
  to->message = dup_valid (from->message);
  to->sqlstate = dup_valid (from->sqlstate);
  to->detail = dup_valid (from->detail);
  to->hint = dup_valid (from->hint);
  to->context = dup_valid (from->context);
  to->position = from->position;
}

static void
strata_database_error_private_copy (const StrataDatabaseErrorPrivate *from,
                                    StrataDatabaseErrorPrivate       *to)
{
  copy_message (&to->message, &from->message);
}

G_DEFINE_EXTENDED_ERROR (StrataDatabaseError, strata_database_error)

const StrataServerMessage *
strata_database_error_get_message (const GError *error)
{
  if (error == NULL || error->domain != STRATA_DATABASE_ERROR)
    return NULL;

  return &strata_database_error_get_private (error)->message;
}

/* The message may be NULL: not every failure has words of the server's. */
GError *
strata_database_error_new (StrataDatabaseError        code,
                           const StrataServerMessage *message,
                           const char                *format,
                           ...)
{
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;
  GError *error;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  valid = g_utf8_make_valid (text, -1);
  error = g_error_new_literal (STRATA_DATABASE_ERROR, code, valid);
  if (message != NULL)
    copy_message (&strata_database_error_get_private (error)->message, message);

  return error;
}

gboolean
strata_database_error_is_connect (const GError *error)
{
  if (error == NULL || error->domain != STRATA_DATABASE_ERROR)
    return FALSE;

  switch ((StrataDatabaseError) error->code)
    {
    case STRATA_DATABASE_ERROR_NO_HOST:
    case STRATA_DATABASE_ERROR_CONNECTION_REFUSED:
    case STRATA_DATABASE_ERROR_AUTHENTICATION:
    case STRATA_DATABASE_ERROR_NO_DATABASE:
    case STRATA_DATABASE_ERROR_TLS:
    case STRATA_DATABASE_ERROR_TIMEOUT:
    case STRATA_DATABASE_ERROR_NOT_SUPPORTED:
    case STRATA_DATABASE_ERROR_LOST:
    case STRATA_DATABASE_ERROR_NO_ACCESS:
    case STRATA_DATABASE_ERROR_NOT_A_DATABASE:
      return TRUE;

    case STRATA_DATABASE_ERROR_STATEMENT:
    case STRATA_DATABASE_ERROR_LOCKED:
    case STRATA_DATABASE_ERROR_STATEMENT_TIMEOUT:
    case STRATA_DATABASE_ERROR_RETRY:
    case STRATA_DATABASE_ERROR_CANCELLED:
    case STRATA_DATABASE_ERROR_READ_ONLY:
    case STRATA_DATABASE_ERROR_FULL:
    case STRATA_DATABASE_ERROR_FAILED:
    default:
      return FALSE;
    }
}

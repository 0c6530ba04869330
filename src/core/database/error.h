/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

#define STRATA_DATABASE_ERROR (strata_database_error_quark ())

typedef enum
{
  STRATA_DATABASE_ERROR_STATEMENT,        /* the server refused the statement */
  STRATA_DATABASE_ERROR_NO_HOST,
  STRATA_DATABASE_ERROR_CONNECTION_REFUSED,
  STRATA_DATABASE_ERROR_AUTHENTICATION,
  STRATA_DATABASE_ERROR_NO_DATABASE,
  STRATA_DATABASE_ERROR_TLS,
  STRATA_DATABASE_ERROR_TIMEOUT,          /* of connecting */
  STRATA_DATABASE_ERROR_NOT_SUPPORTED,    /* no driver in this build, or a server too old */
  STRATA_DATABASE_ERROR_LOST,             /* the connection broke: the state on the server is not known */
  STRATA_DATABASE_ERROR_LOCKED,           /* lock timeout, SQLITE_BUSY */
  STRATA_DATABASE_ERROR_STATEMENT_TIMEOUT,
  STRATA_DATABASE_ERROR_RETRY,            /* serialisation failure, deadlock: the same again may work */
  STRATA_DATABASE_ERROR_CANCELLED,
  STRATA_DATABASE_ERROR_READ_ONLY,        /* standby, read-only file or session */
  STRATA_DATABASE_ERROR_FULL,
  STRATA_DATABASE_ERROR_NO_ACCESS,        /* a file that this user may not read */
  STRATA_DATABASE_ERROR_NOT_A_DATABASE,   /* a file that is no SQLite database, or a damaged one */
  STRATA_DATABASE_ERROR_FAILED,
} StrataDatabaseError;

/* What the server said, beside the GError's sentence. Strings may be NULL. */
typedef struct
{
  char  *message;     /* the server's own words, passwords masked */
  char  *sqlstate;    /* or SQLite's name of the result, "SQLITE_BUSY" */
  char  *detail;
  char  *hint;
  char  *context;
  guint  position;    /* in characters from 1 in the statement sent; 0: not known */
} StrataServerMessage;

GQuark                     strata_database_error_quark       (void);
/* NULL where the error is another's. */
const StrataServerMessage *strata_database_error_get_message (const GError              *error);
GError                    *strata_database_error_new         (StrataDatabaseError        code,
                                                              const StrataServerMessage *message,
                                                              const char                *format,
                                                              ...) G_GNUC_PRINTF (3, 4);
/* True for the codes that mean "cannot reach it": exit status 7. */
gboolean                   strata_database_error_is_connect  (const GError              *error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every folder shares: errors with the codes that callers branch on, places in source files, findings about
 * them, and the names of servers and directions. Nothing here knows what a revision or a database is. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Owned arrays of strings and of boxed values are freed by their declared element functions; a GStrv is always
 * NULL-terminated and never NULL where a list is meant: empty lists are empty arrays. */

typedef enum
{
  STRATA_DIALECT_SQLITE,
  STRATA_DIALECT_POSTGRESQL,
  STRATA_DIALECT_MYSQL,
  STRATA_DIALECT_MARIADB,
  STRATA_DIALECT_MSSQL,
  STRATA_DIALECT_UNKNOWN,
} StrataDialect;

typedef enum
{
  STRATA_UPGRADE,
  STRATA_DOWNGRADE,
} StrataDirection;

/* Settings that a project's files make and a run obeys. */

typedef enum
{
  STRATA_TRANSACTION_PER_REVISION,
  STRATA_TRANSACTION_PER_RUN,        /* all or nothing, where the server's DDL is transactional */
} StrataTransactionMode;

typedef enum
{
  STRATA_LEDGER_IN_DATABASE,         /* strata_ledger, beside the version table */
  STRATA_LEDGER_LOCAL,               /* a file in the user's data folder */
  STRATA_LEDGER_OFF,                 /* records nothing; what a transaction=off section needs is kept locally meanwhile */
} StrataLedgerMode;

const char    *strata_dialect_get_name    (StrataDialect    dialect);
const char    *strata_dialect_get_title   (StrataDialect    dialect);
StrataDialect  strata_dialect_from_name   (const char      *name);
const char    *strata_direction_get_name  (StrataDirection  direction);

G_END_DECLS

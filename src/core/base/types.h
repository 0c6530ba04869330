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

const char    *strata_dialect_get_name    (StrataDialect    dialect);
const char    *strata_dialect_get_title   (StrataDialect    dialect);
StrataDialect  strata_dialect_from_name   (const char      *name);
const char    *strata_direction_get_name  (StrataDirection  direction);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/types.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *name;
  const char *title;
} dialects[] = {
  [STRATA_DIALECT_SQLITE] = { "sqlite", "SQLite" },
  [STRATA_DIALECT_POSTGRESQL] = { "postgresql", "PostgreSQL" },
  [STRATA_DIALECT_MYSQL] = { "mysql", "MySQL" },
  [STRATA_DIALECT_MARIADB] = { "mariadb", "MariaDB" },
  [STRATA_DIALECT_MSSQL] = { "mssql", "SQL Server" },
  [STRATA_DIALECT_UNKNOWN] = { "unknown", N_("an unknown server") },
};

/* The name that URLs, section headers and JSON use. */
const char *
strata_dialect_get_name (StrataDialect dialect)
{
  g_return_val_if_fail (dialect <= STRATA_DIALECT_UNKNOWN, NULL);

  return dialects[dialect].name;
}

/* The name that people use. */
const char *
strata_dialect_get_title (StrataDialect dialect)
{
  g_return_val_if_fail (dialect <= STRATA_DIALECT_UNKNOWN, NULL);

  return _(dialects[dialect].title);
}

/* Accepts SQLAlchemy's older spelling "postgres" too. */
StrataDialect
strata_dialect_from_name (const char *name)
{
  if (g_strcmp0 (name, "postgres") == 0)
    return STRATA_DIALECT_POSTGRESQL;

  for (guint i = 0; i < STRATA_DIALECT_UNKNOWN; i++)
    if (g_strcmp0 (name, dialects[i].name) == 0)
      return i;

  return STRATA_DIALECT_UNKNOWN;
}

const char *
strata_direction_get_name (StrataDirection direction)
{
  return direction == STRATA_UPGRADE ? "upgrade" : "downgrade";
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/reflect-private.h"

#include <glib/gi18n-lib.h>

StrataPicture *
strata_reflect (StrataConnection          *connection,
                const StrataReflectScope  *scope,
                GCancellable              *cancellable,
                GError                   **error)
{
  static const StrataReflectScope everything;
  StrataDialect dialect = strata_connection_get_dialect (connection);
  g_autoptr(StrataPicture) picture = strata_picture_new (dialect);
  gboolean is_taken = FALSE;

  if (scope == NULL)
    scope = &everything;

  if (dialect == STRATA_DIALECT_SQLITE)
    is_taken = strata_reflect_sqlite (picture, connection, scope, cancellable, error);
#ifdef HAVE_POSTGRESQL
  else if (dialect == STRATA_DIALECT_POSTGRESQL)
    is_taken = strata_reflect_postgresql (picture, connection, scope, cancellable, error);
#endif
  else
    g_set_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_NOT_SUPPORTED,
                 _("The structure of %s databases can't be read yet."), strata_dialect_get_title (dialect));

  return is_taken ? g_steal_pointer (&picture) : NULL;
}

StrataPicture *
strata_reflect_whole (StrataConnection       *connection,
                      const StrataReflectOwn *own,
                      GCancellable           *cancellable,
                      GError                **error)
{
  StrataDialect dialect = strata_connection_get_dialect (connection);
  g_autoptr(StrataPicture) picture = strata_picture_new (dialect);
  gboolean is_taken = FALSE;

  picture->server = strata_picture_intern (picture, strata_connection_get_server (connection));
  picture->version = strata_connection_get_version (connection);

  if (dialect == STRATA_DIALECT_SQLITE)
    is_taken = strata_reflect_sqlite_whole (picture, connection, own, cancellable, error);
#ifdef HAVE_POSTGRESQL
  else if (dialect == STRATA_DIALECT_POSTGRESQL)
    is_taken = strata_reflect_postgresql_whole (picture, connection, own, cancellable, error);
#endif
  else
    g_set_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_NOT_SUPPORTED,
                 _("The structure of %s databases can't be read yet."), strata_dialect_get_title (dialect));

  return is_taken ? g_steal_pointer (&picture) : NULL;
}

gboolean
strata_reflect_rows (StrataConnection  *connection,
                     GPtrArray         *facts,
                     GCancellable      *cancellable,
                     GError           **error)
{
  StrataDialect dialect = strata_connection_get_dialect (connection);

  if (facts->len == 0)
    return TRUE;
  if (dialect == STRATA_DIALECT_SQLITE)
    return strata_reflect_sqlite_rows (connection, facts, cancellable, error);
#ifdef HAVE_POSTGRESQL
  if (dialect == STRATA_DIALECT_POSTGRESQL)
    return strata_reflect_postgresql_rows (connection, facts, cancellable, error);
#endif

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <string.h>

static StrataRows *
rows_from (const PGresult *result)
{
  int n_columns = PQnfields (result);
  int n_rows = PQntuples (result);
  StrataRows *rows = strata_rows_new (n_columns);

  for (int column = 0; column < n_columns; column++)
    strata_rows_take_name (rows, g_strdup (PQfname (result, column)));

  for (int row = 0; row < n_rows; row++)
    for (int column = 0; column < n_columns; column++)
      if (PQgetisnull (result, row, column))
        strata_rows_append (rows, NULL, 0);
      else
        strata_rows_append (rows, PQgetvalue (result, row, column), PQgetlength (result, row, column));

  return rows;
}

/* Commands that change rows end with their number; a SELECT's number is of rows read. */
static gint64
rows_changed (PGresult *result)
{
  const char *count = PQcmdTuples (result);

  if (*count == '\0' || g_str_has_prefix (PQcmdStatus (result), "SELECT")
      || g_str_has_prefix (PQcmdStatus (result), "FETCH"))
    return -1;

  return g_ascii_strtoll (count, NULL, 10);
}

/* The splitter keeps COPY out of scripts; where one comes all the same it must not wait for data for ever. */
static void
end_copy (PGconn         *handle,
          ExecStatusType  status)
{
  char *data = NULL;

  if (status == PGRES_COPY_IN)
    PQputCopyEnd (handle, "Strata has no data to send");

  while (status == PGRES_COPY_OUT && PQgetCopyData (handle, &data, FALSE) > 0)
    PQfreemem (data);
}

static gboolean
is_failure (ExecStatusType status)
{
  return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE || status == PGRES_PIPELINE_ABORTED;
}

/* The results of one command, up to the NULL that ends them; the first failure is the error, the last rows count. */
static gboolean
collect (StrataPostgresqlConnection  *self,
         StrataRows                 **rows,
         gint64                      *affected,
         GCancellable                *cancellable,
         GError                     **error)
{
  g_autoptr(GError) failure = NULL;

  *affected = -1;
  for (;;)
    {
      g_autoptr(PGresult) result = NULL;

      if (!strata_postgresql_next_result (self, &result, cancellable, failure == NULL ? &failure : NULL) || result == NULL)
        break;

      if (is_failure (PQresultStatus (result)) && failure == NULL)
        failure = strata_postgresql_result_error (self, result, g_cancellable_is_cancelled (cancellable));
      end_copy (self->handle, PQresultStatus (result));
      *affected = rows_changed (result);
      if (rows != NULL)
        {
          g_clear_pointer (rows, strata_rows_free);
          *rows = rows_from (result);
        }
    }

  if (failure == NULL)
    return TRUE;

  if (rows != NULL)
    g_clear_pointer (rows, strata_rows_free);
  g_propagate_error (error, g_steal_pointer (&failure));

  return FALSE;
}

static gboolean
send (StrataPostgresqlConnection  *self,
      const char                  *sql,
      const char * const          *params,
      guint                        n_params,
      gboolean                     extended,
      GError                     **error)
{
  int sent = n_params > 0 || extended
    ? PQsendQueryParams (self->handle, sql, (int) n_params, NULL, params, NULL, NULL, 0)
    : PQsendQuery (self->handle, sql);

  if (sent)
    return TRUE;

  g_propagate_error (error, strata_postgresql_lost_error (self));

  return FALSE;
}

/* Without parameters by the simple protocol: a statement like CREATE INDEX CONCURRENTLY is then alone for certain. */
StrataRows *
strata_postgresql_query (StrataPostgresqlConnection  *self,
                         const char                  *sql,
                         const char * const          *params,
                         guint                        n_params,
                         gint64                      *affected,
                         GCancellable                *cancellable,
                         GError                     **error)
{
  StrataRows *rows = NULL;

  if (!send (self, sql, params, n_params, FALSE, error) || !strata_postgresql_flush (self, error)
      || !collect (self, &rows, affected, cancellable, error))
    return NULL;

  return rows != NULL ? rows : strata_rows_new (0);
}

static gboolean
send_all (StrataPostgresqlConnection  *self,
          StrataBatchItem             *items,
          guint                        n_items,
          GError                     **error)
{
  for (guint i = 0; i < n_items; i++)
    {
      g_autofree char *copy = items[i].length >= 0 ? g_strndup (items[i].sql, items[i].length) : NULL;

      if (!send (self, copy != NULL ? copy : items[i].sql, items[i].params, items[i].n_params, TRUE, error))
        return FALSE;
    }

  if (PQpipelineSync (self->handle))
    return strata_postgresql_flush (self, error);

  g_propagate_error (error, strata_postgresql_lost_error (self));

  return FALSE;
}

static gboolean
read_sync (StrataPostgresqlConnection  *self,
           GError                     **error)
{
  g_autoptr(PGresult) result = NULL;

  return strata_postgresql_next_result (self, &result, NULL, error);
}

static guint
collect_all (StrataPostgresqlConnection  *self,
             StrataBatchItem             *items,
             guint                        n_items,
             GCancellable                *cancellable,
             GError                     **error)
{
  g_autoptr(GError) failure = NULL;
  guint n_done = 0;

  for (guint i = 0; i < n_items && PQstatus (self->handle) == CONNECTION_OK; i++)
    {
      gboolean failed_before = failure != NULL;

      /* Behind a failure come only answers that say so. */
      if (collect (self, failed_before ? NULL : items[i].rows, &items[i].affected, cancellable,
                   failed_before ? NULL : &failure))
        n_done++;
    }

  if (PQstatus (self->handle) == CONNECTION_OK)
    read_sync (self, failure == NULL ? &failure : NULL);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return n_done;
}

guint
strata_postgresql_query_batch (StrataPostgresqlConnection  *self,
                               StrataBatchItem             *items,
                               guint                        n_items,
                               GCancellable                *cancellable,
                               GError                     **error)
{
  guint n_done = 0;

  PQenterPipelineMode (self->handle);
  if (send_all (self, items, n_items, error))
    n_done = collect_all (self, items, n_items, cancellable, error);
  PQexitPipelineMode (self->handle);

  return n_done;
}

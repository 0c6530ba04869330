/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Numbers of types that no version of PostgreSQL changes. */
static StrataCellType
cell_type (Oid oid)
{
  static const struct { Oid oid; StrataCellType type; } types[] = {
    { 16, STRATA_CELL_BOOLEAN }, { 17, STRATA_CELL_BYTES }, { 18, STRATA_CELL_TEXT }, { 19, STRATA_CELL_TEXT },
    { 20, STRATA_CELL_INTEGER }, { 21, STRATA_CELL_INTEGER }, { 23, STRATA_CELL_INTEGER }, { 25, STRATA_CELL_TEXT },
    { 26, STRATA_CELL_INTEGER }, { 114, STRATA_CELL_JSON }, { 700, STRATA_CELL_FLOAT }, { 701, STRATA_CELL_FLOAT },
    { 705, STRATA_CELL_TEXT }, { 1042, STRATA_CELL_TEXT }, { 1043, STRATA_CELL_TEXT }, { 1082, STRATA_CELL_DATE },
    { 1083, STRATA_CELL_TIME }, { 1114, STRATA_CELL_DATETIME }, { 1184, STRATA_CELL_DATETIME }, { 1186, STRATA_CELL_INTERVAL },
    { 1266, STRATA_CELL_TIME }, { 1700, STRATA_CELL_DECIMAL }, { 2950, STRATA_CELL_UUID }, { 3802, STRATA_CELL_JSON },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].oid == oid)
      return types[i].type;

  /* Enumerations, domains and what extensions make: text to a driver; arrays of the system are not. */
  return oid < 16384 ? STRATA_CELL_OTHER : STRATA_CELL_TEXT;
}

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
        {
          strata_rows_append (rows, PQgetvalue (result, row, column), PQgetlength (result, row, column));
          strata_rows_set_type (rows, cell_type (PQftype (result, column)));
        }

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

/* The splitter keeps COPY out of scripts; where one comes all the same it must neither wait for data for ever nor throw
 * it away in silence. */
static GError *
end_copy (StrataPostgresqlConnection *self,
          ExecStatusType              status)
{
  char *data = NULL;

  if (status == PGRES_COPY_IN)
    PQputCopyEnd (self->handle, "there is no data to send");
  if (status != PGRES_COPY_OUT)
    return NULL;

  while (PQgetCopyData (self->handle, &data, FALSE) > 0)
    PQfreemem (data);

  return strata_database_error_new (STRATA_DATABASE_ERROR_STATEMENT, NULL,
                                    _("COPY ... TO STDOUT has nowhere to go: nothing reads its data here"));
}

static gboolean
is_failure (ExecStatusType status)
{
  return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE || status == PGRES_PIPELINE_ABORTED;
}

static gboolean
is_copy (ExecStatusType status)
{
  return status == PGRES_COPY_IN || status == PGRES_COPY_OUT;
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
        failure = strata_postgresql_result_error (self, result);
      if (is_copy (PQresultStatus (result)))
        {
          g_autoptr(GError) copy_error = end_copy (self, PQresultStatus (result));

          if (failure == NULL)
            failure = g_steal_pointer (&copy_error);
          continue;
        }
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
strata_postgresql_send (StrataPostgresqlConnection  *self,
                        const char                  *sql,
                        const char * const          *params,
                        guint                        n_params,
                        gint64                      *affected,
                        GCancellable                *cancellable,
                        GError                     **error)
{
  StrataRows *rows = NULL;
  gboolean well;

  strata_postgresql_begin_command (self);
  well = send (self, sql, params, n_params, FALSE, error)
         && strata_postgresql_flush (self, cancellable, error)
         && collect (self, &rows, affected, cancellable, error);
  strata_postgresql_end_command (self);

  if (!well)
    return NULL;

  return rows != NULL ? rows : strata_rows_new (0);
}

static gboolean
send_all (StrataPostgresqlConnection  *self,
          StrataBatchItem             *items,
          guint                        n_items,
          GCancellable                *cancellable,
          GError                     **error)
{
  for (guint i = 0; i < n_items; i++)
    {
      g_autofree char *copy = items[i].length >= 0 ? g_strndup (items[i].sql, items[i].length) : NULL;

      if (!send (self, copy != NULL ? copy : items[i].sql, items[i].params, items[i].n_params, TRUE, error))
        return FALSE;
    }

  if (PQpipelineSync (self->handle))
    return strata_postgresql_flush (self, cancellable, error);

  g_propagate_error (error, strata_postgresql_lost_error (self));

  return FALSE;
}

/* Behind a failure come only answers that say so, one for each that was sent, and then the one for the sync. */
static guint
collect_all (StrataPostgresqlConnection  *self,
             StrataBatchItem             *items,
             guint                        n_items,
             GCancellable                *cancellable,
             GError                     **error)
{
  g_autoptr(GError) failure = NULL;
  g_autoptr(PGresult) sync = NULL;
  guint n_done = 0;

  for (guint i = 0; i < n_items && PQstatus (self->handle) == CONNECTION_OK; i++)
    if (collect (self, failure == NULL ? items[i].rows : NULL, &items[i].affected, cancellable,
                 failure == NULL ? &failure : NULL))
      n_done++;

  strata_postgresql_next_result (self, &sync, cancellable, failure == NULL ? &failure : NULL);
  if (failure == NULL)
    return n_items;

  g_propagate_error (error, g_steal_pointer (&failure));

  return n_done;
}

guint
strata_postgresql_send_batch (StrataPostgresqlConnection  *self,
                              StrataBatchItem             *items,
                              guint                        n_items,
                              GCancellable                *cancellable,
                              GError                     **error)
{
  guint n_done = 0;

  strata_postgresql_begin_command (self);
  if (!PQenterPipelineMode (self->handle))
    g_propagate_error (error, strata_postgresql_lost_error (self));
  else if (send_all (self, items, n_items, cancellable, error))
    n_done = collect_all (self, items, n_items, cancellable, error);
  PQexitPipelineMode (self->handle);
  strata_postgresql_end_command (self);

  return n_done;
}

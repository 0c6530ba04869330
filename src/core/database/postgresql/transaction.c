/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <glib/gi18n-lib.h>

gboolean
strata_postgresql_in_transaction (StrataPostgresqlConnection *self)
{
  switch (PQtransactionStatus (self->handle))
    {
    case PQTRANS_ACTIVE:
    case PQTRANS_INTRANS:
    case PQTRANS_INERROR:
      return TRUE;

    case PQTRANS_IDLE:
    case PQTRANS_UNKNOWN:
    default:
      return FALSE;
    }
}

/* What the caller's items stand behind, in the same round trip. */
typedef struct
{
  StrataBatchItem *items;         /* those before, the caller's, and a COMMIT where one is asked for */
  guint            n_items;
  guint            n_ending;      /* those that end the transaction before */
  guint            n_before;
  char            *settings;
  StrataRows      *backend;
} Bracket;

static void
bracket_clear (Bracket *self)
{
  g_clear_pointer (&self->items, g_free);
  g_clear_pointer (&self->settings, g_free);
  g_clear_pointer (&self->backend, strata_rows_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bracket, bracket_clear)

static void
add (Bracket         *self,
     StrataBatchItem  item)
{
  self->items[self->n_items++] = item;
}

/* Whatever the database's default isolation is: rows that are read after a lock was waited for must be the newest. Whether
 * it may write is not said, so that nothing overrides a session that may not. */
static void
open_bracket (StrataPostgresqlConnection *self,
              Bracket                    *bracket,
              gboolean                    writable,
              guint                       n_inside)
{
  bracket->items = g_renew (StrataBatchItem, bracket->items, bracket->n_ending + n_inside + 4);
  add (bracket, (StrataBatchItem) {
    .sql = writable && self->writable ? "BEGIN ISOLATION LEVEL READ COMMITTED"
                                      : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    .length = -1,
  });

  if (self->pooled)
    {
      bracket->settings = strata_postgresql_dup_settings (self, TRUE);
      if (bracket->settings != NULL)
        add (bracket, (StrataBatchItem) { .sql = bracket->settings, .length = -1 });
      add (bracket, (StrataBatchItem) {
        .sql = "SELECT pg_catalog.pg_backend_pid()", .length = -1, .rows = &bracket->backend,
      });
    }

  bracket->n_before = bracket->n_items;
}

static guint
send_bracket (StrataPostgresqlConnection  *self,
              Bracket                     *bracket,
              GCancellable                *cancellable,
              GError                     **error)
{
  guint n_done = strata_postgresql_send_batch (self, bracket->items, bracket->n_items, cancellable, error);

  if (bracket->backend != NULL)
    self->backend_pid = (int) strata_rows_get_int (bracket->backend, 0, 0);

  return n_done;
}

static guint
send_inside (StrataPostgresqlConnection  *self,
             Bracket                     *bracket,
             StrataBatchItem             *items,
             guint                        n_items,
             GCancellable                *cancellable,
             GError                     **error)
{
  guint n_done;

  for (guint i = 0; i < n_items; i++)
    add (bracket, items[i]);

  n_done = send_bracket (self, bracket, cancellable, error);
  for (guint i = 0; i < n_items; i++)
    items[i].affected = bracket->items[bracket->n_before + i].affected;

  return n_done;
}

guint
strata_postgresql_begin_batch (StrataPostgresqlConnection  *self,
                               gboolean                     writable,
                               StrataBatchItem             *items,
                               guint                        n_items,
                               GCancellable                *cancellable,
                               GError                     **error)
{
  g_auto(Bracket) bracket = { NULL };
  guint n_done;

  open_bracket (self, &bracket, writable, n_items);
  n_done = send_inside (self, &bracket, items, n_items, cancellable, error);

  return n_done > bracket.n_before ? n_done - bracket.n_before : 0;
}

/* Behind a pooler nothing that was set stays, and a session that may not write is not to be had. */
static StrataRows *
query_in_bracket (StrataPostgresqlConnection  *self,
                  const char                  *sql,
                  const char * const          *params,
                  guint                        n_params,
                  gint64                      *affected,
                  GCancellable                *cancellable,
                  GError                     **error)
{
  g_autoptr(StrataRows) rows = NULL;
  g_auto(Bracket) bracket = { NULL };
  gboolean well;

  open_bracket (self, &bracket, TRUE, 1);
  add (&bracket, (StrataBatchItem) { .sql = sql, .length = -1, .params = params, .n_params = n_params, .rows = &rows });
  add (&bracket, (StrataBatchItem) { .sql = "COMMIT", .length = -1 });

  well = send_bracket (self, &bracket, cancellable, error) == bracket.n_items;
  *affected = bracket.items[bracket.n_before].affected;
  if (!well)
    {
      strata_postgresql_rollback (self);
      return NULL;
    }

  return rows != NULL ? g_steal_pointer (&rows) : strata_rows_new (0);
}

StrataRows *
strata_postgresql_query (StrataPostgresqlConnection  *self,
                         const char                  *sql,
                         const char * const          *params,
                         guint                        n_params,
                         gint64                      *affected,
                         GCancellable                *cancellable,
                         GError                     **error)
{
  gboolean needs_bracket = self->pooled && (!self->writable || self->role != NULL || self->search_path != NULL)
                           && !strata_postgresql_in_transaction (self);

  return needs_bracket ? query_in_bracket (self, sql, params, n_params, affected, cancellable, error)
                       : strata_postgresql_send (self, sql, params, n_params, affected, cancellable, error);
}

static gboolean
run (StrataPostgresqlConnection  *self,
     const char                  *sql,
     GError                     **error)
{
  gint64 affected;
  g_autoptr(StrataRows) rows = strata_postgresql_send (self, sql, NULL, 0, &affected, NULL, error);

  return rows != NULL;
}

/* A COMMIT of a transaction that has failed is a ROLLBACK, and no error to the server. */
gboolean
strata_postgresql_commit (StrataPostgresqlConnection  *self,
                          GError                     **error)
{
  if (PQtransactionStatus (self->handle) != PQTRANS_INERROR)
    return run (self, "COMMIT", error);

  run (self, "ROLLBACK", NULL);
  g_propagate_error (error, strata_database_error_new (STRATA_DATABASE_ERROR_FAILED, NULL,
                                                       _("The transaction had failed and was rolled back")));

  return FALSE;
}

/* The transaction that is open, behind its last statement; NULL: it had that already. */
static void
end_before (Bracket         *bracket,
            StrataBatchItem *last)
{
  bracket->items = g_new0 (StrataBatchItem, 2);
  if (last != NULL)
    add (bracket, *last);
  add (bracket, (StrataBatchItem) { .sql = "COMMIT", .length = -1 });
  bracket->n_ending = bracket->n_items;
}

guint
strata_postgresql_commit_and_begin (StrataPostgresqlConnection  *self,
                                    StrataBatchItem             *last,
                                    StrataBatchItem             *items,
                                    guint                        n_items,
                                    gboolean                    *committed,
                                    GCancellable                *cancellable,
                                    GError                     **error)
{
  g_auto(Bracket) bracket = { NULL };
  guint n_done;

  if (PQtransactionStatus (self->handle) == PQTRANS_INERROR)
    {
      *committed = strata_postgresql_commit (self, error);
      return 0;
    }

  end_before (&bracket, last);
  open_bracket (self, &bracket, TRUE, n_items);
  n_done = send_inside (self, &bracket, items, n_items, cancellable, error);
  *committed = n_done >= bracket.n_ending;

  return n_done > bracket.n_before ? n_done - bracket.n_before : 0;
}

void
strata_postgresql_rollback (StrataPostgresqlConnection *self)
{
  if (strata_postgresql_in_transaction (self))
    run (self, "ROLLBACK", NULL);
}

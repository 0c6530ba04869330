/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/preview-private.h"

#include <string.h>

#include "core/base/files.h"

/* A person waits meanwhile: one count, and all of them together. */
#define COUNT_MS 300
#define LOCK_MS 100
#define ALL_COUNTS_US (2 * G_USEC_PER_SEC)
/* Above it the server's estimate is as good as the number. */
#define LARGE 200000

void
strata_preview_loss_free (StrataPreviewLoss *loss)
{
  g_free (loss->name);
  g_free (loss->column);
  g_free (loss);
}

StrataPreviewLoss *
strata_preview_loss_new (StrataLoss *from,
                         guint       step,
                         guint       line)
{
  StrataPreviewLoss *loss = g_new0 (StrataPreviewLoss, 1);

  loss->step = step;
  loss->line = line;
  loss->kind = from->kind;
  loss->words = from->words;
  loss->name = g_steal_pointer (&from->name);
  loss->column = g_steal_pointer (&from->column);

  return loss;
}

void
strata_preview_each_statement (GPtrArray                  *scripts,
                               guint                       step,
                               StrataPreviewStatementFunc  func,
                               gpointer                    data)
{
  StrataStepScript *script = g_ptr_array_index (scripts, step);

  for (guint i = 0; script != NULL && i < strata_step_script_get_n_sections (script); i++)
    {
      GArray *statements = strata_step_script_get_section (script, i)->statements;

      for (guint j = 0; j < statements->len; j++)
        func (&g_array_index (statements, StrataStatement, j), step, data);
    }
}

char *
strata_preview_fold_name (const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *bare = g_strdup (dot != NULL ? dot + 1 : name);

  g_strdelimit (bare, "\"`[]", ' ');
  g_strstrip (bare);

  return g_utf8_casefold (bare, -1);
}

typedef struct
{
  StrataDialect  dialect;
  GPtrArray     *losses;      /* StrataPreviewLoss */
  guint          first;       /* of the step */
  GHashTable    *renamed;     /* folded names that tables got, char; or NULL */
} Search;

/* Of the losses before it in the same script. */
static void
drop_rebuilt (Search                *search,
              const StrataStatement *statement)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *name = NULL;

  if (!strata_statement_renames_table (search->dialect, statement, &from, &to))
    return;

  name = strata_preview_fold_name (to);
  for (guint i = search->losses->len; i > search->first; i--)
    {
      const StrataPreviewLoss *loss = g_ptr_array_index (search->losses, i - 1);
      g_autofree char *lost = strata_preview_fold_name (loss->name);

      if (loss->kind == STRATA_LOSS_TABLE && g_str_equal (lost, name))
        g_ptr_array_remove_index (search->losses, i - 1);
    }
}

static void
add_losses (const StrataStatement *statement,
            guint                  step,
            gpointer               data)
{
  Search *search = data;
  g_autoptr(GPtrArray) found = strata_losses_new ();

  drop_rebuilt (search, statement);
  strata_statement_loses_data (search->dialect, statement, found);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (search->losses, strata_preview_loss_new (g_ptr_array_index (found, i), step, statement->line));
}

GPtrArray *
strata_preview_find_losses (GPtrArray     *scripts,
                            StrataDialect  dialect)
{
  Search search = { .dialect = dialect, .losses = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_preview_loss_free) };

  for (guint step = 0; step < scripts->len; step++)
    {
      search.first = search.losses->len;
      strata_preview_each_statement (scripts, step, add_losses, &search);
    }

  return search.losses;
}

static void
note_rename (const StrataStatement *statement,
             guint                  step,
             gpointer               data)
{
  Search *search = data;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (strata_statement_renames_table (search->dialect, statement, &from, &to))
    g_hash_table_add (search->renamed, strata_preview_fold_name (to));
}

/* What is not there now, and is no new name of what is, has nothing to lose. */
static GHashTable *
find_new_names (GPtrArray     *scripts,
                StrataDialect  dialect)
{
  Search search = { .dialect = dialect };

  search.renamed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint step = 0; step < scripts->len; step++)
    strata_preview_each_statement (scripts, step, note_rename, &search);

  return search.renamed;
}

/* FALSE: there is no such table. The estimate is -1 where the server has none. */
static gboolean
estimate (StrataPreviewLoss *loss,
          StrataConnection  *connection,
          gint64            *rows,
          GCancellable      *cancellable)
{
  const char *params[] = { loss->name };
  g_autoptr(StrataRows) answer = NULL;

  *rows = -1;
  if (strata_connection_get_dialect (connection) != STRATA_DIALECT_POSTGRESQL)
    return TRUE;

  answer = strata_connection_query (connection, strata_resource_text ("sql/postgresql/table-rows.sql"), params, 1,
                                    cancellable, NULL);
  if (answer != NULL && strata_rows_get_n_rows (answer) == 0)
    return FALSE;
  if (answer != NULL)
    *rows = strata_rows_get_int (answer, 0, 0);

  return TRUE;
}

/* The limits end with the transaction. */
static StrataRows *
query_for_a_moment (StrataConnection  *connection,
                    const char        *sql,
                    GCancellable      *cancellable,
                    GError           **error)
{
  const StrataTimeouts limits = { LOCK_MS, COUNT_MS };
  const StrataTimeouts none = { -1, -1 };
  StrataRows *rows = NULL;

  if (!strata_connection_begin (connection, FALSE, cancellable, error))
    return NULL;

  if (strata_connection_set_timeouts (connection, limits, error))
    rows = strata_connection_query (connection, sql, NULL, 0, cancellable, error);
  strata_connection_rollback (connection);
  strata_connection_set_timeouts (connection, none, NULL);

  return rows;
}

static void
count (StrataPreviewLoss *loss,
       StrataConnection  *connection,
       GCancellable      *cancellable)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(%s) FROM %s", loss->column != NULL ? loss->column : "*",
                                          loss->name);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRows) answer = query_for_a_moment (connection, sql, cancellable, &error);

  if (answer != NULL)
    {
      loss->known = STRATA_ROWS_COUNTED;
      loss->rows = strata_rows_get_int (answer, 0, 0);
    }
  else if (g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_STATEMENT))
    loss->known = STRATA_ROWS_NOT_THERE;
}

static void
measure (StrataPreviewLoss *loss,
         StrataConnection  *connection,
         gint64             give_up,
         GCancellable      *cancellable)
{
  gint64 rows;

  if (!estimate (loss, connection, &rows, cancellable))
    {
      loss->known = STRATA_ROWS_NOT_THERE;
      return;
    }

  if (rows < LARGE && g_get_monotonic_time () < give_up)
    count (loss, connection, cancellable);

  if (loss->known == STRATA_ROWS_UNKNOWN && rows >= 0)
    {
      loss->known = STRATA_ROWS_ESTIMATED;
      loss->rows = rows;
    }
}

void
strata_preview_measure_losses (GPtrArray        *losses,
                               GPtrArray        *scripts,
                               StrataConnection *connection,
                               GCancellable     *cancellable)
{
  g_autoptr(GHashTable) new_names = find_new_names (scripts, strata_connection_get_dialect (connection));
  gint64 give_up = g_get_monotonic_time () + ALL_COUNTS_US;

  strata_preview_add_rebuilt (losses, scripts, connection, cancellable);
  for (guint i = 0; i < losses->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      StrataPreviewLoss *loss = g_ptr_array_index (losses, i);
      g_autofree char *name = strata_preview_fold_name (loss->name);

      if (loss->kind == STRATA_LOSS_MORE)
        continue;

      measure (loss, connection, give_up, cancellable);
      if (loss->known == STRATA_ROWS_NOT_THERE && g_hash_table_contains (new_names, name))
        loss->known = STRATA_ROWS_UNKNOWN;
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/batch-private.h"
#include "core/alembic/batch-table.h"

G_DEFINE_QUARK (strata-batch-error-quark, strata_batch_error)

StrataBatch *
strata_batch_new (const StrataBatchOptions *options)
{
  StrataBatch *self = g_new0 (StrataBatch, 1);

  self->options = options;
  self->queue = g_array_new (FALSE, FALSE, sizeof (StrataQueued));
  self->arena = strata_py_arena_new ();

  return self;
}

void
strata_batch_free (StrataBatch *self)
{
  g_array_unref (self->queue);
  strata_py_arena_free (self->arena);
  g_free (self);
}

/* A default that is more than a string, or a computed column that is stored, can't come by ADD COLUMN. */
static gboolean
needs_rebuild (const StrataColumn *column)
{
  gboolean is_expression = column->server_default != NULL && column->server_default->kind != STRATA_EXPRESSION_VALUE;

  return is_expression || (column->computed != NULL && column->computed->is_persisted == STRATA_YES);
}

/* What Alembic puts beside ADD COLUMN into its queue: the constraints of the column or its type, but for a CHECK, which
 * is part of the column. */
static gboolean
implies_constraint (const StrataColumn *column)
{
  for (guint i = 0; column->constraints != NULL && column->constraints[i] != NULL; i++)
    if (column->constraints[i]->kind != STRATA_CONSTRAINT_CHECK)
      return TRUE;

  return column->is_unique || (column->type != NULL && column->type->creates_check);
}

static gboolean
recreates (StrataBatch *self)
{
  if (self->options->recreate != STRATA_RECREATE_AUTO)
    return self->options->recreate == STRATA_RECREATE_ALWAYS;

  if (self->options->dialect != STRATA_DIALECT_SQLITE)
    return FALSE;

  for (guint i = 0; i < self->queue->len; i++)
    {
      const StrataOperation *operation = g_array_index (self->queue, StrataQueued, i).operation;

      if (operation->kind == STRATA_OPERATION_ADD_COLUMN)
        {
          if (needs_rebuild (operation->add_column.column) || implies_constraint (operation->add_column.column))
            return TRUE;
        }
      else if (operation->kind != STRATA_OPERATION_CREATE_INDEX && operation->kind != STRATA_OPERATION_DROP_INDEX)
        {
          return TRUE;
        }
    }

  return FALSE;
}

gboolean
strata_batch_add (StrataBatch            *self,
                  const StrataOperation  *operation,
                  const char             *insert_before,
                  const char             *insert_after,
                  GError                **error)
{
  StrataQueued queued = { operation, insert_before, insert_after };

  if (operation->kind == STRATA_OPERATION_ADD_COLUMN && (insert_before != NULL || insert_after != NULL)
      && !recreates (self))
    {
      g_set_error_literal (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_COMMAND,
                           "Can't specify insert_before or insert_after when using ALTER; please specify "
                           "recreate='always'");
      return FALSE;
    }

  g_array_append_val (self->queue, queued);

  return TRUE;
}

gboolean
strata_batch_needs_picture (StrataBatch  *self,
                            gboolean     *needs,
                            GError      **error)
{
  *needs = !self->options->is_in_place && recreates (self) && self->options->copy_from == NULL;
  if (!*needs || !self->options->is_offline)
    return TRUE;

  g_set_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_NEEDS_DATABASE,
               "This operation cannot proceed in --sql mode; batch mode with dialect %s requires a live database "
               "connection with which to reflect the table \"%s\". To generate a batch SQL migration script using table "
               "\"move and copy\", a complete Table object should be passed to the \"copy_from\" argument of the "
               "batch_alter_table() method so that table reflection can be skipped.",
               strata_dialect_get_name (self->options->dialect), self->options->table);

  return FALSE;
}

static gboolean
rebuild (StrataBatch          *self,
         const StrataPicture  *picture,
         GPtrArray            *operations,
         GError              **error)
{
  StrataBatchTable table = { .batch = self };
  gboolean is_done = strata_batch_table_load (&table, self, picture, error);

  for (guint i = 0; is_done && i < self->queue->len; i++)
    is_done = strata_batch_table_apply (&table, &g_array_index (self->queue, StrataQueued, i), error);
  is_done = is_done && strata_batch_table_sort (&table, error)
            && strata_batch_table_emit (&table, picture, operations, error);
  strata_batch_table_clear (&table);

  return is_done;
}

GPtrArray *
strata_batch_flush (StrataBatch          *self,
                    const StrataPicture  *picture,
                    GError              **error)
{
  g_autoptr(GPtrArray) operations = g_ptr_array_new ();

  if (!self->options->is_in_place && recreates (self))
    return rebuild (self, picture, operations, error) ? g_steal_pointer (&operations) : NULL;

  for (guint i = 0; i < self->queue->len; i++)
    g_ptr_array_add (operations, (gpointer) g_array_index (self->queue, StrataQueued, i).operation);

  return g_steal_pointer (&operations);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/preview-private.h"

#include "core/base/files.h"
#include "core/sql/lexer.h"
#include "core/sql/statement.h"

typedef struct
{
  StrataConnection *connection;
  StrataDialect     dialect;
  GCancellable     *cancellable;
  GPtrArray        *losses;      /* StrataPreviewLoss */
  GPtrArray        *before;      /* StrataStatement, borrowed: those of the step so far */
  guint             step;
  GHashTable       *renamed;     /* folded names, char: of tables that the run has renamed so far */
  GHashTable       *touched;     /* folded words of what renames columns so far */
} Rebuild;

static gboolean
is_name (const StrataToken *token)
{
  return token->kind == STRATA_TOKEN_WORD || token->kind == STRATA_TOKEN_NAME;
}

static char *
fold_token (const StrataToken *token)
{
  g_autofree char *text = g_strndup (token->text, token->length);

  return strata_preview_fold_name (text);
}

/* A query that writes into the table, or makes it. */
static gboolean
is_copy (Rebuild               *self,
         const StrataStatement *statement,
         const char            *table)
{
  StrataLexer lexer;
  StrataToken token;
  gboolean is_named = FALSE;

  strata_lexer_init (&lexer, self->dialect, statement->text, statement->length);
  while (strata_lexer_next (&lexer, &token))
    {
      g_autofree char *name = is_name (&token) ? fold_token (&token) : NULL;

      if (strata_token_is_word (&token, "SELECT"))
        return is_named;
      is_named |= g_strcmp0 (name, table) == 0;
    }

  return FALSE;
}

/* Whether the query of a copy names the column, in an expression too, or all of them. */
static gboolean
copies_column (Rebuild               *self,
               const StrataStatement *statement,
               const char            *column)
{
  StrataLexer lexer;
  StrataToken token;
  gboolean is_query = FALSE, may_be_all = FALSE;

  strata_lexer_init (&lexer, self->dialect, statement->text, statement->length);
  while (strata_lexer_next (&lexer, &token))
    {
      g_autofree char *name = is_query && is_name (&token) ? fold_token (&token) : NULL;

      if (g_strcmp0 (name, column) == 0 || (may_be_all && strata_token_is_symbol (&token, "*")))
        return TRUE;
      is_query |= strata_token_is_word (&token, "SELECT");
      may_be_all = is_query && (strata_token_is_word (&token, "SELECT") || strata_token_is_symbol (&token, "."));
    }

  return FALSE;
}

static StrataRows *
query_columns (Rebuild    *self,
               const char *table,
               const char *folded)
{
  gboolean is_sqlite = self->dialect == STRATA_DIALECT_SQLITE;
  const char *params[] = { is_sqlite ? folded : table };
  const char *file = is_sqlite ? "sql/sqlite/table-columns.sql" : "sql/postgresql/table-columns.sql";

  return strata_connection_query (self->connection, strata_resource_text (file), params, 1, self->cancellable, NULL);
}

/* The loss of the table that comes back as the other one; NULL where none was dropped. */
static StrataPreviewLoss *
find_dropped (Rebuild    *self,
              const char *folded)
{
  for (guint i = self->before->len; i > 0; i--)
    {
      const StrataStatement *statement = g_ptr_array_index (self->before, i - 1);
      g_autoptr(GPtrArray) found = strata_losses_new ();

      strata_statement_loses_data (self->dialect, statement, found);
      for (guint j = 0; j < found->len; j++)
        {
          StrataLoss *from = g_ptr_array_index (found, j);
          g_autofree char *name = strata_preview_fold_name (from->name);

          if (from->kind == STRATA_LOSS_TABLE && g_str_equal (name, folded))
            return strata_preview_loss_new (from, self->step, statement->line);
        }
    }

  return NULL;
}

static void
add_uncopied (Rebuild    *self,
              GPtrArray  *copies,
              const char *folded)
{
  g_autoptr(StrataPreviewLoss) dropped = find_dropped (self, folded);
  g_autoptr(StrataRows) columns = dropped != NULL ? query_columns (self, dropped->name, folded) : NULL;

  if (columns != NULL && strata_rows_get_n_rows (columns) > 0 && copies->len == 0)
    {
      g_ptr_array_add (self->losses, g_steal_pointer (&dropped));
      return;
    }

  for (guint i = 0; columns != NULL && i < strata_rows_get_n_rows (columns); i++)
    {
      const char *name = strata_rows_get (columns, i, 0);
      g_autofree char *column = g_utf8_casefold (name, -1);
      gboolean is_kept = g_hash_table_contains (self->touched, column);
      StrataLoss loss = { STRATA_LOSS_COLUMN, dropped->words };

      for (guint j = 0; j < copies->len && !is_kept; j++)
        is_kept = copies_column (self, g_ptr_array_index (copies, j), column);
      if (is_kept)
        continue;

      loss.name = g_strdup (dropped->name);
      loss.column = strata_sql_quote_identifier (self->dialect, name);
      g_ptr_array_add (self->losses, strata_preview_loss_new (&loss, self->step, dropped->line));
    }
}

/* Before a statement that renames a column, what a table is made of is what the database says. */
static void
note_touched (Rebuild               *self,
              const StrataStatement *statement)
{
  StrataLexer lexer;
  StrataToken token;
  gboolean is_alter = FALSE, renames = FALSE;

  strata_lexer_init (&lexer, self->dialect, statement->text, statement->length);
  while (strata_lexer_next (&lexer, &token))
    {
      is_alter |= strata_token_is_word (&token, "ALTER");
      if (!is_alter)
        return;
      renames |= strata_token_is_word (&token, "RENAME");
      if (renames && is_name (&token))
        g_hash_table_add (self->touched, fold_token (&token));
    }
}

/* Only the first time that a table is made anew: then its columns are those that it has now. */
static void
note_rebuilt (const StrataStatement *statement,
              guint                  step,
              gpointer               data)
{
  Rebuild *self = data;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (step != self->step)
    g_ptr_array_set_size (self->before, 0);
  self->step = step;

  if (strata_statement_renames_table (self->dialect, statement, &from, &to))
    {
      g_autoptr(GPtrArray) copies = g_ptr_array_new ();
      g_autofree char *made = strata_preview_fold_name (from);
      g_autofree char *name = strata_preview_fold_name (to);

      for (guint i = 0; i < self->before->len; i++)
        if (is_copy (self, g_ptr_array_index (self->before, i), made))
          g_ptr_array_add (copies, g_ptr_array_index (self->before, i));
      if (!g_hash_table_contains (self->renamed, name))
        add_uncopied (self, copies, name);
      g_hash_table_add (self->renamed, g_steal_pointer (&name));
    }
  else
    note_touched (self, statement);
  g_ptr_array_add (self->before, (gpointer) statement);
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const StrataPreviewLoss *one = *(StrataPreviewLoss * const *) a;
  const StrataPreviewLoss *other = *(StrataPreviewLoss * const *) b;

  return one->step != other->step ? (one->step > other->step) - (one->step < other->step)
                                  : (one->line > other->line) - (one->line < other->line);
}

void
strata_preview_add_rebuilt (GPtrArray        *losses,
                            GPtrArray        *scripts,
                            StrataConnection *connection,
                            GCancellable     *cancellable)
{
  g_autoptr(GPtrArray) before = g_ptr_array_new ();
  g_autoptr(GHashTable) renamed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Rebuild self = { connection, strata_connection_get_dialect (connection), cancellable, losses, before, 0, renamed, touched };
  guint n_found = losses->len;

  for (guint step = 0; step < scripts->len; step++)
    strata_preview_each_statement (scripts, step, note_rebuilt, &self);
  if (losses->len > n_found)
    g_ptr_array_sort (losses, compare_places);
}

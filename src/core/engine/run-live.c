/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/engine/collect.h"
#include "core/engine/run-live-private.h"
#include "core/reflect/reflect.h"
#include "core/sql/lexer.h"
#include "core/sql/splitter.h"

/* An Alembic script that reads the database while it changes it: evaluated statement by statement, inside the transaction of
 * its step. */
typedef struct
{
  StrataRun        *run;
  StrataStepScript *script;
  StrataModules    *modules;
  StrataRenderer   *renderer;
  guint             number;    /* of the last statement */
  gboolean          is_autocommit;
  gboolean          has_left;  /* by COMMIT */
  StrataLiveJournal *journal;  /* or NULL */
  GError           *failed;    /* what the server said last, or what ended the run */
} Live;

/* The families of SQLSTATE that drivers make exceptions of. */
static int
exception_of (const StrataServerMessage *message)
{
  const char *state = message != NULL && message->sqlstate != NULL ? message->sqlstate : "";

  if (g_str_has_prefix (state, "22"))
    return STRATA_EVALUATE_ERROR_DATA;
  if (g_str_has_prefix (state, "23") || g_str_has_prefix (state, "SQLITE_CONSTRAINT"))
    return STRATA_EVALUATE_ERROR_INTEGRITY;
  if (g_str_has_prefix (state, "24") || g_str_has_prefix (state, "25") || g_str_has_prefix (state, "XX"))
    return STRATA_EVALUATE_ERROR_INTERNAL;
  if (g_str_has_prefix (state, "42") || g_str_has_prefix (state, "3D") || g_str_has_prefix (state, "3F"))
    return STRATA_EVALUATE_ERROR_PROGRAMMING;

  return STRATA_EVALUATE_ERROR_OPERATIONAL;
}

/* A script may catch what the server says of a statement; a lost connection, a lock or a cancellation ends it. */
static void
fail (Live    *self,
      GError  *from,
      GError **error)
{
  g_clear_error (&self->failed);
  self->failed = from;
  if (g_error_matches (from, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_STATEMENT))
    g_set_error_literal (error, STRATA_EVALUATE_ERROR, exception_of (strata_database_error_get_message (from)), from->message);
  else if (from->domain == STRATA_RENDER_ERROR)
    g_set_error_literal (error, STRATA_EVALUATE_ERROR, strata_collect_error_code (from), from->message);
  else
    *error = g_error_copy (from);
}

static guint
get_line (Live        *self,
          StrataPlace  place)
{
  return g_strcmp0 (place.file, strata_step_script_get_path (self->script)) == 0 ? place.line : 0;
}

static gboolean
run_statement (Live                   *self,
               const StrataStatement  *statement,
               GError                **error)
{
  if (self->journal != NULL)
    return strata_live_journal_run (self->journal, statement, self->is_autocommit, error);
  if (!strata_run_statement (self->run, self->script, statement, ++self->number, NULL, error))
    return FALSE;
  if (self->is_autocommit)
    self->run->live_kept = self->number;

  return TRUE;
}

static gboolean
leave_transaction (Live    *self,
                   GError **error)
{
  if (self->journal != NULL)
    return strata_live_journal_commit (self->journal, error);
  if (!strata_connection_commit (self->run->connection, error))
    return FALSE;
  self->run->live_kept = MAX (self->number, 1);

  return TRUE;
}

static gboolean
enter_transaction (Live    *self,
                   GError **error)
{
  if (strata_connection_in_transaction (self->run->connection))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("%s: a transaction that the script began is still open"),
                   strata_step_script_get_path (self->script));
      return FALSE;
    }
  if (self->journal != NULL)
    return strata_live_journal_open (self->journal, error);
  if (strata_run_open (self->run, error) == STRATA_OUTCOME_MOVED)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("The rows of “%s” were changed by others meanwhile"),
                 self->run->table.name);

  return strata_connection_in_transaction (self->run->connection);
}

/* A script's own COMMIT and BEGIN. */
static gboolean
turn_to (Live                 *self,
         StrataCollectedTurn   turn,
         GError              **error)
{
  gboolean leaves = turn == STRATA_COLLECTED_LEAVES;

  if (self->is_autocommit == leaves)
    return TRUE;
  if (!(leaves ? leave_transaction (self, error) : enter_transaction (self, error)))
    return FALSE;
  self->has_left = self->is_autocommit = leaves;

  return TRUE;
}

static gboolean
run_text (Live        *self,
          const char  *text,
          StrataPlace  place,
          GError     **error)
{
  StrataCollectedTurn turn = strata_collected_get_turn (self->run->dialect, text);
  g_autoptr(GArray) statements = NULL;

  if (turn == STRATA_COLLECTED_LEAVES || (turn == STRATA_COLLECTED_RETURNS && self->has_left))
    return turn_to (self, turn, error);

  statements = strata_sql_split (self->run->dialect, text, strlen (text), place.file, place.line, error);
  for (guint i = 0; statements != NULL && i < statements->len; i++)
    {
      StrataStatement *statement = &g_array_index (statements, StrataStatement, i);

      statement->line = get_line (self, place);
      if (!run_statement (self, statement, error))
        return FALSE;
    }

  return statements != NULL;
}

static gboolean
emit (const StrataOperation  *operation,
      StrataPlace             place,
      gpointer                data,
      GError                **error)
{
  Live *self = data;
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendered_free);
  GError *local_error = NULL;

  if (strata_renderer_render (self->renderer, operation, statements, &local_error))
    for (guint i = 0; i < statements->len && local_error == NULL; i++)
      run_text (self, ((StrataRendered *) g_ptr_array_index (statements, i))->text, place, &local_error);
  if (local_error != NULL)
    fail (self, local_error, error);

  return local_error == NULL;
}

/* As Alembic: what stands before the block is committed, and what comes after it is a transaction again. */
static gboolean
set_autocommit (gboolean   is_on,
                gpointer   data,
                GError   **error)
{
  Live *self = data;
  GError *local_error = NULL;

  if (is_on)
    leave_transaction (self, &local_error);
  else
    enter_transaction (self, &local_error);
  self->is_autocommit = is_on && local_error == NULL;
  if (local_error != NULL)
    fail (self, local_error, error);

  return local_error == NULL;
}

/* Whether a statement has an answer: what begins with such a word, or gives back the rows that it changed. */
static gboolean
gives_rows (StrataDialect  dialect,
            const char    *text)
{
  static const char * const first[] = { "SELECT", "WITH", "VALUES", "SHOW", "EXPLAIN", "PRAGMA", "TABLE", NULL };
  StrataLexer lexer;
  StrataToken token;
  gboolean is_first = TRUE;

  strata_lexer_init (&lexer, dialect, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    {
      g_autofree char *word = g_ascii_strup (token.text, token.length);

      if (is_first && g_str_equal (word, "("))
        continue;
      if ((is_first && g_strv_contains (first, word)) || g_str_equal (word, "RETURNING"))
        return TRUE;
      is_first = FALSE;
    }

  return FALSE;
}

static gboolean
changes_rows (StrataDialect  dialect,
              const char    *text)
{
  static const char * const words[] = { "DELETE", "INSERT", "MERGE", "UPDATE", NULL };
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, dialect, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    {
      g_autofree char *word = g_ascii_strup (token.text, token.length);

      if (g_strv_contains (words, word))
        return TRUE;
    }

  return FALSE;
}

static char *
keep (StrataEvaluateRows *rows,
      char               *text)
{
  g_ptr_array_add (rows->memory, text);

  return text;
}

static char *
unhex (const char *hex,
       gsize      *length)
{
  gsize n = strlen (hex) / 2;
  char *bytes = g_malloc (n + 1);

  for (gsize i = 0; i < n; i++)
    bytes[i] = g_ascii_xdigit_value (hex[2 * i]) << 4 | g_ascii_xdigit_value (hex[2 * i + 1]);
  bytes[n] = '\0';
  *length = n;

  return bytes;
}

/* Python's isoformat() has a T, and an offset with minutes. */
static char *
to_moment (const char *text)
{
  g_autoptr(GString) moment = g_string_new (text);
  char *blank = strchr (moment->str, ' ');
  gsize length = moment->len;

  if (blank != NULL)
    *blank = 'T';
  if (length > 3 && (text[length - 3] == '+' || text[length - 3] == '-') && strchr (text, ':') != NULL)
    g_string_append (moment, ":00");

  return g_string_free (g_steal_pointer (&moment), FALSE);
}

static StrataValue
make_value (StrataEvaluateRows *rows,
            StrataCellType      type,
            const char         *text)
{
  static const StrataValueKind kinds[] = {
    [STRATA_CELL_TEXT] = STRATA_VALUE_STRING,     [STRATA_CELL_INTEGER] = STRATA_VALUE_INTEGER,
    [STRATA_CELL_FLOAT] = STRATA_VALUE_FLOAT,     [STRATA_CELL_DECIMAL] = STRATA_VALUE_DECIMAL,
    [STRATA_CELL_BOOLEAN] = STRATA_VALUE_BOOLEAN, [STRATA_CELL_BYTES] = STRATA_VALUE_BYTES,
    [STRATA_CELL_DATE] = STRATA_VALUE_DATE,       [STRATA_CELL_TIME] = STRATA_VALUE_TIME,
    [STRATA_CELL_DATETIME] = STRATA_VALUE_DATETIME, [STRATA_CELL_INTERVAL] = STRATA_VALUE_UNSET,
    [STRATA_CELL_UUID] = STRATA_VALUE_UUID,       [STRATA_CELL_JSON] = STRATA_VALUE_MAP,
    [STRATA_CELL_OTHER] = STRATA_VALUE_UNSET,
  };
  StrataValue value = { .kind = text != NULL ? kinds[type] : STRATA_VALUE_NULL };

  if (text == NULL)
    return value;
  if (value.kind == STRATA_VALUE_BOOLEAN)
    value.truth = *text == 't' || *text == '1';
  else if (value.kind == STRATA_VALUE_BYTES)
    value.text = keep (rows, unhex (text + 2, &value.length));
  else if (value.kind == STRATA_VALUE_MAP)
    value.json = keep (rows, g_strdup (text));
  else if (value.kind == STRATA_VALUE_DATETIME || value.kind == STRATA_VALUE_TIME)
    value.text = keep (rows, to_moment (text));
  else
    value.text = keep (rows, g_strdup (text));

  return value;
}

/* SQLite has no types of its own for what the script says that a column holds; and members of a class are not known here. */
static StrataCellType
get_cell_type (const StrataRows    *from,
               guint                row,
               guint                column,
               const StrataExecute *what)
{
  StrataCellType type = strata_rows_get_type (from, row, column);
  const StrataExpression * const *columns = what->query != NULL ? what->query->columns : NULL;
  const StrataType *said = NULL;

  for (guint i = 0; columns != NULL && columns[i] != NULL && said == NULL; i++)
    said = i == column ? columns[i]->type : NULL;
  if (said != NULL && said->values.has_members)
    return STRATA_CELL_OTHER;
  if (said == NULL || (type != STRATA_CELL_TEXT && type != STRATA_CELL_INTEGER))
    return type;
  switch (strata_type_kind_get_affinity (said->kind))
    {
    case STRATA_AFFINITY_BOOLEAN:
      return STRATA_CELL_BOOLEAN;
    case STRATA_AFFINITY_DATE:
      return STRATA_CELL_DATE;
    case STRATA_AFFINITY_DATETIME:
      return STRATA_CELL_DATETIME;
    case STRATA_AFFINITY_TIME:
      return STRATA_CELL_TIME;
    case STRATA_AFFINITY_JSON:
      return STRATA_CELL_JSON;
    case STRATA_AFFINITY_UUID:
      return said->takes_text ? STRATA_CELL_TEXT : STRATA_CELL_UUID;
    case STRATA_AFFINITY_NONE:
    case STRATA_AFFINITY_INTEGER:
    case STRATA_AFFINITY_NUMERIC:
    case STRATA_AFFINITY_STRING:
    case STRATA_AFFINITY_INTERVAL:
    case STRATA_AFFINITY_BINARY:
    case STRATA_AFFINITY_ARRAY:
    case STRATA_AFFINITY_OTHER:
    default:
      return type;
    }
}

static StrataEvaluateRows *
make_rows (const StrataRows    *from,
           const StrataExecute *what)
{
  StrataEvaluateRows *rows = g_new0 (StrataEvaluateRows, 1);
  guint n_columns = from != NULL ? strata_rows_get_n_columns (from) : 0;
  guint n_rows = from != NULL ? strata_rows_get_n_rows (from) : 0;

  rows->names = g_ptr_array_new_with_free_func (g_free);
  rows->values = g_array_new (FALSE, FALSE, sizeof (StrataValue));
  rows->memory = g_ptr_array_new_with_free_func (g_free);
  rows->n_changed = -1;
  for (guint i = 0; i < n_columns; i++)
    g_ptr_array_add (rows->names, g_strdup (strata_rows_get_name (from, i)));
  for (guint row = 0; row < n_rows; row++)
    for (guint column = 0; column < n_columns; column++)
      {
        StrataValue value = make_value (rows, get_cell_type (from, row, column, what), strata_rows_get (from, row, column));

        g_array_append_val (rows->values, value);
      }

  return rows;
}

/* As strata_run_statement() does it, for an answer. */
static StrataRows *
read_rows (Live        *self,
           const char  *text,
           StrataPlace  place,
           GError     **error)
{
  StrataRun *run = self->run;
  StrataStatement statement = { .text = text, .length = strlen (text), .line = get_line (self, place) };
  StrataStatementReport report = { .line = statement.line, .rows = -1 };
  StrataRunEvent event = {
    .kind = STRATA_EVENT_STATEMENT_BEGIN,
    .statement = self->journal != NULL ? strata_live_journal_count (self->journal) + 1 : ++self->number,
    .file = strata_step_script_get_path (self->script),
    .line = statement.line,
    .sql = statement.text,
    .sql_length = statement.length,
  };
  gboolean is_marked = self->journal != NULL && changes_rows (run->dialect, text);
  gint64 started = g_get_monotonic_time ();
  GError *local_error = NULL;
  g_autoptr(StrataRows) rows = NULL;

  if (is_marked && !strata_live_journal_begin_query (self->journal, &statement, self->is_autocommit, error))
    return NULL;
  strata_run_emit (run, event);
  rows = strata_connection_query (run->connection, text, NULL, 0, run->cancellable, &local_error);
  if (is_marked && !strata_live_journal_end_query (self->journal, self->is_autocommit, local_error, error))
    {
      g_clear_error (&local_error);
      return NULL;
    }
  if (rows == NULL)
    {
      strata_run_note_failure (run, self->script, &statement, event.statement, local_error);
      if (self->journal != NULL)
        strata_live_journal_explain (self->journal, statement.line, &local_error);
      g_propagate_error (error, local_error);
      return NULL;
    }
  report.time_us = g_get_monotonic_time () - started;
  g_array_append_val (strata_run_get_step_report (run, run->step)->statements, report);
  event.kind = STRATA_EVENT_STATEMENT_DONE;
  event.rows = -1;
  event.time_us = report.time_us;
  strata_run_emit (run, event);

  return g_steal_pointer (&rows);
}

static StrataEvaluateRows *
query (const StrataExecute  *what,
       StrataPlace           place,
       gpointer              data,
       GError              **error)
{
  Live *self = data;
  StrataOperation operation = { .kind = STRATA_OPERATION_EXECUTE, .execute = *what };
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendered_free);
  g_autoptr(StrataRows) rows = NULL;
  StrataEvaluateRows *result;
  GError *local_error = NULL;
  const char *text = NULL;

  if (strata_renderer_render (self->renderer, &operation, statements, &local_error))
    text = ((StrataRendered *) g_ptr_array_index (statements, 0))->text;
  if (text != NULL && gives_rows (self->run->dialect, text))
    rows = read_rows (self, text, place, &local_error);
  else if (text != NULL)
    run_text (self, text, place, &local_error);
  if (local_error != NULL)
    {
      fail (self, local_error, error);
      return NULL;
    }
  result = make_rows (rows, what);
  if (rows == NULL && self->journal != NULL && strata_live_journal_is_behind (self->journal))
    result->n_changed = STRATA_ROWS_FORGOTTEN;
  else if (rows == NULL)
    {
      GArray *reports = strata_run_get_step_report (self->run, self->run->step)->statements;

      if (reports->len > 0)
        result->n_changed = g_array_index (reports, StrataStatementReport, reports->len - 1).rows;
    }

  return result;
}

static StrataPicture *
get_picture (const char  *schema,
             const char  *table,
             gpointer     data,
             GError     **error)
{
  Live *self = data;
  StrataReflectScope scope = { schema, table };
  GError *local_error = NULL;
  StrataPicture *picture = strata_reflect (self->run->connection, &scope, self->run->cancellable, &local_error);

  if (picture == NULL)
    fail (self, local_error, error);

  return picture;
}

static StrataPyTree *
load_module (const char *name,
             gboolean   *is_package,
             gpointer    data)
{
  return strata_modules_load (((Live *) data)->modules, name, is_package);
}

/* The server's own failure is told as that of any statement. */
static void
propagate (Live                   *self,
           StrataEvaluateFailure  *failure,
           GError                **error)
{
  StrataPlace place = { failure->file, failure->line, failure->column };
  g_autofree char *where = NULL;

  if (g_str_equal (failure->code, STRATA_EVALUATE_DATABASE) && self->failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->failed));
      return;
    }
  strata_run_forget_failure (self->run);
  if (g_cancellable_set_error_if_cancelled (self->run->cancellable, error))
    return;
  where = strata_place_to_string (place);
  g_set_error (error, STRATA_ERROR,
               g_str_equal (failure->code, STRATA_EVALUATE_NEEDS_PYTHON) ? STRATA_ERROR_NEEDS_PYTHON : STRATA_ERROR_FAILED,
               "%s: %s", where, failure->message);
}

gboolean
strata_run_live (StrataRun         *run,
                 const StrataStep  *step,
                 StrataStepScript  *script,
                 StrataLiveJournal *journal,
                 GError           **error)
{
  StrataRenderOptions options = { .dialect = run->dialect, .has_literal_binds = TRUE, .is_online = TRUE };
  Live self = { .run = run, .script = script, .journal = journal, .modules = run->request->source->data };
  StrataEvaluateTarget target = {
    .dialect = run->dialect,
    .has_database = TRUE,
    .names = (const char * const *) strata_project_get_settings (strata_modules_get_project (self.modules))->names,
    .x_args = strata_project_get_x_args (strata_modules_get_project (self.modules)),
    .cancellable = run->cancellable,
    .data = &self,
    .emit = emit,
    .set_autocommit = set_autocommit,
    .query = query,
    .get_picture = get_picture,
    .load_module = load_module,
  };
  g_autoptr(StrataPyTree) tree = strata_step_script_dup_tree (script);
  g_autoptr(StrataRenderer) renderer = NULL;
  g_autoptr(StrataEvaluateFailure) failure = NULL;

  options.naming = *strata_project_get_naming (strata_modules_get_project (self.modules));
  target.naming = &options.naming;
  self.renderer = renderer = strata_renderer_new (&options, error);
  if (renderer == NULL)
    return FALSE;
  failure = strata_evaluate (tree, step->kind == STRATA_STEP_DOWNGRADE ? "downgrade" : "upgrade", &target, NULL);
  if (failure != NULL)
    propagate (&self, failure, error);
  else
    strata_run_forget_failure (run);
  g_clear_error (&self.failed);

  return failure == NULL && (!self.has_left || turn_to (&self, STRATA_COLLECTED_RETURNS, error));
}

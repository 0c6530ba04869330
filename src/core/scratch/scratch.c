/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/scratch/scratch-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/sql/statement.h"

#define MOST_AT_ONCE 64

/* What goes by another way than strata_scratch_load(), an Alembic script that asks the database for one, is held to the
 * same rule. */
static char *
find_forbidden (const char *sql,
                gsize       length,
                gpointer    dialect)
{
  g_autofree char *found = strata_scratch_find_in_statement (GPOINTER_TO_INT (dialect), sql, length);

  return found != NULL ? g_strdup_printf (_("Not run, because scratch is no place for %s"), found) : NULL;
}

StrataScratch *
strata_scratch_open (StrataDialect   dialect,
                     StrataUrl      *server,
                     const char     *search_path,
                     GCancellable   *cancellable,
                     GError        **error)
{
  g_autoptr(StrataScratch) self = g_new0 (StrataScratch, 1);
  gboolean is_open = FALSE;

  self->lock = -1;
  if (dialect == STRATA_DIALECT_SQLITE)
    is_open = strata_scratch_open_sqlite (self, cancellable, error);
  else if (dialect == STRATA_DIALECT_POSTGRESQL && server != NULL)
    is_open = strata_scratch_open_postgresql (self, server, search_path, cancellable, error);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("There is no scratch database for %s"),
                 strata_dialect_get_title (dialect));
  if (!is_open)
    return NULL;

  strata_connection_set_refuse_func (self->connection, find_forbidden, GINT_TO_POINTER (dialect));

  return g_steal_pointer (&self);
}

StrataConnection *
strata_scratch_get_connection (StrataScratch *self)
{
  return self->connection;
}

StrataUrl *
strata_scratch_get_url (StrataScratch *self)
{
  return self->url;
}

void
strata_scratch_free (StrataScratch *self)
{
  if (self->connection != NULL)
    strata_connection_close (self->connection);
  g_clear_object (&self->connection);
  if (self->name != NULL)
    strata_scratch_drop_postgresql (self);
  if (self->folder != NULL)
    strata_scratch_drop_sqlite (self);

  g_clear_object (&self->server);
  g_clear_pointer (&self->url, strata_url_unref);
  g_free (self->name);
  g_free (self->folder);
  g_free (self);
}

static gboolean
begins_with (const StrataStatement *statement,
             const char            *word)
{
  return statement->length >= strlen (word) && g_ascii_strncasecmp (statement->text, word, strlen (word)) == 0;
}

/* A type, an operator class, a function. */
static gboolean
is_undefined (const StrataServerMessage *message)
{
  return message != NULL && (g_strcmp0 (message->sqlstate, "42704") == 0 || g_strcmp0 (message->sqlstate, "42883") == 0);
}

static void
set_error (GError                **error,
           const GError           *failure,
           const char             *file,
           const StrataStatement  *statement)
{
  const StrataServerMessage *message = strata_database_error_get_message (failure);
  g_autoptr(GString) text = g_string_new (NULL);
  guint line;
  guint column;

  strata_statement_find_place (statement, message != NULL ? message->position : 0, &line, &column);
  g_string_printf (text, "%s:%u:%u: %s", file, line, column, failure->message);
  if (message != NULL && message->detail != NULL)
    g_string_append_printf (text, " (%s)", message->detail);
  if (message != NULL && message->hint != NULL)
    g_string_append_printf (text, _("\nHint: %s"), message->hint);
  if (begins_with (statement, "CREATE EXTENSION"))
    g_string_append (text,
                     _("\nA scratch database needs the extensions that the schema needs: “scratch_url” in strata.ini "
                       "can name a server that has it, and a user who may create it"));
  else if (is_undefined (message))
    g_string_append (text,
                     _("\nIf an extension brings it: models have no word for extensions, so a revision of its own has "
                       "to make it first; in a declared schema CREATE EXTENSION stands before what needs it"));
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, text->str);
}

static gboolean
run_one (StrataScratch          *self,
         const char             *file,
         const StrataStatement  *statement,
         GCancellable           *cancellable,
         GError                **error)
{
  g_autoptr(GError) failure = NULL;

  if (strata_connection_execute (self->connection, statement->text, statement->length, NULL, 0, NULL, cancellable, &failure))
    return TRUE;

  if (strata_database_error_get_message (failure) == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    set_error (error, failure, file, statement);

  return FALSE;
}

static gboolean
opens_transaction (const StrataStatement *statement)
{
  return begins_with (statement, "BEGIN") || begins_with (statement, "START") || begins_with (statement, "SAVEPOINT");
}

/* Leaves neither a transaction nor the session as another one. */
static gboolean
fits_a_batch (const StrataStatement *statement)
{
  static const char * const words[] = { "CREATE ", "ALTER ", "COMMENT ", "INSERT " };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (begins_with (statement, words[i]))
      return TRUE;

  return FALSE;
}

/* How many statements from there on fit into one batch. */
static guint
count_batch (StrataScratch  *self,
             const GArray   *statements,
             guint           first)
{
  guint n = 0;

  while (n < MOST_AT_ONCE && first + n < statements->len
         && fits_a_batch (&g_array_index (statements, StrataStatement, first + n)))
    n++;

  return strata_connection_in_transaction (self->connection) ? 0 : n;
}

/* All in one transaction: a file of a thousand tables is there in a tenth of the round trips. */
static gboolean
run_batch (StrataScratch  *self,
           const GArray   *statements,
           guint           first,
           guint           n,
           GCancellable   *cancellable)
{
  StrataBatchItem items[MOST_AT_ONCE] = { 0 };

  for (guint i = 0; i < n; i++)
    {
      const StrataStatement *statement = &g_array_index (statements, StrataStatement, first + i);

      items[i].sql = statement->text;
      items[i].length = statement->length;
    }

  if (strata_connection_begin_batch (self->connection, items, n, cancellable, NULL) == n
      && strata_connection_commit (self->connection, NULL))
    return TRUE;

  strata_connection_rollback (self->connection);

  return FALSE;
}

/* Of a batch that failed nothing is there: one by one tells which statement it is, or runs what no transaction takes. */
static gboolean
run_all (StrataScratch  *self,
         const char     *file,
         const GArray   *statements,
         GCancellable   *cancellable,
         GError        **error)
{
  for (guint i = 0; i < statements->len;)
    {
      guint n = count_batch (self, statements, i);

      if (n > 1 && run_batch (self, statements, i, n, cancellable))
        {
          i += n;
          continue;
        }
      for (guint end = i + MAX (n, 1); i < end; i++)
        if (!run_one (self, file, &g_array_index (statements, StrataStatement, i), cancellable, error))
          return FALSE;
    }

  return TRUE;
}

/* The last one that opens any: those before it were closed. */
static void
set_open_error (GError       **error,
                const char    *file,
                const GArray  *statements)
{
  guint i = statements->len - 1;

  while (i > 0 && !opens_transaction (&g_array_index (statements, StrataStatement, i)))
    i--;
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("%s:%u:%u: A transaction that begins here never ends"),
               file,
               g_array_index (statements, StrataStatement, i).line, g_array_index (statements, StrataStatement, i).column);
}

gboolean
strata_scratch_load (StrataScratch  *self,
                     const char     *file,
                     const char     *text,
                     gsize           length,
                     GCancellable   *cancellable,
                     GError        **error)
{
  StrataDialect dialect = strata_connection_get_dialect (self->connection);
  g_autoptr(GArray) statements = strata_sql_split (dialect, text, length, file, 1, error);
  g_autofree char *forbidden = NULL;

  if (statements == NULL)
    return FALSE;

  forbidden = strata_scratch_find_in_statements (dialect, file, statements);
  if (forbidden != NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_REFUSED, forbidden);
      return FALSE;
    }
  if (!run_all (self, file, statements, cancellable, error))
    return FALSE;
  /* As psql -f would, one after the other: pg_dump leaves search_path empty. */
  if (!strata_connection_in_transaction (self->connection))
    return strata_connection_reset_session (self->connection, error);

  set_open_error (error, file, statements);

  return FALSE;
}

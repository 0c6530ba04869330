/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/check.h"

#include <sqlite3.h>
#include <stdlib.h>

#ifdef HAVE_PG_QUERY
#include <glib/gi18n-lib.h>
#include <pg_query.h>
#endif

#include "core/sql/lexer.h"
#include "core/sql/splitter.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

typedef struct
{
  StrataSqlServer  server;
  const char      *file;
  GPtrArray       *findings;
  sqlite3         *sqlite;     /* an empty database in memory; NULL for other servers */
} Check;

/* Where a statement has its nth byte, or its end. */
static StrataPlace
place_in (const Check           *self,
          const StrataStatement *statement,
          gsize                  offset)
{
  StrataPlace place = { self->file, statement->line, statement->column };

  for (const char *at = statement->text; at < statement->text + MIN (offset, statement->length); at++)
    {
      if (*at == '\n')
        {
          place.line++;
          place.column = 1;
        }
      else
        place.column += ((guchar) *at & 0xc0) != 0x80;
    }

  return place;
}

/* Other words of the parser are about tables that an empty database has not. */
static gboolean
is_about_syntax (const char *message)
{
  return g_str_has_suffix (message, "syntax error") || g_str_has_prefix (message, "unrecognized token:")
         || g_str_equal (message, "incomplete input");
}

/* A PRAGMA may already act when it is compiled. */
static gboolean
is_pragma (const StrataStatement *statement)
{
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, STRATA_DIALECT_SQLITE, statement->text, statement->length);

  return strata_lexer_next (&lexer, &token) && strata_token_is_word (&token, "PRAGMA");
}

static void
check_sqlite (Check                 *self,
              const StrataStatement *statement)
{
  g_autoptr(sqlite3_stmt) compiled = NULL;
  const char *message;
  g_autofree char *valid = NULL;
  int offset;

  if (statement->length > G_MAXINT || is_pragma (statement)
      || sqlite3_prepare_v2 (self->sqlite, statement->text, statement->length, &compiled, NULL) == SQLITE_OK)
    return;

  message = sqlite3_errmsg (self->sqlite);
  if (!is_about_syntax (message))
    return;

  valid = g_utf8_make_valid (message, -1);
  offset = sqlite3_error_offset (self->sqlite);
  g_ptr_array_add (self->findings,
                   strata_finding_new (STRATA_SEVERITY_ERROR, "sql-syntax",
                                       place_in (self, statement, offset >= 0 ? (gsize) offset : statement->length),
                                       NULL, "SQLite: %s", valid));
}

#ifdef HAVE_PG_QUERY

/* The parser counts characters, from 1; what it cannot place it gives 0. */
static gsize
find_offset (const char *text,
             int         position)
{
  return position > 0 ? (gsize) (g_utf8_offset_to_pointer (text, MIN (position - 1, g_utf8_strlen (text, -1))) - text) : 0;
}

/* A newer server may know what this parser does not. */
static void
report_postgresql (Check                 *self,
                   const StrataStatement *statement,
                   const char            *text,
                   const PgQueryError    *problem)
{
  gboolean certain = self->server.major > 0 && self->server.major <= (guint) atoi (PG_MAJORVERSION);
  StrataPlace place = place_in (self, statement, find_offset (text, problem->cursorpos));
  g_autofree char *valid = g_utf8_make_valid (problem->message, -1);

  g_ptr_array_add (self->findings,
                   certain ? strata_finding_new (STRATA_SEVERITY_ERROR, "sql-syntax", place, NULL, "PostgreSQL: %s", valid)
                           : strata_finding_new (STRATA_SEVERITY_WARNING, "sql-syntax", place,
                                                 _("A newer server may know it."),
                                                 _("PostgreSQL %s's parser does not know this: %s"), PG_MAJORVERSION, valid));
}

static void
check_postgresql (Check                 *self,
                  const StrataStatement *statement)
{
  g_autofree char *text = g_strndup (statement->text, statement->length);
  PgQuerySplitResult result;

  /* It takes UTF-8 for granted; what is none is a finding of the file. */
  if (!g_utf8_validate (text, -1, NULL))
    return;

  result = pg_query_split_with_parser (text);
  if (result.error != NULL)
    report_postgresql (self, statement, text, result.error);
  pg_query_free_split_result (result);
}

#else

static void
check_postgresql (Check                 *self,
                  const StrataStatement *statement)
{
}

#endif

void
strata_sql_check (StrataSqlServer  server,
                  const GArray    *statements,
                  const char      *file,
                  GPtrArray       *findings)
{
  Check self = { .server = server, .file = file, .findings = findings };
  g_autoptr(sqlite3) sqlite = NULL;

  if (server.dialect == STRATA_DIALECT_SQLITE && sqlite3_open (":memory:", &sqlite) == SQLITE_OK)
    self.sqlite = sqlite;

  for (guint i = 0; i < statements->len; i++)
    {
      const StrataStatement *statement = &g_array_index (statements, StrataStatement, i);

      if (self.sqlite != NULL)
        check_sqlite (&self, statement);
      else if (server.dialect == STRATA_DIALECT_POSTGRESQL)
        check_postgresql (&self, statement);
    }
}

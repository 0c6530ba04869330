/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/statement.h"

#include <string.h>

#include "core/sql/pattern.h"

#define PLAIN          STRATA_STATEMENT_PLAIN
#define NO_TRANSACTION STRATA_STATEMENT_NO_TRANSACTION
#define CONTROL        STRATA_STATEMENT_TRANSACTION_CONTROL
#define VOID           STRATA_STATEMENT_IN_TRANSACTION_VOID
#define SQLITE         STRATA_DIALECT_SQLITE
#define POSTGRESQL     STRATA_DIALECT_POSTGRESQL
#define MYSQL          STRATA_DIALECT_MYSQL
#define MSSQL          STRATA_DIALECT_MSSQL

/* The first pattern (core/sql/pattern.h) that fits decides. What PostgreSQL refuses was tried with versions 15 and 18,
 * what SQLite refuses or ignores with 3.40. Whether DROP SUBSCRIPTION and REINDEX of a partitioned table are refused
 * depends on the catalog: the first mostly is, the second mostly not. */
static const struct
{
  StrataDialect        family;
  const char          *pattern;
  StrataStatementKind  kind;
  const char          *words;
} rules[] = {
  { POSTGRESQL, "ALTER DATABASE * SET TABLESPACE", NO_TRANSACTION, "ALTER DATABASE SET TABLESPACE" },
  { POSTGRESQL, "ALTER SUBSCRIPTION * ADD|DROP|SET PUBLICATION * WITH (-refresh)", PLAIN, NULL },
  { POSTGRESQL, "ALTER SUBSCRIPTION * ADD|DROP|REFRESH|SET PUBLICATION", NO_TRANSACTION, "ALTER SUBSCRIPTION with refresh" },
  { POSTGRESQL, "ALTER SUBSCRIPTION * SET (=failover)", NO_TRANSACTION, "ALTER SUBSCRIPTION SET (failover)" },
  { POSTGRESQL, "ALTER SUBSCRIPTION * SET (-two_phase)", NO_TRANSACTION, "ALTER SUBSCRIPTION SET (two_phase)" },
  { POSTGRESQL, "ALTER SYSTEM", NO_TRANSACTION, "ALTER SYSTEM" },
  { POSTGRESQL, "ALTER TABLE * DETACH PARTITION * CONCURRENTLY", NO_TRANSACTION, "DETACH PARTITION CONCURRENTLY" },
  { POSTGRESQL, "CLUSTER () ?VERBOSE $", NO_TRANSACTION, "CLUSTER of all tables" },
  { POSTGRESQL, "COMMIT PREPARED", NO_TRANSACTION, "COMMIT PREPARED" },
  { POSTGRESQL, "CREATE DATABASE", NO_TRANSACTION, "CREATE DATABASE" },
  { POSTGRESQL, "CREATE ?UNIQUE INDEX CONCURRENTLY", NO_TRANSACTION, "CREATE INDEX CONCURRENTLY" },
  { POSTGRESQL, "CREATE SUBSCRIPTION * WITH (-connect|create_slot)", PLAIN, NULL },
  { POSTGRESQL, "CREATE SUBSCRIPTION", NO_TRANSACTION, "CREATE SUBSCRIPTION" },
  { POSTGRESQL, "CREATE TABLESPACE", NO_TRANSACTION, "CREATE TABLESPACE" },
  { POSTGRESQL, "DISCARD ALL", NO_TRANSACTION, "DISCARD ALL" },
  { POSTGRESQL, "DROP DATABASE", NO_TRANSACTION, "DROP DATABASE" },
  { POSTGRESQL, "DROP INDEX CONCURRENTLY", NO_TRANSACTION, "DROP INDEX CONCURRENTLY" },
  { POSTGRESQL, "DROP SUBSCRIPTION", NO_TRANSACTION, "DROP SUBSCRIPTION" },
  { POSTGRESQL, "DROP TABLESPACE", NO_TRANSACTION, "DROP TABLESPACE" },
  { POSTGRESQL, "REINDEX () DATABASE", NO_TRANSACTION, "REINDEX DATABASE" },
  { POSTGRESQL, "REINDEX () SCHEMA", NO_TRANSACTION, "REINDEX SCHEMA" },
  { POSTGRESQL, "REINDEX () SYSTEM", NO_TRANSACTION, "REINDEX SYSTEM" },
  { POSTGRESQL, "REINDEX () INDEX|TABLE CONCURRENTLY", NO_TRANSACTION, "REINDEX CONCURRENTLY" },
  { POSTGRESQL, "REINDEX (+CONCURRENTLY)", NO_TRANSACTION, "REINDEX CONCURRENTLY" },
  { POSTGRESQL, "ROLLBACK PREPARED", NO_TRANSACTION, "ROLLBACK PREPARED" },
  { POSTGRESQL, "VACUUM", NO_TRANSACTION, "VACUUM" },
  { POSTGRESQL, "ROLLBACK ?TRANSACTION|WORK TO", PLAIN, NULL },
  { POSTGRESQL, "ABORT", CONTROL, "ABORT" },
  { POSTGRESQL, "BEGIN", CONTROL, "BEGIN" },
  { POSTGRESQL, "COMMIT", CONTROL, "COMMIT" },
  { POSTGRESQL, "END", CONTROL, "END" },
  { POSTGRESQL, "PREPARE TRANSACTION", CONTROL, "PREPARE TRANSACTION" },
  { POSTGRESQL, "ROLLBACK", CONTROL, "ROLLBACK" },
  { POSTGRESQL, "START TRANSACTION", CONTROL, "START TRANSACTION" },

  /* Off they are already, wherever SQLite is built as usual: what was wanted is so. */
  { SQLITE, "PRAGMA * foreign_keys =|( OFF|NO|FALSE|0", PLAIN, NULL },
  { SQLITE, "PRAGMA * foreign_keys =|(", VOID, "PRAGMA foreign_keys" },
  { SQLITE, "PRAGMA * journal_mode =|(", VOID, "PRAGMA journal_mode" },
  { SQLITE, "PRAGMA * synchronous =|(", NO_TRANSACTION, "PRAGMA synchronous" },
  { SQLITE, "PRAGMA * wal_checkpoint", NO_TRANSACTION, "PRAGMA wal_checkpoint" },
  { SQLITE, "VACUUM", NO_TRANSACTION, "VACUUM" },
  { SQLITE, "ROLLBACK ?TRANSACTION TO", PLAIN, NULL },
  { SQLITE, "BEGIN", CONTROL, "BEGIN" },
  { SQLITE, "COMMIT", CONTROL, "COMMIT" },
  { SQLITE, "END", CONTROL, "END" },
  { SQLITE, "ROLLBACK", CONTROL, "ROLLBACK" },

  { MYSQL, "ROLLBACK ?WORK TO", PLAIN, NULL },
  { MYSQL, "BEGIN NOT", PLAIN, NULL },
  { MYSQL, "BEGIN", CONTROL, "BEGIN" },
  { MYSQL, "COMMIT", CONTROL, "COMMIT" },
  { MYSQL, "ROLLBACK", CONTROL, "ROLLBACK" },
  { MYSQL, "START TRANSACTION", CONTROL, "START TRANSACTION" },

  { MSSQL, "BEGIN TRAN|TRANSACTION", CONTROL, "BEGIN TRANSACTION" },
  { MSSQL, "COMMIT", CONTROL, "COMMIT" },
  { MSSQL, "ROLLBACK", CONTROL, "ROLLBACK" },
};

static StrataDialect
get_family (StrataDialect dialect)
{
  if (dialect == STRATA_DIALECT_MARIADB)
    return MYSQL;

  return dialect == STRATA_DIALECT_UNKNOWN ? POSTGRESQL : dialect;
}

StrataStatementKind
strata_statement_classify (StrataDialect          dialect,
                           const StrataStatement *statement,
                           const char           **words)
{
  StrataDialect family = get_family (dialect);
  StrataLexer lexer;
  StrataLexer behind_first;
  StrataToken first;

  *words = NULL;
  strata_lexer_init (&lexer, dialect, statement->text, statement->length);
  behind_first = lexer;
  if (!strata_lexer_next (&behind_first, &first))
    return PLAIN;

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const char *pattern = rules[i].pattern;

      /* Nearly all statements of a large file leave the table here. */
      if (rules[i].family != family || !strata_token_is_one_of (&first, pattern, strcspn (pattern, " ")))
        continue;

      if (strata_lexer_fits (lexer, pattern))
        {
          *words = rules[i].words;
          return rules[i].kind;
        }
    }

  return PLAIN;
}

static gboolean
skip_word (StrataLexer *lexer,
           const char  *word)
{
  StrataLexer ahead = *lexer;
  StrataToken token;

  if (!strata_lexer_next (&ahead, &token) || !strata_token_is_word (&token, word))
    return FALSE;

  *lexer = ahead;

  return TRUE;
}

/* "a . b" as "a.b"; tail is where the last part begins in it. NULL where no name stands there. */
static char *
read_name (StrataLexer *lexer,
           gsize       *tail)
{
  g_autoptr(GString) name = g_string_new (NULL);
  StrataLexer ahead = *lexer;
  StrataToken token;
  gboolean at_part = TRUE;

  *tail = 0;
  while (strata_lexer_next (&ahead, &token))
    {
      gboolean is_part = token.kind == STRATA_TOKEN_WORD || token.kind == STRATA_TOKEN_NAME;

      if (!(at_part ? is_part : strata_token_is_symbol (&token, ".")))
        break;

      if (at_part)
        *tail = name->len;
      g_string_append_len (name, token.text, token.length);
      at_part = !at_part;
      *lexer = ahead;
    }

  return name->len > 0 ? g_strdup (name->str) : NULL;
}

/* The index of PostgreSQL stands in the schema of its table. */
char *
strata_statement_dup_created_index (StrataDialect          dialect,
                                    const StrataStatement *statement)
{
  g_autofree char *index = NULL;
  g_autofree char *table = NULL;
  StrataLexer lexer;
  gsize tail;

  strata_lexer_init (&lexer, dialect, statement->text, statement->length);
  if (!skip_word (&lexer, "CREATE"))
    return NULL;

  skip_word (&lexer, "UNIQUE");
  if (!skip_word (&lexer, "INDEX"))
    return NULL;

  skip_word (&lexer, "CONCURRENTLY");
  if (skip_word (&lexer, "IF") && !(skip_word (&lexer, "NOT") && skip_word (&lexer, "EXISTS")))
    return NULL;

  if (skip_word (&lexer, "ON"))
    return NULL;

  index = read_name (&lexer, &tail);
  if (index == NULL || get_family (dialect) != POSTGRESQL || !skip_word (&lexer, "ON"))
    return g_steal_pointer (&index);

  skip_word (&lexer, "ONLY");
  table = read_name (&lexer, &tail);
  if (table == NULL)
    return g_steal_pointer (&index);

  return g_strdup_printf ("%.*s%s", (int) tail, table, index);
}

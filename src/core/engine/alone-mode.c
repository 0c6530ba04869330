/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/alone-mode.h"

#include <string.h>

#include "core/base/files.h"
#include "core/sql/statement.h"

static const char * const session_words[] = { "ATTACH", "DETACH", "DISCARD", "LISTEN", "LOAD", "PRAGMA", "RESET", "SET",
                                              "UNLISTEN", NULL };
/* A procedure may commit by itself, which it may not inside a transaction of ours. */
static const char * const bare_words[] = { "CALL", "DO", NULL };
static const char * const repeatable_words[] = { "ANALYZE", "CHECKPOINT", "CLUSTER", "REFRESH", "REINDEX", "VACUUM",
                                                 NULL };

/* The statement begins with its first token, so that comments are out of the way. */
static gboolean
begins_with (const StrataStatement *statement,
             const char * const    *words)
{
  gsize length = 0;

  while (length < statement->length && g_ascii_isalpha (statement->text[length]))
    length++;

  for (guint i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) == length && g_ascii_strncasecmp (statement->text, words[i], length) == 0)
      return TRUE;

  return FALSE;
}

StrataAloneMode
strata_alone_get_mode (StrataDialect          dialect,
                       const StrataStatement *statement)
{
  const char *words = NULL;

  if (begins_with (statement, session_words))
    return STRATA_ALONE_SESSION;

  if (begins_with (statement, bare_words)
      || strata_statement_classify (dialect, statement, &words) != STRATA_STATEMENT_PLAIN)
    return STRATA_ALONE_BRACKETED;

  return STRATA_ALONE_WRAPPED;
}

/* Also the set_config() of a dump. A SET LOCAL ends with its transaction, but costs little to be taken for a SET. */
gboolean
strata_alone_touches_session (StrataDialect          dialect,
                              const StrataStatement *statement)
{
  return begins_with (statement, session_words)
         || (dialect == STRATA_DIALECT_POSTGRESQL
             && g_strstr_len (statement->text, statement->length, "set_config") != NULL);
}

gboolean
strata_alone_goes_with_others (const StrataStatement *statement)
{
  static const char * const words[] = { "copy", NULL };

  return !begins_with (statement, words);
}

static gboolean
find_index (StrataConnection  *connection,
            const char        *index,
            StrataFate        *fate,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr(StrataRows) rows = NULL;

  rows = strata_connection_query (connection, strata_resource_text ("sql/postgresql/index-state.sql"),
                                  (const char *[]) { index }, 1, cancellable, error);
  if (rows == NULL)
    return FALSE;

  if (strata_rows_get_n_rows (rows) == 0)
    *fate = STRATA_FATE_REPEAT;
  else
    *fate = g_strcmp0 (strata_rows_get (rows, 0, 0), "t") == 0 ? STRATA_FATE_DONE : STRATA_FATE_BROKEN;

  return TRUE;
}

/* "DROP INDEX CONCURRENTLY [IF EXISTS] name": dropping it again is well only while it is there. */
static char *
dup_dropped_index (const StrataStatement *statement)
{
  static const char * const drop[] = { "DROP", NULL };
  g_autofree char *text = NULL;
  char *last;

  if (!begins_with (statement, drop))
    return NULL;

  text = g_strndup (statement->text, statement->length);
  last = text + statement->length;
  while (last > text && !g_ascii_isspace (last[-1]))
    last--;

  if (!g_str_match_string ("concurrently", text, FALSE) || g_ascii_strcasecmp (last, "restrict") == 0)
    return NULL;

  return g_strdup (last);
}

gboolean
strata_alone_find_fate (StrataConnection       *connection,
                        const StrataStatement  *statement,
                        StrataFate             *fate,
                        char                  **index,
                        GCancellable           *cancellable,
                        GError                **error)
{
  StrataDialect dialect = strata_connection_get_dialect (connection);
  g_autofree char *created = strata_statement_dup_created_index (dialect, statement);
  g_autofree char *dropped = dup_dropped_index (statement);

  *fate = begins_with (statement, repeatable_words) ? STRATA_FATE_REPEAT : STRATA_FATE_UNKNOWN;

  if (dialect == STRATA_DIALECT_POSTGRESQL && created != NULL)
    {
      if (!find_index (connection, created, fate, cancellable, error))
        return FALSE;
      *index = g_steal_pointer (&created);
    }
  else if (dialect == STRATA_DIALECT_POSTGRESQL && dropped != NULL)
    {
      if (!find_index (connection, dropped, fate, cancellable, error))
        return FALSE;
      *fate = *fate == STRATA_FATE_REPEAT ? STRATA_FATE_DONE : STRATA_FATE_REPEAT;
    }

  return TRUE;
}

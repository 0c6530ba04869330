/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/scratch/scratch-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/sql/pattern.h"

#define POSTGRESQL STRATA_DIALECT_POSTGRESQL
#define SQLITE     STRATA_DIALECT_SQLITE

/* How deep texts in quotes are looked into: a routine, what it executes, and what that has in quotes. */
#define DEEPEST 4

/* Catalogs that all databases of a server share. */
#define SHARED "pg_auth_members|pg_authid|pg_database|pg_db_role_setting|pg_parameter_acl|pg_replication_origin" \
               "|pg_shdepend|pg_shdescription|pg_shseclabel|pg_subscription|pg_tablespace|pg_roles|pg_shadow|pg_user"

/* What reaches beyond one database, by how it begins (core/sql/pattern.h). */
static const struct
{
  StrataDialect  dialect;
  const char    *pattern;
  const char    *words;
  const char    *reason;
} rules[] = {
  { POSTGRESQL, "ALTER|CREATE|DROP USER MAPPING", "USER MAPPING", N_("reaches another server") },
  { POSTGRESQL, "ALTER|CREATE|DROP GROUP|ROLE|USER", N_("CREATE, ALTER or DROP ROLE"),
    N_("is for all databases of the server") },
  { POSTGRESQL, "ALTER|CREATE|DROP DATABASE", N_("CREATE, ALTER or DROP DATABASE"), N_("is about other databases") },
  { POSTGRESQL, "ALTER|CREATE|DROP TABLESPACE", N_("CREATE, ALTER or DROP TABLESPACE"),
    N_("is for all databases of the server") },
  { POSTGRESQL, "ALTER SYSTEM", "ALTER SYSTEM", N_("is for the whole server") },
  { POSTGRESQL, "ALTER|CREATE|DROP SUBSCRIPTION", "SUBSCRIPTION", N_("reaches another server") },
  { POSTGRESQL, "ALTER|CREATE|DROP SERVER", "SERVER", N_("reaches another server") },
  { POSTGRESQL, "ALTER|CREATE|DROP FOREIGN DATA WRAPPER", "FOREIGN DATA WRAPPER", N_("reaches another server") },
  { POSTGRESQL, "IMPORT FOREIGN SCHEMA", "IMPORT FOREIGN SCHEMA", N_("reaches another server") },
  { POSTGRESQL, "DROP OWNED", "DROP OWNED", N_("takes rights on other databases away") },
  { POSTGRESQL, "REASSIGN OWNED", "REASSIGN OWNED", N_("is for all databases of the server") },
  { POSTGRESQL, "COMMENT ON DATABASE|ROLE|TABLESPACE", N_("COMMENT ON what all databases share"),
    N_("is for all of them") },
  { POSTGRESQL, "SECURITY LABEL", "SECURITY LABEL", N_("is a matter of the server's policy") },
  { POSTGRESQL, "GRANT|REVOKE * ON DATABASE|PARAMETER|TABLESPACE", N_("GRANT or REVOKE ON what all databases share"),
    N_("is for all of them") },
  { POSTGRESQL, "COMMIT|ROLLBACK PREPARED", N_("a prepared transaction"), N_("outlives its session") },
  { POSTGRESQL, "PREPARE TRANSACTION", N_("a prepared transaction"), N_("outlives its session") },
  { POSTGRESQL, "INSERT|MERGE INTO ?pg_catalog ?. " SHARED, N_("a change of a shared catalog"),
    N_("is for all databases of the server") },
  { POSTGRESQL, "UPDATE ?ONLY ?pg_catalog ?. " SHARED, N_("a change of a shared catalog"),
    N_("is for all databases of the server") },
  { POSTGRESQL, "DELETE FROM ?ONLY ?pg_catalog ?. " SHARED, N_("a change of a shared catalog"),
    N_("is for all databases of the server") },

  { SQLITE, "ATTACH", "ATTACH", N_("opens another database") },
  { SQLITE, "PRAGMA ?main|temp ?. data_store_directory|hard_heap_limit|soft_heap_limit|temp_store_directory",
    N_("this PRAGMA"), N_("is for the whole program") },
};

/* Functions by name, or by how their name begins (ends with "_"). */
static const struct
{
  StrataDialect  dialect;
  const char    *name;
} functions[] = {
  { POSTGRESQL, "dblink" },
  { POSTGRESQL, "dblink_" },
  { POSTGRESQL, "lo_export" },
  { POSTGRESQL, "lo_import" },
  { POSTGRESQL, "pg_backup_" },
  { POSTGRESQL, "pg_cancel_backend" },
  { POSTGRESQL, "pg_copy_logical_replication_slot" },
  { POSTGRESQL, "pg_copy_physical_replication_slot" },
  { POSTGRESQL, "pg_create_logical_replication_slot" },
  { POSTGRESQL, "pg_create_physical_replication_slot" },
  { POSTGRESQL, "pg_create_restore_point" },
  { POSTGRESQL, "pg_drop_replication_slot" },
  { POSTGRESQL, "pg_file_" },
  { POSTGRESQL, "pg_logfile_rotate" },
  { POSTGRESQL, "pg_ls_" },
  { POSTGRESQL, "pg_promote" },
  { POSTGRESQL, "pg_read_binary_file" },
  { POSTGRESQL, "pg_read_file" },
  { POSTGRESQL, "pg_reload_conf" },
  { POSTGRESQL, "pg_replication_" },
  { POSTGRESQL, "pg_rotate_logfile" },
  { POSTGRESQL, "pg_start_backup" },
  { POSTGRESQL, "pg_stat_file" },
  { POSTGRESQL, "pg_stat_reset_shared" },
  { POSTGRESQL, "pg_stop_backup" },
  { POSTGRESQL, "pg_switch_wal" },
  { POSTGRESQL, "pg_terminate_backend" },
  { POSTGRESQL, "pg_wal_replay_" },
  { POSTGRESQL, "postgres_fdw_" },

  { SQLITE, "load_extension" },
};

/* Statements that name functions and call none. */
#define NAMING "ALTER|COMMENT|DROP|GRANT|REVOKE"

static char *find_in_body (StrataDialect  dialect,
                           const char    *text,
                           gsize          length,
                           guint          depth);

static char *
refuse (const char *words,
        const char *reason)
{
  /* Translators: a statement and what it does, such as “DROP OWNED: it takes rights on other databases away”. */
  g_autofree char *text = g_strdup_printf (_("%s: it %s"), words, reason);

  /* Names in it are as they stand in the statement. */
  return g_utf8_make_valid (text, -1);
}

static char *
match_rules (StrataLexer lexer)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].dialect == lexer.dialect && strata_lexer_fits (lexer, rules[i].pattern))
      return refuse (_(rules[i].words), _(rules[i].reason));

  return NULL;
}

/* A name as the server takes it: without quotes, a bare one in small letters. */
static char *
dup_name (const StrataToken *token)
{
  if (token->kind == STRATA_TOKEN_WORD)
    return g_ascii_strdown (token->text, token->length);

  return token->length >= 2 ? g_strndup (token->text + 1, token->length - 2) : NULL;
}

static gboolean
is_beyond (StrataDialect      dialect,
           const StrataToken *token)
{
  g_autofree char *name = dup_name (token);

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (functions); i++)
    if (functions[i].dialect == dialect
        && (g_str_has_suffix (functions[i].name, "_") ? g_str_has_prefix (name, functions[i].name)
                                                      : strcmp (name, functions[i].name) == 0))
      return TRUE;

  return FALSE;
}

static char *
find_call (StrataLexer lexer)
{
  gboolean is_routine = strata_lexer_fits (lexer, "CREATE ?OR ?REPLACE AGGREGATE|FUNCTION|PROCEDURE");
  StrataToken before = { 0 };
  StrataToken token;

  if (strata_lexer_fits (lexer, NAMING))
    return NULL;

  /* Its own name is no call. */
  while (is_routine && strata_lexer_next (&lexer, &token) && !strata_token_is_symbol (&token, "("))
    ;

  while (strata_lexer_next (&lexer, &token))
    {
      gboolean was_name = before.kind == STRATA_TOKEN_NAME || (before.kind == STRATA_TOKEN_WORD && before.length > 0);

      if (was_name && strata_token_is_symbol (&token, "(") && is_beyond (lexer.dialect, &before))
        {
          g_autofree char *call = g_strdup_printf ("%.*s()", (int) before.length, before.text);

          return refuse (call, _("reaches beyond the database"));
        }
      before = token;
    }

  return NULL;
}

/* COPY with a program or a file of the server, wherever in the statement it says so. */
static char *
find_copy (StrataLexer lexer)
{
  StrataToken before = { 0 };
  StrataToken token;
  int depth = 0;

  while (strata_lexer_next (&lexer, &token))
    {
      gboolean behind = before.length > 0 && (strata_token_is_word (&before, "FROM") || strata_token_is_word (&before, "TO"));

      depth += strata_token_is_symbol (&token, "(");
      depth -= strata_token_is_symbol (&token, ")");
      if (depth == 0 && behind && strata_token_is_word (&token, "PROGRAM"))
        return refuse (_("COPY with a program"), _("runs it on the server's machine"));
      if (depth == 0 && behind && token.kind == STRATA_TOKEN_STRING)
        return refuse (_("COPY with a file"), _("reads or writes files of the server's machine"));
      before = token;
    }

  return NULL;
}

/* GRANT and REVOKE of a role have no ON. */
static char *
find_membership (StrataLexer lexer)
{
  StrataToken token;

  while (strata_lexer_next (&lexer, &token))
    if (strata_token_is_word (&token, "ON"))
      return NULL;
    else if (strata_token_is_word (&token, "TO") || strata_token_is_word (&token, "FROM"))
      return refuse (_("GRANT or REVOKE of a role"), _("is for all databases of the server"));

  return NULL;
}

/* Of a routine or a DO: what runs with the rights of the server's own process. */
static char *
find_language (StrataLexer lexer)
{
  static const char * const native[] = { "c", "internal", "plpython2u", "plpythonu", "plr", "plsh", NULL };
  StrataToken token;

  while (strata_lexer_next (&lexer, &token))
    {
      g_autofree char *exact = NULL;
      g_autofree char *name = NULL;

      if (!strata_token_is_word (&token, "LANGUAGE") || !strata_lexer_next (&lexer, &token))
        continue;
      exact = token.kind == STRATA_TOKEN_STRING && token.length >= 2 ? g_strndup (token.text + 1, token.length - 2)
                                                                     : dup_name (&token);
      name = exact != NULL ? g_ascii_strdown (exact, -1) : g_strdup ("");
      if (g_strv_contains (native, name) || (g_str_has_prefix (name, "pl") && g_str_has_suffix (name, "u")))
        {
          g_autofree char *words = g_strdup_printf ("LANGUAGE %s", name);

          return refuse (words, _("is not confined to the database"));
        }
    }

  return NULL;
}

/* The text inside the quotes; doubled quotes stay as they are, which hides no word. */
static void
strip_quotes (const StrataToken  *token,
              const char        **text,
              gsize              *length)
{
  gboolean has_tag = token->text[0] == '$';
  const char *quote = has_tag ? memchr (token->text + 1, '$', token->length - 1)
                              : memchr (token->text, '\'', token->length);
  gsize before = quote != NULL ? (gsize) (quote - token->text) + 1 : 0;
  gsize behind = has_tag ? before : 1;

  *text = token->text + before;
  *length = token->length > before + behind ? token->length - before - behind : 0;
}

static char *
find_in_texts (StrataLexer  lexer,
               guint        depth)
{
  StrataToken token;
  char *found = NULL;

  while (found == NULL && strata_lexer_next (&lexer, &token))
    if (token.kind == STRATA_TOKEN_STRING)
      {
        const char *text;
        gsize length;

        strip_quotes (&token, &text, &length);
        found = find_in_body (lexer.dialect, text, length, depth);
      }

  return found;
}

/* One statement of a text whose grammar is not known: of PL/pgSQL it may stand behind THEN or LOOP. What a routine executes
 * begins with its first word. */
static char *
find_in_piece (StrataLexer  lexer,
               guint        depth)
{
  StrataLexer start = lexer;
  StrataToken token;
  gboolean is_copy = FALSE;
  char *found = NULL;

  do
    {
      found = match_rules (lexer);
      if (found != NULL || is_copy || !strata_lexer_fits (lexer, "COPY"))
        continue;
      found = find_copy (lexer);
      is_copy = TRUE;
    }
  while (found == NULL && depth <= 1 && strata_lexer_next (&lexer, &token));

  if (found == NULL && depth <= 1)
    found = find_call (start);

  return found;
}

static char *
find_in_body (StrataDialect  dialect,
              const char    *text,
              gsize          length,
              guint          depth)
{
  StrataLexer lexer;
  StrataLexer piece;
  StrataToken token;
  char *found = NULL;

  strata_lexer_init (&lexer, dialect, text, length);
  piece = lexer;
  while (found == NULL && strata_lexer_next (&lexer, &token))
    if (strata_token_is_symbol (&token, ";") || lexer.at == lexer.end)
      {
        piece.end = lexer.at;
        found = find_in_piece (piece, depth);
        piece = lexer;
      }

  if (found == NULL && depth < DEEPEST)
    {
      strata_lexer_init (&lexer, dialect, text, length);
      found = find_in_texts (lexer, depth + 1);
    }

  return found;
}

static char *
find_postgresql (StrataLexer lexer)
{
  gboolean is_routine = strata_lexer_fits (lexer, "CREATE ?OR ?REPLACE FUNCTION|PROCEDURE")
                        || strata_lexer_fits (lexer, "ALTER FUNCTION|PROCEDURE|ROUTINE");
  gboolean has_others = strata_lexer_fits (lexer, "CREATE SCHEMA") || strata_lexer_fits (lexer, "CREATE ?OR ?REPLACE RULE")
                        || strata_lexer_fits (lexer, "EXPLAIN|PREPARE|WITH");
  char *found = NULL;

  if (strata_lexer_fits (lexer, "LOAD"))
    return refuse ("LOAD", _("loads a library into the server"));
  if (strata_lexer_fits (lexer, "CREATE ?OR ?REPLACE ?TRUSTED ?PROCEDURAL LANGUAGE")
      && !strata_lexer_fits (lexer, "CREATE ?OR ?REPLACE ?TRUSTED ?PROCEDURAL LANGUAGE plpgsql"))
    return refuse ("CREATE LANGUAGE", _("is not confined to the database"));
  if (strata_lexer_fits (lexer, "COPY"))
    found = find_copy (lexer);
  else if (strata_lexer_fits (lexer, "GRANT|REVOKE"))
    found = find_membership (lexer);
  else if (is_routine || strata_lexer_fits (lexer, "DO"))
    {
      found = find_language (lexer);
      if (found == NULL)
        found = find_in_texts (lexer, 1);
    }
  if (found == NULL && (has_others || is_routine))
    found = find_in_piece (lexer, 0);

  return found;
}

/* VACUUM [schema] INTO file. */
static char *
find_sqlite (StrataLexer lexer)
{
  return strata_lexer_fits (lexer, "VACUUM * INTO") ? refuse ("VACUUM INTO", _("writes another file")) : NULL;
}

char *
strata_scratch_find_in_statement (StrataDialect  dialect,
                                  const char    *text,
                                  gsize          length)
{
  StrataLexer lexer;
  char *found;

  strata_lexer_init (&lexer, dialect, text, length);
  found = match_rules (lexer);
  if (found == NULL)
    found = find_call (lexer);
  if (found == NULL)
    found = dialect == SQLITE ? find_sqlite (lexer) : find_postgresql (lexer);

  return found;
}

char *
strata_scratch_find_in_statements (StrataDialect  dialect,
                                   const char    *file,
                                   const GArray  *statements)
{
  for (guint i = 0; i < statements->len; i++)
    {
      const StrataStatement *statement = &g_array_index (statements, StrataStatement, i);
      g_autofree char *found = strata_scratch_find_in_statement (dialect, statement->text, statement->length);

      if (found != NULL)
        return g_strdup_printf (_("%s:%u:%u: Nothing was run, because scratch is no place for %s"), file,
                                statement->line,
                                statement->column, found);
    }

  return NULL;
}

char *
strata_scratch_find_forbidden (StrataDialect  dialect,
                               const char    *file,
                               const char    *text,
                               gsize          length,
                               guint          first_line)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) statements = strata_sql_split (dialect, text, length, file, first_line, &error);

  return statements != NULL ? strata_scratch_find_in_statements (dialect, file, statements) : g_strdup (error->message);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/statement.h"

#include "core/sql/words.h"

#include <string.h>

/* What quote_ident() quotes, up to PostgreSQL 18: keywords that can't stand for a name everywhere, in the order of
 * strcmp(). */
static const char * const postgresql_keywords[] = {
  "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization", "between", "bigint",
  "binary", "bit", "boolean", "both", "case", "cast", "char", "character", "check", "coalesce", "collate",
  "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog", "current_date",
  "current_role", "current_schema", "current_time", "current_timestamp", "current_user", "dec", "decimal", "default",
  "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists", "extract", "false", "fetch", "float",
  "for", "foreign", "freeze", "from", "full", "grant", "greatest", "group", "grouping", "having", "ilike", "in",
  "initially", "inner", "inout", "int", "integer", "intersect", "interval", "into", "is", "isnull", "join", "json",
  "json_array", "json_arrayagg", "json_exists", "json_object", "json_objectagg", "json_query", "json_scalar",
  "json_serialize", "json_table", "json_value", "lateral", "leading", "least", "left", "like", "limit", "localtime",
  "localtimestamp", "merge_action", "national", "natural", "nchar", "none", "normalize", "not", "notnull", "null",
  "nullif", "numeric", "offset", "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing",
  "position", "precision", "primary", "real", "references", "returning", "right", "row", "select", "session_user",
  "setof", "similar", "smallint", "some", "substring", "symmetric", "system_user", "table", "tablesample", "then",
  "time", "timestamp", "to", "trailing", "treat", "trim", "true", "union", "unique", "user", "using", "values",
  "varchar", "variadic", "verbose", "when", "where", "window", "with", "xmlattributes", "xmlconcat", "xmlelement",
  "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable",
};

/* All words that PostgreSQL 18 reserves in some place, and all keywords of SQLite 3.40, in the order of strcmp(). */
static const char * const keywords[] = {
  "abort", "action", "add", "after", "all", "alter", "always", "analyse", "analyze", "and", "any", "array", "as",
  "asc", "asymmetric", "attach", "authorization", "autoincrement", "before", "begin", "between", "bigint", "binary",
  "bit", "boolean", "both", "by", "cascade", "case", "cast", "char", "character", "check", "coalesce", "collate",
  "collation", "column", "commit", "concurrently", "conflict", "constraint", "create", "cross", "current",
  "current_catalog", "current_date", "current_role", "current_schema", "current_time", "current_timestamp",
  "current_user", "database", "dec", "decimal", "default", "deferrable", "deferred", "delete", "desc", "detach",
  "distinct", "do", "drop", "each", "else", "end", "escape", "except", "exclude", "exclusive", "exists", "explain",
  "extract", "fail", "false", "fetch", "filter", "first", "float", "following", "for", "foreign", "freeze", "from",
  "full", "generated", "glob", "grant", "greatest", "group", "grouping", "groups", "having", "if", "ignore", "ilike",
  "immediate", "in", "index", "indexed", "initially", "inner", "inout", "insert", "instead", "int", "integer",
  "intersect", "interval", "into", "is", "isnull", "join", "json", "json_array", "json_arrayagg", "json_exists",
  "json_object", "json_objectagg", "json_query", "json_scalar", "json_serialize", "json_table", "json_value", "key",
  "last", "lateral", "leading", "least", "left", "like", "limit", "localtime", "localtimestamp", "match",
  "materialized", "merge_action", "national", "natural", "nchar", "no", "none", "normalize", "not", "nothing",
  "notnull", "null", "nullif", "nulls", "numeric", "of", "offset", "on", "only", "or", "order", "others", "out",
  "outer", "over", "overlaps", "overlay", "partition", "placing", "plan", "position", "pragma", "preceding",
  "precision", "primary", "query", "raise", "range", "real", "recursive", "references", "regexp", "reindex",
  "release", "rename", "replace", "restrict", "returning", "right", "rollback", "row", "rows", "savepoint", "select",
  "session_user", "set", "setof", "similar", "smallint", "some", "substring", "symmetric", "system_user", "table",
  "tablesample", "temp", "temporary", "then", "ties", "time", "timestamp", "to", "trailing", "transaction", "treat",
  "trigger", "trim", "true", "unbounded", "union", "unique", "update", "user", "using", "vacuum", "values", "varchar",
  "variadic", "verbose", "view", "virtual", "when", "where", "window", "with", "without", "xmlattributes",
  "xmlconcat", "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot",
  "xmlserialize", "xmltable",
};

static gboolean
is_plain_name (StrataDialect  dialect,
               const char    *name)
{
  gboolean is_postgresql = dialect == STRATA_DIALECT_POSTGRESQL;

  if (!g_ascii_islower (*name) && *name != '_')
    return FALSE;

  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && *c != '_')
      return FALSE;

  return is_postgresql ? !strata_word_is_in (name, postgresql_keywords, G_N_ELEMENTS (postgresql_keywords))
                       : !strata_word_is_in (name, keywords, G_N_ELEMENTS (keywords));
}

static char *
quote (const char *text,
       const char *open,
       char        close,
       gboolean    backslashes)
{
  GString *quoted = g_string_new (open);

  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == close || (backslashes && *c == '\\'))
        g_string_append_c (quoted, *c);
      g_string_append_c (quoted, *c);
    }

  g_string_append_c (quoted, close);

  return g_string_free (quoted, FALSE);
}

/* For servers whose keywords are not in the table, every name is quoted. */
char *
strata_sql_quote_identifier (StrataDialect  dialect,
                             const char    *name)
{
  switch (dialect)
    {
    case STRATA_DIALECT_MYSQL:
    case STRATA_DIALECT_MARIADB:
      return quote (name, "`", '`', FALSE);

    case STRATA_DIALECT_MSSQL:
      return quote (name, "[", ']', FALSE);

    case STRATA_DIALECT_SQLITE:
    case STRATA_DIALECT_POSTGRESQL:
    case STRATA_DIALECT_UNKNOWN:
    default:
      return is_plain_name (dialect, name) ? g_strdup (name) : quote (name, "\"", '"', FALSE);
    }
}

void
strata_sql_append_identifier (GString       *out,
                              StrataDialect  dialect,
                              const char    *name)
{
  g_autofree char *quoted = NULL;

  if ((dialect == STRATA_DIALECT_SQLITE || dialect == STRATA_DIALECT_POSTGRESQL) && is_plain_name (dialect, name))
    {
      g_string_append (out, name);
      return;
    }

  quoted = strata_sql_quote_identifier (dialect, name);
  g_string_append (out, quoted);
}

/* Backslashes: in an E'' string they mean the same whatever standard_conforming_strings says. */
char *
strata_sql_quote_literal (StrataDialect  dialect,
                          const char    *value)
{
  switch (dialect)
    {
    case STRATA_DIALECT_MYSQL:
    case STRATA_DIALECT_MARIADB:
      return quote (value, "'", '\'', TRUE);

    case STRATA_DIALECT_MSSQL:
      return quote (value, "N'", '\'', FALSE);

    case STRATA_DIALECT_POSTGRESQL:
    case STRATA_DIALECT_UNKNOWN:
      if (strchr (value, '\\') != NULL)
        return quote (value, "E'", '\'', TRUE);
      return quote (value, "'", '\'', FALSE);

    case STRATA_DIALECT_SQLITE:
    default:
      return quote (value, "'", '\'', FALSE);
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/column.h"
#include "core/render/expression.h"
#include "core/render/function.h"
#include "core/render/index.h"
#include "core/render/operator.h"
#include "core/render/reserved-words.h"
#include "core/render/type.h"

#include <string.h>

/* All its words are the common ones. */
static const StrataTypeForm types[STRATA_N_TYPES];

/* A default that is more than a word, a literal or something in parentheses goes into parentheses. */
static void
write_default (StrataWriter           *self,
               const StrataExpression *value)
{
  gsize start = self->text->len;
  const char *text;

  strata_write_expression (self, value);

  text = self->text->str + start;
  if (!g_regex_match_simple ("^\\s*['\"(]", text, 0, 0) && g_regex_match_simple (".*\\W.*", text, 0, 0))
    {
      g_string_insert_c (self->text, start, '(');
      strata_writer_put (self, ")");
    }
}

/* "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT" cannot be said outside of the column. */
static gboolean
is_counting_key (const StrataTableParts *table,
                 const StrataColumn     *column)
{
  return strata_options_get_flag (table->options, "sqlite_autoincrement") && column->type != NULL
         && strata_table_parts_is_key (table, column) && table->primary_key.columns[1] == NULL
         && strata_type_kind_get_affinity (column->type->kind) == STRATA_AFFINITY_INTEGER
         && !strata_table_parts_is_foreign (table, column);
}

static gboolean
is_key_inline (const StrataTableParts *table)
{
  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    if (g_strcmp0 (table->columns[i]->name, table->primary_key.columns[0]) == 0)
      return is_counting_key (table, table->columns[i]);

  return FALSE;
}

static void
write_conflict (StrataWriter               *self,
                const StrataOption * const *options,
                const char                 *name)
{
  const char *resolution = strata_options_get_text (options, name);

  if (resolution != NULL)
    strata_writer_putf (self, " ON CONFLICT %s", resolution);
}

static void
write_column (StrataWriter           *self,
              const StrataTableParts *table,
              const StrataColumn     *column)
{
  strata_write_type (self, column->type);

  if (column->server_default != NULL)
    {
      strata_writer_put (self, " DEFAULT ");
      write_default (self, column->server_default);
    }

  if (!strata_table_parts_is_nullable (table, column))
    {
      strata_writer_put (self, " NOT NULL");
      write_conflict (self, column->options, "sqlite_on_conflict_not_null");
    }

  if (strata_table_parts_is_key (table, column))
    {
      if (column->autoincrement == STRATA_AUTOINCREMENT_YES && table->primary_key.columns[0] != NULL
          && table->primary_key.columns[1] != NULL)
        strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED,
                            "SQLite does not support autoincrement for composite primary keys");

      if (is_counting_key (table, column))
        {
          strata_writer_put (self, " PRIMARY KEY");
          write_conflict (self, column->options, "sqlite_on_conflict_primary_key");
          strata_writer_put (self, " AUTOINCREMENT");
        }
    }

  if (column->computed != NULL)
    {
      strata_writer_put (self, " ");
      self->server->write_computed (self, column->computed);
    }
}

static void
write_computed (StrataWriter         *self,
                const StrataComputed *computed)
{
  strata_write_computed (self, computed);
  if (computed->is_persisted != STRATA_UNSAID)
    strata_writer_put (self, computed->is_persisted == STRATA_YES ? " STORED" : " VIRTUAL");
}

static const StrataColumn *
find_only_column (const StrataTableParts *table,
                  const StrataConstraint *constraint)
{
  if (table == NULL || constraint->columns == NULL || constraint->columns[0] == NULL
      || constraint->columns[1] != NULL)
    return NULL;

  for (guint i = 0; table->columns[i] != NULL; i++)
    if (strcmp (table->columns[i]->name, constraint->columns[0]) == 0)
      return table->columns[i];

  return NULL;
}

static void
write_constraint_tail (StrataWriter           *self,
                       const StrataTableParts *table,
                       const StrataConstraint *constraint)
{
  const StrataColumn *column = find_only_column (table, constraint);
  gboolean is_key = constraint->kind == STRATA_CONSTRAINT_PRIMARY_KEY;

  if (strata_options_find (constraint->options, "sqlite_on_conflict") != NULL)
    write_conflict (self, constraint->options, "sqlite_on_conflict");
  else if (column != NULL && (is_key || constraint->kind == STRATA_CONSTRAINT_UNIQUE))
    write_conflict (self, column->options, is_key ? "sqlite_on_conflict_primary_key" : "sqlite_on_conflict_unique");
}

static void
write_table_tail (StrataWriter               *self,
                  const StrataOption * const *options)
{
  const StrataOption *rowid = strata_options_find (options, "sqlite_with_rowid");
  gboolean has_no_rowid = rowid != NULL && !rowid->flag;

  if (has_no_rowid)
    strata_writer_put (self, "\n WITHOUT ROWID");
  if (strata_options_get_flag (options, "sqlite_strict"))
    strata_writer_put (self, has_no_rowid ? ",\n STRICT" : "\n STRICT");
}

static void
write_index (StrataWriter          *self,
             const StrataOperation *operation)
{
  const StrataIndex *index = &operation->index;
  const StrataOption *where = strata_options_find (index->options, "sqlite_where");

  strata_writer_put (self, index->is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
  if (operation->is_tolerant)
    strata_writer_put (self, "IF NOT EXISTS ");
  strata_write_index_name (self, operation->schema, index);
  strata_writer_put (self, " ON ");
  strata_write_name (self, operation->table);
  strata_writer_put (self, " (");
  for (guint i = 0; index->columns != NULL && index->columns[i] != NULL; i++)
    {
      if (i > 0)
        strata_writer_put (self, ", ");
      strata_write_expression (self, index->columns[i]);
    }
  strata_writer_put (self, ")");

  if (where != NULL && where->expression != NULL)
    strata_write_index_where (self, where->expression);
}

static void
write_alter_identity (StrataWriter          *self,
                      const StrataOperation *operation)
{
  strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED,
                      "Adding, removing or modifying an \"identity\" construct, e.g. GENERATED AS IDENTITY, to or from "
                      "an existing column is not supported in this dialect.");
}

static const char * const operators[STRATA_N_OPERATORS] = {
  [STRATA_OPERATOR_IS_DISTINCT] = " IS NOT ",
  [STRATA_OPERATOR_IS_NOT_DISTINCT] = " IS ",
  [STRATA_OPERATOR_REGEXP] = " REGEXP ",
  [STRATA_OPERATOR_NOT_REGEXP] = " NOT REGEXP ",
};

static gboolean
write_binary (StrataWriter           *self,
              const StrataExpression *binary)
{
  if (binary->operator == STRATA_OPERATOR_DIV)
    {
      strata_write_operand_of (self, binary, 0);
      strata_writer_put (self, " / (");
      strata_write_operand_of (self, binary, 1);
      strata_writer_put (self, " + 0.0)");
    }
  else if (binary->operator == STRATA_OPERATOR_REGEXP_REPLACE)
    {
      strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED,
                          "sqlite dialect does not support regular expression replacements");
    }
  else if (binary->operator == STRATA_OPERATOR_JSON_ITEM)
    {
      gboolean is_json = binary->type != NULL
                         && strata_type_kind_get_affinity (binary->type->kind) == STRATA_AFFINITY_JSON;

      strata_writer_put (self, is_json ? "JSON_QUOTE(JSON_EXTRACT(" : "JSON_EXTRACT(");
      strata_write_binary (self, binary, ", ");
      strata_writer_put (self, is_json ? "))" : ")");
    }
  else
    {
      return FALSE;
    }

  return TRUE;
}

static gboolean
write_extract (StrataWriter           *self,
               const StrataExpression *extract)
{
  static const char * const fields[][2] = {
    { "month", "%m" }, { "day", "%d" }, { "year", "%Y" }, { "second", "%S" }, { "hour", "%H" },
    { "doy", "%j" }, { "minute", "%M" }, { "epoch", "%s" }, { "dow", "%w" }, { "week", "%W" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (strcmp (fields[i][0], extract->name) == 0)
      {
        strata_writer_putf (self, "CAST(STRFTIME('%s', ", fields[i][1]);
        strata_write_expression (self, extract->items[0]);
        strata_writer_put (self, ") AS INTEGER)");
        return TRUE;
      }

  strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED, "%s is not a valid extract argument.", extract->name);

  return TRUE;
}

static gboolean
write_function (StrataWriter           *self,
                const StrataExpression *function)
{
  static const struct
  {
    const char *name;
    const char *words;
    gboolean    has_arguments;
  } own[] = {
    { "now", "CURRENT_TIMESTAMP", FALSE },
    { "localtimestamp", "DATETIME(CURRENT_TIMESTAMP, 'localtime')", FALSE },
    { "char_length", "length", TRUE },
    { "aggregate_strings", "group_concat", TRUE },
  };

  if (function->kind == STRATA_EXPRESSION_EXTRACT)
    return write_extract (self, function);

  for (guint i = 0; i < G_N_ELEMENTS (own); i++)
    if (g_ascii_strcasecmp (own[i].name, function->name) == 0)
      {
        strata_writer_put (self, own[i].words);
        if (own[i].has_arguments)
          strata_write_arguments (self, function);
        return TRUE;
      }

  return FALSE;
}

/* Moments as text, always with six digits behind the second, and without a time zone. */
static gboolean
write_moment (StrataWriter      *self,
              StrataAffinity     affinity,
              const StrataValue *value)
{
  const char *split = strchr (value->text, 'T');
  const char *time = value->kind == STRATA_VALUE_TIME ? value->text : split != NULL ? split + 1 : "00:00:00";
  const char *fraction = strchr (time, '.');

  if (value->kind == STRATA_VALUE_TIME ? affinity != STRATA_AFFINITY_TIME : affinity == STRATA_AFFINITY_TIME)
    return FALSE;

  if (affinity == STRATA_AFFINITY_DATE)
    {
      strata_writer_putf (self, "'%.10s'", value->text);
      return TRUE;
    }

  strata_writer_put (self, "'");
  if (affinity == STRATA_AFFINITY_DATETIME)
    strata_writer_putf (self, "%.10s ", value->text);
  strata_writer_putf (self, "%.8s.%.6s'", time, fraction != NULL ? fraction + 1 : "000000");

  return TRUE;
}

static gboolean
write_literal (StrataWriter      *self,
               StrataAffinity     affinity,
               const StrataType  *type,
               const StrataValue *value)
{
  gboolean is_moment = value->kind == STRATA_VALUE_DATE || value->kind == STRATA_VALUE_DATETIME
                       || value->kind == STRATA_VALUE_TIME;

  if (!is_moment || (affinity != STRATA_AFFINITY_DATE && affinity != STRATA_AFFINITY_DATETIME
                     && affinity != STRATA_AFFINITY_TIME))
    return FALSE;

  return write_moment (self, affinity, value);
}

static void
write_limit (StrataWriter      *self,
             const StrataQuery *query)
{
  if (query->limit == NULL && query->offset == NULL)
    return;

  strata_writer_put (self, "\n LIMIT ");
  if (query->limit != NULL)
    strata_write_expression (self, query->limit);
  else
    strata_writer_put (self, "-1");

  strata_writer_put (self, " OFFSET ");
  if (query->offset != NULL)
    strata_write_expression (self, query->offset);
  else
    strata_writer_put (self, "0");
}

/* "VALUES SELECT" is what SQLAlchemy writes, and no SQL: what a server refuses stays refused. */
static void
write_nothing (StrataWriter           *self,
               const StrataExpression *left,
               gboolean                is_negated)
{
  g_autoptr(GString) ones = g_string_new ("1");
  gboolean is_row = left->kind == STRATA_EXPRESSION_TUPLE;

  for (guint i = 1; is_row && left->items[0] != NULL && left->items[i] != NULL; i++)
    g_string_append (ones, ", 1");
  strata_writer_putf (self, "(%sSELECT %s FROM (SELECT %s) WHERE 1!=1)", is_row ? "VALUES " : "", ones->str, ones->str);
}

const StrataServer strata_server_sqlite = {
  .dialect = STRATA_DIALECT_SQLITE,
  .reserved = strata_sqlite_words,
  .n_reserved = STRATA_N_SQLITE_WORDS,
  .max_identifier = 9999,
  .has_index_schema = TRUE,
  .rename_column = "RENAME COLUMN",
  .on_delete = "RESTRICT|CASCADE|SET NULL|NO ACTION|SET DEFAULT",
  .operators = operators,
  .types = types,
  .write_column = write_column,
  .write_computed = write_computed,
  .is_key_inline = is_key_inline,
  .write_constraint_tail = write_constraint_tail,
  .write_table_tail = write_table_tail,
  .write_index = write_index,
  .write_alter_identity = write_alter_identity,
  .write_nothing = write_nothing,
  .write_function = write_function,
  .write_binary = write_binary,
  .write_literal = write_literal,
  .write_limit = write_limit,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/alter.h"
#include "core/render/column.h"
#include "core/render/expression.h"
#include "core/render/function.h"
#include "core/render/index.h"
#include "core/render/operator.h"
#include "core/render/postgresql-types.h"
#include "core/render/reserved-words.h"
#include "core/render/type.h"

#include <string.h>

static const char *
get_serial (const StrataType *type)
{
  StrataTypeKind kind = strata_type_for_dialect (type, STRATA_DIALECT_POSTGRESQL)->kind;

  if (kind == STRATA_TYPE_BIG_INTEGER || kind == STRATA_TYPE_BIGINT)
    return "BIGSERIAL";
  if (kind == STRATA_TYPE_SMALL_INTEGER || kind == STRATA_TYPE_SMALLINT)
    return "SMALLSERIAL";

  return "SERIAL";
}

static void
write_column (StrataWriter           *self,
              const StrataTableParts *table,
              const StrataColumn     *column)
{
  gboolean is_nullable = strata_table_parts_is_nullable (table, column);

  if (column == table->autoincrement && strata_table_parts_is_key (table, column) && column->identity == NULL
      && !column->has_python_default)
    {
      strata_writer_put (self, get_serial (column->type));
    }
  else
    {
      strata_write_type (self, column->type);
      if (column->server_default != NULL)
        {
          strata_writer_put (self, " DEFAULT ");
          strata_write_expression (self, column->server_default);
        }
    }

  if (column->computed != NULL)
    {
      strata_writer_put (self, " ");
      self->server->write_computed (self, column->computed);
    }

  if (column->identity != NULL)
    {
      strata_writer_put (self, " ");
      strata_write_identity (self, column->identity);
      if (is_nullable)
        strata_writer_put (self, " NULL");
    }
  else if (!is_nullable)
    {
      strata_writer_put (self, " NOT NULL");
    }
}

static void
write_computed (StrataWriter         *self,
                const StrataComputed *computed)
{
  if (computed->is_persisted == STRATA_NO)
    strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED,
                        "PostrgreSQL computed columns do not support 'virtual' persistence; set the 'persisted' flag "
                        "to None or True for PostgreSQL support.");

  strata_write_computed (self, computed);
  strata_writer_put (self, " STORED");
}

static void
write_include (StrataWriter               *self,
               const StrataOption * const *options)
{
  const StrataOption *include = strata_options_find (options, "postgresql_include");

  if (include == NULL || include->words == NULL || include->words[0] == NULL)
    return;

  strata_writer_put (self, " INCLUDE (");
  strata_write_names (self, include->words);
  strata_writer_put (self, ")");
}

static void
write_constraint_tail (StrataWriter           *self,
                       const StrataTableParts *table,
                       const StrataConstraint *constraint)
{
  if (constraint->kind != STRATA_CONSTRAINT_CHECK && constraint->kind != STRATA_CONSTRAINT_FOREIGN_KEY)
    return;

  if (strata_options_get_flag (constraint->options, "postgresql_not_valid"))
    strata_writer_put (self, " NOT VALID");
}

static void
write_table_tail (StrataWriter               *self,
                  const StrataOption * const *options)
{
  const StrataOption *inherits = strata_options_find (options, "postgresql_inherits");
  const StrataOption *oids = strata_options_find (options, "postgresql_with_oids");
  const char *on_commit = strata_options_get_text (options, "postgresql_on_commit");
  const char *partition = strata_options_get_text (options, "postgresql_partition_by");
  const char *using = strata_options_get_text (options, "postgresql_using");
  const char *tablespace = strata_options_get_text (options, "postgresql_tablespace");

  if (inherits != NULL)
    {
      strata_writer_put (self, "\n INHERITS ( ");
      strata_write_names (self, inherits->words);
      strata_writer_put (self, " )");
    }
  if (partition != NULL)
    strata_writer_putf (self, "\n PARTITION BY %s", partition);
  if (using != NULL)
    strata_writer_putf (self, "\n USING %s", using);
  if (oids != NULL)
    strata_writer_put (self, oids->flag ? "\n WITH OIDS" : "\n WITHOUT OIDS");
  if (on_commit != NULL)
    {
      g_autofree char *upper = g_strdelimit (g_ascii_strup (on_commit, -1), "_", ' ');

      strata_writer_putf (self, "\n ON COMMIT %s", upper);
    }
  if (tablespace != NULL)
    {
      strata_writer_put (self, "\n TABLESPACE ");
      strata_write_name (self, tablespace);
    }
}

/* An expression stands in parentheses, unless it is a name, a text or a call. */
static void
write_elements (StrataWriter      *self,
                const StrataIndex *index)
{
  const StrataOption *ops = strata_options_find (index->options, "postgresql_ops");

  strata_writer_put (self, "(");
  for (guint i = 0; index->columns != NULL && index->columns[i] != NULL; i++)
    {
      if (i > 0)
        strata_writer_put (self, ", ");
      strata_write_operand (self, index->columns[i], STRATA_OPERATOR_NONE);
      strata_write_operator_class (self, ops, index->columns[i]);
    }
  strata_writer_put (self, ")");
}

static void
write_storage (StrataWriter       *self,
               const StrataOption *with)
{
  if (with == NULL || with->words == NULL || with->words[0] == NULL)
    return;

  strata_writer_put (self, " WITH (");
  for (guint i = 0; with->words[i] != NULL; i += 2)
    strata_writer_putf (self, "%s%s = %s", i > 0 ? ", " : "", with->words[i], with->words[i + 1]);
  strata_writer_put (self, ")");
}

static void
write_index (StrataWriter          *self,
             const StrataOperation *operation)
{
  const StrataIndex *index = &operation->index;
  const char *using = strata_options_get_text (index->options, "postgresql_using");
  const char *tablespace = strata_options_get_text (index->options, "postgresql_tablespace");
  const StrataOption *distinct = strata_options_find (index->options, "postgresql_nulls_not_distinct");
  const StrataOption *where = strata_options_find (index->options, "postgresql_where");

  strata_writer_put (self, index->is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
  if (strata_options_get_flag (index->options, "postgresql_concurrently"))
    strata_writer_put (self, "CONCURRENTLY ");
  if (operation->is_tolerant)
    strata_writer_put (self, "IF NOT EXISTS ");
  strata_write_index_name (self, NULL, index);
  strata_writer_put (self, " ON ");
  strata_write_qualified (self, operation->schema, operation->table);
  strata_writer_put (self, " ");

  if (using != NULL && *using != '\0')
    {
      g_autofree char *method = g_ascii_strdown (using, -1);

      strata_writer_put (self, "USING ");
      strata_write_phrase (self, method, "[\\w_]+");
      strata_writer_put (self, " ");
    }

  write_elements (self, index);
  write_include (self, index->options);
  if (distinct != NULL)
    strata_writer_put (self, distinct->flag ? " NULLS NOT DISTINCT" : " NULLS DISTINCT");
  write_storage (self, strata_options_find (index->options, "postgresql_with"));
  if (tablespace != NULL)
    {
      strata_writer_put (self, " TABLESPACE ");
      strata_write_name (self, tablespace);
    }
  if (where != NULL && where->expression != NULL)
    strata_write_index_where (self, where->expression);
}

/* What differs between two identities, each setting as its own SET; sorted by the names that Python has for them. */
static void
write_identity_changes (StrataWriter         *self,
                        const StrataIdentity *old,
                        const StrataIdentity *new)
{
  const struct
  {
    gboolean       differs;
    StrataIdentity only;
  } changes[] = {
    { g_strcmp0 (old->cache, new->cache) != 0, { .cache = new->cache } },
    { old->cycles != new->cycles, { .cycles = new->cycles } },
    { g_strcmp0 (old->increment, new->increment) != 0, { .increment = new->increment } },
    { g_strcmp0 (old->maxvalue, new->maxvalue) != 0, { .maxvalue = new->maxvalue } },
    { g_strcmp0 (old->minvalue, new->minvalue) != 0, { .minvalue = new->minvalue } },
    { old->has_no_maxvalue != new->has_no_maxvalue, { .has_no_maxvalue = new->has_no_maxvalue } },
    { old->has_no_minvalue != new->has_no_minvalue, { .has_no_minvalue = new->has_no_minvalue } },
    { g_strcmp0 (old->start, new->start) != 0, { .start = new->start } },
  };

  if (old->is_always != new->is_always)
    strata_writer_putf (self, "SET GENERATED %s ", new->is_always ? "ALWAYS" : "BY DEFAULT");

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    if (changes[i].differs)
      {
        strata_writer_put (self, "SET ");
        strata_write_sequence_words (self, &changes[i].only);
        strata_writer_put (self, " ");
      }
}

static void
write_alter_identity (StrataWriter          *self,
                      const StrataOperation *operation)
{
  const StrataAlterColumn *alter = &operation->alter_column;
  const StrataIdentity *new = alter->server_default.identity;
  static const StrataIdentity plain = { FALSE };
  const StrataIdentity *old = alter->existing_default.identity;

  strata_write_alter (self, operation);
  strata_writer_put (self, " ");

  if (new == NULL)
    {
      strata_writer_put (self, "DROP IDENTITY");
    }
  else if (old == NULL && alter->had_no_default)
    {
      strata_writer_put (self, "ADD ");
      strata_write_identity (self, new);
    }
  else
    {
      write_identity_changes (self, old != NULL ? old : &plain, new);
    }
}

static const char * const operators[STRATA_N_OPERATORS] = {
  [STRATA_OPERATOR_ILIKE] = " ILIKE ",
  [STRATA_OPERATOR_NOT_ILIKE] = " NOT ILIKE ",
  [STRATA_OPERATOR_REGEXP] = " ~ ",
  [STRATA_OPERATOR_NOT_REGEXP] = " !~ ",
  [STRATA_OPERATOR_BIT_XOR] = " # ",
};

/* Division of integers would cut, so that the divisor is cast. */
static void
write_division (StrataWriter           *self,
                const StrataExpression *binary)
{
  static const StrataType numeric = { .kind = STRATA_TYPE_ANY_NUMERIC };
  const StrataType *type = binary->items[1]->type;

  if (type == NULL || strata_type_kind_get_affinity (type->kind) != STRATA_AFFINITY_NUMERIC)
    type = &numeric;

  strata_write_operand_of (self, binary, 0);
  strata_writer_put (self, " / CAST(");
  strata_write_operand_of (self, binary, 1);
  strata_writer_put (self, " AS ");
  strata_write_type (self, type);
  strata_writer_put (self, ")");
}

static gboolean
is_call (const StrataExpression *expression)
{
  return expression->kind == STRATA_EXPRESSION_FUNCTION || expression->kind == STRATA_EXPRESSION_CAST;
}

/* "data['key']" of JSONB, "data -> 'key'" of JSON, and as text where another type is wanted. */
static void
write_json_item (StrataWriter           *self,
                 const StrataExpression *binary)
{
  const StrataType *left = binary->items[0]->type;
  gboolean is_cast = binary->type == NULL
                     || strata_type_kind_get_affinity (binary->type->kind) != STRATA_AFFINITY_JSON;
  gboolean is_path = binary->name != NULL;
  gboolean is_subscript = !is_cast && !is_path && left != NULL && left->kind == STRATA_TYPE_JSONB;
  const char *words = is_path ? (is_cast ? " #>> " : " #> ") : (is_cast ? " ->> " : " -> ");
  gboolean is_grouped = !is_subscript && self->is_in_operator;

  if (is_subscript)
    {
      strata_writer_put (self, is_call (binary->items[0]) ? "(" : "");
      strata_write_operand_of (self, binary, 0);
      strata_writer_put (self, is_call (binary->items[0]) ? ")[" : "[");
      strata_write_operand_of (self, binary, 1);
      strata_writer_put (self, "]");
      return;
    }

  strata_writer_put (self, is_cast ? "CAST(" : "");
  strata_writer_put (self, is_grouped ? "(" : "");
  strata_write_binary (self, binary, words);
  strata_writer_put (self, is_grouped ? ")" : "");
  if (is_cast)
    {
      strata_writer_put (self, " AS ");
      strata_write_type (self, binary->type);
      strata_writer_put (self, ")");
    }
}

static void
write_regexp (StrataWriter           *self,
              const StrataExpression *binary)
{
  if (strcmp (binary->name, "i") == 0)
    {
      strata_write_binary (self, binary, binary->operator == STRATA_OPERATOR_REGEXP ? " ~* " : " !~* ");
      return;
    }

  strata_write_operand_of (self, binary, 0);
  strata_writer_put (self, operators[binary->operator]);
  strata_writer_put (self, "CONCAT('(?', ");
  strata_write_string (self, binary->name);
  strata_writer_put (self, ", ')', ");
  strata_write_operand_of (self, binary, 1);
  strata_writer_put (self, ")");
}

static void
write_regexp_replace (StrataWriter           *self,
                      const StrataExpression *expression)
{
  strata_writer_put (self, "REGEXP_REPLACE(");
  strata_write_operand_of (self, expression, 0);
  for (guint i = 1; i < 3; i++)
    {
      strata_writer_put (self, ", ");
      strata_write_expression (self, expression->items[i]);
    }
  if (expression->name != NULL)
    {
      strata_writer_put (self, ", ");
      strata_write_string (self, expression->name);
    }
  strata_writer_put (self, ")");
}

static gboolean
write_binary (StrataWriter           *self,
              const StrataExpression *binary)
{
  gboolean is_regexp = binary->operator == STRATA_OPERATOR_REGEXP || binary->operator == STRATA_OPERATOR_NOT_REGEXP;

  if (is_regexp && binary->name != NULL)
    {
      write_regexp (self, binary);
    }
  else if (binary->operator == STRATA_OPERATOR_REGEXP_REPLACE)
    {
      write_regexp_replace (self, binary);
    }
  else if (binary->operator == STRATA_OPERATOR_DIV)
    {
      write_division (self, binary);
    }
  else if (binary->operator == STRATA_OPERATOR_JSON_ITEM)
    {
      write_json_item (self, binary);
    }
  else if (binary->operator == STRATA_OPERATOR_ITEM)
    {
      strata_write_operand_of (self, binary, 0);
      strata_writer_put (self, "[");
      strata_write_expression (self, binary->items[1]);
      strata_writer_put (self, "]");
    }
  else
    {
      return FALSE;
    }

  return TRUE;
}

static gboolean
write_function (StrataWriter           *self,
                const StrataExpression *function)
{
  if (function->kind != STRATA_EXPRESSION_FUNCTION)
    return FALSE;

  if (g_ascii_strcasecmp (function->name, "aggregate_strings") == 0)
    {
      strata_writer_put (self, "string_agg");
      strata_write_arguments (self, function);
      return TRUE;
    }

  if (g_ascii_strcasecmp (function->name, "substring") != 0 || function->items == NULL || function->items[0] == NULL
      || function->items[1] == NULL)
    return FALSE;

  strata_writer_put (self, "SUBSTRING(");
  strata_write_expression (self, function->items[0]);
  strata_writer_put (self, " FROM ");
  strata_write_expression (self, function->items[1]);
  if (function->items[2] != NULL)
    {
      strata_writer_put (self, " FOR ");
      strata_write_expression (self, function->items[2]);
    }
  strata_writer_put (self, ")");

  return TRUE;
}

static gboolean
write_literal (StrataWriter      *self,
               StrataAffinity     affinity,
               const StrataType  *type,
               const StrataValue *value)
{
  if (affinity == STRATA_AFFINITY_INTERVAL && value->kind == STRATA_VALUE_INTERVAL)
    strata_writer_putf (self, "make_interval(secs=>%s)", value->text);
  else if (affinity == STRATA_AFFINITY_UUID && (type == NULL || !(type->is_not_native || type->takes_text))
           && (value->kind == STRATA_VALUE_UUID || value->kind == STRATA_VALUE_STRING))
    strata_write_string (self, value->text);
  else
    return FALSE;

  return TRUE;
}

static void
write_limit (StrataWriter      *self,
             const StrataQuery *query)
{
  if (query->limit != NULL)
    {
      strata_writer_put (self, " \n LIMIT ");
      strata_write_expression (self, query->limit);
    }

  if (query->offset != NULL)
    {
      strata_writer_put (self, query->limit == NULL ? "\n LIMIT ALL OFFSET " : " OFFSET ");
      strata_write_expression (self, query->offset);
    }
}

static void
write_nothing (StrataWriter           *self,
               const StrataExpression *left,
               gboolean                is_negated)
{
  gboolean is_row = left->kind == STRATA_EXPRESSION_TUPLE && left->items[0] != NULL && left->items[1] != NULL;

  strata_writer_put (self, is_row ? "((NULL" : "(NULL");
  for (guint i = 1; is_row && left->items[i] != NULL; i++)
    strata_writer_put (self, ", NULL");
  strata_writer_put (self, is_row ? "))" : ")");
  strata_writer_put (self, is_negated ? " OR (1 = 1)" : " AND (1 != 1)");
}

const StrataServer strata_server_postgresql = {
  .dialect = STRATA_DIALECT_POSTGRESQL,
  .reserved = strata_postgresql_words,
  .n_reserved = STRATA_N_POSTGRESQL_WORDS,
  .max_identifier = 63,
  .has_boolean = TRUE,
  .has_enum = TRUE,
  .has_uuid = TRUE,
  .has_identity = TRUE,
  .has_comments = TRUE,
  .has_alter_constraint = TRUE,
  .has_backslashes = TRUE,
  .alters_type_first = TRUE,
  .rename_column = "RENAME",
  .on_delete = "RESTRICT|CASCADE|SET (?:NULL|DEFAULT)(?:\\s*\\(.+\\))?|NO ACTION",
  .operators = operators,
  .types = strata_postgresql_types,
  .write_column = write_column,
  .write_computed = write_computed,
  .write_include = write_include,
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

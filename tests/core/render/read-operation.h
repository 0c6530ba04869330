/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Operations from JSON, for the golden tests and for the comparison with Alembic. */

#pragma once

#include "tests/core/render/read-query.h"

/* Options are an object: strings, booleans, lists, maps of strings (with a "map" inside), or expressions. */
static const StrataOption * const *
read_options (Reader     *reader,
              JsonObject *owner)
{
  JsonObject *object = get_object (owner, "options");
  g_autoptr(GList) names = object != NULL ? json_object_get_members (object) : NULL;
  const StrataOption **list = make (reader, (g_list_length (names) + 1) * sizeof (gpointer));
  guint n = 0;

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (object, l->data);
      StrataOption *option = MAKE (reader, StrataOption);

      list[n++] = option;
      option->name = l->data;
      if (JSON_NODE_HOLDS_ARRAY (node))
        {
          option->words = read_list (reader, object, l->data, read_word);
        }
      else if (JSON_NODE_HOLDS_OBJECT (node) && json_object_has_member (json_node_get_object (node), "map"))
        {
          option->words = read_list (reader, json_node_get_object (node), "map", read_word);
        }
      else if (JSON_NODE_HOLDS_OBJECT (node))
        {
          option->expression = read_expression (reader, node);
        }
      else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
        {
          option->flag = json_node_get_boolean (node);
        }
      else
        {
          option->text = json_node_get_string (node);
        }
    }

  return list;
}

static StrataName
read_name (JsonObject *object)
{
  return (StrataName) { .text = get_text (object, "name"), .is_final = get_flag (object, "final") };
}

static StrataConstraintKind
read_constraint_kind (const char *kind)
{
  static const char * const kinds[] = { "any", "primary", "unique", "check", "foreignkey", "exclude" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i], kind) == 0)
      return i;

  return STRATA_CONSTRAINT_ANY;
}

static gconstpointer
read_exclusion (Reader   *reader,
                JsonNode *node)
{
  StrataExclusion *exclusion = MAKE (reader, StrataExclusion);

  exclusion->expression = get_expression (reader, json_node_get_object (node), "expression");
  exclusion->operator = get_text (json_node_get_object (node), "operator");

  return exclusion;
}

static gconstpointer
read_constraint (Reader   *reader,
                 JsonNode *node)
{
  JsonObject *object = json_node_get_object (node);
  StrataConstraint *constraint = MAKE (reader, StrataConstraint);
  JsonObject *target = get_object (object, "target");

  constraint->kind = read_constraint_kind (get_text (object, "kind"));
  constraint->name = read_name (object);
  constraint->columns = read_list (reader, object, "columns", read_word);
  constraint->condition = get_expression (reader, object, "condition");
  constraint->exclusions = read_list (reader, object, "exclusions", read_exclusion);
  if (get_answer (object, "deferrable") != STRATA_UNSAID)
    constraint->deferrable = get_flag (object, "deferrable") ? "DEFERRABLE" : "NOT DEFERRABLE";
  constraint->initially = get_text (object, "initially");
  constraint->options = read_options (reader, object);

  if (target != NULL)
    {
      StrataReference *reference = MAKE (reader, StrataReference);

      reference->schema = get_text (target, "schema");
      reference->table = get_text (target, "table");
      reference->columns = read_list (reader, target, "columns", read_word);
      reference->on_delete = get_text (object, "ondelete");
      reference->on_update = get_text (object, "onupdate");
      reference->match = get_text (object, "match");
      reference->use_alter = get_flag (object, "use_alter");
      constraint->reference = reference;
    }

  return constraint;
}

static const StrataIdentity *
read_identity (Reader     *reader,
               JsonObject *object)
{
  StrataIdentity *identity;

  if (object == NULL)
    return NULL;

  identity = MAKE (reader, StrataIdentity);
  identity->is_always = get_flag (object, "always");
  identity->start = get_text (object, "start");
  identity->increment = get_text (object, "increment");
  identity->minvalue = get_text (object, "minvalue");
  identity->maxvalue = get_text (object, "maxvalue");
  identity->has_no_minvalue = get_flag (object, "nominvalue");
  identity->has_no_maxvalue = get_flag (object, "nomaxvalue");
  identity->cache = get_text (object, "cache");
  identity->cycles = get_answer (object, "cycle");

  return identity;
}

static const StrataComputed *
read_computed (Reader     *reader,
               JsonObject *object)
{
  StrataComputed *computed;

  if (object == NULL)
    return NULL;

  computed = MAKE (reader, StrataComputed);
  computed->expression = get_expression (reader, object, "expression");
  computed->is_persisted = get_answer (object, "persisted");

  return computed;
}

static gconstpointer
read_column (Reader   *reader,
             JsonNode *node)
{
  static const char * const autoincrements[] = { "auto", "ignore_fk", "yes", "no" };
  JsonObject *object = json_node_get_object (node);
  StrataColumn *column = MAKE (reader, StrataColumn);

  column->name = get_text (object, "name");
  column->type = read_type (reader, get_object (object, "type"));
  column->nullable = get_answer (object, "nullable");
  column->is_primary_key = get_flag (object, "primary_key");
  for (guint i = 0; i < G_N_ELEMENTS (autoincrements); i++)
    if (g_strcmp0 (autoincrements[i], get_text (object, "autoincrement")) == 0)
      column->autoincrement = i;
  column->has_python_default = get_flag (object, "default");
  column->server_default = get_expression (reader, object, "server_default");
  column->identity = read_identity (reader, get_object (object, "identity"));
  column->computed = read_computed (reader, get_object (object, "computed"));
  column->has_index = get_flag (object, "index");
  column->is_unique = get_flag (object, "unique");
  column->comment = get_text (object, "comment");
  column->constraints = read_list (reader, object, "constraints", read_constraint);
  column->options = read_options (reader, object);

  return column;
}

static gconstpointer
read_index (Reader   *reader,
            JsonNode *node)
{
  JsonObject *object = json_node_get_object (node);
  StrataIndex *index = MAKE (reader, StrataIndex);

  index->name = read_name (object);
  index->is_unique = get_flag (object, "unique");
  index->columns = read_list (reader, object, "columns", read_expression_element);
  index->options = read_options (reader, object);

  return index;
}

static StrataDefault
read_default (Reader     *reader,
              JsonObject *object)
{
  StrataDefault value = { NULL };

  if (object == NULL)
    return value;

  value.expression = get_expression (reader, object, "expression");
  value.identity = read_identity (reader, get_object (object, "identity"));
  value.computed = read_computed (reader, get_object (object, "computed"));

  return value;
}

/* Left where the member is missing, taken away where it is null. */
static StrataChange
read_change (JsonObject *object,
             const char *name)
{
  if (!json_object_has_member (object, name))
    return STRATA_LEAVE;

  return json_object_get_null_member (object, name) ? STRATA_REMOVE : STRATA_SET;
}

static void
read_alter_column (Reader            *reader,
                   JsonObject        *object,
                   StrataAlterColumn *alter)
{
  alter->column = get_text (object, "column");
  alter->new_name = get_text (object, "new_column_name");
  alter->nullable = get_answer (object, "nullable");
  alter->type = read_type (reader, get_object (object, "type"));
  alter->default_change = read_change (object, "server_default");
  alter->server_default = read_default (reader, get_object (object, "server_default"));
  alter->comment_change = read_change (object, "comment");
  alter->comment = get_text (object, "comment");
  alter->existing_type = read_type (reader, get_object (object, "existing_type"));
  alter->had_no_default = read_change (object, "existing_server_default") == STRATA_REMOVE;
  alter->existing_default = read_default (reader, get_object (object, "existing_server_default"));
  alter->options = read_options (reader, object);
}

static gconstpointer
read_row (Reader   *reader,
          JsonNode *node)
{
  JsonObject *object = json_node_get_object (node);
  g_autoptr(GList) names = json_object_get_members (object);
  const StrataExpression **items = make (reader, (g_list_length (names) + 1) * sizeof (gpointer));
  StrataExpression *row = MAKE (reader, StrataExpression);
  guint n = 0;

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *value = json_object_get_member (object, l->data);
      StrataExpression *item = (StrataExpression *) read_value_expression (reader, value);

      item->name = l->data;
      items[n++] = item;
    }

  row->kind = STRATA_EXPRESSION_LIST;
  row->items = items;

  return row;
}

static const StrataOperation *
read_operation (Reader     *reader,
                JsonObject *object)
{
  StrataOperation *operation = MAKE (reader, StrataOperation);
  JsonNode *self = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (self, object);
  while (g_strcmp0 (strata_operation_kind_get_name (operation->kind), get_text (object, "op")) != 0)
    operation->kind++;

  operation->schema = get_text (object, "schema");
  operation->table = get_text (object, "table");
  operation->is_tolerant = get_flag (object, "tolerant");

  switch (operation->kind)
    {
    case STRATA_OPERATION_CREATE_TABLE:
      operation->create_table.columns = read_list (reader, object, "columns", read_column);
      operation->create_table.constraints = read_list (reader, object, "constraints", read_constraint);
      operation->create_table.indexes = read_list (reader, object, "indexes", read_index);
      operation->create_table.comment = get_text (object, "comment");
      operation->create_table.prefixes = read_list (reader, object, "prefixes", read_word);
      operation->create_table.options = read_options (reader, object);
      break;
    case STRATA_OPERATION_RENAME_TABLE:
      operation->new_name = get_text (object, "new_name");
      break;
    case STRATA_OPERATION_ADD_COLUMN:
      operation->add_column.column = read_column (reader, json_object_get_member (object, "column"));
      operation->add_column.inline_references = get_flag (object, "inline_references");
      operation->add_column.inline_primary_key = get_flag (object, "inline_primary_key");
      break;
    case STRATA_OPERATION_DROP_COLUMN:
      operation->column = get_text (object, "column");
      break;
    case STRATA_OPERATION_ALTER_COLUMN:
      read_alter_column (reader, object, &operation->alter_column);
      break;
    case STRATA_OPERATION_CREATE_INDEX:
    case STRATA_OPERATION_DROP_INDEX:
      operation->index = *(const StrataIndex *) read_index (reader, self);
      break;
    case STRATA_OPERATION_ADD_CONSTRAINT:
    case STRATA_OPERATION_DROP_CONSTRAINT:
      operation->constraint = *(const StrataConstraint *) read_constraint (reader, self);
      break;
    case STRATA_OPERATION_COMMENT_TABLE:
      operation->comment = get_text (object, "comment");
      break;
    case STRATA_OPERATION_EXECUTE:
      operation->execute.expression = get_expression (reader, object, "expression");
      operation->execute.query = read_query (reader, get_object (object, "query"));
      break;
    case STRATA_OPERATION_BULK_INSERT:
      operation->bulk_insert.columns = read_list (reader, object, "columns", read_expression_element);
      operation->bulk_insert.rows = read_list (reader, object, "rows", read_row);
      break;
    case STRATA_OPERATION_CREATE_TYPE:
    case STRATA_OPERATION_DROP_TYPE:
      operation->type = read_type (reader, get_object (object, "type"));
      break;
    case STRATA_OPERATION_CREATE_SEQUENCE:
    case STRATA_OPERATION_DROP_SEQUENCE:
      operation->sequence.name = get_text (object, "name");
      operation->sequence.settings = read_identity (reader, get_object (object, "settings"));
      operation->sequence.type = read_type (reader, get_object (object, "type"));
      break;
    case STRATA_OPERATION_CREATE_SCHEMA:
    case STRATA_OPERATION_DROP_SCHEMA:
      operation->schema_change.name = get_text (object, "name");
      operation->schema_change.is_cascade = get_flag (object, "cascade");
      break;
    case STRATA_OPERATION_DROP_TABLE:
    default:
      break;
    }

  json_node_unref (self);

  return operation;
}

/* The parameters are those that each server's driver has, unless env.py says otherwise. */
static G_GNUC_UNUSED StrataRenderOptions
read_render_options (JsonObject *object)
{
  JsonObject *naming = get_object (object, "naming");
  StrataRenderOptions options = {
    .dialect = strata_dialect_from_name (get_text (object, "dialect")),
    .parameters = STRATA_PARAMETERS_NAMED,
    .has_literal_binds = !get_flag (object, "binds"),
  };

  if (get_flag (object, "pyformat"))
    options.parameters = options.dialect == STRATA_DIALECT_SQLITE ? STRATA_PARAMETERS_QMARK
                                                                  : STRATA_PARAMETERS_PYFORMAT;

  if (naming != NULL)
    options.naming = (StrataNaming) {
      .index = get_text (naming, "ix"),
      .unique = get_text (naming, "uq"),
      .check = get_text (naming, "ck"),
      .foreign_key = get_text (naming, "fk"),
      .primary_key = get_text (naming, "pk"),
    };

  return options;
}

/* The statements, each ended by a semicolon and a line; or "refused CODE: why". */
static G_GNUC_UNUSED char *
render_json (JsonObject                *object,
             const StrataRenderOptions *options)
{
  Reader reader = { g_ptr_array_new_with_free_func (g_free), g_hash_table_new (g_str_hash, g_str_equal) };
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendered_free);
  g_autoptr(StrataRenderer) renderer = strata_renderer_new (options, NULL);
  g_autoptr(GError) error = NULL;
  GString *out = g_string_new (NULL);

  if (!strata_renderer_render (renderer, read_operation (&reader, object), statements, &error))
    g_string_printf (out, "refused %s: %s", strata_render_error_get_code (error), error->message);
  else
    for (guint i = 0; i < statements->len; i++)
      g_string_append_printf (out, "%s;\n", ((StrataRendered *) g_ptr_array_index (statements, i))->text);

  g_hash_table_unref (reader.tables);
  g_ptr_array_unref (reader.pool);

  return g_string_free (out, FALSE);
}

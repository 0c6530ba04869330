/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Types, values and expressions from JSON. What is made lives in the pool. */

#pragma once

#include <json-glib/json-glib.h>

#include "core/render/renderer.h"

typedef struct
{
  GPtrArray  *pool;
  GHashTable *tables;   /* by name: StrataRelation, so that the same table is the same pointer */
} Reader;

static gpointer
make (Reader *reader,
      gsize   size)
{
  gpointer memory = g_malloc0 (size);

  g_ptr_array_add (reader->pool, memory);

  return memory;
}

#define MAKE(reader, Type) ((Type *) make ((reader), sizeof (Type)))

static const StrataExpression *read_expression (Reader *reader, JsonNode *node);
static const StrataExpression *read_value_expression (Reader *reader, JsonNode *node);
static const StrataQuery *read_query (Reader *reader, JsonObject *object);

static const char *
get_text (JsonObject *object,
          const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static gboolean
get_flag (JsonObject *object,
          const char *name)
{
  return json_object_get_boolean_member_with_default (object, name, FALSE);
}

static guint
get_number (JsonObject *object,
            const char *name)
{
  return json_object_get_int_member_with_default (object, name, 0);
}

static JsonObject *
get_object (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static StrataAnswer
get_answer (JsonObject *object,
            const char *name)
{
  if (!json_object_has_member (object, name) || json_object_get_null_member (object, name))
    return STRATA_UNSAID;

  return json_object_get_boolean_member (object, name) ? STRATA_YES : STRATA_NO;
}

/* A NULL-terminated list of what the function makes of each element; NULL if there is no such list. */
typedef gconstpointer (*ReadElement) (Reader *reader, JsonNode *node);

static gpointer
read_list (Reader      *reader,
           JsonObject  *object,
           const char  *name,
           ReadElement  read)
{
  JsonArray *array = json_object_has_member (object, name) ? json_object_get_array_member (object, name) : NULL;
  guint length = array != NULL ? json_array_get_length (array) : 0;
  gconstpointer *list;

  if (array == NULL)
    return NULL;

  list = make (reader, (length + 1) * sizeof (gpointer));
  for (guint i = 0; i < length; i++)
    list[i] = read (reader, json_array_get_element (array, i));

  return list;
}

static gconstpointer
read_word (Reader   *reader,
           JsonNode *node)
{
  return json_node_get_string (node);
}

static gconstpointer
read_expression_element (Reader   *reader,
                         JsonNode *node)
{
  return JSON_NODE_HOLDS_NULL (node) ? read_value_expression (reader, node) : read_expression (reader, node);
}

static const StrataType *
read_type (Reader     *reader,
           JsonObject *object)
{
  StrataType *type;
  JsonObject *variants;

  if (object == NULL)
    return NULL;

  type = MAKE (reader, StrataType);
  if (!strata_type_kind_from_name (get_text (object, "kind"), &type->kind))
    type->kind = STRATA_TYPE_WORDS;
  type->name = get_text (object, "name");
  type->length = get_number (object, "length");
  type->collation = get_text (object, "collation");
  type->precision = get_number (object, "precision");
  type->scale = get_number (object, "scale");
  type->has_precision = json_object_has_member (object, "precision");
  type->has_scale = json_object_has_member (object, "scale");
  type->has_timezone = get_flag (object, "timezone");
  type->is_varying = get_flag (object, "varying");
  type->creates_check = get_flag (object, "create_constraint");
  type->is_not_native = get_answer (object, "native") == STRATA_NO;
  type->takes_text = get_answer (object, "as_uuid") == STRATA_NO;
  type->fields = get_text (object, "fields");
  type->item = read_type (reader, get_object (object, "item"));
  type->n_dimensions = get_number (object, "dimensions");
  type->values.schema = get_text (object, "schema");
  type->values.values = read_list (reader, object, "values", read_word);
  type->values.is_made_elsewhere = get_answer (object, "create_type") == STRATA_NO;

  variants = get_object (object, "variants");
  if (variants != NULL)
    {
      g_autoptr(GList) names = json_object_get_members (variants);

      for (GList *l = names; l != NULL; l = l->next)
        {
          StrataTypeVariant *variant = MAKE (reader, StrataTypeVariant);

          variant->dialect = strata_dialect_from_name (l->data);
          variant->type = read_type (reader, get_object (variants, l->data));
          variant->next = type->variants;
          type->variants = variant;
        }
    }

  return type;
}

static gconstpointer
read_value (Reader   *reader,
            JsonNode *node)
{
  StrataValue *value = MAKE (reader, StrataValue);

  if (JSON_NODE_HOLDS_NULL (node))
    {
      value->kind = STRATA_VALUE_NULL;
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);
      const StrataValue **items = make (reader, (json_array_get_length (array) + 1) * sizeof (gpointer));

      for (guint i = 0; i < json_array_get_length (array); i++)
        items[i] = read_value (reader, json_array_get_element (array, i));
      value->kind = STRATA_VALUE_LIST;
      value->items = items;
      value->json = "[]";
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      static const struct
      {
        const char      *name;
        StrataValueKind  kind;
      } kinds[] = {
        { "date", STRATA_VALUE_DATE }, { "datetime", STRATA_VALUE_DATETIME }, { "time", STRATA_VALUE_TIME },
        { "uuid", STRATA_VALUE_UUID }, { "decimal", STRATA_VALUE_DECIMAL }, { "interval", STRATA_VALUE_INTERVAL },
        { "bytes", STRATA_VALUE_BYTES }, { "float", STRATA_VALUE_FLOAT }, { "map", STRATA_VALUE_MAP },
      };

      for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
        if (json_object_has_member (json_node_get_object (node), kinds[i].name))
          {
            value->kind = kinds[i].kind;
            value->text = get_text (json_node_get_object (node), kinds[i].name);
            value->length = value->text != NULL ? strlen (value->text) : 0;
            value->json = value->text;
          }
    }
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    {
      value->kind = STRATA_VALUE_BOOLEAN;
      value->truth = json_node_get_boolean (node);
    }
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    {
      value->kind = STRATA_VALUE_STRING;
      value->text = json_node_get_string (node);
    }
  else
    {
      char *text = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));

      value->kind = STRATA_VALUE_INTEGER;
      value->text = text;
      g_ptr_array_add (reader->pool, text);
    }

  return value;
}

static const StrataExpression *
read_value_expression (Reader   *reader,
                       JsonNode *node)
{
  StrataExpression *expression = MAKE (reader, StrataExpression);

  expression->kind = STRATA_EXPRESSION_VALUE;
  expression->value = read_value (reader, node);

  return expression;
}

static const StrataRelation *
find_table (Reader     *reader,
            const char *name)
{
  StrataRelation *table = name != NULL ? g_hash_table_lookup (reader->tables, name) : NULL;

  if (name == NULL || table != NULL)
    return table;

  table = MAKE (reader, StrataRelation);
  table->name = name;
  g_hash_table_insert (reader->tables, (gpointer) name, table);

  return table;
}

/* { "text": ... }, { "column": ... }, { "func": name, "items": [...] }, { "op": name, "items": [...] } and so on. */
static const StrataExpression *
read_expression (Reader   *reader,
                 JsonNode *node)
{
  static const struct
  {
    const char           *name;
    StrataExpressionKind  kind;
  } kinds[] = {
    { "text", STRATA_EXPRESSION_TEXT }, { "words", STRATA_EXPRESSION_WORDS }, { "column", STRATA_EXPRESSION_COLUMN },
    { "func", STRATA_EXPRESSION_FUNCTION }, { "label", STRATA_EXPRESSION_LABEL },
    { "extract", STRATA_EXPRESSION_EXTRACT }, { "cast", STRATA_EXPRESSION_CAST }, { "case", STRATA_EXPRESSION_CASE },
    { "null", STRATA_EXPRESSION_NULL }, { "true", STRATA_EXPRESSION_TRUE }, { "false", STRATA_EXPRESSION_FALSE },
    { "list", STRATA_EXPRESSION_LIST }, { "unary", STRATA_EXPRESSION_UNARY }, { "op", STRATA_EXPRESSION_BINARY },
    { "tuple", STRATA_EXPRESSION_TUPLE }, { "subquery", STRATA_EXPRESSION_QUERY }, { "custom", STRATA_EXPRESSION_BINARY },
  };
  StrataExpression *expression;
  JsonObject *object;

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return read_value_expression (reader, node);

  object = json_node_get_object (node);
  if (json_object_has_member (object, "value"))
    {
      StrataExpression *value = (StrataExpression *) read_value_expression (reader,
                                                                            json_object_get_member (object, "value"));

      value->type = read_type (reader, get_object (object, "type"));
      value->name = get_text (object, "name");
      return value;
    }

  expression = MAKE (reader, StrataExpression);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (json_object_has_member (object, kinds[i].name))
      {
        expression->kind = kinds[i].kind;
        if (expression->kind != STRATA_EXPRESSION_QUERY)
          expression->name = get_text (object, kinds[i].name);
      }

  if (json_object_has_member (object, "custom"))
    expression->operator = STRATA_OPERATOR_CUSTOM;
  else if (expression->kind == STRATA_EXPRESSION_LIST || expression->kind == STRATA_EXPRESSION_UNARY
           || expression->kind == STRATA_EXPRESSION_BINARY)
    g_assert_true (strata_operator_from_name (expression->name, &expression->operator));

  expression->relation = find_table (reader, get_text (object, "of"));
  if (expression->kind == STRATA_EXPRESSION_QUERY)
    expression->query = read_query (reader, get_object (object, "subquery"));
  expression->type = read_type (reader, get_object (object, "type"));
  expression->escape = get_text (object, "escape");
  expression->items = read_list (reader, object, "items", read_expression_element);
  expression->parameters = read_list (reader, object, "parameters", read_expression_element);

  return expression;
}

static const StrataExpression *
get_expression (Reader     *reader,
                JsonObject *object,
                const char *name)
{
  return json_object_has_member (object, name) ? read_expression (reader, json_object_get_member (object, name)) : NULL;
}

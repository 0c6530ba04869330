/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Queries from JSON: { "kind", "table", "columns", "values", "from", "where" ... }. */

#pragma once

#include "tests/core/render/read-expression.h"

static gconstpointer
read_relation (Reader   *reader,
               JsonNode *node)
{
  StrataRelation *join;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return find_table (reader, json_node_get_string (node));

  object = json_node_get_object (node);
  join = MAKE (reader, StrataRelation);
  join->kind = STRATA_RELATION_JOIN;
  join->left = read_relation (reader, json_object_get_member (object, "left"));
  join->right = read_relation (reader, json_object_get_member (object, "right"));
  join->on = read_expression (reader, json_object_get_member (object, "on"));
  join->is_outer = get_flag (object, "outer");

  return join;
}

static const StrataExpression *
get_part (Reader     *reader,
          JsonObject *object,
          const char *name)
{
  return json_object_has_member (object, name) ? read_expression (reader, json_object_get_member (object, name)) : NULL;
}

static const StrataQuery *
read_query (Reader     *reader,
            JsonObject *object)
{
  static const char * const kinds[] = { "select", "compound", "insert", "update", "delete" };
  StrataQuery *query;

  if (object == NULL)
    return NULL;

  query = MAKE (reader, StrataQuery);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i], get_text (object, "kind")) == 0)
      query->kind = i;

  query->relation = find_table (reader, get_text (object, "table"));
  query->columns = read_list (reader, object, "columns", read_expression_element);
  query->values = read_list (reader, object, "values", read_expression_element);
  query->from = read_list (reader, object, "from", read_relation);
  query->where = get_part (reader, object, "where");
  query->group_by = read_list (reader, object, "group_by", read_expression_element);
  query->having = get_part (reader, object, "having");
  query->order_by = read_list (reader, object, "order_by", read_expression_element);
  query->limit = get_part (reader, object, "limit");
  query->offset = get_part (reader, object, "offset");
  query->is_distinct = get_flag (object, "distinct");
  query->source = read_query (reader, get_object (object, "source"));
  query->returning = read_list (reader, object, "returning", read_expression_element);

  return query;
}

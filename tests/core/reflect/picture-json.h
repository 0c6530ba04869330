/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture as JSON, for the tests and for the comparison with SQLAlchemy's inspector. */

#pragma once

#include <json-glib/json-glib.h>

#include "core/schema/picture.h"

static void
put_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  if (text == NULL)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
put_flag (JsonBuilder *builder,
          const char  *name,
          gboolean     flag)
{
  if (!flag)
    return;

  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, TRUE);
}

static void
put_number (JsonBuilder *builder,
            const char  *name,
            guint        number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
put_list (JsonBuilder        *builder,
          const char         *name,
          const char * const *list)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    json_builder_add_string_value (builder, list[i]);
  json_builder_end_array (builder);
}

static void
put_type (JsonBuilder      *builder,
          const StrataType *type)
{
  json_builder_begin_object (builder);
  put_text (builder, "kind", type->kind == STRATA_TYPE_WORDS ? "words" : strata_type_kind_get_name (type->kind));
  put_text (builder, "name", type->name);
  put_text (builder, "schema", type->values.schema);
  put_text (builder, "collation", type->collation);
  put_text (builder, "fields", type->fields);
  if (type->length > 0)
    put_number (builder, "length", type->length);
  if (type->has_precision)
    put_number (builder, "precision", type->precision);
  if (type->has_scale)
    put_number (builder, "scale", type->scale);
  put_flag (builder, "timezone", type->has_timezone);
  put_flag (builder, "varying", type->is_varying);
  if (type->values.values != NULL)
    put_list (builder, "values", type->values.values);
  if (type->item != NULL)
    {
      json_builder_set_member_name (builder, "item");
      put_type (builder, type->item);
    }
  if (type->n_dimensions > 0)
    put_number (builder, "dimensions", type->n_dimensions);
  json_builder_end_object (builder);
}

static void
put_identity (JsonBuilder                 *builder,
              const StrataPictureIdentity *identity)
{
  if (identity == NULL)
    return;

  json_builder_set_member_name (builder, "identity");
  json_builder_begin_object (builder);
  put_flag (builder, "always", identity->is_always);
  put_text (builder, "start", identity->start);
  put_text (builder, "increment", identity->increment);
  put_text (builder, "minvalue", identity->minvalue);
  put_text (builder, "maxvalue", identity->maxvalue);
  put_text (builder, "cache", identity->cache);
  put_flag (builder, "cycle", identity->cycles);
  json_builder_end_object (builder);
}

static void
put_column (JsonBuilder               *builder,
            const StrataPictureColumn *column)
{
  put_text (builder, "name", column->name);
  put_text (builder, "type_text", column->type_text);
  json_builder_set_member_name (builder, "type");
  put_type (builder, column->type);
  put_flag (builder, "nullable", column->is_nullable);
  put_text (builder, "default", column->default_text);
  put_flag (builder, "autoincrement", column->is_autoincrement);
  put_identity (builder, column->identity);
  put_text (builder, "computed", column->computed);
  put_flag (builder, "stored", column->is_stored);
  put_text (builder, "collation", column->collation);
  put_text (builder, "comment", column->comment);
  put_text (builder, "on_conflict", column->on_conflict);
}

static void
put_key (JsonBuilder            *builder,
         const StrataPictureKey *key)
{
  put_text (builder, "name", key->name);
  put_list (builder, "columns", key->columns);
  put_list (builder, "include", key->include);
  put_flag (builder, "nulls_not_distinct", key->nulls_not_distinct);
  put_text (builder, "deferrable", key->deferrable);
  put_text (builder, "initially", key->initially);
  put_text (builder, "on_conflict", key->on_conflict);
  put_text (builder, "comment", key->comment);
}

static void
put_check (JsonBuilder              *builder,
           const StrataPictureCheck *check)
{
  put_text (builder, "name", check->name);
  put_text (builder, "text", check->text);
  put_flag (builder, "not_valid", check->is_not_valid);
  put_flag (builder, "no_inherit", check->is_no_inherit);
  put_text (builder, "comment", check->comment);
}

static void
put_reference (JsonBuilder                  *builder,
               const StrataPictureReference *reference)
{
  put_text (builder, "name", reference->name);
  put_list (builder, "columns", reference->columns);
  put_text (builder, "schema", reference->schema);
  put_text (builder, "table", reference->table);
  put_list (builder, "referred", reference->referred);
  put_text (builder, "on_delete", reference->on_delete);
  put_text (builder, "on_update", reference->on_update);
  put_text (builder, "match", reference->match);
  put_text (builder, "deferrable", reference->deferrable);
  put_text (builder, "initially", reference->initially);
  put_flag (builder, "schema_said", reference->is_schema_said);
  put_flag (builder, "not_valid", reference->is_not_valid);
  put_text (builder, "comment", reference->comment);
}

static void
put_index (JsonBuilder              *builder,
           const StrataPictureIndex *index)
{
  put_text (builder, "name", index->name);
  put_flag (builder, "unique", index->is_unique);
  json_builder_set_member_name (builder, "elements");
  json_builder_begin_array (builder);
  for (guint i = 0; index->elements != NULL && index->elements[i] != NULL; i++)
    {
      json_builder_begin_object (builder);
      put_text (builder, "column", index->elements[i]->column);
      put_text (builder, "text", index->elements[i]->text);
      put_flag (builder, "desc", index->elements[i]->is_descending);
      put_number (builder, "nulls", index->elements[i]->nulls);
      put_text (builder, "collation", index->elements[i]->collation);
      put_text (builder, "opclass", index->elements[i]->operator_class);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  put_list (builder, "include", index->include);
  put_text (builder, "method", index->method);
  put_text (builder, "where", index->where);
  put_list (builder, "with", index->with);
  put_flag (builder, "nulls_not_distinct", index->nulls_not_distinct);
  put_flag (builder, "of_constraint", index->is_of_constraint);
  put_flag (builder, "invalid", index->is_invalid);
  put_text (builder, "comment", index->comment);
}

#define PUT_OBJECTS(builder, name, list, put) \
  G_STMT_START { \
    json_builder_set_member_name ((builder), (name)); \
    json_builder_begin_array ((builder)); \
    for (guint i_ = 0; (list) != NULL && (list)[i_] != NULL; i_++) \
      { \
        json_builder_begin_object ((builder)); \
        put ((builder), (list)[i_]); \
        json_builder_end_object ((builder)); \
      } \
    json_builder_end_array ((builder)); \
  } G_STMT_END

static void
put_table (JsonBuilder              *builder,
           const StrataPictureTable *table)
{
  put_text (builder, "schema", table->schema);
  put_text (builder, "name", table->name);
  put_text (builder, "comment", table->comment);
  put_flag (builder, "view", table->is_view);
  put_flag (builder, "strict", table->is_strict);
  put_flag (builder, "without_rowid", table->is_without_rowid);
  put_flag (builder, "partition", table->is_partition);
  PUT_OBJECTS (builder, "columns", table->columns, put_column);
  if (table->primary_key != NULL)
    {
      json_builder_set_member_name (builder, "primary_key");
      json_builder_begin_object (builder);
      put_key (builder, table->primary_key);
      json_builder_end_object (builder);
    }
  PUT_OBJECTS (builder, "uniques", table->uniques, put_key);
  PUT_OBJECTS (builder, "checks", table->checks, put_check);
  PUT_OBJECTS (builder, "references", table->references, put_reference);
  PUT_OBJECTS (builder, "exclusions", table->exclusions, put_check);
  PUT_OBJECTS (builder, "indexes", table->indexes, put_index);
}

static void
put_name (JsonBuilder             *builder,
          const StrataPictureName *name)
{
  put_text (builder, "schema", name->schema);
  put_text (builder, "name", name->name);
}

static void
put_types (JsonBuilder              *builder,
           const char               *name,
           const StrataType * const *types)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; types != NULL && types[i] != NULL; i++)
    put_type (builder, types[i]);
  json_builder_end_array (builder);
}

static char *
picture_to_json (const StrataPicture *picture)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(JsonNode) root = NULL;

  json_builder_begin_object (builder);
  put_text (builder, "default_schema", picture->default_schema);
  put_list (builder, "schemas", picture->schemas);
  PUT_OBJECTS (builder, "tables", picture->tables, put_table);
  PUT_OBJECTS (builder, "materialized", picture->materialized, put_name);
  PUT_OBJECTS (builder, "sequences", picture->sequences, put_name);
  put_types (builder, "enums", picture->enums);
  put_types (builder, "domains", picture->domains);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

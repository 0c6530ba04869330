/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-private.h"
#include "core/reflect/postgresql-type.h"
#include "core/reflect/reflect-private.h"

#include "core/base/files.h"
#include "core/sql/lexer.h"

#include <stdlib.h>
#include <string.h>

static StrataRows *
query (StrataPostgresqlReader  *self,
       const char              *resource,
       gboolean                 is_scoped,
       GError                 **error)
{
  const char *params[] = { self->scope->schema, self->scope->table };

  return strata_connection_query (self->connection, strata_resource_text (resource), params, is_scoped ? 2 : 0,
                                  self->cancellable, error);
}

const char * const *
strata_postgresql_read_list (StrataPostgresqlReader *self,
                             const char             *json)
{
  g_autoptr(JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;
  g_autoptr(GPtrArray) list = g_ptr_array_new ();
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (list, (gpointer) INTERN (self, json_array_get_string_element (array, i)));

  return strata_picture_list (self->picture, list);
}

const char * const *
strata_postgresql_read_columns (StrataPostgresqlReader       *self,
                                const char                   *text,
                                const StrataPostgresqlColumn *numbered)
{
  g_autoptr(GPtrArray) list = NULL;

  if (text == NULL || *text != '{')
    return strata_postgresql_read_list (self, text);

  list = g_ptr_array_new ();
  for (char *at = (char *) text + 1; *at >= '0' && *at <= '9';)
    {
      const StrataPictureColumn *column = numbered[strtoul (at, &at, 10)].part;

      /* A check of the whole row has the number 0. */
      if (column != NULL)
        g_ptr_array_add (list, (gpointer) column->name);
      if (*at == ',')
        at++;
    }

  return strata_picture_list (self->picture, list);
}

void
strata_postgresql_fill_schemas (StrataPostgresqlReader *self,
                                StrataRows             *rows)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  self->picture->default_schema = INTERN (self, CELL (rows, 0, 1));
  for (guint i = 1; i < strata_rows_get_n_rows (rows); i++)
    g_ptr_array_add (names, (gpointer) INTERN (self, CELL (rows, i, 1)));
  self->picture->schemas = strata_picture_list (self->picture, names);
}

/* Whether the parenthesis at the beginning is closed by the one at the end. */
static gboolean
is_group (const char *text)
{
  gsize length = strlen (text);
  StrataLexer lexer;
  StrataToken token;
  guint depth = 0;

  strata_lexer_init (&lexer, STRATA_DIALECT_POSTGRESQL, text, length);
  while (strata_lexer_next (&lexer, &token))
    {
      if (strata_token_is_symbol (&token, "("))
        depth++;
      else if (depth > 0 && strata_token_is_symbol (&token, ")"))
        depth--;
      if (depth == 0)
        return *text == '(' && token.text == text + length - 1;
    }

  return FALSE;
}

/* "CHECK ((a > 0)) NOT VALID": what stands in the outer parentheses, once more without those of its own. */
const char *
strata_postgresql_read_check (StrataPostgresqlReader *self,
                              const char             *definition)
{
  const char *start = definition != NULL ? strchr (definition, '(') : NULL;
  const char *end = definition != NULL ? strrchr (definition, ')') : NULL;
  g_autofree char *text = NULL;

  if (start == NULL || end <= start)
    return INTERN (self, definition);

  text = g_strndup (start + 1, end - start - 1);
  g_strstrip (text);
  if (is_group (text))
    {
      text[strlen (text) - 1] = '\0';
      return INTERN (self, text + 1);
    }

  return INTERN (self, text);
}

static StrataType *
read_enum (StrataPostgresqlReader *self,
           StrataRows             *rows,
           guint                   row)
{
  StrataType *type = NEW (self, StrataType);

  type->kind = STRATA_TYPE_ENUM;
  type->values.values = strata_postgresql_read_list (self, CELL (rows, row, 5));
  if (type->values.values == NULL)
    type->values.values = NEW (self, const char *);

  return type;
}

static StrataType *
read_domain (StrataPostgresqlReader *self,
             StrataRows             *rows,
             guint                   row)
{
  StrataType *type = NEW (self, StrataType);
  StrataDomain *domain = NEW (self, StrataDomain);

  type->kind = STRATA_TYPE_DOMAIN;
  type->item = strata_postgresql_read_type (self->picture, self->named, CELL (rows, row, 6), CELL (rows, row, 9));
  type->collation = INTERN (self, CELL (rows, row, 9));
  type->domain = domain;
  domain->is_not_null = IS_TRUE (rows, row, 7);
  domain->default_text = INTERN (self, CELL (rows, row, 8));
  domain->constraint_name = INTERN (self, CELL (rows, row, 10));
  domain->check_text = CELL (rows, row, 11) != NULL ? strata_postgresql_read_check (self, CELL (rows, row, 11)) : NULL;

  return type;
}

/* A column's type has a schema only where nobody sees it without; the lists of the picture have it always. */
static void
add_type (StrataPostgresqlReader *self,
          StrataRows             *rows,
          guint                   row,
          StrataType             *type,
          GPtrArray              *list)
{
  StrataType *listed = NEW (self, StrataType);

  type->name = INTERN (self, CELL (rows, row, 2));
  type->values.is_made_elsewhere = type->kind == STRATA_TYPE_DOMAIN;
  *listed = *type;
  listed->values.schema = INTERN (self, CELL (rows, row, 1));
  if (!IS_TRUE (rows, row, 4))
    type->values.schema = listed->values.schema;

  g_ptr_array_add (list, listed);
  g_hash_table_insert (self->named, (gpointer) INTERN (self, CELL (rows, row, 3)), type);
}

void
strata_postgresql_fill_types (StrataPostgresqlReader *self,
                              StrataRows             *rows)
{
  g_autoptr(GPtrArray) enums = g_ptr_array_new ();
  g_autoptr(GPtrArray) domains = g_ptr_array_new ();

  /* Domains may be made of enumerations. */
  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    if (*CELL (rows, i, 0) == 'e')
      add_type (self, rows, i, read_enum (self, rows, i), enums);
  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    if (*CELL (rows, i, 0) == 'd')
      add_type (self, rows, i, read_domain (self, rows, i), domains);

  self->picture->enums = strata_picture_list (self->picture, enums);
  self->picture->domains = strata_picture_list (self->picture, domains);
}

static gboolean
read_names (StrataPostgresqlReader  *self,
            GError                 **error)
{
  g_autoptr(StrataRows) schemas = query (self, "sql/postgresql/reflect-schemas.sql", FALSE, error);
  g_autoptr(StrataRows) types = schemas != NULL ? query (self, "sql/postgresql/reflect-types.sql", FALSE, error) : NULL;

  if (types == NULL)
    return FALSE;

  strata_postgresql_fill_schemas (self, schemas);
  strata_postgresql_fill_types (self, types);

  return TRUE;
}

static gboolean
read_relations (StrataPostgresqlReader  *self,
                GError                 **error)
{
  g_autoptr(StrataRows) rows = query (self, "sql/postgresql/reflect-relations.sql", TRUE, error);
  g_autoptr(GPtrArray) sequences = g_ptr_array_new ();
  g_autoptr(GPtrArray) materialized = g_ptr_array_new ();

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    {
      char kind = *CELL (rows, i, 2);
      StrataPictureTable *table = NEW (self, StrataPictureTable);
      StrataPictureName *name = NEW (self, StrataPictureName);

      table->schema = name->schema = INTERN (self, CELL (rows, i, 0));
      table->name = name->name = INTERN (self, CELL (rows, i, 1));
      table->is_partition = IS_TRUE (rows, i, 3);
      table->comment = INTERN (self, CELL (rows, i, 4));
      table->is_view = kind == 'v' || kind == 'm';
      table->is_foreign = kind == 'f';
      if (kind != 'S')
        g_ptr_array_add (self->tables, table);
      if (kind == 'S')
        g_ptr_array_add (sequences, name);
      else if (kind == 'm')
        g_ptr_array_add (materialized, name);
    }
  self->picture->sequences = strata_picture_list (self->picture, sequences);
  self->picture->materialized = strata_picture_list (self->picture, materialized);

  return TRUE;
}

static gboolean
is_of (StrataRows               *rows,
       guint                     row,
       const StrataPictureTable *table)
{
  return row < strata_rows_get_n_rows (rows) && strcmp (CELL (rows, row, 0), table->schema) == 0
         && strcmp (CELL (rows, row, 1), table->name) == 0;
}

/* Hands each table its rows, which come in the same order. */
static gboolean
distribute (StrataPostgresqlReader  *self,
            const char              *resource,
            StrataPostgresqlFill     fill,
            GError                 **error)
{
  g_autoptr(StrataRows) rows = query (self, resource, TRUE, error);
  guint row = 0;

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < self->tables->len; i++)
    {
      StrataPictureTable *table = self->tables->pdata[i];
      guint first = row;

      while (is_of (rows, row, table))
        row++;
      fill (self, table, rows, first, row);
    }

  return TRUE;
}

static gboolean
read_all (StrataPostgresqlReader  *self,
          GError                 **error)
{
  if (!read_names (self, error) || !read_relations (self, error)
      || !distribute (self, "sql/postgresql/reflect-columns.sql", strata_postgresql_fill_columns, error)
      || !distribute (self, "sql/postgresql/reflect-constraints.sql", strata_postgresql_fill_constraints, error)
      || !distribute (self, "sql/postgresql/reflect-indexes.sql", strata_postgresql_fill_indexes, error))
    return FALSE;

  self->picture->tables = strata_picture_list (self->picture, self->tables);
  self->picture->n_tables = self->tables->len;

  return TRUE;
}

gboolean
strata_reflect_postgresql (StrataPicture             *picture,
                           StrataConnection          *connection,
                           const StrataReflectScope  *scope,
                           GCancellable              *cancellable,
                           GError                   **error)
{
  StrataPostgresqlReader self = {
    .picture = picture,
    .connection = connection,
    .scope = scope,
    .cancellable = cancellable,
    .named = g_hash_table_new (g_str_hash, g_str_equal),
    .tables = g_ptr_array_new (),
  };
  gboolean is_read = read_all (&self, error);

  g_hash_table_unref (self.named);
  g_ptr_array_unref (self.tables);

  return is_read;
}

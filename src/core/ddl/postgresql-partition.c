/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Partitions and other children: what they have from their parents is not said again. */

#include "config.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

#define MAX_NAME 63

/* Reads one name, quoted or not, of a qualified one. */
static char *
read_name (const char **at)
{
  g_autoptr(GString) name = g_string_new (NULL);
  const char *c = *at;

  if (*c != '"')
    {
      for (; *c != '\0' && *c != '.'; c++)
        g_string_append_c (name, *c);
    }
  else
    {
      for (c++; *c != '\0' && (*c != '"' || c[1] == '"'); c++)
        {
          g_string_append_c (name, *c);
          if (*c == '"')
            c++;
        }
      if (*c == '"')
        c++;
    }

  *at = *c == '.' ? c + 1 : c;

  return g_string_free (g_steal_pointer (&name), FALSE);
}

const StrataObject *
strata_ddl_find_parent (const StrataPicture *picture,
                        const char          *qualified)
{
  g_autofree char *schema = read_name (&qualified);
  g_autofree char *name = read_name (&qualified);
  StrataObject like = { .kind = STRATA_OBJECT_TABLE, .schema = schema, .name = name };

  return strata_picture_find_object (picture, &like);
}

static guint
clip (const char *text,
      guint       length)
{
  while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
    length--;

  return length;
}

/* As the server makes a name up: the parts are cut, the longer one first, where they are too long together. */
static char *
make_usual_name (const char *table,
                 const char *columns,
                 const char *label)
{
  guint first = strlen (table), second = columns != NULL ? strlen (columns) : 0;
  guint room = MAX_NAME - strlen (label) - 1 - (columns != NULL ? 1 : 0);

  while (first + second > room)
    {
      if (first > second)
        first--;
      else
        second--;
    }
  first = clip (table, first);
  if (columns == NULL)
    return g_strdup_printf ("%.*s_%s", (int) first, table, label);

  second = clip (columns, second);

  return g_strdup_printf ("%.*s_%.*s_%s", (int) first, table, (int) second, columns, label);
}

static void
append_part (GString    *out,
             const char *name)
{
  if (out->len <= MAX_NAME)
    g_string_append_printf (out, "%s%s", out->len > 0 ? "_" : "", name);
}

static void
append_parts (GString            *out,
              const char * const *names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    append_part (out, names[i]);
}

/* A column of an index that is a call has the function's name; NULL of other expressions. */
static char *
dup_element_name (const StrataPictureElement *element)
{
  g_autoptr(GRegex) call = NULL;
  g_autoptr(GMatchInfo) match = NULL;

  if (element->column != NULL)
    return g_strdup (element->column);

  call = g_regex_new ("^(?:[a-z_][a-z0-9_]*\\.)?([a-z_][a-z0-9_]*)\\([a-z0-9_, ]*\\)$", 0, 0, NULL);

  return g_regex_match (call, element->text, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* The name that the server gives to what a partition gets from its parent; NULL where that is not so easily said. */
static char *
dup_usual_name (const StrataObject *object)
{
  g_autoptr(GString) columns = g_string_new (NULL);

  if (object->kind == STRATA_OBJECT_PRIMARY_KEY)
    return make_usual_name (object->table, NULL, "pkey");

  if (object->kind == STRATA_OBJECT_UNIQUE)
    {
      append_parts (columns, object->of.key->columns);
      append_parts (columns, object->of.key->include);
      return make_usual_name (object->table, columns->str, "key");
    }

  if (object->kind != STRATA_OBJECT_INDEX)
    return NULL;

  for (guint i = 0; object->of.index->elements != NULL && object->of.index->elements[i] != NULL; i++)
    {
      g_autofree char *part = dup_element_name (object->of.index->elements[i]);

      /* A second expression of that name would get a number. */
      if (part == NULL || (i > 0 && object->of.index->elements[i]->column == NULL))
        return NULL;
      append_part (columns, part);
    }
  append_parts (columns, object->of.index->include);

  return make_usual_name (object->table, columns->str, "idx");
}

static gboolean
has_usual_index_names (const StrataPicture *picture,
                       const StrataObject  *table)
{
  static const StrataObjectKind kinds[] = { STRATA_OBJECT_PRIMARY_KEY, STRATA_OBJECT_UNIQUE, STRATA_OBJECT_EXCLUSION,
                                            STRATA_OBJECT_INDEX };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      guint i = strata_ddl_find_of_table (picture, kinds[k], table->schema, table->name);

      for (; strata_ddl_hangs_on (picture, i, kinds[k], table->schema, table->name); i++)
        if (picture->objects[i]->is_inherited)
          {
            g_autofree char *usual = dup_usual_name (picture->objects[i]);

            if (g_strcmp0 (usual, picture->objects[i]->name) != 0)
              return FALSE;
          }
    }

  return TRUE;
}

static gboolean
has_same_columns (const StrataPictureTable *table,
                  const StrataPictureTable *parent)
{
  guint i = 0;

  for (; table->columns != NULL && table->columns[i] != NULL; i++)
    if (parent->columns == NULL || parent->columns[i] == NULL
        || strcmp (table->columns[i]->name, parent->columns[i]->name) != 0)
      return FALSE;

  return TRUE;
}

/* Whether INHERITS would give other places to columns that are all the child's own: those of the parents come first. */
static gboolean
has_own_order (const StrataPicture      *picture,
               const StrataPictureTable *table)
{
  guint n = 0;

  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    if (table->columns[i]->is_inherited)
      return FALSE;

  for (guint i = 0; table->storage->parents[i] != NULL; i++)
    {
      const StrataObject *parent = strata_ddl_find_parent (picture, table->storage->parents[i]);

      for (guint c = 0; parent != NULL && parent->of.table->columns != NULL && parent->of.table->columns[c] != NULL; c++, n++)
        if (table->columns == NULL || table->columns[n] == NULL
            || strcmp (table->columns[n]->name, parent->of.table->columns[c]->name) != 0)
          return TRUE;
    }

  return FALSE;
}

StrataDdlTableForm
strata_ddl_get_table_form (const StrataDdlWriter *self,
                           const StrataObject    *object)
{
  const StrataPictureStorage *storage = object->of.table->storage;
  const StrataObject *parent;

  if (storage->of_type != NULL)
    return STRATA_DDL_TABLE_OF;
  if (storage->parents == NULL)
    return STRATA_DDL_TABLE_PLAIN;
  if (storage->bound == NULL)
    return !self->options->has_sorted_columns && has_own_order (self->picture, object->of.table) ? STRATA_DDL_TABLE_JOINED
                                                                                                 : STRATA_DDL_TABLE_PLAIN;
  if (self->options->has_sorted_columns)
    return STRATA_DDL_TABLE_PARTITION;

  parent = strata_ddl_find_parent (self->picture, storage->parents[0]);
  if (parent != NULL && has_same_columns (object->of.table, parent->of.table)
      && has_usual_index_names (self->picture, object))
    return STRATA_DDL_TABLE_PARTITION;

  return STRATA_DDL_TABLE_ATTACHED;
}

/* Its indexes are made first, so that they get their own names and the parent takes them. */
void
strata_ddl_attach (const StrataDdlWriter *self,
                   const StrataObject    *object)
{
  const StrataPictureStorage *storage = object->of.table->storage;
  g_autofree char *name = strata_ddl_dup_name (object);
  guint i = strata_ddl_find_of_table (self->picture, STRATA_OBJECT_INDEX, object->schema, object->name);

  for (; strata_ddl_hangs_on (self->picture, i, STRATA_OBJECT_INDEX, object->schema, object->name); i++)
    if (self->picture->objects[i]->is_inherited)
      strata_ddl_create_index (self, self->picture->objects[i]);

  strata_ddl_add_printf (self, "ALTER TABLE ONLY %s ATTACH PARTITION %s %s", storage->parents[0], name, storage->bound);
}

void
strata_ddl_join (const StrataDdlWriter *self,
                 const StrataObject    *object)
{
  const StrataPictureStorage *storage = object->of.table->storage;
  g_autofree char *name = strata_ddl_dup_name (object);

  for (guint i = 0; storage->parents[i] != NULL; i++)
    strata_ddl_add_printf (self, "ALTER TABLE %s INHERIT %s", name, storage->parents[i]);
}

/* What the column would be without a word of its own: FALSE where no parent has it. */
static gboolean
get_inherited (const StrataDdlWriter *self,
               const StrataObject    *object,
               const char            *name,
               StrataPictureColumn   *inherited)
{
  const char * const *parents = object->of.table->storage->parents;
  gboolean is_found = FALSE;

  for (guint i = 0; parents != NULL && parents[i] != NULL; i++)
    {
      const StrataObject *parent = strata_ddl_find_parent (self->picture, parents[i]);
      const StrataPictureColumn *column;

      column = parent != NULL ? strata_picture_table_find_column (parent->of.table, name) : NULL;
      if (column == NULL)
        continue;

      if (!is_found)
        *inherited = *column;
      else if (inherited->default_text == NULL)
        inherited->default_text = column->default_text;
      inherited->is_nullable = inherited->is_nullable && column->is_nullable;
      is_found = TRUE;
    }

  return is_found;
}

/* A column of the child's own that the parents have too takes their expression: up to 15 it may not say it. */
void
strata_ddl_append_merged_column (const StrataDdlWriter     *self,
                                 const StrataObject        *object,
                                 const StrataPictureColumn *column,
                                 GString                   *out)
{
  StrataPictureColumn own = *column, parent;

  if (own.computed != NULL && get_inherited (self, object, column->name, &parent)
      && g_strcmp0 (own.computed, parent.computed) == 0)
    own.computed = NULL;
  strata_ddl_append_full_column (self, &own, out);
}

void
strata_ddl_append_own_settings (const StrataDdlWriter     *self,
                                const StrataObject        *object,
                                const StrataPictureColumn *column,
                                GString                   *out)
{
  StrataPictureColumn own = *column, parent;

  if (!get_inherited (self, object, column->name, &parent))
    return;

  own.identity = NULL;
  if (g_strcmp0 (own.default_text, parent.default_text) == 0)
    own.default_text = NULL;
  if (g_strcmp0 (own.computed, parent.computed) == 0)
    own.computed = NULL;
  own.is_nullable = column->is_nullable || !parent.is_nullable;
  if (own.default_text == NULL && own.computed == NULL && own.is_nullable)
    return;

  strata_ddl_append_name (out, column->name);
  strata_ddl_append_full_constraints (self, &own, out);
}

static void
alter_column (const StrataDdlWriter *self,
              const StrataObject    *object,
              const char            *column,
              const char            *verb,
              const char            *what)
{
  g_autofree char *name = strata_ddl_dup_name (object);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "ALTER TABLE ONLY %s ALTER COLUMN ", name);
  strata_ddl_append_name (text, column);
  g_string_append_printf (text, " %s%s", verb, what);
  strata_ddl_add (self, text);
}

void
strata_ddl_create_inherited_settings (const StrataDdlWriter *self,
                                      const StrataObject    *object)
{
  g_autoptr(GPtrArray) columns = strata_ddl_list_columns (self, object);
  gboolean is_partition = object->of.table->storage->bound != NULL;

  for (guint i = 0; i < columns->len; i++)
    {
      const StrataPictureColumn *column = g_ptr_array_index (columns, i);
      StrataPictureColumn parent;

      if (!get_inherited (self, object, column->name, &parent) || column->computed != NULL)
        continue;

      if (column->default_text == NULL && column->identity == NULL && parent.default_text != NULL
          && parent.computed == NULL)
        alter_column (self, object, column->name, "DROP DEFAULT", "");
      else if (!is_partition && column->is_inherited && column->default_text != NULL
               && g_strcmp0 (column->default_text, parent.default_text) != 0)
        alter_column (self, object, column->name, "SET DEFAULT ", column->default_text);

      if (!is_partition && column->is_inherited && !column->is_nullable && parent.is_nullable)
        alter_column (self, object, column->name, "SET NOT NULL", "");
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/renames.h"

#include <string.h>

#include "core/base/error.h"

/* schema.table.column is the longest name there is. */
#define MOST_PARTS 3

static void
rename_free (gpointer data)
{
  StrataRename *self = data;

  if (self == NULL)
    return;

  g_free ((char *) self->schema);
  g_free ((char *) self->table);
  g_free ((char *) self->from);
  g_free ((char *) self->to);
  g_free (self);
}

/* One name, quoted or not, up to the end character or a point; moves behind it. */
static char *
read_part (const char **at,
           char         end)
{
  g_autoptr(GString) part = g_string_new (NULL);

  if (**at != '"')
    {
      const char *start = *at;

      while (**at != '\0' && **at != end && **at != '.')
        (*at)++;
      return *at > start ? g_strndup (start, *at - start) : NULL;
    }

  for ((*at)++; **at != '\0'; (*at)++)
    {
      if (**at == '"' && (*at)[1] != '"')
        break;
      if (**at == '"')
        (*at)++;
      g_string_append_c (part, **at);
    }
  if (**at != '"' || part->len == 0)
    return NULL;
  (*at)++;

  return g_string_free (g_steal_pointer (&part), FALSE);
}

/* The names up to the end character; NULL where that is not what stands there. */
static GStrv
read_name (const char **at,
           char         end)
{
  g_autoptr(GStrvBuilder) parts = g_strv_builder_new ();

  for (guint i = 0; i < MOST_PARTS; i++)
    {
      g_autofree char *part = read_part (at, end);

      if (part == NULL)
        return NULL;
      g_strv_builder_add (parts, part);
      if (**at == end)
        return g_strv_builder_end (parts);
      if (**at != '.')
        return NULL;
      (*at)++;
    }

  return NULL;
}

/* A schema of NULL is any that may be left out. */
static gboolean
is_in_schema (const StrataPicture *picture,
              const StrataObject  *object,
              const char          *schema)
{
  if (schema != NULL)
    return g_strcmp0 (object->schema, schema) == 0;

  return object->schema == NULL || g_strcmp0 (object->schema, picture->default_schema) == 0;
}

static StrataRename *
rename_new (const StrataObject *object,
            const char         *table,
            const char         *from,
            gboolean            is_column)
{
  StrataRename *self = g_new0 (StrataRename, 1);

  self->kind = object->kind;
  self->schema = g_strdup (object->schema);
  self->table = g_strdup (table);
  self->from = g_strdup (from);
  self->is_column = is_column;

  return self;
}

/* Parts without a table: what stands by itself, or an index, whose name is the schema's. */
static StrataRename *
find_alone (const StrataPicture *picture,
            const char          *schema,
            const char          *name)
{
  for (guint i = 0; i < picture->n_objects; i++)
    {
      const StrataObject *object = picture->objects[i];

      if ((object->table == NULL || object->kind == STRATA_OBJECT_INDEX) && strcmp (object->name, name) == 0
          && is_in_schema (picture, object, schema))
        return rename_new (object, object->table, name, FALSE);
    }

  return NULL;
}

static StrataRename *
find_of_table (const StrataPicture *picture,
               const char          *schema,
               const char          *table,
               const char          *name)
{
  for (guint i = 0; i < picture->n_objects; i++)
    {
      const StrataObject *object = picture->objects[i];

      if (!is_in_schema (picture, object, schema))
        continue;
      if (object->kind == STRATA_OBJECT_TABLE && strcmp (object->name, table) == 0
          && strata_picture_table_find_column (object->of.table, name) != NULL)
        return rename_new (object, table, name, TRUE);
      if (g_strcmp0 (object->table, table) == 0 && strcmp (object->name, name) == 0)
        return rename_new (object, table, name, FALSE);
    }

  return NULL;
}

static StrataRename *
find (const StrataPicture *picture,
      const char * const  *parts)
{
  guint n = g_strv_length ((GStrv) parts);
  StrataRename *found = NULL;

  if (n == 1)
    return find_alone (picture, NULL, parts[0]);
  if (n == 3)
    return find_of_table (picture, parts[0], parts[1], parts[2]);

  found = find_of_table (picture, NULL, parts[0], parts[1]);

  return found != NULL ? found : find_alone (picture, parts[0], parts[1]);
}

static StrataRename *
parse (const StrataPicture  *picture,
       const char           *text,
       GError              **error)
{
  const char *at = text;
  g_auto(GStrv) from = read_name (&at, '=');
  g_auto(GStrv) to = NULL;
  StrataRename *self;
  guint n;

  if (from != NULL)
    {
      at++;
      to = read_name (&at, '\0');
    }
  n = to != NULL ? g_strv_length (to) : 0;
  for (guint i = 0; i + 1 < n; i++)
    if (n != g_strv_length (from) || strcmp (from[i], to[i]) != 0)
      n = 0;
  if (n == 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "--rename wants OLD=NEW, as users.name=full_name, not “%s”", text);
      return NULL;
    }

  self = find (picture, (const char * const *) from);
  if (self == NULL)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "--rename %s: there is nothing of the old name", text);
  else
    self->to = g_strdup (to[n - 1]);

  return self;
}

GPtrArray *
strata_renames_parse (const StrataPicture  *from,
                      const char * const   *texts,
                      GError              **error)
{
  g_autoptr(GPtrArray) renames = g_ptr_array_new_null_terminated (0, rename_free, TRUE);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      StrataRename *rename = parse (from, texts[i], error);

      if (rename == NULL)
        return NULL;
      g_ptr_array_add (renames, rename);
    }

  return g_steal_pointer (&renames);
}

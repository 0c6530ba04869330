/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/autogenerate.h"

#include <string.h>

/* Alembic's words, but for the types: those are in the server's. */
static const char *
get_schema (const StrataObject  *object,
            const StrataPicture *picture)
{
  return g_strcmp0 (object->schema, picture->default_schema) != 0 ? object->schema : NULL;
}

/* "schema.name", the schema where it is not the default one. */
static char *
dup_name (const StrataObject  *object,
          const char          *name,
          const StrataPicture *picture)
{
  const char *schema = get_schema (object, picture);

  return schema != NULL ? g_strdup_printf ("%s.%s", schema, name) : g_strdup (name);
}

/* ('a', 'b') */
static char *
dup_tuple (const char * const *names)
{
  GString *text = g_string_new ("(");

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_string_append_printf (text, "%s'%s'", i > 0 ? ", " : "", names[i]);
  if (names != NULL && names[0] != NULL && names[1] == NULL)
    g_string_append_c (text, ',');
  g_string_append_c (text, ')');

  return g_string_free (text, FALSE);
}

static char *
dup_index_columns (const StrataPictureIndex *index)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; index->elements != NULL && index->elements[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) (index->elements[i]->column != NULL ? index->elements[i]->column : index->elements[i]->text));
  g_ptr_array_add (names, NULL);

  return dup_tuple ((const char * const *) names->pdata);
}

static char *
dup_reference (const StrataObject  *object,
               gboolean             is_added,
               const StrataPicture *picture)
{
  g_autofree char *table = dup_name (object, object->table, picture);
  g_autofree char *from = g_strjoinv (", ", (GStrv) object->of.reference->columns);
  g_autofree char *to = object->of.reference->referred != NULL ? g_strjoinv (", ", (GStrv) object->of.reference->referred)
                                                               : g_strdup ("");

  return g_strdup_printf ("Detected %s foreign key (%s)(%s) on table %s", is_added ? "added" : "removed", from, to, table);
}

static char *
dup_object (const StrataObject  *object,
            gboolean             is_added,
            const StrataPicture *picture)
{
  g_autofree char *columns = NULL;
  g_autofree char *name = dup_name (object, object->name, picture);

  if (object->kind == STRATA_OBJECT_FOREIGN_KEY && object->of.reference != NULL)
    return dup_reference (object, is_added, picture);
  if (object->kind == STRATA_OBJECT_INDEX && is_added && object->of.index != NULL)
    {
      columns = dup_index_columns (object->of.index);
      return g_strdup_printf ("Detected added index '%s' on '%s'", object->name, columns);
    }
  if (object->kind == STRATA_OBJECT_UNIQUE && is_added && object->of.key != NULL)
    {
      columns = dup_tuple (object->of.key->columns);
      return g_strdup_printf ("Detected added unique constraint '%s' on '%s'", object->name, columns);
    }
  if (object->kind == STRATA_OBJECT_TABLE)
    return g_strdup_printf ("Detected %s table '%s'", is_added ? "added" : "removed", name);
  if (object->kind == STRATA_OBJECT_INDEX)
    return g_strdup_printf ("Detected removed index '%s' on '%s'", object->name, object->table);
  if (object->kind == STRATA_OBJECT_UNIQUE)
    return g_strdup_printf ("Detected removed unique constraint '%s' on '%s'", object->name, object->table);

  return NULL;
}

/* Nobody wants to read two whole definitions in a line of log; a changed foreign key is one that goes and one that comes. */
static char *
dup_changed (const StrataDifference *difference,
             const StrataPicture    *picture)
{
  const StrataObject *object = difference->from;
  g_autofree char *removed = NULL;
  g_autofree char *added = NULL;

  if (g_strcmp0 (difference->property, "definition") != 0 || object->table == NULL)
    return NULL;
  if (object->kind != STRATA_OBJECT_FOREIGN_KEY)
    return g_strdup_printf ("Detected changed %s '%s' on '%s'", strata_object_kind_get_name (object->kind), object->name,
                            object->table);

  removed = dup_object (object, FALSE, picture);
  added = dup_object (difference->to, TRUE, picture);

  return g_strjoin ("\n", removed, added, NULL);
}

static char *
dup_column (const StrataDifference *difference,
            const StrataPicture    *picture)
{
  const StrataObject *table = difference->from != NULL ? difference->from : difference->to;
  g_autofree char *name = dup_name (table, table->name, picture);
  const char *property = difference->property;

  if (difference->kind == STRATA_DIFFERENCE_ADDED || difference->kind == STRATA_DIFFERENCE_REMOVED)
    return g_strdup_printf ("Detected %s column '%s.%s'", difference->kind == STRATA_DIFFERENCE_ADDED ? "added" : "removed",
                            name, difference->part);
  if (difference->kind != STRATA_DIFFERENCE_CHANGED || property == NULL)
    return NULL;

  if (strcmp (property, "type") == 0)
    return g_strdup_printf ("Detected type change from %s to %s on '%s.%s'", difference->was, difference->is, name,
                            difference->part);
  if (strcmp (property, "nullable") == 0)
    return g_strdup_printf ("Detected %s on column '%s.%s'", g_strcmp0 (difference->is, "NOT NULL") == 0 ? "NOT NULL" : "NULL",
                            name, difference->part);
  if (strcmp (property, "default") == 0)
    return g_strdup_printf ("Detected server default on column '%s.%s'", name, difference->part);
  if (strcmp (property, "comment") == 0)
    return g_strdup_printf ("Detected column comment '%s.%s'", name, difference->part);

  return NULL;
}

char *
strata_difference_dup_detected (const StrataDifference *difference,
                                const StrataPicture    *picture)
{
  const StrataObject *object = difference->from != NULL ? difference->from : difference->to;
  gboolean is_whole = difference->part == NULL
                      && (difference->kind == STRATA_DIFFERENCE_ADDED || difference->kind == STRATA_DIFFERENCE_REMOVED);
  g_autofree char *title = NULL;
  char *text = NULL;

  if (is_whole)
    text = dup_object (object, difference->kind == STRATA_DIFFERENCE_ADDED, picture);
  else if (difference->part != NULL && object->kind == STRATA_OBJECT_TABLE)
    text = dup_column (difference, picture);
  else if (difference->kind == STRATA_DIFFERENCE_CHANGED)
    text = dup_changed (difference, picture);
  if (text != NULL)
    return text;

  title = strata_difference_dup_title (difference, picture->default_schema);

  return g_strdup_printf ("Detected: %s", title);
}

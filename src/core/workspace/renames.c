/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/renames.h"

#include <string.h>

#include "core/base/error.h"
#include "core/workspace/rename-words.h"

static void
rename_free (gpointer data)
{
  StrataRename *self = data;

  if (self == NULL)
    return;

  g_free ((char *) self->schema);
  g_free ((char *) self->table);
  g_free ((char *) self->from);
  g_free ((char *) self->arguments);
  g_free ((char *) self->to);
  g_free ((char *) self->doubt);
  g_free (self);
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
  self->arguments = g_strdup (is_column ? NULL : object->arguments);
  self->is_column = is_column;

  return self;
}

/* Parts without a table: what stands by itself, or an index, whose name is the schema's. Of routines that only their arguments
 * tell apart none is meant without those. */
static StrataRename *
find_alone (const StrataPicture *picture,
            const char          *schema,
            const char          *name,
            const char          *arguments)
{
  const StrataObject *routine = NULL;
  guint n_routines = 0;

  for (guint i = 0; i < picture->n_objects; i++)
    {
      const StrataObject *object = picture->objects[i];

      if ((object->table != NULL && object->kind != STRATA_OBJECT_INDEX) || strcmp (object->name, name) != 0
          || !is_in_schema (picture, object, schema) || (arguments != NULL && g_strcmp0 (object->arguments, arguments) != 0))
        continue;
      if (object->arguments == NULL || arguments != NULL)
        return rename_new (object, object->table, name, FALSE);
      routine = object;
      n_routines++;
    }

  return n_routines == 1 ? rename_new (routine, NULL, name, FALSE) : NULL;
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
find (const StrataPicture     *picture,
      const StrataRenameWords *words)
{
  const char * const *parts = (const char * const *) words->from;
  guint n = g_strv_length (words->from);
  StrataRename *found = NULL;

  if (n == 1)
    return find_alone (picture, NULL, parts[0], words->arguments);
  if (n == 3)
    return find_of_table (picture, parts[0], parts[1], parts[2]);
  if (words->arguments == NULL)
    found = find_of_table (picture, NULL, parts[0], parts[1]);

  return found != NULL ? found : find_alone (picture, parts[0], parts[1], words->arguments);
}

/* With another name for its table. */
static StrataRename *
find_in (const StrataPicture     *picture,
         const StrataRenameWords *words,
         const char              *table)
{
  g_autoptr(StrataRenameWords) other = strata_rename_words_copy (words);
  char **part = &other->from[g_strv_length (other->from) - 2];

  g_free (*part);
  *part = g_strdup (table);

  return find (picture, other);
}

static StrataRename *
find_given (const StrataPicture     *picture,
            const StrataRenameWords *words,
            const GPtrArray         *renames)
{
  StrataRename *found = find (picture, words);
  guint n = g_strv_length (words->from);

  for (guint i = 0; found == NULL && n > 1 && i < renames->len; i++)
    {
      const StrataRename *table = g_ptr_array_index (renames, i);

      if (table->kind == STRATA_OBJECT_TABLE && !table->is_column && !table->is_denied
          && strcmp (table->to, words->from[n - 2]) == 0)
        found = find_in (picture, words, table->from);
    }

  return found;
}

static StrataRename *
parse (const StrataPicture  *picture,
       const char           *text,
       const GPtrArray      *renames,
       GError              **error)
{
  g_autoptr(StrataRenameWords) words = strata_rename_words_parse (text);
  StrataRename *self;

  if (words == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "--rename wants OLD=NEW, as users.name=full_name (or OLD!=NEW, where"
                   " these are two things), not “%s”", text);
      return NULL;
    }

  self = find_given (picture, words, renames);
  if (self == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "--rename %s: there is nothing of the old name", text);
      return NULL;
    }

  self->to = g_strdup (words->to);
  self->is_denied = words->is_denied;

  return self;
}

GPtrArray *
strata_renames_new (void)
{
  return g_ptr_array_new_null_terminated (0, rename_free, TRUE);
}

void
strata_renames_add (GPtrArray          *renames,
                    const StrataRename *rename)
{
  StrataRename *copy = g_memdup2 (rename, sizeof *rename);

  copy->schema = g_strdup (rename->schema);
  copy->table = g_strdup (rename->table);
  copy->from = g_strdup (rename->from);
  copy->to = g_strdup (rename->to);
  copy->arguments = g_strdup (rename->arguments);
  copy->doubt = g_strdup (rename->doubt);
  g_ptr_array_add (renames, copy);
}

GPtrArray *
strata_renames_parse (const StrataPicture  *from,
                      const char * const   *texts,
                      GError              **error)
{
  g_autoptr(GPtrArray) renames = strata_renames_new ();

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      StrataRename *rename = parse (from, texts[i], renames, error);

      if (rename == NULL)
        return NULL;
      g_ptr_array_add (renames, rename);
    }

  return g_steal_pointer (&renames);
}

/* In the other picture a table may have its new name. */
static const char *
get_table_in_to (const StrataRename *rename,
                 const GPtrArray    *renames)
{
  for (guint i = 0; i < renames->len; i++)
    {
      const StrataRename *table = g_ptr_array_index (renames, i);

      if (table->kind == STRATA_OBJECT_TABLE && !table->is_column && !table->is_denied
          && g_strcmp0 (table->from, rename->table) == 0 && g_strcmp0 (table->schema, rename->schema) == 0)
        return table->to;
    }

  return rename->table;
}

GPtrArray *
strata_renames_turn (const GPtrArray *renames)
{
  GPtrArray *turned = strata_renames_new ();

  for (guint i = 0; i < renames->len; i++)
    {
      StrataRename rename = *(const StrataRename *) g_ptr_array_index (renames, i);
      const char *from = rename.from;

      rename.table = rename.table != NULL ? get_table_in_to (&rename, renames) : NULL;
      rename.from = rename.to;
      rename.to = from;
      strata_renames_add (turned, &rename);
    }

  return turned;
}

static gboolean
has (const StrataPicture *picture,
     const StrataRename  *rename,
     const char          *table,
     const char          *name)
{
  const StrataObject like = {
    .kind = rename->kind, .schema = rename->schema, .arguments = rename->arguments,
    .name = rename->is_column ? table : name, .table = rename->is_column ? NULL : table,
  };
  const StrataObject *object = strata_picture_find_object (picture, &like);

  return object != NULL && (!rename->is_column || strata_picture_table_find_column (object->of.table, name) != NULL);
}

gboolean
strata_renames_require_new (const GPtrArray      *renames,
                            const StrataPicture  *to,
                            GError              **error)
{
  for (guint i = 0; i < renames->len; i++)
    {
      const StrataRename *rename = g_ptr_array_index (renames, i);
      const char *table = rename->table != NULL ? get_table_in_to (rename, renames) : NULL;
      g_autofree char *text = NULL;

      if (rename->is_denied || has (to, rename, table, rename->to))
        continue;

      text = strata_rename_dup_text (rename, to->default_schema);
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "--rename %s: there is nothing of the new name", text);
      return FALSE;
    }

  return TRUE;
}

/* Where both names are on one side, that it was renamed says nothing any more: it may be done, and the old name another thing's. */
static gboolean
means_something (const StrataRename  *rename,
                 const StrataPicture *from,
                 const StrataPicture *to,
                 const GPtrArray     *renames,
                 gboolean             is_swapped)
{
  const char *table = rename->table != NULL ? get_table_in_to (rename, renames) : NULL;

  if (is_swapped && strata_diff_is_swap (from, to, rename))
    return TRUE;

  return !has (from, rename, rename->table, rename->to) && !has (to, rename, table, rename->from)
         && has (to, rename, table, rename->to);
}

static gboolean
is_contradicted (const StrataRename *rename,
                 const GPtrArray    *renames)
{
  for (guint i = 0; i < renames->len; i++)
    {
      const StrataRename *other = g_ptr_array_index (renames, i);
      gboolean has_from, has_to;

      if (other->kind != rename->kind || other->is_column != rename->is_column || g_strcmp0 (other->table, rename->table) != 0
          || g_strcmp0 (other->schema, rename->schema) != 0 || g_strcmp0 (other->arguments, rename->arguments) != 0)
        continue;
      has_from = strcmp (other->from, rename->from) == 0;
      has_to = strcmp (other->to, rename->to) == 0;
      if ((has_from && has_to) || (!other->is_denied && !rename->is_denied && (has_from || has_to)))
        return TRUE;
    }

  return FALSE;
}

/* Its table may have been renamed since, or back. */
static StrataRename *
find_remembered (const StrataPicture     *picture,
                 const StrataRenameWords *words,
                 const GPtrArray         *all)
{
  StrataRename *found = find (picture, words);
  guint n = g_strv_length (words->from);

  for (guint i = 0; found == NULL && n > 1 && i < all->len; i++)
    {
      const StrataRenameWords *other = g_ptr_array_index (all, i);

      if (other->is_denied)
        continue;
      if (strcmp (strata_rename_words_get_old (other), words->from[n - 2]) == 0)
        found = find_in (picture, words, other->to);
      else if (strcmp (other->to, words->from[n - 2]) == 0)
        found = find_in (picture, words, strata_rename_words_get_old (other));
    }

  return found;
}

/* Both ways: the names changed hands. */
static gboolean
is_remembered_turned (const StrataRenameWords *words,
                      const GPtrArray         *all)
{
  g_autoptr(StrataRenameWords) turned = strata_rename_words_turn (words);
  g_autofree char *text = strata_rename_words_to_text (turned);

  for (guint i = 0; i < all->len; i++)
    {
      g_autofree char *other = strata_rename_words_to_text (g_ptr_array_index (all, i));

      if (strcmp (other, text) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
recall (GPtrArray               *renames,
        const StrataPicture     *from,
        const StrataPicture     *to,
        const StrataRenameWords *words,
        const GPtrArray         *all,
        gboolean                 hangs)
{
  StrataRename *rename = find_remembered (from, words, all);

  if (rename == NULL)
    return FALSE;

  rename->to = g_strdup (words->to);
  rename->is_denied = words->is_denied;
  if ((rename->table != NULL) != hangs || is_contradicted (rename, renames)
      || (!words->is_denied && !means_something (rename, from, to, renames, is_remembered_turned (words, all))))
    {
      rename_free (rename);
      return FALSE;
    }

  g_ptr_array_add (renames, rename);

  return TRUE;
}

void
strata_renames_recall (GPtrArray           *renames,
                       const StrataPicture *from,
                       const StrataPicture *to,
                       const char * const  *texts)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rename_words_free);

  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      StrataRenameWords *words = strata_rename_words_parse (texts[i]);

      if (words != NULL)
        g_ptr_array_add (all, words);
    }

  /* What hangs on tables is looked for in those that these are. */
  for (guint hangs = 0; hangs < 2; hangs++)
    for (guint i = 0; i < all->len; i++)
      {
        const StrataRenameWords *words = g_ptr_array_index (all, i);
        g_autoptr(StrataRenameWords) turned = strata_rename_words_turn (words);

        if (!recall (renames, from, to, words, all, hangs == 1))
          recall (renames, from, to, turned, all, hangs == 1);
      }
}

StrataRename
strata_rename_turn (const StrataRename *rename)
{
  StrataRename turned = *rename;

  turned.from = rename->to;
  turned.to = rename->from;

  return turned;
}

char *
strata_rename_dup_text (const StrataRename *rename,
                        const char         *default_schema)
{
  gboolean has_schema = rename->schema != NULL && g_strcmp0 (rename->schema, default_schema) != 0;
  char *parts[4] = { NULL };
  const StrataRenameWords words = { parts, (char *) rename->arguments, (char *) rename->to, rename->is_denied };
  guint n = 0;

  if (has_schema)
    parts[n++] = (char *) rename->schema;
  if (rename->table != NULL)
    parts[n++] = (char *) rename->table;
  parts[n] = (char *) rename->from;

  return strata_rename_words_to_text (&words);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where only some differences are chosen: what these need is added, as there is no way without it. */

#include "config.h"

#include "core/diff/sqlite-private.h"

#include <string.h>

#include "core/sql/sqlite-spelling.h"

typedef struct
{
  StrataDiff *diff;
  gboolean   *wanted;
  GHashTable *made;       /* lower-case name of a table, view or column to GArray of guint: what is added under that name */
  GHashTable *users;      /* lower-case name to GArray of guint: what says it, and goes or changes */
  GArray     *queue;      /* guint: wanted, and not looked at */
} Want;

static gboolean
hangs_on_names (const StrataObject *object)
{
  return object != NULL && object->text != NULL
         && (object->kind == STRATA_OBJECT_INDEX || object->kind == STRATA_OBJECT_VIEW || object->kind == STRATA_OBJECT_TRIGGER
             || strata_object_kind_is_constraint (object->kind));
}

static gboolean
is_relation (const StrataObject *object)
{
  return object->kind == STRATA_OBJECT_TABLE || object->kind == STRATA_OBJECT_VIEW;
}

/* Takes the name. */
static void
note (GHashTable *table,
      char       *name,
      guint       index)
{
  GArray *indexes = g_hash_table_lookup (table, name);

  if (indexes == NULL)
    {
      indexes = g_array_new (FALSE, FALSE, sizeof (guint));
      g_hash_table_insert (table, g_strdup (name), indexes);
    }
  g_array_append_val (indexes, index);
  g_free (name);
}

/* All names of its text, in lower case, and that of its table. */
static GHashTable *
list_names (const StrataObject *object)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, STRATA_DIALECT_SQLITE, object->text, strlen (object->text));
  while (strata_lexer_next (&lexer, &token))
    if (token.kind == STRATA_TOKEN_WORD || token.kind == STRATA_TOKEN_NAME)
      {
        g_autofree char *name = strata_sqlite_token_dup_name (&token);

        g_hash_table_add (names, g_ascii_strdown (name, -1));
      }
  if (object->table != NULL)
    g_hash_table_add (names, g_ascii_strdown (object->table, -1));

  return names;
}

static void
note_unwanted (Want  *self,
               guint  index)
{
  const StrataDifference *difference = strata_diff_get (self->diff, index);

  if (difference->kind == STRATA_DIFFERENCE_ADDED && is_relation (difference->to))
    note (self->made, g_ascii_strdown (difference->part != NULL ? difference->part : difference->to->name, -1), index);
  if (hangs_on_names (difference->from) && difference->from->kind != STRATA_OBJECT_VIEW
      && difference->from->kind != STRATA_OBJECT_TRIGGER)
    {
      g_autoptr(GHashTable) names = list_names (difference->from);
      GHashTableIter iter;
      gpointer name;

      g_hash_table_iter_init (&iter, names);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        note (self->users, g_strdup (name), index);
    }
}

static void
want (Want  *self,
      guint  index)
{
  if (self->wanted[index])
    return;

  self->wanted[index] = TRUE;
  g_array_append_val (self->queue, index);
}

/* What is made needs the tables, views and columns that it names. */
static void
want_made (Want               *self,
           const StrataObject *object)
{
  g_autoptr(GHashTable) names = list_names (object);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      const GArray *made = g_hash_table_lookup (self->made, name);

      for (guint i = 0; made != NULL && i < made->len; i++)
        {
          const StrataDifference *difference = strata_diff_get (self->diff, g_array_index (made, guint, i));
          g_autofree char *table = g_ascii_strdown (difference->to->name, -1);

          if (difference->part == NULL || g_hash_table_contains (names, table))
            want (self, g_array_index (made, guint, i));
        }
    }
}

/* What goes is no longer used: by what goes too, or changes. Views and triggers stand by themselves here, and models, which
 * know nothing of them, take none away. */
static void
want_users (Want                   *self,
            const StrataDifference *difference)
{
  g_autofree char *name = g_ascii_strdown (difference->part != NULL ? difference->part : difference->from->name, -1);
  const GArray *users = g_hash_table_lookup (self->users, name);

  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      const StrataObject *user = strata_diff_get (self->diff, g_array_index (users, guint, i))->from;

      if (difference->part == NULL || (user->table != NULL && g_ascii_strcasecmp (user->table, difference->from->name) == 0)
          || strata_sqlite_mentions (user->text, difference->from->name))
        want (self, g_array_index (users, guint, i));
    }
}

void
strata_sqlite_complete (StrataDiff *diff,
                        gboolean   *wanted)
{
  Want self = {
    .diff = diff,
    .wanted = wanted,
    .made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref),
    .users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref),
    .queue = g_array_new (FALSE, FALSE, sizeof (guint)),
  };

  for (guint i = 0; i < strata_diff_get_n (diff); i++)
    if (wanted[i])
      g_array_append_val (self.queue, i);
    else
      note_unwanted (&self, i);

  for (guint i = 0; i < self.queue->len && self.queue->len < strata_diff_get_n (diff); i++)
    {
      const StrataDifference *difference = strata_diff_get (diff, g_array_index (self.queue, guint, i));

      if (difference->kind != STRATA_DIFFERENCE_REMOVED && hangs_on_names (difference->to))
        want_made (&self, difference->to);
      if (difference->kind == STRATA_DIFFERENCE_REMOVED && is_relation (difference->from))
        want_users (&self, difference);
    }

  g_array_unref (self.queue);
  g_hash_table_unref (self.users);
  g_hash_table_unref (self.made);
}

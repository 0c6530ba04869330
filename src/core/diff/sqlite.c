/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps of SQLite. Everything that hangs on names gets out of the way first (triggers, views, indexes), then
 * tables change, then it all comes back: SQLite looks at all views and triggers when a table is renamed or loses a column. */

#include "config.h"

#include "core/diff/sqlite-private.h"

#include "core/ddl/ddl.h"
#include "core/sql/statement.h"

#include <string.h>

typedef struct
{
  StrataDiff     *diff;
  const gboolean *is_wanted;
  GHashTable     *wanted;      /* object to its difference that is wanted: of views, indexes, triggers, whole tables */
  GPtrArray      *changes;     /* StrataSqliteChange*, by the name of the table */
  GHashTable     *change_of;   /* name of a table in "to", borrowed, to its change */
  GPtrArray      *renames;     /* const StrataDifference*, all are wanted */
  GHashTable     *touched;     /* lower-case name of a table or view that is disturbed */
  GHashTable     *moved;       /* view or trigger of "from" that is dropped and comes back, or not */
} Plan;

static const StrataObject *
find_like (const StrataPicture *picture,
           StrataObjectKind     kind,
           const char          *name,
           const char          *table)
{
  const StrataObject like = { .kind = kind, .name = name, .table = table };

  return strata_picture_find_object (picture, &like);
}

static StrataSqliteChange *
get_change (Plan               *self,
            const StrataObject *from,
            const StrataObject *to)
{
  StrataSqliteChange *change = g_hash_table_lookup (self->change_of, to->name);

  if (change == NULL)
    {
      change = strata_sqlite_change_new (from, to);
      g_ptr_array_add (self->changes, change);
      g_hash_table_insert (self->change_of, (gpointer) to->name, change);
    }

  return change;
}

/* Of a table that is there before and after, or of a constraint of one. */
static gboolean
add_to_change (Plan                   *self,
               const StrataDifference *difference,
               gboolean                is_wanted)
{
  const StrataObject *object = difference->from != NULL ? difference->from : difference->to;
  const char *name = object->kind == STRATA_OBJECT_TABLE ? object->name : object->table;
  const StrataObject *from, *to;
  StrataSqliteChange *change;

  if (object->kind != STRATA_OBJECT_TABLE && !strata_object_kind_is_constraint (object->kind))
    return FALSE;

  from = find_like (self->diff->base, STRATA_OBJECT_TABLE, name, NULL);
  to = find_like (self->diff->to, STRATA_OBJECT_TABLE, name, NULL);
  if (from == NULL || to == NULL)
    return FALSE;

  change = get_change (self, from, to);
  if (is_wanted)
    g_ptr_array_add (change->differences, (gpointer) difference);
  else
    change->is_partial = TRUE;

  return TRUE;
}

static void
sort_differences (Plan *self)
{
  for (guint i = 0; i < strata_diff_get_n (self->diff); i++)
    {
      const StrataDifference *difference = strata_diff_get (self->diff, i);
      gboolean is_wanted = self->is_wanted[i];

      if (difference->kind == STRATA_DIFFERENCE_RENAMED)
        {
          g_ptr_array_add (self->renames, (gpointer) difference);
          continue;
        }
      if (add_to_change (self, difference, is_wanted) || !is_wanted)
        continue;
      if (difference->from != NULL)
        g_hash_table_insert (self->wanted, (gpointer) difference->from, (gpointer) difference);
      if (difference->to != NULL)
        g_hash_table_insert (self->wanted, (gpointer) difference->to, (gpointer) difference);
    }

  for (guint i = self->changes->len; i > 0; i--)
    {
      StrataSqliteChange *change = self->changes->pdata[i - 1];

      if (change->differences->len == 0)
        {
          g_hash_table_remove (self->change_of, change->to->name);
          g_ptr_array_remove_index (self->changes, i - 1);
        }
      else
        strata_sqlite_change_decide (change);
    }
}

static const StrataDifference *
find_wanted (Plan               *self,
             const StrataObject *object)
{
  return g_hash_table_lookup (self->wanted, object);
}

static void
touch (Plan       *self,
       const char *name)
{
  g_hash_table_add (self->touched, g_ascii_strdown (name, -1));
}

static gboolean
names_touched (Plan               *self,
               const StrataObject *object)
{
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, STRATA_DIALECT_SQLITE, object->text, strlen (object->text));
  while (strata_lexer_next (&lexer, &token))
    if (token.kind == STRATA_TOKEN_WORD || token.kind == STRATA_TOKEN_NAME)
      {
        g_autofree char *name = strata_sqlite_token_dup_name (&token);
        g_autofree char *lower = g_ascii_strdown (name, -1);

        if (g_hash_table_contains (self->touched, lower))
          return TRUE;
      }

  return FALSE;
}

static void
touch_tables (Plan *self)
{
  const StrataPicture *base = self->diff->base;

  for (guint i = 0; i < self->changes->len; i++)
    {
      StrataSqliteChange *change = self->changes->pdata[i];

      if (strata_sqlite_change_disturbs (change))
        touch (self, change->from->name);
    }
  for (guint i = 0; i < self->renames->len; i++)
    {
      const StrataDifference *rename = self->renames->pdata[i];

      touch (self, rename->from->name);
      touch (self, rename->to->name);
    }
  if (g_hash_table_size (self->touched) == 0)
    return;

  for (guint i = 0; i < base->n_objects; i++)
    if ((base->objects[i]->kind == STRATA_OBJECT_VIEW || base->objects[i]->kind == STRATA_OBJECT_TABLE)
        && find_wanted (self, base->objects[i]) != NULL)
      touch (self, base->objects[i]->name);
}

/* A view that moves disturbs those that read it. */
static void
find_moved (Plan *self)
{
  const StrataPicture *base = self->diff->base;
  gboolean is_changed = TRUE;

  touch_tables (self);
  for (guint i = 0; i < base->n_objects; i++)
    if ((base->objects[i]->kind == STRATA_OBJECT_VIEW || base->objects[i]->kind == STRATA_OBJECT_TRIGGER)
        && find_wanted (self, base->objects[i]) != NULL)
      g_hash_table_add (self->moved, (gpointer) base->objects[i]);

  while (is_changed && g_hash_table_size (self->touched) > 0)
    {
      is_changed = FALSE;
      for (guint i = 0; i < base->n_objects; i++)
        {
          const StrataObject *object = base->objects[i];

          if ((object->kind != STRATA_OBJECT_VIEW && object->kind != STRATA_OBJECT_TRIGGER)
              || g_hash_table_contains (self->moved, object) || !names_touched (self, object))
            continue;
          g_hash_table_add (self->moved, (gpointer) object);
          if (object->kind == STRATA_OBJECT_VIEW)
            touch (self, object->name);
          is_changed |= object->kind == STRATA_OBJECT_VIEW;
        }
    }
}

static void
take (Plan                   *self,
      const StrataObject     *object,
      char                   *sql)
{
  strata_diff_take_step (self->diff, find_wanted (self, object), sql);
}

static void
drop (Plan               *self,
      const StrataObject *object)
{
  g_autoptr(GPtrArray) statements = g_ptr_array_new ();

  strata_ddl_drop (self->diff->base, object, statements);
  for (guint i = 0; i < statements->len; i++)
    take (self, object, statements->pdata[i]);
}

/* What hangs on a table or view that goes, and comes with it or not at all. */
static gboolean
goes_with_owner (Plan               *self,
                 const StrataObject *object)
{
  const StrataObject *table = find_like (self->diff->base, STRATA_OBJECT_TABLE, object->table, NULL);
  const StrataObject *view = find_like (self->diff->base, STRATA_OBJECT_VIEW, object->table, NULL);

  if (view != NULL)
    return g_hash_table_contains (self->moved, view);

  return table != NULL && find_wanted (self, table) != NULL && find_wanted (self, table)->kind == STRATA_DIFFERENCE_REMOVED;
}

static gboolean
is_of_rebuilt (Plan               *self,
               const StrataObject *object)
{
  const StrataSqliteChange *change = g_hash_table_lookup (self->change_of, object->table);

  return change != NULL && (change->is_rebuilt || change->target == NULL);
}

/* An index on a column that goes: "name" in it would be the text 'name' from then on. */
static gboolean
is_on_dropped (Plan               *self,
               const StrataObject *index)
{
  const StrataSqliteChange *change = g_hash_table_lookup (self->change_of, index->table);

  if (change == NULL || change->is_rebuilt || change->target == NULL)
    return FALSE;

  for (guint i = 0; i < change->old->columns->len; i++)
    {
      const StrataSqliteColumn *column = change->old->columns->pdata[i];

      if (!strata_sqlite_change_keeps (change, column->name) && strata_sqlite_mentions (index->text, column->name))
        return TRUE;
    }

  return FALSE;
}

static void
drop_what_hangs (Plan      *self,
                 GPtrArray *order)
{
  for (guint i = order->len; i > 0; i--)
    {
      const StrataObject *object = order->pdata[i - 1];

      /* Tables that go do so later than a trigger of theirs may be in the way. */
      if (object->kind == STRATA_OBJECT_TRIGGER && g_hash_table_contains (self->moved, object)
          && !g_hash_table_contains (self->moved, find_like (self->diff->base, STRATA_OBJECT_VIEW, object->table, NULL)))
        drop (self, object);
    }
  for (guint i = order->len; i > 0; i--)
    {
      const StrataObject *object = order->pdata[i - 1];

      if (object->kind == STRATA_OBJECT_VIEW && g_hash_table_contains (self->moved, object))
        drop (self, object);
    }
  for (guint i = order->len; i > 0; i--)
    {
      const StrataObject *object = order->pdata[i - 1];

      if (object->kind == STRATA_OBJECT_INDEX && !goes_with_owner (self, object)
          && (find_wanted (self, object) != NULL || is_on_dropped (self, object)))
        drop (self, object);
    }
}

/* A name that something else wants is free before. */
static gboolean
is_in_the_way (Plan               *self,
               const StrataObject *table)
{
  const StrataPicture *to = self->diff->to;

  for (guint i = 0; i < to->n_objects; i++)
    if ((to->objects[i]->kind == STRATA_OBJECT_TABLE || to->objects[i]->kind == STRATA_OBJECT_VIEW
         || to->objects[i]->kind == STRATA_OBJECT_INDEX)
        && g_ascii_strcasecmp (to->objects[i]->name, table->name) == 0)
      return TRUE;

  return FALSE;
}

static void
drop_tables (Plan      *self,
             GPtrArray *order,
             gboolean   in_the_way)
{
  for (guint i = order->len; i > 0; i--)
    {
      const StrataObject *object = order->pdata[i - 1];

      if (object->kind == STRATA_OBJECT_TABLE && find_wanted (self, object) != NULL
          && is_in_the_way (self, object) == in_the_way)
        drop (self, object);
    }
}

static void
rename_things (Plan *self)
{
  g_autoptr(GArray) moves = strata_rename_order (self->diff);

  for (guint i = 0; i < moves->len; i++)
    {
      const StrataRenameMove *move = &g_array_index (moves, StrataRenameMove, i);
      g_autofree char *table = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, move->difference->to->name);
      g_autofree char *old = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, move->from);
      g_autofree char *new = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, move->to);

      strata_diff_take_step (self->diff, move->difference,
                             move->difference->part != NULL
                             ? g_strdup_printf ("ALTER TABLE %s RENAME COLUMN %s TO %s", table, old, new)
                             : g_strdup_printf ("ALTER TABLE %s RENAME TO %s", old, new));
    }
}

static void
make_tables (Plan      *self,
             GPtrArray *order)
{
  for (guint i = 0; i < order->len; i++)
    {
      const StrataObject *object = order->pdata[i];

      if (object->kind == STRATA_OBJECT_TABLE && find_wanted (self, object) != NULL)
        take (self, object, g_strdup (object->text));
    }
}

/* What it comes back as: as it is wanted, or as it was. */
static const StrataObject *
find_after (Plan               *self,
            const StrataObject *object)
{
  const StrataDifference *difference = find_wanted (self, object);
  const StrataObject *to = strata_picture_find_object (self->diff->to, object);
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;

  if (difference != NULL)
    return difference->to;
  if (to == NULL)
    return object;

  /* As it is wanted in the end, unless that is a difference which nobody has asked for. */
  was = strata_ddl_describe (self->diff->base, object, NULL);
  is = strata_ddl_describe (self->diff->to, to, NULL);

  return strcmp (was, is) == 0 ? to : object;
}

/* Its table or view is gone for good. */
static gboolean
is_orphan (Plan               *self,
           const StrataObject *object)
{
  return object->table != NULL && find_like (self->diff->to, STRATA_OBJECT_TABLE, object->table, NULL) == NULL
         && find_like (self->diff->to, STRATA_OBJECT_VIEW, object->table, NULL) == NULL && goes_with_owner (self, object);
}

static gboolean
comes_again (Plan               *self,
             const StrataObject *object)
{
  if (find_wanted (self, object) != NULL || is_orphan (self, object))
    return FALSE;
  if (object->kind == STRATA_OBJECT_INDEX)
    return is_of_rebuilt (self, object) || is_on_dropped (self, object);

  return g_hash_table_contains (self->moved, object)
         || (object->kind == STRATA_OBJECT_TRIGGER && goes_with_owner (self, object));
}

static void
make_again (Plan             *self,
            StrataObjectKind  kind,
            GPtrArray        *before,
            GPtrArray        *after)
{
  for (guint i = 0; i < before->len; i++)
    {
      const StrataObject *object = before->pdata[i];

      if (object->kind == kind && comes_again (self, object))
        take (self, object, g_strdup (find_after (self, object)->text));
    }
  for (guint i = 0; i < after->len; i++)
    {
      const StrataObject *object = after->pdata[i];

      if (object->kind == kind && find_wanted (self, object) != NULL)
        take (self, object, g_strdup (object->text));
    }
}

static void
make_steps (Plan *self)
{
  g_autoptr(GPtrArray) before = strata_ddl_order (self->diff->base);
  g_autoptr(GPtrArray) after = strata_ddl_order (self->diff->to);

  find_moved (self);
  drop_what_hangs (self, before);
  drop_tables (self, before, TRUE);
  rename_things (self);
  make_tables (self, after);
  for (guint i = 0; i < self->changes->len; i++)
    strata_sqlite_change_plan (self->changes->pdata[i], self->diff);
  drop_tables (self, before, FALSE);
  make_again (self, STRATA_OBJECT_INDEX, before, after);
  make_again (self, STRATA_OBJECT_VIEW, before, after);
  make_again (self, STRATA_OBJECT_TRIGGER, before, after);
}

static gboolean
plan (StrataDiff  *diff,
      gboolean    *wanted,
      GError     **error)
{
  Plan self = {
    .diff = diff,
    .is_wanted = wanted,
    .wanted = g_hash_table_new (NULL, NULL),
    .changes = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_sqlite_change_free),
    .change_of = g_hash_table_new (g_str_hash, g_str_equal),
    .renames = g_ptr_array_new (),
    .touched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .moved = g_hash_table_new (NULL, NULL),
  };

  strata_sqlite_complete (diff, wanted);
  sort_differences (&self);
  make_steps (&self);

  g_ptr_array_unref (self.renames);
  g_hash_table_unref (self.wanted);
  g_hash_table_unref (self.change_of);
  g_hash_table_unref (self.touched);
  g_hash_table_unref (self.moved);
  g_ptr_array_unref (self.changes);

  return TRUE;
}

const StrataDiffDialect strata_diff_sqlite = {
  .compare = strata_sqlite_compare,
  .rename = strata_sqlite_rename_picture,
  .plan = plan,
};

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/names/catalogue.h"

#include <string.h>

typedef struct
{
  char            *name;
  StrataNameState  state;
  const char      *taker;      /* borrowed: who took it away */
  char            *new_name;
} Column;

typedef struct
{
  char            *name;
  StrataNameState  state;
  gboolean         is_open;    /* it may have more columns */
  gboolean         is_seen;    /* in a database, with all columns that it had then */
  gboolean         is_several; /* of several schemas: one that goes leaves the other */
  GHashTable      *columns;    /* key → Column */
  const char      *taker;
  char            *new_name;
} Table;

struct _StrataCatalogue
{
  gatomicrefcount        ref_count;
  StrataCatalogue       *below;
  GHashTable            *tables;     /* key → Table: of the one below, what has changed since */
  gboolean               is_open;    /* tables may be there that no script made */
  gboolean               is_vague;   /* they may have any names */
  guint                  n_proven;   /* uses of tables that were there by what the scripts say */
};

/* So many uses have shown that all tables are made by scripts. */
#define ENOUGH_PROOF 3

static char *
dup_key (const char *name)
{
  return g_utf8_casefold (name, -1);
}

static void
column_free (gpointer data)
{
  Column *column = data;

  g_free (column->name);
  g_free (column->new_name);
  g_free (column);
}

static void
table_free (gpointer data)
{
  Table *table = data;

  g_free (table->name);
  g_free (table->new_name);
  g_hash_table_unref (table->columns);
  g_free (table);
}

static Table *
table_new (const char      *name,
           StrataNameState  state)
{
  Table *table = g_new0 (Table, 1);

  table->name = g_strdup (name);
  table->state = state;
  table->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, column_free);

  return table;
}

static Table *
table_copy (const Table *from)
{
  Table *table = table_new (from->name, from->state);
  GHashTableIter iter;
  gpointer key;
  gpointer value;

  table->is_open = from->is_open;
  table->is_seen = from->is_seen;
  table->is_several = from->is_several;
  table->taker = from->taker;
  table->new_name = g_strdup (from->new_name);
  g_hash_table_iter_init (&iter, from->columns);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      Column *column = g_memdup2 (value, sizeof (Column));

      column->name = g_strdup (column->name);
      column->new_name = g_strdup (column->new_name);
      g_hash_table_insert (table->columns, g_strdup (key), column);
    }

  return table;
}

StrataCatalogue *
strata_catalogue_new (StrataCatalogue *below)
{
  StrataCatalogue *self = g_new0 (StrataCatalogue, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->below = below != NULL ? strata_catalogue_ref (below) : NULL;
  self->tables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, table_free);
  self->is_open = below != NULL && below->is_open;
  self->is_vague = below != NULL && below->is_vague;
  self->n_proven = below != NULL ? below->n_proven : 0;

  return self;
}

StrataCatalogue *
strata_catalogue_ref (StrataCatalogue *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_catalogue_unref (StrataCatalogue *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->below, strata_catalogue_unref);
  g_hash_table_unref (self->tables);
  g_free (self);
}

static const Table *
find_by_key (const StrataCatalogue *self,
             const char            *key)
{
  for (; self != NULL; self = self->below)
    {
      const Table *table = g_hash_table_lookup (self->tables, key);

      if (table != NULL)
        return table;
    }

  return NULL;
}

static const Table *
find (const StrataCatalogue *self,
      const char            *name)
{
  g_autofree char *key = dup_key (name);

  return find_by_key (self, key);
}

static const Column *
find_column (const Table *table,
             const char  *name)
{
  g_autofree char *key = dup_key (name);

  return g_hash_table_lookup (table->columns, key);
}

/* Of its own, to be changed; one that nobody knows is made, and is in doubt. */
static Table *
own (StrataCatalogue *self,
     const char      *name)
{
  g_autofree char *key = dup_key (name);
  Table *table = g_hash_table_lookup (self->tables, key);
  const Table *below;

  if (table != NULL)
    return table;

  below = find_by_key (self->below, key);
  table = below != NULL ? table_copy (below) : table_new (name, STRATA_NAME_UNKNOWN);
  table->is_open |= below == NULL;
  g_hash_table_insert (self->tables, g_steal_pointer (&key), table);

  return table;
}

static Column *
own_column (Table      *table,
            const char *name)
{
  char *key = dup_key (name);
  Column *column = g_hash_table_lookup (table->columns, key);

  if (column != NULL)
    {
      g_free (key);
      return column;
    }

  column = g_new0 (Column, 1);
  column->name = g_strdup (name);
  g_hash_table_insert (table->columns, key, column);

  return column;
}

static void
doubt (StrataCatalogue *self,
       const char      *name)
{
  Table *table = own (self, name);

  table->state = STRATA_NAME_UNKNOWN;
  table->is_open = TRUE;
  table->is_seen = FALSE;
}

static void
doubt_all (StrataCatalogue *self)
{
  self->is_open = TRUE;
  self->is_vague = TRUE;
  for (const StrataCatalogue *at = self; at != NULL; at = at->below)
    {
      g_autofree gpointer *keys = g_hash_table_get_keys_as_array (at->tables, NULL);

      for (guint i = 0; keys[i] != NULL; i++)
        doubt (self, keys[i]);
    }
}

/* Where one of that name is there, or may be, this is another one, or the same: nobody can tell. */
static void
make (StrataCatalogue *self,
      const char      *name,
      gboolean         is_open)
{
  const Table *known = find (self, name);
  gboolean is_several = known != NULL && (known->state == STRATA_NAME_THERE || known->state == STRATA_NAME_UNKNOWN);
  Table *table = own (self, name);

  if (!is_several)
    g_hash_table_remove_all (table->columns);
  table->state = STRATA_NAME_THERE;
  table->is_several |= is_several;
  table->is_open = is_open || is_several;
  table->is_seen = FALSE;
  g_free (table->name);
  table->name = g_strdup (name);
}

static void
take_away (StrataCatalogue *self,
           const char      *name,
           const char      *new_name,
           const char      *whose)
{
  Table *table;

  if (find (self, name) == NULL)
    return;

  table = own (self, name);
  if (table->is_several)
    {
      doubt (self, name);
      return;
    }

  table->state = STRATA_NAME_GONE;
  table->taker = whose;
  g_free (table->new_name);
  table->new_name = g_strdup (new_name);
}

static void
rename_table (StrataCatalogue *self,
              const char      *old,
              const char      *new_name,
              const char      *whose)
{
  const Table *known = find (self, old);
  const Table *in_the_way = find (self, new_name);
  Table *table;

  if (known == NULL || known->state != STRATA_NAME_THERE || known->is_several
      || (in_the_way != NULL && in_the_way->state != STRATA_NAME_GONE))
    {
      doubt (self, new_name);
      doubt (self, old);
      return;
    }

  table = table_copy (known);
  g_free (table->name);
  table->name = g_strdup (new_name);
  g_hash_table_replace (self->tables, dup_key (new_name), table);
  take_away (self, old, new_name, whose);
}

static void
change_column (StrataCatalogue     *self,
               const StrataMention *mention,
               const char          *whose)
{
  Table *table = own (self, mention->table);
  Column *column = own_column (table, mention->column);

  if (mention->kind == STRATA_MENTION_ADDS_COLUMN)
    {
      column->state = STRATA_NAME_THERE;
      g_free (column->name);
      column->name = g_strdup (mention->column);
      return;
    }

  column->state = table->is_several ? STRATA_NAME_UNKNOWN : STRATA_NAME_GONE;
  column->taker = whose;
  g_free (column->new_name);
  column->new_name = g_strdup (mention->new_name);
  if (mention->kind == STRATA_MENTION_RENAMES_COLUMN)
    own_column (table, mention->new_name)->state = STRATA_NAME_THERE;
}

static void
doubt_columns (StrataCatalogue *self,
               const char      *name)
{
  Table *table = own (self, name);

  table->is_open = TRUE;
  table->is_seen = FALSE;
}

/* What a script of the past used was there when it ran, whoever made it. */
static void
believe (StrataCatalogue     *self,
         const StrataMention *mention)
{
  const Table *table = find (self, mention->table);

  self->is_open |= table == NULL;
  self->n_proven += table != NULL && table->state == STRATA_NAME_THERE;
  if (table == NULL || table->state == STRATA_NAME_GONE)
    doubt (self, mention->table);
  if (mention->column != NULL && strata_catalogue_find_column (self, mention->table, mention->column) != STRATA_NAME_THERE
      && find (self, mention->table)->state == STRATA_NAME_THERE)
    doubt_columns (self, mention->table);
}

void
strata_catalogue_apply (StrataCatalogue     *self,
                        const StrataMention *mention,
                        const char          *whose)
{
  switch (mention->kind)
    {
    case STRATA_MENTION_USES_TABLE:
    case STRATA_MENTION_USES_COLUMN:
      believe (self, mention);
      break;
    case STRATA_MENTION_MAKES_TABLE:
    case STRATA_MENTION_MAKES_RELATION:
      make (self, mention->table, mention->kind == STRATA_MENTION_MAKES_RELATION);
      break;
    case STRATA_MENTION_DROPS_TABLE:
      take_away (self, mention->table, NULL, whose);
      break;
    case STRATA_MENTION_RENAMES_TABLE:
      rename_table (self, mention->table, mention->new_name, whose);
      break;
    case STRATA_MENTION_ADDS_COLUMN:
    case STRATA_MENTION_DROPS_COLUMN:
    case STRATA_MENTION_RENAMES_COLUMN:
      change_column (self, mention, whose);
      break;
    case STRATA_MENTION_DOUBTS_TABLE:
      doubt (self, mention->table);
      break;
    case STRATA_MENTION_DOUBTS_COLUMNS:
      doubt_columns (self, mention->table);
      break;
    case STRATA_MENTION_DOUBTS_OTHERS:
      self->is_open = TRUE;
      break;
    case STRATA_MENTION_DOUBTS_ALL:
      doubt_all (self);
      break;
    case STRATA_MENTION_REFERS_TO:
    default:
      break;
    }
}

void
strata_catalogue_apply_all (StrataCatalogue      *self,
                            const StrataMentions *mentions,
                            const char           *whose)
{
  guint n = strata_mentions_get_n (mentions);

  for (guint i = 0; i < n; i++)
    strata_catalogue_apply (self, strata_mentions_get (mentions, i), whose);
  for (guint i = 0; i < n; i++)
    if (strata_mentions_get (mentions, i)->kind == STRATA_MENTION_REFERS_TO)
      believe (self, strata_mentions_get (mentions, i));
}

/* What scripts say of it and what is there are joined: one of them may be about a table of that name in another schema. */
void
strata_catalogue_see_table (StrataCatalogue *self,
                            const char      *name,
                            gboolean         is_complete)
{
  const Table *known = find (self, name);
  gboolean is_closed = known != NULL && known->state == STRATA_NAME_THERE && !known->is_open;
  gboolean is_again = known != NULL && known->is_seen;
  Table *table = own (self, name);

  table->state = STRATA_NAME_THERE;
  table->is_open = !is_closed;
  table->is_several |= is_again;
  table->is_seen = is_complete && !table->is_several;
}

void
strata_catalogue_see_column (StrataCatalogue *self,
                             const char      *table,
                             const char      *column)
{
  own_column (own (self, table), column)->state = STRATA_NAME_THERE;
}

StrataNameState
strata_catalogue_find_table (const StrataCatalogue *self,
                             const char            *name)
{
  const Table *table = find (self, name);

  if (table == NULL)
    return self->is_open || self->n_proven < ENOUGH_PROOF ? STRATA_NAME_UNKNOWN : STRATA_NAME_NOT_THERE;

  return table->state;
}

StrataNameState
strata_catalogue_find_column (const StrataCatalogue *self,
                              const char            *table_name,
                              const char            *name)
{
  const Table *table = find (self, table_name);
  const Column *column = table != NULL ? find_column (table, name) : NULL;

  if (column != NULL && column->state == STRATA_NAME_THERE)
    return STRATA_NAME_THERE;
  if (table == NULL || table->state != STRATA_NAME_THERE)
    return STRATA_NAME_UNKNOWN;
  if (table->is_open)
    return table->is_seen && column != NULL ? column->state : STRATA_NAME_UNKNOWN;

  return column != NULL ? column->state : STRATA_NAME_NOT_THERE;
}

gboolean
strata_catalogue_knows_table (const StrataCatalogue *self,
                              const char            *table)
{
  return self->is_vague || find (self, table) != NULL;
}

gboolean
strata_catalogue_has_seen (const StrataCatalogue *self,
                           const char            *name)
{
  const Table *table = find (self, name);

  return table != NULL && table->state == STRATA_NAME_THERE && table->is_seen;
}

const char *
strata_catalogue_get_taker (const StrataCatalogue *self,
                            const char            *table_name,
                            const char            *column_name,
                            const char           **new_name)
{
  const Table *table = find (self, table_name);
  const Column *column = table != NULL && column_name != NULL ? find_column (table, column_name) : NULL;

  *new_name = NULL;
  if (table == NULL || (column_name != NULL && column == NULL))
    return NULL;

  *new_name = column != NULL ? column->new_name : table->new_name;

  return column != NULL ? column->taker : table->taker;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

GPtrArray *
strata_catalogue_list_tables (const StrataCatalogue *self)
{
  GPtrArray *names = g_ptr_array_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (const StrataCatalogue *at = self; at != NULL; at = at->below)
    {
      GHashTableIter iter;
      gpointer key;
      gpointer table;

      g_hash_table_iter_init (&iter, at->tables);
      while (g_hash_table_iter_next (&iter, &key, &table))
        if (g_hash_table_add (seen, key) && ((Table *) table)->state == STRATA_NAME_THERE)
          g_ptr_array_add (names, ((Table *) table)->name);
    }
  g_ptr_array_sort (names, compare_names);

  return names;
}

GPtrArray *
strata_catalogue_list_columns (const StrataCatalogue *self,
                               const char            *name)
{
  GPtrArray *names = g_ptr_array_new ();
  const Table *table = find (self, name);
  GHashTableIter iter;
  gpointer column;

  if (table == NULL || table->state == STRATA_NAME_GONE)
    return names;

  g_hash_table_iter_init (&iter, table->columns);
  while (g_hash_table_iter_next (&iter, NULL, &column))
    if (((Column *) column)->state == STRATA_NAME_THERE)
      g_ptr_array_add (names, ((Column *) column)->name);
  g_ptr_array_sort (names, compare_names);

  return names;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The order in which names change hands: what has a name that another thing gets moves away before, and where that goes round
 * in a circle, one of them waits under a name that nothing has. */

#include "config.h"

#include "core/diff/rename.h"

#include <string.h>

typedef enum { WAITS, IS_BUSY, IS_DONE } State;

typedef struct
{
  StrataDiff  *diff;
  GPtrArray   *renamed;    /* const StrataDifference*, by group */
  State       *states;     /* of these */
  const char **names;      /* that they have now */
  GArray      *moves;      /* StrataRenameMove */
} Order;

/* Relations and types of a schema share one space of names, constraints with an index too. */
static gboolean
is_in_schema_space (StrataObjectKind kind)
{
  switch ((guint) kind)
    {
    case STRATA_OBJECT_ENUM:
    case STRATA_OBJECT_DOMAIN:
    case STRATA_OBJECT_COMPOSITE:
    case STRATA_OBJECT_RANGE:
    case STRATA_OBJECT_SEQUENCE:
    case STRATA_OBJECT_TABLE:
    case STRATA_OBJECT_PRIMARY_KEY:
    case STRATA_OBJECT_UNIQUE:
    case STRATA_OBJECT_EXCLUSION:
    case STRATA_OBJECT_INDEX:
    case STRATA_OBJECT_VIEW:
    case STRATA_OBJECT_MATERIALIZED_VIEW:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
shares_space (const StrataDifference *a,
              const StrataDifference *b)
{
  const StrataObject *first = a->from, *second = b->from;
  gboolean is_same_table = g_strcmp0 (a->to->table, b->to->table) == 0;

  if ((a->part == NULL) != (b->part == NULL) || g_strcmp0 (first->schema, second->schema) != 0)
    return FALSE;
  if (a->part != NULL)
    return first == second;
  if (is_in_schema_space (first->kind) && is_in_schema_space (second->kind))
    return TRUE;
  if (strata_object_kind_is_constraint (first->kind) && strata_object_kind_is_constraint (second->kind))
    return is_same_table;

  return first->kind == second->kind && is_same_table && g_strcmp0 (first->arguments, second->arguments) == 0;
}

static const char *
get_new_name (const StrataDifference *difference)
{
  return difference->part != NULL ? difference->new_part : difference->to->name;
}

/* Routines are called with the types that they take, and what a table has with the table's new name. */
static guint
get_group (const StrataDifference *difference)
{
  if (difference->part != NULL)
    return 2;
  if (difference->from->arguments != NULL)
    return 0;

  return difference->from->table == NULL ? 1 : 3;
}

static void
move (Order      *self,
      guint       index,
      const char *name)
{
  const StrataRenameMove made = { g_ptr_array_index (self->renamed, index), self->names[index], name };

  g_array_append_val (self->moves, made);
  self->names[index] = name;
}

static gboolean
is_used (const StrataPicture *picture,
         const char          *name)
{
  for (guint i = 0; i < picture->n_objects; i++)
    if (strcmp (picture->objects[i]->name, name) == 0
        || (picture->objects[i]->kind == STRATA_OBJECT_TABLE
            && strata_picture_table_find_column (picture->objects[i]->of.table, name) != NULL))
      return TRUE;

  return FALSE;
}

static const char *
make_free_name (Order *self)
{
  g_autofree char *name = NULL;
  guint n = self->moves->len;

  do
    {
      g_free (name);
      name = g_strdup_printf ("strata_swap_%u", ++n);
    }
  while (is_used (self->diff->from, name) || is_used (self->diff->to, name));

  return strata_diff_keep (self->diff, name);
}

static void
place (Order *self,
       guint  index)
{
  const StrataDifference *difference = g_ptr_array_index (self->renamed, index);
  const char *name = get_new_name (difference);

  self->states[index] = IS_BUSY;
  for (guint i = 0; i < self->renamed->len; i++)
    {
      if (i == index || strcmp (self->names[i], name) != 0 || !shares_space (difference, g_ptr_array_index (self->renamed, i)))
        continue;
      if (self->states[i] == WAITS)
        place (self, i);
      else if (self->states[i] == IS_BUSY)
        move (self, i, make_free_name (self));
    }
  move (self, index, name);
  self->states[index] = IS_DONE;
}

GArray *
strata_rename_order (StrataDiff *diff)
{
  g_autoptr(GPtrArray) renamed = g_ptr_array_new ();
  Order self = { diff, renamed, NULL, NULL, g_array_new (FALSE, FALSE, sizeof (StrataRenameMove)) };

  for (guint group = 0; group < 4; group++)
    for (guint i = 0; i < diff->differences->len; i++)
      {
        const StrataDifference *difference = g_ptr_array_index (diff->differences, i);

        if (difference->kind == STRATA_DIFFERENCE_RENAMED && get_group (difference) == group)
          g_ptr_array_add (renamed, (gpointer) difference);
      }

  self.states = g_new0 (State, renamed->len + 1);
  self.names = g_new0 (const char *, renamed->len + 1);
  for (guint i = 0; i < renamed->len; i++)
    {
      const StrataDifference *difference = g_ptr_array_index (renamed, i);

      self.names[i] = difference->part != NULL ? difference->part : difference->from->name;
    }
  for (guint i = 0; i < renamed->len; i++)
    if (self.states[i] == WAITS)
      place (&self, i);

  g_free (self.states);
  g_free (self.names);

  return self.moves;
}

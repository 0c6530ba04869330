/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where only some differences are chosen: what these need is added, as there is no way without it. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

static const StrataDifference *
get (const StrataRoute *self,
     guint             index)
{
  return g_ptr_array_index (self->diff->differences, index);
}

static gboolean
want (StrataRoute *self,
      guint       index)
{
  gboolean is_new = !self->is_wanted[index];

  self->is_wanted[index] = TRUE;

  return is_new;
}

/* All that changes of an old object, or the columns of it that the text names. */
static gboolean
want_changes (StrataRoute *self,
              guint       old,
              const char *text)
{
  const StrataDifference *difference;
  gboolean is_more = FALSE;

  for (guint at = 0; (difference = strata_route_walk (self, old, &at)) != NULL;)
    if (text == NULL || (difference->part != NULL && difference->kind != STRATA_DIFFERENCE_CHANGED
                         && strata_route_mentions (text, difference->part, FALSE)))
      is_more |= want (self, at - 1);

  return is_more;
}

/* What is made needs what it names. */
static gboolean
complete_made (StrataRoute         *self,
               const StrataObject *object)
{
  const StrataObject *table = object->table != NULL ? strata_ddl_find_relation (self->new, object->schema, object->table) : NULL;
  g_autofree char *text = strata_route_dup_expressions (object);
  gboolean is_more = FALSE;

  for (guint n = 0; table != NULL || (object->needs != NULL && object->needs[n] != NULL); n++)
    {
      const StrataObject *needed = table != NULL ? table : object->needs[n];
      guint new = strata_route_find_new (self, needed);

      if (table != NULL)
        {
          table = NULL;
          n--;
        }
      if (new == G_MAXUINT)
        continue;
      if (self->added[new] > 0)
        is_more |= want (self, self->added[new] - 1);
      else if (self->old_of_new[new] > 0 && needed->kind == STRATA_OBJECT_TABLE && text != NULL)
        is_more |= want_changes (self, self->old_of_new[new] - 1, text);
      else if (self->old_of_new[new] > 0 && needed->kind != STRATA_OBJECT_TABLE)
        is_more |= want_changes (self, self->old_of_new[new] - 1, NULL);
    }

  return is_more;
}

/* What goes is no longer used: by what goes too, or changes. */
static gboolean
complete_removed (StrataRoute             *self,
                  const StrataDifference *difference)
{
  guint old = strata_route_find_old (self, difference->from);
  gboolean is_more = FALSE;

  for (guint u = self->first_user[old]; u < self->first_user[old + 1]; u++)
    {
      const StrataObject *user = self->old->objects[self->users[u]];
      g_autofree char *text = strata_route_dup_expressions (user);

      if (difference->part == NULL || strata_route_mentions (text, difference->part, FALSE))
        is_more |= want_changes (self, self->users[u], NULL);
    }

  return is_more;
}

void
strata_route_complete (StrataRoute *self)
{
  gboolean is_more = TRUE;

  while (is_more)
    {
      is_more = FALSE;
      for (guint i = 0; i < self->diff->differences->len; i++)
        {
          const StrataDifference *difference = get (self, i);

          if (!self->is_wanted[i] || difference->kind == STRATA_DIFFERENCE_RENAMED)
            continue;
          if (difference->to != NULL && difference->kind != STRATA_DIFFERENCE_REMOVED)
            is_more |= complete_made (self, difference->to);
          if (difference->kind == STRATA_DIFFERENCE_REMOVED
              && (difference->part == NULL || difference->from->kind == STRATA_OBJECT_TABLE))
            is_more |= complete_removed (self, difference);
        }
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/memory.h"

#include <string.h>

gpointer
strata_sa_copy (Machine       *py,
                gconstpointer  what,
                gsize          size)
{
  gpointer copy = strata_py_alloc (py, size);

  return copy != NULL ? memcpy (copy, what, size) : NULL;
}

void
strata_sa_items_add (Machine       *py,
                     Items         *self,
                     gconstpointer  item)
{
  if (self->length + 1 >= self->allocated)
    {
      guint allocated = MAX (self->allocated * 2, 4);
      gconstpointer *items = strata_py_alloc (py, allocated * sizeof (gpointer));

      if (items == NULL)
        return;
      if (self->length > 0)
        memcpy (items, self->items, self->length * sizeof (gpointer));
      self->items = items;
      self->allocated = allocated;
    }

  self->items[self->length++] = item;
}

guint
strata_sa_length (gconstpointer list)
{
  const gconstpointer *items = list;
  guint length = 0;

  while (items != NULL && items[length] != NULL)
    length++;

  return length;
}

gpointer
strata_sa_append (Machine       *py,
                  gconstpointer  list,
                  gconstpointer  item)
{
  guint length = strata_sa_length (list);
  gconstpointer *longer = strata_py_alloc (py, (length + 2) * sizeof (gpointer));

  if (longer == NULL)
    return NULL;
  if (length > 0)
    memcpy (longer, list, length * sizeof (gpointer));
  longer[length] = item;

  return longer;
}

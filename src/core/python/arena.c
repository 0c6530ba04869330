/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/arena.h"

#include <string.h>

/* The first chunk holds the header of a usual script; later ones double, up to a size that malloc maps anyway. */
#define FIRST_CHUNK  4096
#define LARGEST_CHUNK (256 * 1024)

typedef struct _Chunk Chunk;

struct _Chunk
{
  Chunk *previous;
  gsize  used;
  gsize  size;
  guint8 bytes[] __attribute__ ((aligned (sizeof (gpointer))));
};

struct _StrataPyArena
{
  Chunk *last;
  gsize  size;
};

StrataPyArena *
strata_py_arena_new (void)
{
  return g_new0 (StrataPyArena, 1);
}

void
strata_py_arena_free (StrataPyArena *self)
{
  while (self->last != NULL)
    {
      Chunk *previous = self->last->previous;

      g_free (self->last);
      self->last = previous;
    }

  g_free (self);
}

static void
add_chunk (StrataPyArena *self,
           gsize          at_least)
{
  gsize size = self->last == NULL ? FIRST_CHUNK : MIN (self->last->size * 2, LARGEST_CHUNK);
  Chunk *chunk;

  size = MAX (size, at_least);
  chunk = g_malloc (sizeof (Chunk) + size);
  chunk->previous = self->last;
  chunk->used = 0;
  chunk->size = size;
  self->last = chunk;
}

gpointer
strata_py_arena_alloc (StrataPyArena *self,
                       gsize          size)
{
  gpointer memory;

  size = (size + sizeof (gpointer) - 1) & ~(sizeof (gpointer) - 1);

  if (self->last == NULL || self->last->size - self->last->used < size)
    add_chunk (self, size);

  memory = self->last->bytes + self->last->used;
  self->last->used += size;
  self->size += size;

  return memset (memory, 0, size);
}

char *
strata_py_arena_strndup (StrataPyArena *self,
                         const char    *text,
                         gsize          length)
{
  char *copy = strata_py_arena_alloc (self, length + 1);

  if (length > 0)
    memcpy (copy, text, length);

  return copy;
}

gsize
strata_py_arena_get_size (StrataPyArena *self)
{
  return self->size;
}

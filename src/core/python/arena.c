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

/* What a chunk held. */
typedef struct
{
  Chunk *chunk;
  gsize  used;
  guint8 bytes[];
} Kept;

struct _StrataPyArena
{
  Chunk     *last;
  gsize      size;
  GPtrArray *kept;         /* Kept, the last chunk first; NULL: there is no mark */
  gsize      kept_size;
};

StrataPyArena *
strata_py_arena_new (void)
{
  return g_new0 (StrataPyArena, 1);
}

/* Down to that chunk, which stays; NULL: all of them. */
static void
free_chunks (StrataPyArena *self,
             Chunk         *until)
{
  while (self->last != until)
    {
      Chunk *previous = self->last->previous;

      g_free (self->last);
      self->last = previous;
    }
}

void
strata_py_arena_free (StrataPyArena *self)
{
  free_chunks (self, NULL);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
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

void
strata_py_arena_mark (StrataPyArena *self)
{
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  self->kept = g_ptr_array_new_with_free_func (g_free);
  self->kept_size = self->size;

  for (Chunk *chunk = self->last; chunk != NULL; chunk = chunk->previous)
    {
      Kept *kept = g_malloc (sizeof (Kept) + chunk->used);

      kept->chunk = chunk;
      kept->used = chunk->used;
      memcpy (kept->bytes, chunk->bytes, chunk->used);
      g_ptr_array_add (self->kept, kept);
    }
}

void
strata_py_arena_rewind (StrataPyArena *self)
{
  g_return_if_fail (self->kept != NULL);

  free_chunks (self, self->kept->len > 0 ? ((Kept *) g_ptr_array_index (self->kept, 0))->chunk : NULL);
  self->size = self->kept_size;

  for (guint i = 0; i < self->kept->len; i++)
    {
      Kept *kept = g_ptr_array_index (self->kept, i);

      memcpy (kept->chunk->bytes, kept->bytes, kept->used);
      kept->chunk->used = kept->used;
    }
}

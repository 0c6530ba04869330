/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/line-diff.h"

#include <string.h>

/* Myers' algorithm in linear space: the shortest way through the grid of old and new lines, where a step right removes
 * a line, a step down adds one, and diagonals are free. Two fronts go out from both corners; where they meet, the grid
 * falls into two smaller ones. A front that went this many steps without meeting the other gives up on the shortest way
 * and cuts the grid where it got farthest. */
#define MOST_STEPS 500

/* One line with its line end, and its number among all that differ. */
typedef struct
{
  const char *text;
  gsize       length;
  guint       number;
} Line;

typedef struct
{
  GArray *lines;       /* Line */
  guint8 *is_changed;  /* one for each line: it has no partner on the other side */
} Side;

/* The rectangle of lines at hand: n old ones and m new ones. */
typedef struct
{
  const Line *old_lines;
  const Line *new_lines;
  guint8     *is_removed;
  guint8     *is_added;
  int         n;
  int         m;
} Grid;

/* How far right it got on each diagonal (x - y), counted from its corner. */
typedef struct
{
  int      farthest_storage[2 * MOST_STEPS + 3];
  gboolean backward;
  int      steps;     /* -1: not on its way yet */
} Front;

static guint
line_hash (gconstpointer key)
{
  const Line *line = key;
  guint hash = 5381;

  for (gsize i = 0; i < line->length; i++)
    hash = hash * 33 + (guchar) line->text[i];

  return hash;
}

static gboolean
line_equal (gconstpointer a,
            gconstpointer b)
{
  const Line *one = a;
  const Line *two = b;

  return one->length == two->length && memcmp (one->text, two->text, one->length) == 0;
}

static void
side_init (Side       *self,
           const char *text)
{
  self->lines = g_array_sized_new (FALSE, FALSE, sizeof (Line), 64);

  while (*text != '\0')
    {
      const char *line_end = strchrnul (text, '\n');
      Line line = { .text = text, .length = line_end + (*line_end == '\n') - text };

      g_array_append_val (self->lines, line);
      text += line.length;
    }

  self->is_changed = g_new0 (guint8, self->lines->len + 1);
}

static void
side_clear (Side *self)
{
  g_array_unref (self->lines);
  g_free (self->is_changed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

/* Comparing numbers is all that the search does then. */
static void
side_number (Side       *self,
             GHashTable *seen)
{
  for (guint i = 0; i < self->lines->len; i++)
    {
      Line *line = &g_array_index (self->lines, Line, i);
      Line *first = g_hash_table_lookup (seen, line);

      line->number = first != NULL ? first->number : g_hash_table_size (seen);
      if (first == NULL)
        g_hash_table_add (seen, line);
    }
}

static int
lowest_diagonal (const Grid *grid,
                 int         steps)
{
  return steps <= grid->m ? -steps : steps - 2 * grid->m;
}

static int
highest_diagonal (const Grid *grid,
                  int         steps)
{
  return steps <= grid->n ? steps : 2 * grid->n - steps;
}

static gboolean
is_same (const Grid *grid,
         gboolean    backward,
         int         x,
         int         y)
{
  if (backward)
    return grid->old_lines[grid->n - 1 - x].number == grid->new_lines[grid->m - 1 - y].number;

  return grid->old_lines[x].number == grid->new_lines[y].number;
}

static int *
farthest (Front *front,
          int    diagonal)
{
  return &front->farthest_storage[diagonal + MOST_STEPS + 1];
}

/* By one step from a diagonal beside it. That may lead out of the grid; but then the other front meets this one on the
 * diagonal where it came from, before it gets here. */
static int
enter_diagonal (Front      *front,
                const Grid *grid,
                int         diagonal)
{
  int right = -1;
  int down = -1;

  if (front->steps < 0)
    return 0;

  if (diagonal > lowest_diagonal (grid, front->steps))
    right = *farthest (front, diagonal - 1) + 1;
  if (diagonal < highest_diagonal (grid, front->steps))
    down = *farthest (front, diagonal + 1);

  return MAX (right, down);
}

/* One step on all diagonals; TRUE where it met the other front, x and y are the place then. */
static gboolean
front_advance (Front      *self,
               Front      *other,
               const Grid *grid,
               int        *x,
               int        *y)
{
  int steps = self->steps + 1;

  for (int diagonal = lowest_diagonal (grid, steps); diagonal <= highest_diagonal (grid, steps); diagonal += 2)
    {
      int opposite = grid->n - grid->m - diagonal;

      *x = enter_diagonal (self, grid, diagonal);
      *y = *x - diagonal;
      while (*x < grid->n && *y < grid->m && is_same (grid, self->backward, *x, *y))
        {
          (*x)++;
          (*y)++;
        }
      *farthest (self, diagonal) = *x;

      if (other->steps >= 0
          && opposite >= lowest_diagonal (grid, other->steps) && opposite <= highest_diagonal (grid, other->steps)
          && *x + *farthest (other, opposite) >= grid->n)
        return TRUE;
    }

  self->steps = steps;

  return FALSE;
}

/* Where the front got farthest inside the grid. */
static void
front_get_best (Front      *self,
                const Grid *grid,
                int        *x,
                int        *y)
{
  *x = grid->n;
  *y = 0;

  for (int diagonal = lowest_diagonal (grid, self->steps), best = 0;
       diagonal <= highest_diagonal (grid, self->steps);
       diagonal += 2)
    {
      int far_x = *farthest (self, diagonal);
      int far_y = far_x - diagonal;

      if (far_x > grid->n || far_y > grid->m || far_x + far_y <= best)
        continue;

      best = far_x + far_y;
      *x = far_x;
      *y = far_y;
    }
}

/* Finds a place on the shortest way, or on a good one. */
static void
cut_grid (const Grid *grid,
          int        *x,
          int        *y)
{
  Front forward = { .steps = -1 };
  Front backward = { .steps = -1, .backward = TRUE };

  while (forward.steps < MOST_STEPS)
    {
      if (front_advance (&forward, &backward, grid, x, y))
        return;

      if (front_advance (&backward, &forward, grid, x, y))
        {
          *x = grid->n - *x;
          *y = grid->m - *y;
          return;
        }
    }

  front_get_best (&forward, grid, x, y);
}

static Grid
part_of_grid (const Grid *grid,
              int         x,
              int         y,
              int         n,
              int         m)
{
  return (Grid) { grid->old_lines + x, grid->new_lines + y, grid->is_removed + x, grid->is_added + y, n, m };
}

static Grid
without_equal_ends (const Grid *grid)
{
  int head = 0;
  int tail = 0;

  while (head < MIN (grid->n, grid->m) && is_same (grid, FALSE, head, head))
    head++;
  while (tail < MIN (grid->n, grid->m) - head && is_same (grid, TRUE, tail, tail))
    tail++;

  return part_of_grid (grid, head, head, grid->n - head - tail, grid->m - head - tail);
}

static void
compare_lines (const Grid *whole)
{
  Grid grid = without_equal_ends (whole);

  while (grid.n > 0 && grid.m > 0)
    {
      Grid first;
      Grid second;
      int x;
      int y;

      cut_grid (&grid, &x, &y);
      first = part_of_grid (&grid, 0, 0, x, y);
      second = part_of_grid (&grid, x, y, grid.n - x, grid.m - y);
      compare_lines (&first);
      grid = without_equal_ends (&second);
    }

  memset (grid.is_removed, TRUE, grid.n);
  memset (grid.is_added, TRUE, grid.m);
}

/* Places between the lines of both sides. */
typedef struct
{
  guint old_at;
  guint new_at;
} Position;

static gboolean
at_end (const Side *old_side,
        const Side *new_side,
        Position    at)
{
  return at.old_at == old_side->lines->len && at.new_at == new_side->lines->len;
}

static gboolean
at_change (const Side *old_side,
           const Side *new_side,
           Position    at)
{
  return ((at.old_at < old_side->lines->len && old_side->is_changed[at.old_at])
          || (at.new_at < new_side->lines->len && new_side->is_changed[at.new_at]));
}

static void
append_line (GString    *text,
             char        sign,
             const Side *side,
             guint       at)
{
  const Line *line = &g_array_index (side->lines, Line, at);

  g_string_append_c (text, sign);
  g_string_append_len (text, line->text, line->length);
  if (line->text[line->length - 1] != '\n')
    g_string_append (text, "\n\\ No newline at end of file\n");
}

static void
append_range (GString *text,
              char     sign,
              guint    begin,
              guint    end)
{
  /* An empty range is named by the line before it. */
  g_string_append_printf (text, " %c%u", sign, begin + (end > begin));
  if (end - begin != 1)
    g_string_append_printf (text, ",%u", end - begin);
}

static void
append_hunk (GString    *text,
             const Side *old_side,
             const Side *new_side,
             Position    at,
             Position    end)
{
  g_string_append (text, "@@");
  append_range (text, '-', at.old_at, end.old_at);
  append_range (text, '+', at.new_at, end.new_at);
  g_string_append (text, " @@\n");

  while (at.old_at < end.old_at || at.new_at < end.new_at)
    {
      if (at.old_at < end.old_at && old_side->is_changed[at.old_at])
        append_line (text, '-', old_side, at.old_at++);
      else if (at.new_at < end.new_at && new_side->is_changed[at.new_at])
        append_line (text, '+', new_side, at.new_at++);
      else
        {
          append_line (text, ' ', old_side, at.old_at++);
          at.new_at++;
        }
    }
}

/* From a change to the end of the last one that belongs to the same hunk, with context behind it. */
static Position
find_hunk_end (const Side *old_side,
               const Side *new_side,
               Position    at,
               guint       context)
{
  Position end = at;
  guint n_equal = 0;

  while (!at_end (old_side, new_side, at) && n_equal <= 2 * context)
    {
      gboolean removed = at.old_at < old_side->lines->len && old_side->is_changed[at.old_at];
      gboolean added = at.new_at < new_side->lines->len && new_side->is_changed[at.new_at];

      n_equal = removed || added ? 0 : n_equal + 1;
      at.old_at += removed || !added;
      at.new_at += added || !removed;
      if (n_equal <= context)
        end = at;
    }

  return end;
}

static char *
format_changes (const Side *old_side,
                const Side *new_side,
                const char *old_name,
                const char *new_name,
                guint       context)
{
  GString *text = g_string_new (NULL);
  Position at = { 0, 0 };
  Position done = { 0, 0 };

  while (!at_end (old_side, new_side, at))
    {
      guint before = MIN (context, at.old_at - done.old_at);

      if (!at_change (old_side, new_side, at))
        {
          at.old_at++;
          at.new_at++;
          continue;
        }

      if (text->len == 0)
        g_string_append_printf (text, "--- %s\n+++ %s\n", old_name, new_name);
      done = find_hunk_end (old_side, new_side, at, context);
      append_hunk (text, old_side, new_side, (Position) { at.old_at - before, at.new_at - before }, done);
      at = done;
    }

  return g_string_free (text, FALSE);
}

char *
strata_line_diff (const char *old_text,
                  const char *new_text,
                  const char *old_name,
                  const char *new_name,
                  guint       context)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (line_hash, line_equal);
  g_auto(Side) old_side;
  g_auto(Side) new_side;
  Grid grid;

  side_init (&old_side, old_text);
  side_init (&new_side, new_text);
  side_number (&old_side, seen);
  side_number (&new_side, seen);

  grid = (Grid) {
    .old_lines = (const Line *) old_side.lines->data,
    .new_lines = (const Line *) new_side.lines->data,
    .is_removed = old_side.is_changed,
    .is_added = new_side.is_changed,
    .n = old_side.lines->len,
    .m = new_side.lines->len,
  };
  compare_lines (&grid);

  return format_changes (&old_side, &new_side, old_name, new_name, context);
}

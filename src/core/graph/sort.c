/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/sort.h"

#include "core/graph/graph-private.h"

/* Alembic keeps a list of slots, each with the node that comes next on its line, and a current slot:
 *
 *   - if another slot's node descends from the current node, the first such slot becomes current;
 *   - else the node is emitted, and the slot goes on to the first of the node's parents that no slot has yet; further
 *     parents get new slots at the end; a slot without a parent is removed, and the one before it becomes current.
 *
 * It asks "who descends" by building the set of ancestors of every slot, again and again. Here a node counts the
 * children that are still to come, so most answers are immediate; for the rest, each node remembers the first slot
 * above it. That holds while the slot walks down a plain line (a generation). The first slot above a node only ever
 * moves to the right, because what was not above a node never comes to be above it and new slots are always the last:
 * so the children of a node stand in a heap by the first slot that they were last known to have at or above them, and
 * only the one on top is asked again. A node that waits through many changes far above it (the base of a hundred
 * branches that are merged one by one) gets a watch: a list of all that is above, and the first slot not ruled out. */

typedef enum
{
  PHASE_OUTSIDE,
  PHASE_BETWEEN,    /* not wanted, but on a way from one wanted node to another */
  PHASE_WANTED,
  PHASE_DONE,
} Phase;

#define NO_SLOT G_MAXUINT
#define ASKED_UNTIL_WATCHED 8
#define MAX_WATCHES 64

typedef struct
{
  guint node;
  guint previous;
  guint next;
  guint generation;    /* 0 when removed */
} Slot;

typedef struct
{
  guint slot;
  guint generation;
} Memo;

typedef struct
{
  guint   node;
  guint   slot;
  guint8 *above;
} Watch;

typedef struct
{
  StrataGraph *graph;
  guint8      *phase;
  guint8      *n_asked;
  guint       *waiting;    /* children that are still to come */
  guint       *slot_of;    /* node → slot + 1 */
  Memo        *memos;
  guint       *children;   /* the edges up, those of a node ordered as a heap */
  guint       *keys;       /* for each such edge: no slot at or above the child comes before this one */
  guint       *n_children; /* those in the heap */
  GArray      *slots;      /* Slot */
  GArray      *asked;      /* guint: nodes whose answer waits for that of the next one */
  GArray      *watches;    /* Watch */
  GArray      *order;      /* guint: the result */
  guint        first;
  guint        last;
  guint64      work;
} Sorter;

static gboolean
is_open (Sorter *self,
         guint   node)
{
  return self->phase[node] == PHASE_BETWEEN || self->phase[node] == PHASE_WANTED;
}

static Slot *
get_slot (Sorter *self,
          guint   number)
{
  return &g_array_index (self->slots, Slot, number);
}

static void
append_slot (Sorter *self,
             guint   node)
{
  Slot slot = { .node = node, .previous = self->last, .next = NO_SLOT, .generation = 1 };
  guint number = self->slots->len;

  g_array_append_val (self->slots, slot);
  if (self->last != NO_SLOT)
    get_slot (self, self->last)->next = number;
  else
    self->first = number;

  self->last = number;
  self->slot_of[node] = number + 1;
}

/* Returns the slot that becomes current. */
static guint
remove_slot (Sorter *self,
             guint   number)
{
  Slot *slot = get_slot (self, number);

  if (slot->previous != NO_SLOT)
    get_slot (self, slot->previous)->next = slot->next;
  else
    self->first = slot->next;

  if (slot->next != NO_SLOT)
    get_slot (self, slot->next)->previous = slot->previous;
  else
    self->last = slot->previous;

  slot->generation = 0;

  return slot->previous != NO_SLOT ? slot->previous : self->first;
}

static gboolean
has_memo (Sorter *self,
          guint   node)
{
  const Memo *memo = &self->memos[node];

  return memo->generation != 0 && get_slot (self, memo->slot)->generation == memo->generation;
}

static void
swap_children (Sorter *self,
               guint   i,
               guint   k)
{
  guint child = self->children[i];
  guint key = self->keys[i];

  self->children[i] = self->children[k];
  self->keys[i] = self->keys[k];
  self->children[k] = child;
  self->keys[k] = key;
}

/* The key on top has grown. */
static void
sink_top (Sorter *self,
          guint   node)
{
  guint first = g_array_index (self->graph->ups.first, guint, node);
  guint n = self->n_children[node];

  for (guint i = 0, smaller; 2 * i + 1 < n; i = smaller)
    {
      smaller = 2 * i + 1;
      if (smaller + 1 < n && self->keys[first + smaller + 1] < self->keys[first + smaller])
        smaller++;

      self->work++;
      if (self->keys[first + i] <= self->keys[first + smaller])
        return;
      swap_children (self, first + i, first + smaller);
    }
}

/* Only for children that wait for nothing or have a memo. */
static guint
get_first_at_or_above (Sorter *self,
                       guint   node)
{
  guint best = self->slot_of[node] > 0 ? self->slot_of[node] - 1 : NO_SLOT;

  return self->waiting[node] > 0 ? MIN (best, self->memos[node].slot) : best;
}

/* Asks the children until the one on top is known to be the first; FALSE where another node must be asked before. */
static gboolean
answer (Sorter *self,
        guint   node)
{
  guint first = g_array_index (self->graph->ups.first, guint, node);

  for (;;)
    {
      guint child = self->children[first];
      guint key;

      g_assert (self->n_children[node] > 0);
      self->work++;

      if (!is_open (self, child))
        {
          swap_children (self, first, first + --self->n_children[node]);
          sink_top (self, node);
          continue;
        }

      if (self->waiting[child] > 0 && !has_memo (self, child))
        {
          g_array_append_val (self->asked, child);
          return FALSE;
        }

      key = get_first_at_or_above (self, child);
      if (key == self->keys[first])
        break;
      self->keys[first] = key;
      sink_top (self, node);
    }

  self->memos[node] = (Memo) { self->keys[first], get_slot (self, self->keys[first])->generation };

  return TRUE;
}

static Watch *
get_watch (Sorter *self,
           guint   node)
{
  g_autoptr(GArray) seed = NULL;
  Watch watch = { .node = node };

  if (self->n_asked[node] < ASKED_UNTIL_WATCHED)
    {
      self->n_asked[node]++;
      return NULL;
    }

  for (guint i = 0; i < self->watches->len; i++)
    if (g_array_index (self->watches, Watch, i).node == node)
      return &g_array_index (self->watches, Watch, i);

  if (self->watches->len == MAX_WATCHES)
    return NULL;

  seed = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (seed, node);
  watch.above = g_new0 (guint8, self->graph->n_nodes);
  strata_edges_mark (&self->graph->ups, seed, watch.above);
  watch.above[node] = FALSE;
  g_array_append_val (self->watches, watch);

  return &g_array_index (self->watches, Watch, self->watches->len - 1);
}

static void
clear_watch (void *data)
{
  g_free (((Watch *) data)->above);
}

/* The node waits for a child, so there is a slot above it. */
static guint
find_first_above (Sorter *self,
                  guint   node)
{
  Watch *watch = get_watch (self, node);

  if (watch != NULL)
    {
      for (; get_slot (self, watch->slot)->generation == 0 || !watch->above[get_slot (self, watch->slot)->node];
           watch->slot++)
        self->work++;
      return watch->slot;
    }

  if (!has_memo (self, node))
    g_array_append_val (self->asked, node);

  while (self->asked->len > 0)
    {
      guint top = self->asked->len - 1;

      if (answer (self, g_array_index (self->asked, guint, top)))
        g_array_set_size (self->asked, top);
    }

  return self->memos[node].slot;
}

/* What only lies between the wanted nodes is done as soon as nothing above it is to come. */
static void
release_parents (Sorter *self,
                 guint   node)
{
  g_autoptr(GArray) todo = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (todo, node);

  while (todo->len > 0)
    {
      guint n;
      guint done = g_array_index (todo, guint, todo->len - 1);
      const guint *parents = strata_edges_get (&self->graph->downs, done, &n);

      g_array_set_size (todo, todo->len - 1);
      self->phase[done] = PHASE_DONE;

      for (guint i = 0; i < n; i++)
        {
          self->work++;
          if (!is_open (self, parents[i]))
            continue;
          if (--self->waiting[parents[i]] == 0 && self->phase[parents[i]] == PHASE_BETWEEN)
            g_array_append_val (todo, parents[i]);
        }
    }
}

/* Returns the slot that becomes current. */
static guint
move_on (Sorter *self,
         guint   number)
{
  guint node = get_slot (self, number)->node;
  guint n, n_open = 0;
  guint taken = STRATA_NO_NODE;
  const guint *parents = strata_edges_get (&self->graph->downs, node, &n);

  self->slot_of[node] = 0;

  for (guint i = 0; i < n; i++)
    {
      n_open += is_open (self, parents[i]);
      if (self->phase[parents[i]] != PHASE_WANTED || self->slot_of[parents[i]] > 0)
        continue;

      if (taken != STRATA_NO_NODE)
        {
          append_slot (self, parents[i]);
          continue;
        }

      taken = parents[i];
      get_slot (self, number)->node = taken;
      self->slot_of[taken] = number + 1;
      self->memos[taken].generation = 0;
    }

  if (taken == STRATA_NO_NODE)
    return remove_slot (self, number);
  if (n_open > 1)
    get_slot (self, number)->generation++;

  return number;
}

static void
run (Sorter *self)
{
  guint current = self->first;

  while (current != NO_SLOT)
    {
      guint node = get_slot (self, current)->node;

      if (self->waiting[node] > 0)
        {
          current = find_first_above (self, node);
          continue;
        }

      g_array_append_val (self->order, node);
      current = move_on (self, current);
      release_parents (self, node);
    }
}

static void
set_phases (Sorter       *self,
            const guint8 *wanted)
{
  guint n_nodes = self->graph->n_nodes;
  g_autofree guint8 *above = g_new0 (guint8, n_nodes);
  g_autofree guint8 *below = g_new0 (guint8, n_nodes);
  g_autoptr(GArray) seeds = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint node = 0; node < n_nodes; node++)
    if (wanted[node])
      g_array_append_val (seeds, node);

  strata_edges_mark (&self->graph->ups, seeds, above);
  strata_edges_mark (&self->graph->downs, seeds, below);

  for (guint node = 0; node < n_nodes; node++)
    if (wanted[node])
      self->phase[node] = PHASE_WANTED;
    else if (above[node] && below[node])
      self->phase[node] = PHASE_BETWEEN;

  for (guint node = 0; node < n_nodes; node++)
    {
      guint n;
      const guint *children = strata_edges_get (&self->graph->ups, node, &n);

      for (guint i = 0; i < n; i++)
        self->waiting[node] += is_open (self, children[i]);
      self->n_children[node] = n;
      self->work += n;
    }
}

/* The heads, and wanted nodes that no wanted child leads to: there Alembic fails with an assertion. */
static void
append_first_slots (Sorter       *self,
                    const GArray *heads)
{
  g_autofree guint8 *is_head = g_new0 (guint8, self->graph->n_nodes);

  for (guint i = 0; i < heads->len; i++)
    is_head[g_array_index (heads, guint, i)] = TRUE;

  for (guint node = 0; node < self->graph->n_nodes; node++)
    {
      guint n;
      const guint *children = strata_edges_get (&self->graph->ups, node, &n);
      gboolean first = TRUE;

      for (guint i = 0; i < n; i++)
        first = first && self->phase[children[i]] != PHASE_WANTED;
      if (self->phase[node] == PHASE_WANTED && (first || is_head[node]))
        append_slot (self, node);
    }
}

GArray *
strata_graph_sort (StrataGraph  *graph,
                   const guint8 *wanted,
                   const GArray *heads,
                   guint64      *work)
{
  g_autofree guint8 *phase = g_new0 (guint8, graph->n_nodes);
  g_autofree guint8 *n_asked = g_new0 (guint8, graph->n_nodes);
  g_autofree guint *waiting = g_new0 (guint, graph->n_nodes);
  g_autofree guint *slot_of = g_new0 (guint, graph->n_nodes);
  g_autofree Memo *memos = g_new0 (Memo, graph->n_nodes);
  g_autoptr(GArray) slots = g_array_new (FALSE, FALSE, sizeof (Slot));
  g_autoptr(GArray) asked = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) watches = g_array_new (FALSE, FALSE, sizeof (Watch));
  guint n_edges = graph->ups.nodes->len;
  g_autofree guint *children = g_memdup2 (graph->ups.nodes->data, n_edges * sizeof (guint));
  g_autofree guint *keys = g_new0 (guint, n_edges);
  g_autofree guint *n_children = g_new0 (guint, graph->n_nodes);
  Sorter sorter = {
    .graph = graph,
    .phase = phase,
    .n_asked = n_asked,
    .waiting = waiting,
    .slot_of = slot_of,
    .memos = memos,
    .children = children,
    .keys = keys,
    .n_children = n_children,
    .slots = slots,
    .asked = asked,
    .watches = watches,
    .order = g_array_new (FALSE, FALSE, sizeof (guint)),
    .first = NO_SLOT,
    .last = NO_SLOT,
  };

  g_array_set_clear_func (watches, clear_watch);
  set_phases (&sorter, wanted);
  append_first_slots (&sorter, heads);
  run (&sorter);

  if (work != NULL)
    *work += sorter.work;

  return sorter.order;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A walk in depth over what each object needs, in the order that reads well: an object comes when it is its turn, or just
 * before the first that needs it. */

#include "config.h"

#include "core/ddl/ddl-private.h"
#include "core/ddl/lists.h"

#include <string.h>

/* Each round finds another way round for at least one cycle; more than this many are not looked for. */
#define MAX_ROUNDS 32

typedef enum
{
  STATE_NEW,
  STATE_OPEN,
  STATE_DONE,
} State;

typedef struct
{
  guint node;
  guint next;                 /* of its needs */
} Frame;

typedef struct
{
  const StrataPicture    *picture;
  const StrataDdlDialect *dialect;
  GPtrArray              *nodes;      /* const StrataObject*, in the order of objects */
  GHashTable             *node_of;    /* object to the node that it comes with, + 1 */
  StrataDdlLists          needs;
  StrataDdlLists          hanging;    /* on a table: indexes, triggers, ... */
  StrataDdlLists          owned;      /* by a table: its sequences */
  State                  *states;
  gboolean               *are_split;
  gboolean                has_new_split;
  GArray                 *stack;      /* Frame */
  GArray                 *late;       /* guint: hanging objects that wait for more than their table */
  GArray                 *rests;      /* guint: split objects whose rest is to come */
  GArray                 *steps;      /* StrataDdlStep */
} Order;

static const StrataObject *
get_object (const Order *self,
            guint        node)
{
  return g_ptr_array_index (self->nodes, node);
}

static gboolean
find_node (const Order        *self,
           const StrataObject *object,
           guint              *node)
{
  guint found = object != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->node_of, object)) : 0;

  *node = found - 1;

  return found != 0;
}

static gboolean
find_relation (const Order  *self,
               const char   *schema,
               const char   *name,
               guint        *node)
{
  return find_node (self, strata_ddl_find_relation (self->picture, schema, name), node);
}

static void
add_nodes (Order *self)
{
  for (guint i = 0; i < self->picture->n_objects; i++)
    if (strata_ddl_is_made (self->picture, self->picture->objects[i]))
      {
        g_ptr_array_add (self->nodes, (gpointer) self->picture->objects[i]);
        g_hash_table_insert (self->node_of, (gpointer) self->picture->objects[i], GUINT_TO_POINTER (self->nodes->len));
      }
}

/* What is not made by itself comes with its extension or table. */
static void
add_aliases (Order *self)
{
  g_autoptr(GHashTable) extensions = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->nodes->len; i++)
    if (get_object (self, i)->kind == STRATA_OBJECT_EXTENSION)
      g_hash_table_insert (extensions, (gpointer) get_object (self, i)->name, (gpointer) get_object (self, i));

  for (guint i = 0; i < self->picture->n_objects; i++)
    {
      const StrataObject *object = self->picture->objects[i];
      guint node;

      if (find_node (self, object, &node))
        continue;
      if (object->extension != NULL
          ? find_node (self, g_hash_table_lookup (extensions, object->extension), &node)
          : object->table != NULL && find_relation (self, object->schema, object->table, &node))
        g_hash_table_insert (self->node_of, (gpointer) object, GUINT_TO_POINTER (node + 1));
    }
}

static gboolean
find_owner (const Order        *self,
            const StrataObject *object,
            guint              *node)
{
  const StrataPictureSequence *sequence = object->kind == STRATA_OBJECT_SEQUENCE ? object->of.sequence : NULL;

  return sequence != NULL && sequence->owner_table != NULL
         && find_relation (self, object->schema, sequence->owner_table, node);
}

static gboolean
is_relation (const StrataObject *object)
{
  return object->kind == STRATA_OBJECT_TABLE || object->kind == STRATA_OBJECT_VIEW
         || object->kind == STRATA_OBJECT_MATERIALIZED_VIEW;
}

static gboolean
is_hanging (const StrataObject *object)
{
  return (object->table != NULL && object->kind != STRATA_OBJECT_FOREIGN_KEY) || object->kind == STRATA_OBJECT_STATISTICS;
}

/* What it hangs on: statistics do not say so by name. */
static gboolean
find_host (const Order        *self,
           const StrataObject *object,
           guint              *node)
{
  if (object->table != NULL)
    return find_relation (self, object->schema, object->table, node);

  for (guint i = 0; object->kind == STRATA_OBJECT_STATISTICS && object->needs != NULL && object->needs[i] != NULL; i++)
    if (is_relation (object->needs[i]) && find_node (self, object->needs[i], node))
      return TRUE;

  return FALSE;
}

static void
add_needs (Order              *self,
           guint               node,
           const StrataObject *object)
{
  guint owner = 0, need;
  gboolean is_owned = find_owner (self, object, &owner);

  for (guint i = 0; object->needs != NULL && object->needs[i] != NULL; i++)
    if (find_node (self, object->needs[i], &need) && !(is_owned && need == owner))
      strata_ddl_lists_add (&self->needs, node, need);
}

static void
add_edges (Order *self)
{
  for (guint i = 0; i < self->picture->n_objects; i++)
    {
      const StrataObject *object = self->picture->objects[i];
      StrataObject schema = { .kind = STRATA_OBJECT_SCHEMA, .name = object->schema };
      guint node, other;

      if (object->extension != NULL || object->is_inherited || !find_node (self, object, &node))
        continue;

      add_needs (self, node, object);
      if (object->schema != NULL && find_node (self, strata_picture_find_object (self->picture, &schema), &other))
        strata_ddl_lists_add (&self->needs, node, other);
      if (get_object (self, node) == object && find_host (self, object, &other))
        {
          strata_ddl_lists_add (&self->needs, node, other);
          if (is_hanging (object))
            strata_ddl_lists_add (&self->hanging, other, node);
        }
      if (find_owner (self, object, &other))
        {
          strata_ddl_lists_add (&self->needs, other, node);
          strata_ddl_lists_add (&self->owned, other, node);
        }
    }
}

/* A stub lacks what needs these. */
static gboolean
counts (const Order *self,
        guint        node,
        guint        need)
{
  StrataObjectKind kind = get_object (self, need)->kind;

  if (!self->are_split[node])
    return TRUE;
  if (get_object (self, node)->kind == STRATA_OBJECT_TABLE)
    return kind != STRATA_OBJECT_ROUTINE && kind != STRATA_OBJECT_AGGREGATE;

  return kind <= STRATA_OBJECT_RANGE || kind == STRATA_OBJECT_TABLE;
}

static gboolean
can_split (const Order *self,
           guint        node,
           guint        need)
{
  StrataObjectKind kind = get_object (self, node)->kind, other = get_object (self, need)->kind;

  return (kind == STRATA_OBJECT_TABLE && (other == STRATA_OBJECT_ROUTINE || other == STRATA_OBJECT_AGGREGATE))
         || (kind == STRATA_OBJECT_VIEW && other > STRATA_OBJECT_RANGE && other != STRATA_OBJECT_TABLE);
}

/* The top of the stack needs what is further down: of those between, the first that can be made in two goes will be. */
static void
note_cycle (Order *self,
            guint  need)
{
  guint first = self->stack->len;

  while (g_array_index (self->stack, Frame, --first).node != need)
    continue;

  for (guint i = first; i < self->stack->len; i++)
    {
      guint node = g_array_index (self->stack, Frame, i).node;
      guint next = i + 1 < self->stack->len ? g_array_index (self->stack, Frame, i + 1).node : need;

      if (!self->are_split[node] && can_split (self, node, next))
        {
          self->are_split[node] = TRUE;
          self->has_new_split = TRUE;
          return;
        }
    }
}

static void
add_step (Order         *self,
          guint          node,
          StrataDdlPart  part)
{
  StrataDdlStep step = { get_object (self, node), part };

  g_array_append_val (self->steps, step);
}

static gboolean
is_ready (const Order *self,
          guint        node)
{
  for (guint i = self->needs.first[node]; i < self->needs.first[node + 1]; i++)
    if (self->states[strata_ddl_lists_get (&self->needs, i)] != STATE_DONE)
      return FALSE;

  return TRUE;
}

static void
emit_alone (Order *self,
            guint  node)
{
  self->states[node] = STATE_DONE;
  add_step (self, node, self->are_split[node] ? STRATA_DDL_STUB : STRATA_DDL_WHOLE);
  if (self->are_split[node])
    g_array_append_val (self->rests, node);
}

/* With what hangs on it, as far as that can be made now. */
static void
emit (Order *self,
      guint  node)
{
  gboolean is_complete = TRUE;

  emit_alone (self, node);
  for (guint i = self->owned.first[node]; i < self->owned.first[node + 1]; i++)
    add_step (self, strata_ddl_lists_get (&self->owned, i), STRATA_DDL_FINISH);

  for (guint i = self->hanging.first[node]; i < self->hanging.first[node + 1]; i++)
    {
      guint other = strata_ddl_lists_get (&self->hanging, i);

      if (self->states[other] == STATE_NEW && is_ready (self, other))
        emit_alone (self, other);
      else if (self->states[other] == STATE_NEW)
        g_array_append_val (self->late, other);
      is_complete &= self->states[other] == STATE_DONE || get_object (self, other)->kind != STRATA_OBJECT_INDEX;
    }

  if (is_complete && is_relation (get_object (self, node)))
    add_step (self, node, STRATA_DDL_FINISH);
}

static void
enter (Order *self,
       guint  node)
{
  Frame frame = { node, self->needs.first[node] };

  self->states[node] = STATE_OPEN;
  g_array_append_val (self->stack, frame);
}

static void
visit (Order *self,
       guint  root)
{
  guint bottom = self->stack->len;

  if (self->states[root] != STATE_NEW)
    return;

  enter (self, root);
  while (self->stack->len > bottom)
    {
      Frame *top = &g_array_index (self->stack, Frame, self->stack->len - 1);
      guint node = top->node, need;

      if (top->next == self->needs.first[node + 1])
        {
          g_array_set_size (self->stack, self->stack->len - 1);
          emit (self, node);
          continue;
        }

      need = strata_ddl_lists_get (&self->needs, top->next++);
      if (!counts (self, node, need))
        continue;
      if (self->states[need] == STATE_OPEN)
        note_cycle (self, need);
      else if (self->states[need] == STATE_NEW)
        enter (self, need);
    }
}

static void
visit_rests (Order *self)
{
  for (guint i = 0; i < self->rests->len; i++)
    {
      guint node = g_array_index (self->rests, guint, i);

      for (guint e = self->needs.first[node]; e < self->needs.first[node + 1]; e++)
        visit (self, strata_ddl_lists_get (&self->needs, e));
      add_step (self, node, STRATA_DDL_REST);
    }

  g_array_set_size (self->rests, 0);
}

static void
visit_kinds (Order            *self,
             StrataObjectKind  first,
             StrataObjectKind  last,
             gboolean          only_ready)
{
  for (guint node = 0; node < self->nodes->len; node++)
    {
      const StrataObject *object = get_object (self, node);
      guint owner;

      if (object->kind < first || object->kind > last || is_hanging (object))
        continue;
      if (find_owner (self, object, &owner) || (only_ready && !is_ready (self, node)))
        continue;

      visit (self, node);
      visit_rests (self);
    }
}

/* Marks of tables that waited for a late index. */
static void
finish_late (Order  *self,
             GArray *late)
{
  guint last = G_MAXUINT;

  for (guint i = 0; i < late->len; i++)
    {
      const StrataObject *object = get_object (self, g_array_index (late, guint, i));
      guint node;

      if (object->kind == STRATA_OBJECT_INDEX && find_relation (self, object->schema, object->table, &node) && node != last)
        {
          add_step (self, node, STRATA_DDL_FINISH);
          last = node;
        }
    }
}

/* Routines come first where they can, so that triggers can stand behind their tables. */
static void
run (Order *self)
{
  visit_kinds (self, STRATA_OBJECT_SCHEMA, STRATA_OBJECT_SEQUENCE, FALSE);
  visit_kinds (self, STRATA_OBJECT_ROUTINE, STRATA_OBJECT_AGGREGATE, TRUE);
  visit_kinds (self, STRATA_OBJECT_TABLE, STRATA_OBJECT_TABLE, FALSE);
  visit_kinds (self, STRATA_OBJECT_SEQUENCE, STRATA_OBJECT_MATERIALIZED_VIEW, FALSE);

  for (guint i = 0; i < self->late->len; i++)
    {
      visit (self, g_array_index (self->late, guint, i));
      visit_rests (self);
    }
  finish_late (self, self->late);

  for (guint node = 0; node < self->nodes->len; node++)
    visit (self, node);
  visit_rests (self);
}

static void
order_init (Order               *self,
            const StrataPicture *picture)
{
  self->picture = picture;
  self->dialect = strata_ddl_dialect_for (picture->dialect);
  self->nodes = g_ptr_array_sized_new (picture->n_objects);
  self->node_of = g_hash_table_new (NULL, NULL);
  self->stack = g_array_new (FALSE, FALSE, sizeof (Frame));
  self->late = g_array_new (FALSE, FALSE, sizeof (guint));
  self->rests = g_array_new (FALSE, FALSE, sizeof (guint));
  self->steps = g_array_new (FALSE, FALSE, sizeof (StrataDdlStep));
  strata_ddl_lists_init (&self->needs);
  strata_ddl_lists_init (&self->hanging);
  strata_ddl_lists_init (&self->owned);

  add_nodes (self);
  add_aliases (self);
  add_edges (self);
  strata_ddl_lists_sort (&self->needs, self->nodes->len);
  strata_ddl_lists_sort (&self->hanging, self->nodes->len);
  strata_ddl_lists_sort (&self->owned, self->nodes->len);
  self->states = g_new0 (State, self->nodes->len);
  self->are_split = g_new0 (gboolean, self->nodes->len);
}

static void
order_clear (Order *self)
{
  g_ptr_array_unref (self->nodes);
  g_hash_table_unref (self->node_of);
  g_array_unref (self->stack);
  g_array_unref (self->late);
  g_array_unref (self->rests);
  g_array_unref (self->steps);
  strata_ddl_lists_clear (&self->needs);
  strata_ddl_lists_clear (&self->hanging);
  strata_ddl_lists_clear (&self->owned);
  g_free (self->states);
  g_free (self->are_split);
}

GArray *
strata_ddl_order_steps (const StrataPicture *picture)
{
  Order self = { 0 };
  GArray *steps;

  order_init (&self, picture);
  for (guint i = 0; i < MAX_ROUNDS; i++)
    {
      if (self.nodes->len > 0)
        memset (self.states, 0, self.nodes->len * sizeof *self.states);
      g_array_set_size (self.late, 0);
      g_array_set_size (self.steps, 0);
      self.has_new_split = FALSE;
      run (&self);
      if (!self.has_new_split)
        break;
    }

  steps = g_array_ref (self.steps);
  order_clear (&self);

  return steps;
}

GPtrArray *
strata_ddl_order (const StrataPicture *picture)
{
  g_autoptr(GArray) steps = strata_ddl_order_steps (picture);
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();

  for (guint i = 0; i < steps->len; i++)
    {
      const StrataDdlStep *step = &g_array_index (steps, StrataDdlStep, i);

      if (step->part == STRATA_DDL_WHOLE || step->part == STRATA_DDL_STUB)
        g_ptr_array_add (objects, (gpointer) step->object);
    }

  return g_steal_pointer (&objects);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/frame.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Longer lists than this are not gone through one by one. */
#define MOST_TURNS 16

static gboolean
is_known_list (const StrataEnvThing *list)
{
  return list->kind == STRATA_THING_LIST && !list->is_open && list->n_items <= MOST_TURNS;
}

/* One turn of a loop. FALSE: there is no next one. */
static gboolean
follow_turn (StrataEnvReader    *self,
             StrataEnvFrame     *frame,
             const StrataPyNode *node,
             StrataEnvThing     *item)
{
  StrataPlace place = strata_env_place (frame, node);
  gboolean goes_on;

  frame->starts[STRATA_ENV_BY_CONTINUE] = self->trail->len;
  if (item != NULL)
    strata_env_assign (self, frame, node->loop.target, item);
  goes_on = strata_env_follow (self, frame, node->loop.body);

  return strata_env_frame_join (self, frame, STRATA_ENV_BY_CONTINUE,
                                goes_on ? strata_env_thing_none (self, place) : NULL) != NULL;
}

/* What is not known of each turn. */
static StrataEnvThing *
get_item (StrataEnvReader    *self,
          StrataEnvFrame     *frame,
          const StrataPyNode *node)
{
  return node->kind == STRATA_PY_NODE_FOR ? strata_env_not_followed (self, frame, node->loop.target) : NULL;
}

/* Whatever one turn has changed is something else in a later one: another turn stands for all of them. */
static gboolean
follow_later_turns (StrataEnvReader    *self,
                    StrataEnvFrame     *frame,
                    const StrataPyNode *node,
                    guint               since)
{
  strata_env_doubt_changes (self, since, strata_env_place (frame, node), _("a loop changes it"));

  return follow_turn (self, frame, node, get_item (self, frame, node));
}

/* Turn by turn where the list is known, else one turn that may or may not happen. */
static gboolean
follow_turns (StrataEnvReader    *self,
              StrataEnvFrame     *frame,
              const StrataPyNode *node)
{
  StrataEnvThing *list = node->kind == STRATA_PY_NODE_FOR ? strata_env_evaluate (self, frame, node->loop.iterable)
                                                          : strata_env_evaluate (self, frame, node->loop.target);
  gboolean is_known = node->kind == STRATA_PY_NODE_FOR && is_known_list (list);
  gboolean goes_on = TRUE;
  StrataEnvFork fork;
  guint start;

  if (is_known)
    {
      for (guint i = 0; i < list->n_items && goes_on; i++)
        goes_on = follow_turn (self, frame, node, list->items[i]);
      return goes_on;
    }
  if (node->kind == STRATA_PY_NODE_WHILE && strata_env_value_get_truth (strata_env_truth (self, list)) == STRATA_ENV_ALWAYS)
    {
      if (follow_turn (self, frame, node, NULL))
        follow_later_turns (self, frame, node, frame->starts[STRATA_ENV_BY_BREAK]);
      return FALSE;
    }

  strata_env_fork_begin (self, frame, &fork, strata_env_not_followed (self, frame, node->kind == STRATA_PY_NODE_FOR
                                                                      ? node->loop.iterable : node->loop.target)->value);
  start = self->trail->len;
  goes_on = follow_turn (self, frame, node, get_item (self, frame, node));
  if (goes_on)
    goes_on = follow_later_turns (self, frame, node, start);
  strata_env_fork_turn (self, frame, &fork, goes_on);

  return strata_env_fork_end (self, frame, &fork, TRUE);
}

gboolean
strata_env_follow_loop (StrataEnvReader    *self,
                        StrataEnvFrame     *frame,
                        const StrataPyNode *node)
{
  GArray *outer[2] = { frame->exits[STRATA_ENV_BY_BREAK], frame->exits[STRATA_ENV_BY_CONTINUE] };
  guint starts[2] = { frame->starts[STRATA_ENV_BY_BREAK], frame->starts[STRATA_ENV_BY_CONTINUE] };
  StrataEnvFrame inner;
  StrataEnvThing *last;
  gboolean goes_on;

  /* Ways out of a loop are its own: the arrays of a new frame serve for it. */
  strata_env_frame_init (&inner, self, frame->module, frame->names);
  frame->exits[STRATA_ENV_BY_BREAK] = inner.exits[STRATA_ENV_BY_BREAK];
  frame->exits[STRATA_ENV_BY_CONTINUE] = inner.exits[STRATA_ENV_BY_CONTINUE];
  frame->starts[STRATA_ENV_BY_BREAK] = self->trail->len;

  goes_on = follow_turns (self, frame, node);
  if (goes_on)
    goes_on = strata_env_follow (self, frame, node->loop.otherwise);
  last = strata_env_frame_join (self, frame, STRATA_ENV_BY_BREAK,
                                goes_on ? strata_env_thing_none (self, strata_env_place (frame, node)) : NULL);

  for (guint i = 0; i < 2; i++)
    {
      frame->exits[STRATA_ENV_BY_BREAK + i] = outer[i];
      frame->starts[STRATA_ENV_BY_BREAK + i] = starts[i];
    }
  strata_env_frame_clear (&inner);

  return last != NULL;
}

/* The names of a comprehension are its own, but for those that ":=" gives. */
static void
keep_given_names (StrataEnvReader *self,
                  StrataEnvFrame  *frame,
                  StrataEnvThing  *names,
                  GHashTable      *own,
                  StrataPlace      place)
{
  GHashTableIter iter;
  gpointer name;

  if (names->cells == NULL)
    return;

  g_hash_table_iter_init (&iter, names->cells);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_hash_table_contains (own, name))
      strata_env_cell_set (self, frame->names, name, strata_env_thing_unknown (self, place,
                                                                               _("a comprehension gives it")));
}

static void
add_result (StrataEnvReader    *self,
            StrataEnvFrame     *frame,
            const StrataPyNode *node,
            StrataEnvThing     *dict,
            GPtrArray          *items)
{
  StrataEnvThing *key = node->comprehension.key != NULL ? strata_env_evaluate (self, frame, node->comprehension.key) : NULL;
  StrataEnvThing *element = strata_env_evaluate (self, frame, node->comprehension.element);

  if (key != NULL)
    strata_env_set_item (self, dict, key, element);
  else
    g_ptr_array_add (items, element);
}

/* One round of a comprehension of any number of loops, of which nothing is known. */
static void
evaluate_any_round (StrataEnvReader    *self,
                    StrataEnvFrame     *frame,
                    const StrataPyNode *node,
                    StrataEnvThing     *dict,
                    GPtrArray          *items)
{
  for (guint i = 0; i < node->comprehension.loops.length; i++)
    {
      const StrataPyNode *loop = node->comprehension.loops.items[i];

      if (i > 0)
        strata_env_evaluate (self, frame, loop->comp_for.iterable);
      strata_env_assign (self, frame, loop->comp_for.target, strata_env_not_followed (self, frame, loop->comp_for.target));
      for (guint j = 0; j < loop->comp_for.conditions.length; j++)
        strata_env_evaluate (self, frame, loop->comp_for.conditions.items[j]);
    }

  add_result (self, frame, node, dict, items);
}

static void
collect_name (const StrataPyNode *node,
              gpointer            names)
{
  if (node->kind == STRATA_PY_NODE_NAME)
    g_hash_table_add (names, (gpointer) node->name);
  strata_py_node_foreach (node, collect_name, names);
}

/* "[... for ... in ...]" and its like: round by round where the list is known, else whatever one round may do. */
StrataEnvThing *
strata_env_comprehension (StrataEnvReader    *self,
                          StrataEnvFrame     *frame,
                          const StrataPyNode *node)
{
  StrataPyList loops = node->comprehension.loops;
  StrataPlace place = strata_env_place (frame, node);
  StrataEnvThing *list = strata_env_evaluate (self, frame, loops.items[0]->comp_for.iterable);
  StrataEnvThing *names = strata_env_thing_new (self, STRATA_THING_NAMES, place);
  StrataEnvThing *result = strata_env_thing_new (self, STRATA_THING_DICT, place);
  gboolean is_known = is_known_list (list) && loops.length == 1 && loops.items[0]->comp_for.conditions.length == 0 &&
                      node->kind != STRATA_PY_NODE_GENERATOR;
  g_autoptr(GHashTable) own = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) items = g_ptr_array_new ();
  StrataEnvFrame inner;
  StrataEnvFork fork;

  for (guint i = 0; i < loops.length; i++)
    collect_name (loops.items[i]->comp_for.target, own);
  names->first = frame->names->kind == STRATA_THING_NAMES ? frame->names : frame->names->first;
  strata_env_frame_init (&inner, self, frame->module, names);
  inner.condition = frame->condition;

  if (is_known)
    for (guint i = 0; i < list->n_items; i++)
      {
        strata_env_assign (self, &inner, loops.items[0]->comp_for.target, list->items[i]);
        add_result (self, &inner, node, result, items);
      }
  else
    {
      strata_env_fork_begin (self, &inner, &fork, strata_env_not_followed (self, frame, node)->value);
      evaluate_any_round (self, &inner, node, result, items);
      strata_env_fork_turn (self, &inner, &fork, TRUE);
      strata_env_fork_end (self, &inner, &fork, TRUE);
    }

  keep_given_names (self, frame, names, own, place);
  strata_env_frame_clear (&inner);
  if (node->comprehension.key == NULL)
    result = strata_env_thing_list (self, place, items);
  result->is_open = !is_known;

  return result;
}

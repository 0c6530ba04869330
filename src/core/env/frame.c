/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/frame.h"

static void
exit_clear (gpointer data)
{
  StrataEnvExit *way = data;

  if (way->changes != NULL)
    g_array_unref (way->changes);
}

void
strata_env_frame_init (StrataEnvFrame  *frame,
                       StrataEnvReader *self,
                       StrataEnvModule *module,
                       StrataEnvThing  *names)
{
  *frame = (StrataEnvFrame) { module, names };
  frame->scopes = g_ptr_array_new ();
  for (guint way = 0; way < STRATA_ENV_N_WAYS; way++)
    {
      frame->exits[way] = g_array_new (FALSE, FALSE, sizeof (StrataEnvExit));
      g_array_set_clear_func (frame->exits[way], exit_clear);
      frame->starts[way] = self->trail->len;
    }
}

void
strata_env_frame_clear (StrataEnvFrame *frame)
{
  g_ptr_array_unref (frame->scopes);
  for (guint way = 0; way < STRATA_ENV_N_WAYS; way++)
    g_array_unref (frame->exits[way]);
}

const StrataEnvValue *
strata_env_not (StrataEnvReader      *self,
                const StrataEnvValue *condition)
{
  if (condition->op == STRATA_ENV_OP_UNKNOWN)
    return condition;

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_NOT, condition->place, 0, 1, condition);
}

/* Conditions may be NULL, which is "always". */
const StrataEnvValue *
strata_env_and (StrataEnvReader      *self,
                const StrataEnvValue *first,
                const StrataEnvValue *second)
{
  if (first == NULL || second == NULL)
    return first != NULL ? first : second;

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_AND, second->place, 0, 2, first, second);
}

const StrataEnvValue *
strata_env_or (StrataEnvReader      *self,
               const StrataEnvValue *first,
               const StrataEnvValue *second)
{
  if (first == NULL || second == NULL)
    return NULL;

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_OR, second->place, 0, 2, first, second);
}

void
strata_env_fork_begin (StrataEnvReader      *self,
                       StrataEnvFrame       *frame,
                       StrataEnvFork        *fork,
                       const StrataEnvValue *condition)
{
  *fork = (StrataEnvFork) { condition, frame->condition, NULL, FALSE, self->trail->len };
  frame->condition = strata_env_and (self, fork->outer, condition);
}

void
strata_env_fork_turn (StrataEnvReader *self,
                      StrataEnvFrame  *frame,
                      StrataEnvFork   *fork,
                      gboolean         goes_on)
{
  fork->first_goes_on = goes_on;
  fork->changes = strata_env_cells_changed (self, fork->start);
  strata_env_cells_undo (self, fork->start);
  frame->condition = strata_env_and (self, fork->outer, strata_env_not (self, fork->condition));
}

gboolean
strata_env_fork_end (StrataEnvReader *self,
                     StrataEnvFrame  *frame,
                     StrataEnvFork   *fork,
                     gboolean         goes_on)
{
  frame->condition = fork->outer;

  if (fork->first_goes_on && goes_on)
    strata_env_cells_join (self, fork->condition, fork->changes, fork->start);
  else if (fork->first_goes_on)
    {
      strata_env_cells_undo (self, fork->start);
      strata_env_cells_apply (self, fork->changes);
    }
  g_clear_pointer (&fork->changes, g_array_unref);

  return fork->first_goes_on || goes_on;
}

gboolean
strata_env_frame_is_certain (StrataEnvFrame *frame)
{
  return frame->condition == NULL && frame->exits[STRATA_ENV_BY_RETURN]->len == 0;
}

void
strata_env_frame_exit (StrataEnvReader *self,
                       StrataEnvFrame  *frame,
                       StrataEnvWay     way,
                       StrataEnvThing  *returned)
{
  StrataEnvExit record = { frame->condition, returned, strata_env_cells_changed (self, frame->starts[way]) };

  g_array_append_val (frame->exits[way], record);
}

/* Python stops here, unless an early return came before. */
void
strata_env_frame_stop (StrataEnvReader *self,
                       StrataEnvFrame  *frame,
                       StrataPlace      place,
                       const char      *what)
{
  const StrataEnvValue *stop = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_STOP, place, what);
  StrataEnvExit record = { frame->condition, strata_env_thing_of_value (self, stop), NULL };

  self->trouble_at = self->trail->len;
  g_array_append_val (frame->exits[STRATA_ENV_BY_RETURN], record);
}

static StrataEnvExit *
get_exit (GArray *exits,
          guint   i)
{
  return &g_array_index (exits, StrataEnvExit, i);
}

/* Whether a condition, NULL or not, can be worked out. */
static gboolean
is_known (const StrataEnvValue *condition)
{
  return condition == NULL || strata_env_value_find_unknown (condition) == NULL;
}

/* Joins what the ways out have left behind, the latest first: each counts where its condition is met and none before it
 * was taken. Returns what is returned in the end; NULL where nothing gets here. */
StrataEnvThing *
strata_env_frame_join (StrataEnvReader *self,
                       StrataEnvFrame  *frame,
                       StrataEnvWay     way,
                       StrataEnvThing  *last)
{
  GArray *exits = frame->exits[way];
  guint since = frame->starts[way];
  guint n = exits->len;

  if (last == NULL && n > 0)
    {
      StrataEnvExit *base = get_exit (exits, --n);

      last = base->returned;
      strata_env_cells_undo (self, since);
      if (base->changes != NULL)
        strata_env_cells_apply (self, base->changes);
    }

  for (; n > 0; n--)
    {
      StrataEnvExit *way_out = get_exit (exits, n - 1);
      const StrataEnvValue *condition = way_out->condition;

      /* What stops Python under a condition that was not understood leaves the rest as it is. */
      if (way_out->changes == NULL && !is_known (condition))
        continue;
      if (condition == NULL)
        condition = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_TRUE, way_out->returned->place, NULL);

      if (way_out->changes != NULL)
        strata_env_cells_join (self, condition, way_out->changes, since);
      if (way_out->returned != NULL && last != NULL)
        last = strata_env_thing_choice (self, condition, way_out->returned, last);
    }

  g_array_set_size (exits, 0);

  return last;
}

StrataEnvThing *
strata_env_frame_leave (StrataEnvReader *self,
                        StrataEnvFrame  *frame,
                        gboolean         falls_through,
                        StrataPlace      place)
{
  StrataEnvThing *returned = falls_through ? strata_env_thing_none (self, place) : NULL;

  returned = strata_env_frame_join (self, frame, STRATA_ENV_BY_RETURN, returned);

  return returned != NULL ? returned : strata_env_thing_none (self, place);
}

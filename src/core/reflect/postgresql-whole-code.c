/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-whole-private.h"

void
strata_whole_read_routines (StrataWhole *self,
                            StrataRows  *rows)
{
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *thing = strata_whole_add (self, STRATA_OBJECT_ROUTINE, CELL (rows, row, 1), CELL (rows, row, 2));
      StrataPictureRoutine *routine = NEW (&self->reader, StrataPictureRoutine);

      routine->is_procedure = *CELL (rows, row, 3) == 'p';
      routine->result = INTERN (&self->reader, CELL (rows, row, 6));
      routine->arguments = INTERN (&self->reader, CELL (rows, row, 7));
      thing->object.arguments = INTERN (&self->reader, CELL (rows, row, 4));
      thing->object.text = INTERN (&self->reader, CELL (rows, row, 5));
      thing->object.comment = INTERN (&self->reader, CELL (rows, row, 8));
      thing->object.of.routine = routine;
      strata_whole_know (self, thing, STRATA_CATALOG_PROC, CELL (rows, row, 0));
    }
}

void
strata_whole_read_aggregates (StrataWhole *self,
                              StrataRows  *rows)
{
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *thing = strata_whole_add (self, STRATA_OBJECT_AGGREGATE, CELL (rows, row, 1), CELL (rows, row, 2));

      thing->object.arguments = INTERN (&self->reader, CELL (rows, row, 3));
      thing->object.text = INTERN (&self->reader, CELL (rows, row, 4));
      thing->object.comment = INTERN (&self->reader, CELL (rows, row, 5));
      strata_whole_know (self, thing, STRATA_CATALOG_PROC, CELL (rows, row, 0));
    }
}

void
strata_whole_read_triggers (StrataWhole *self,
                            StrataRows  *rows)
{
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *owner = strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 0));
      StrataPictureTrigger *trigger;
      StrataThing *thing;

      if (owner == NULL)
        continue;

      trigger = NEW (&self->reader, StrataPictureTrigger);
      trigger->enabled = *CELL (rows, row, 4);
      trigger->is_constraint = IS_TRUE (rows, row, 5);
      trigger->routine = INTERN (&self->reader, CELL (rows, row, 6));
      thing = strata_whole_add_part (self, STRATA_OBJECT_TRIGGER, owner, CELL (rows, row, 2));
      thing->object.text = INTERN (&self->reader, CELL (rows, row, 3));
      thing->object.is_inherited = IS_TRUE (rows, row, 7);
      thing->object.comment = INTERN (&self->reader, CELL (rows, row, 8));
      thing->object.of.trigger = trigger;
      strata_whole_know (self, thing, STRATA_CATALOG_TRIGGER, CELL (rows, row, 1));
    }
}

void
strata_whole_read_rules (StrataWhole *self,
                         StrataRows  *rows)
{
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *owner = strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 0));
      StrataPictureTrigger *state;
      StrataThing *thing;

      if (owner == NULL)
        continue;

      state = NEW (&self->reader, StrataPictureTrigger);
      state->enabled = *CELL (rows, row, 4);
      thing = strata_whole_add_part (self, STRATA_OBJECT_RULE, owner, CELL (rows, row, 2));
      thing->object.text = INTERN (&self->reader, CELL (rows, row, 3));
      thing->object.comment = INTERN (&self->reader, CELL (rows, row, 5));
      thing->object.of.trigger = state;
      strata_whole_know (self, thing, STRATA_CATALOG_REWRITE, CELL (rows, row, 1));
    }
}

static const char *
read_command (char letter)
{
  switch (letter)
    {
    case 'r':
      return "SELECT";
    case 'a':
      return "INSERT";
    case 'w':
      return "UPDATE";
    case 'd':
      return "DELETE";
    default:
      return "ALL";
    }
}

void
strata_whole_read_policies (StrataWhole *self,
                            StrataRows  *rows)
{
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *owner = strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 0));
      StrataPicturePolicy *policy;
      StrataThing *thing;

      if (owner == NULL)
        continue;

      policy = NEW (&self->reader, StrataPicturePolicy);
      policy->command = read_command (*CELL (rows, row, 3));
      policy->is_restrictive = IS_TRUE (rows, row, 4);
      policy->roles = strata_postgresql_read_list (&self->reader, CELL (rows, row, 5));
      policy->using = INTERN (&self->reader, CELL (rows, row, 6));
      policy->check = INTERN (&self->reader, CELL (rows, row, 7));
      thing = strata_whole_add_part (self, STRATA_OBJECT_POLICY, owner, CELL (rows, row, 2));
      thing->object.comment = INTERN (&self->reader, CELL (rows, row, 8));
      thing->object.of.policy = policy;
      strata_whole_know (self, thing, STRATA_CATALOG_POLICY, CELL (rows, row, 1));
    }
}

void
strata_whole_read_statistics (StrataWhole *self,
                              StrataRows  *rows)
{
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *thing;

      if (strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 0)) == NULL)
        continue;

      thing = strata_whole_add (self, STRATA_OBJECT_STATISTICS, CELL (rows, row, 2), CELL (rows, row, 3));
      thing->object.text = INTERN (&self->reader, CELL (rows, row, 4));
      thing->object.comment = INTERN (&self->reader, CELL (rows, row, 5));
      strata_whole_know (self, thing, STRATA_CATALOG_STATISTICS, CELL (rows, row, 1));
    }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/ddl-private.h"

GArray *
strata_ddl_order_steps (const StrataPicture *picture)
{
  g_autoptr(GArray) steps = g_array_new (FALSE, FALSE, sizeof (StrataDdlStep));

  for (guint i = 0; i < picture->n_objects; i++)
    if (strata_ddl_is_made (picture, picture->objects[i]))
      {
        StrataDdlStep step = { picture->objects[i], STRATA_DDL_WHOLE };

        g_array_append_val (steps, step);
      }

  for (guint i = 0; i < picture->n_objects; i++)
    if (strata_ddl_is_made (picture, picture->objects[i]))
      {
        StrataDdlStep step = { picture->objects[i], STRATA_DDL_FINISH };

        g_array_append_val (steps, step);
      }

  return g_steal_pointer (&steps);
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

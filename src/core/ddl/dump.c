/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/ddl-private.h"

/* A name may have any character; none may end the comment. */
static void
append_uncovered (GString               *out,
                  const StrataUncovered *uncovered)
{
  g_autofree char *example = g_strdelimit (g_strdup (uncovered->example), "\n\r", ' ');

  g_string_append_printf (out, "-- Not covered: %u × %s, as %s\n", uncovered->n, uncovered->kind, example);
}

static void
append_heading (GString             *out,
                const StrataPicture *picture)
{
  g_string_append (out, "-- Schema, dumped by Strata " PACKAGE_VERSION "\n");
  if (picture->server != NULL)
    g_string_append_printf (out, "-- Server: %s\n", picture->server);

  for (guint i = 0; picture->uncovered != NULL && picture->uncovered[i] != NULL; i++)
    append_uncovered (out, picture->uncovered[i]);
}

static void
append_statements (GString   *out,
                   GPtrArray *statements)
{
  if (statements->len > 0)
    g_string_append_c (out, '\n');
  for (guint i = 0; i < statements->len; i++)
    {
      g_string_append (out, g_ptr_array_index (statements, i));
      g_string_append (out, ";\n");
    }

  g_ptr_array_set_size (statements, 0);
}

char *
strata_ddl_dump (const StrataPicture    *picture,
                 const StrataDdlOptions *options)
{
  static const StrataDdlOptions usual = { 0 };
  const StrataDdlDialect *dialect = strata_ddl_dialect_for (picture->dialect);
  g_autoptr(GArray) steps = strata_ddl_order_steps (picture);
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) out = g_string_new (NULL);

  append_heading (out, picture);
  if (dialect->begin_dump != NULL)
    dialect->begin_dump (picture, statements);
  append_statements (out, statements);

  for (guint i = 0; i < steps->len; i++)
    {
      const StrataDdlStep *step = &g_array_index (steps, StrataDdlStep, i);

      if (dialect->is_there != NULL && dialect->is_there (step->object))
        continue;

      dialect->create (picture, step->object, options != NULL ? options : &usual, step->part, statements);
      append_statements (out, statements);
    }

  if (dialect->end_dump != NULL)
    dialect->end_dump (picture, statements);
  append_statements (out, statements);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables that would be dropped, and whether somebody may want that. */

#include "config.h"

#include "core/workspace/autogenerate-body.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

#define MOST_SHOWN 5

static guint
count_tables (const StrataPicture *picture)
{
  guint n = 0;

  for (guint i = 0; i < picture->n_objects; i++)
    n += picture->objects[i]->kind == STRATA_OBJECT_TABLE && picture->objects[i]->extension == NULL;

  return n;
}

/* The names (char*) as differences have them. */
static GPtrArray *
list_dropped (const StrataComparison *comparison,
              const gboolean         *chosen)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint i = 0; i < strata_diff_get_n (comparison->diff); i++)
    {
      const StrataDifference *difference = strata_diff_get (comparison->diff, i);

      if (chosen[i] && difference->kind == STRATA_DIFFERENCE_REMOVED && difference->part == NULL
          && difference->from->kind == STRATA_OBJECT_TABLE)
        g_ptr_array_add (names, (gpointer) difference->from->name);
    }

  return names;
}

StrataDrops
strata_comparison_judge_drops (const StrataComparison *comparison,
                               const gboolean         *chosen)
{
  const gboolean *wanted = chosen != NULL ? chosen : comparison->chosen;
  g_autoptr(GPtrArray) dropped = list_dropped (comparison, wanted);

  if (dropped->len == 0)
    return STRATA_DROPS_EXPECTED;
  if (count_tables (comparison->to->picture) == 0 && dropped->len == count_tables (comparison->from->picture))
    return STRATA_DROPS_ALL;

  return strata_diff_is_suspicious (comparison->diff, wanted) ? STRATA_DROPS_MOST : STRATA_DROPS_EXPECTED;
}

char *
strata_comparison_dup_dropped (const StrataComparison *comparison,
                               const gboolean         *chosen)
{
  g_autoptr(GPtrArray) dropped = list_dropped (comparison, chosen != NULL ? chosen : comparison->chosen);
  guint n = dropped->len;
  g_autofree char *names = NULL;

  g_ptr_array_set_size (dropped, MIN (n, MOST_SHOWN));
  g_ptr_array_add (dropped, NULL);
  names = g_strjoinv (", ", (char **) dropped->pdata);

  return n > MOST_SHOWN ? g_strdup_printf (_("%s and %u more"), names, n - MOST_SHOWN) : g_steal_pointer (&names);
}

/* With the names of what was not imported: that is what most often is behind it. */
gboolean
strata_autogenerate_require_expected (StrataComparison  *comparison,
                                      const gboolean    *chosen,
                                      gboolean           expects_drops,
                                      GError           **error)
{
  GPtrArray *unseen = comparison->to->models != NULL ? strata_models_get_unseen (comparison->to->models) : NULL;
  StrataDrops drops = strata_comparison_judge_drops (comparison, chosen);
  g_autofree char *dropped = NULL;
  g_autoptr(GString) text = NULL;

  if (expects_drops || drops == STRATA_DROPS_EXPECTED)
    return TRUE;

  dropped = strata_comparison_dup_dropped (comparison, chosen);
  text = g_string_new (drops == STRATA_DROPS_MOST || strata_diff_is_suspicious (comparison->diff, chosen)
                       ? _("This would drop most of the tables of the database: models that were not imported, or another database?")
                       : _("This would drop all tables of the database, as none is declared: is that the right file?"));
  g_string_append_printf (text, _("\n  Lost with all their rows: %s"), dropped);
  for (guint i = 0; unseen != NULL && i < MIN (unseen->len, MOST_SHOWN); i++)
    {
      const StrataUnseenModel *model = g_ptr_array_index (unseen, i);

      g_string_append_printf (text, "\n  %s:%u: ", model->file, model->line);
      g_string_append_printf (text, _("%s looks like a model, but env.py does not import it"), model->name);
    }
  g_string_append_printf (text, "\n%s", _("With --drop-tables it is done all the same"));
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_REFUSED, text->str);

  return FALSE;
}

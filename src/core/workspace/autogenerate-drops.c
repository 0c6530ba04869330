/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables that would be dropped, and whether somebody may want that. */

#include "config.h"

#include "core/workspace/autogenerate-body.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

#define MOST_SHOWN 5

static gboolean
has_tables (const StrataPicture *picture)
{
  for (guint i = 0; i < picture->n_objects; i++)
    if (picture->objects[i]->kind == STRATA_OBJECT_TABLE && picture->objects[i]->extension == NULL)
      return TRUE;

  return FALSE;
}

static gboolean
drops_a_table (const StrataComparison *comparison,
               const gboolean         *chosen)
{
  for (guint i = 0; i < strata_diff_get_n (comparison->diff); i++)
    {
      const StrataDifference *difference = strata_diff_get (comparison->diff, i);

      if (chosen[i] && difference->kind == STRATA_DIFFERENCE_REMOVED && difference->part == NULL
          && difference->from->kind == STRATA_OBJECT_TABLE)
        return TRUE;
    }

  return FALSE;
}

StrataDrops
strata_comparison_judge_drops (const StrataComparison *comparison,
                               const gboolean         *chosen)
{
  if (!drops_a_table (comparison, chosen != NULL ? chosen : comparison->chosen))
    return STRATA_DROPS_EXPECTED;
  if (!has_tables (comparison->to->picture))
    return STRATA_DROPS_ALL;

  return strata_diff_is_suspicious (comparison->diff) ? STRATA_DROPS_MOST : STRATA_DROPS_EXPECTED;
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
  g_autoptr(GString) text = NULL;

  if (expects_drops || drops == STRATA_DROPS_EXPECTED)
    return TRUE;

  text = g_string_new (strata_diff_is_suspicious (comparison->diff)
                       ? _("This would drop most of the tables of the database: models that were not imported, or another database?")
                       : _("This would drop all tables of the database, as none is declared: is that the right file?"));
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

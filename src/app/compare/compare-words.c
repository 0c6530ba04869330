/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/compare-words.h"

#include <glib/gi18n.h>

/* More than a person reads at once. */
#define MOST_UNSEEN 5

char *
strata_compare_words_dup_count (StrataDifferences *differences)
{
  guint n = differences != NULL ? strata_differences_get_n (differences) : 0;
  guint ticked = n > 0 ? strata_differences_get_n_ticked (differences) : 0;
  guint along = n > 0 ? strata_differences_list_along (differences)->len : 0;
  g_autofree char *count = g_strdup_printf (ngettext ("%u of %u difference ticked", "%u of %u differences ticked", n), ticked, n);

  if (along == 0)
    return g_steal_pointer (&count);

  /* Translators: “1 of 4 differences ticked, 2 more come along”. */
  return g_strdup_printf (ngettext ("%s, %u more comes along", "%s, %u more come along", along), count, along);
}

static char *
dup_uncovered (const StrataPicture *picture)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; picture->uncovered != NULL && picture->uncovered[i] != NULL; i++)
    g_string_append_printf (text, "%s%u × %s (%s)", text->len > 0 ? ", " : "", picture->uncovered[i]->n,
                            picture->uncovered[i]->kind, picture->uncovered[i]->example);

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* What nobody compared is not the same for that. */
char *
strata_compare_words_dup_same (StrataDifferences *differences)
{
  g_autofree char *uncovered = dup_uncovered (strata_differences_get_compared (differences)->comparison->to->picture);
  /* Translators: two sides, “the database sqlite:///x.db”, “revision ae10”. */
  g_autofree char *sides = g_strdup_printf (_("Nothing differs between %s and %s."), strata_differences_get_title (differences, 0),
                                            strata_differences_get_title (differences, 1));

  return uncovered != NULL ? g_strdup_printf (_("%s Not compared: %s."), sides, uncovered) : g_steal_pointer (&sides);
}

const char *
strata_compare_words_name_drops (const StrataComparison *comparison,
                                 StrataDrops             drops)
{
  if (drops == STRATA_DROPS_ALL)
    return comparison->to->models != NULL
           ? _("The models have no table: all tables of the database would be dropped. Does env.py import them?")
           : _("No table is declared: all tables of the database would be dropped. Is it the right file?");

  return _("This would drop most of the tables that there are. Is it the right database, and does env.py import all models?");
}

/* Who compares with nothing at all means it. */
static StrataDrops
judge_drops (const StrataComparison *comparison)
{
  StrataDrops drops = strata_comparison_judge_drops (comparison, NULL);

  if (drops != STRATA_DROPS_ALL || comparison->to->kind == STRATA_SIDE_DECLARED)
    return drops;

  return comparison->to->kind != STRATA_SIDE_EMPTY && strata_diff_is_suspicious (comparison->diff, NULL) ? STRATA_DROPS_MOST
                                                                                                          : STRATA_DROPS_EXPECTED;
}

/* What env.py does not import is most often behind tables that would go. */
static void
append_unseen (GString                *words,
               const StrataComparison *comparison)
{
  GPtrArray *unseen = comparison->to->models != NULL ? strata_models_get_unseen (comparison->to->models) : NULL;

  for (guint i = 0; unseen != NULL && i < MIN (unseen->len, MOST_UNSEEN); i++)
    {
      const StrataUnseenModel *model = g_ptr_array_index (unseen, i);

      if (words->len > 0)
        g_string_append_c (words, '\n');
      /* Translators: a file, a line in it, the name of a class. */
      g_string_append_printf (words, _("%s:%u: %s looks like a model, but env.py does not import it"), model->file, model->line,
                              model->name);
    }
}

char *
strata_compare_words_dup_warning (StrataDifferences *differences)
{
  StrataCompared *compared = strata_differences_get_compared (differences);
  StrataDrops drops = judge_drops (compared->comparison);
  GString *words = g_string_new (NULL);

  if (drops != STRATA_DROPS_EXPECTED)
    g_string_append (words, strata_compare_words_name_drops (compared->comparison, drops));
  else if (compared->no_way != NULL)
    g_string_append (words, compared->no_way->message);
  append_unseen (words, compared->comparison);

  return g_string_free (words, FALSE);
}

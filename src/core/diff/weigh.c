/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What rows say about renames: whether the values of the old one are those of the new one. They raise or lower what the
 * structure said, and are told to the person who decides. */

#include "config.h"

#include "core/diff/diff-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Of fewer values there is nothing to learn from a range. */
#define LEAST_VALUES 3

G_GNUC_PRINTF (2, 3)
static void
tell (GString    *evidence,
      const char *format,
      ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_string_append_printf (evidence, "%s%s", evidence->len > 0 ? "; " : "", text);
}

static void
add_to_set (GHashTable      *set,
            const GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++)
    g_hash_table_add (set, values->pdata[i]);
}

static guint
count_shared (const GPtrArray      *values,
              const StrataRowFacts *other)
{
  g_autoptr(GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  add_to_set (set, other->common);
  add_to_set (set, other->others);
  for (guint i = 0; i < values->len; i++)
    n += g_hash_table_contains (set, values->pdata[i]);

  return n;
}

typedef struct
{
  guint       n;
  guint       n_numbers;
  double      lowest, highest;         /* of the numbers */
  const char *first, *last;            /* as texts */
} Range;

static void
add_to_range (Range           *self,
              const GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++)
    {
      const char *text = values->pdata[i];
      char *end;
      double number = g_ascii_strtod (text, &end);

      if (self->n == 0 || strcmp (text, self->first) < 0)
        self->first = text;
      if (self->n == 0 || strcmp (text, self->last) > 0)
        self->last = text;
      self->n++;
      if (end == text || *end != '\0' || !isfinite (number))
        continue;
      self->lowest = self->n_numbers == 0 ? number : MIN (self->lowest, number);
      self->highest = self->n_numbers == 0 ? number : MAX (self->highest, number);
      self->n_numbers++;
    }
}

static Range
find_range (const StrataRowFacts *facts)
{
  Range range = { 0 };

  add_to_range (&range, facts->common);
  add_to_range (&range, facts->others);

  return range;
}

static int
weigh_ranges (const Range *a,
              const Range *b,
              GString     *evidence)
{
  gboolean are_numbers = a->n_numbers == a->n && b->n_numbers == b->n;

  if (a->n < LEAST_VALUES || b->n < LEAST_VALUES)
    return 0;
  if ((a->n_numbers == a->n && b->n_numbers == 0) || (b->n_numbers == b->n && a->n_numbers == 0))
    {
      tell (evidence, a->n_numbers > 0 ? _("here all values are numbers, there none is") : _("here no value is a number, there all are"));
      return -20;
    }
  if (are_numbers ? a->highest < b->lowest || b->highest < a->lowest
      : strcmp (a->last, b->first) < 0 || strcmp (b->last, a->first) < 0)
    {
      tell (evidence, _("the values lie in different ranges"));
      return -15;
    }

  return 0;
}

/* Values that are there only once are other ones in another sample, and say nothing where they differ. */
static int
weigh_values (const StrataRowFacts *old,
              const StrataRowFacts *new,
              GString              *evidence)
{
  Range a = find_range (old), b = find_range (new);
  gboolean is_common = old->common->len > 0 && new->common->len > 0;
  guint n_values = is_common ? old->common->len + new->common->len : a.n + b.n;
  guint n_shared = 0;
  guint percent;
  gboolean is_telling = MIN (a.n, b.n) >= LEAST_VALUES && (a.n_numbers < a.n || b.n_numbers < b.n);

  if (a.n == 0 || b.n == 0)
    return 0;

  n_shared = count_shared (old->common, new) + count_shared (new->common, old);
  if (!is_common)
    n_shared += count_shared (old->others, new) + count_shared (new->others, old);
  percent = 100 * n_shared / n_values;
  if (percent >= 50)
    {
      tell (evidence, is_common ? _("the values are alike: %u %% of the most common ones in both")
                                 : _("the values are alike: %u %% of those looked at in both"), percent);
      /* Small numbers, and yes and no, are found in many columns. */
      return (percent >= 80 ? 20 : 10) / (is_telling ? 1 : 2);
    }
  if (is_common && percent <= 10)
    {
      tell (evidence, n_shared == 0 ? _("none of the most common values is in both") : _("few of the most common values are in both"));
      return -20;
    }

  return weigh_ranges (&a, &b, evidence);
}

static int
weigh_column (const StrataRowFacts *old,
              const StrataRowFacts *new,
              GString              *evidence)
{
  double fewer = MIN (old->width, new->width), more = MAX (old->width, new->width);
  int score;

  if (old->nulls < 0 || new->nulls < 0)
    return 0;

  score = weigh_values (old, new, evidence);
  if (fabs (old->nulls - new->nulls) >= 0.1)
    {
      tell (evidence, _("here %.0f %% are NULL, there %.0f %%"), old->nulls * 100, new->nulls * 100);
      score -= fabs (old->nulls - new->nulls) >= 0.5 ? 15 : 8;
    }
  if (old->nulls >= 1 || new->nulls >= 1)
    return score;

  if (MIN (old->distinct, new->distinct) >= 0 && fabs (old->distinct - new->distinct) >= 0.7)
    {
      tell (evidence, old->distinct > new->distinct ? _("here nearly each value is another, there they repeat")
                                                    : _("here values repeat, there nearly each is another"));
      score -= 10;
    }
  if (fewer > 0 && more >= 2 * fewer && more - fewer >= 4)
    {
      tell (evidence, _("here a value has about %.0f bytes, there %.0f"), old->width, new->width);
      score -= 5;
    }

  return score;
}

static char *
dup_count (const StrataRowFacts *facts)
{
  return g_strdup_printf (facts->has_more ? _("%.0f or more") : "%.0f", facts->n_rows);
}

static int
weigh_table (const StrataRowFacts *old,
             const StrataRowFacts *new,
             GString              *evidence)
{
  double fewer = MIN (old->n_rows, new->n_rows), more = MAX (old->n_rows, new->n_rows);
  g_autofree char *here = dup_count (old);
  g_autofree char *there = dup_count (new);

  if (fewer <= 0 || (old->has_more && new->has_more))
    return 0;
  if (fewer >= more * 0.9)
    {
      tell (evidence, strcmp (here, there) == 0 ? _("%s rows in both") : _("about as many rows: here %s, there %s"), here, there);
      return 10;
    }
  if (more < fewer * 10)
    return 0;
  tell (evidence, _("here %s rows, there %s"), here, there);

  return -10;
}

int
strata_diff_weigh_facts (const StrataRowFacts *old,
                         const StrataRowFacts *new,
                         GString              *evidence)
{
  return old->column != NULL ? weigh_column (old, new, evidence) : weigh_table (old, new, evidence);
}

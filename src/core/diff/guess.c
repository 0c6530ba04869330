/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What may have been renamed: what was removed beside what was added, by how alike they are. Nothing is renamed by that: a
 * person decides. */

#include "config.h"

#include "core/diff/pairs.h"
#include "core/diff/rename.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* To be a candidate: rows may say more of columns. */
#define LEAST_COLUMN_SCORE 40

#define TABLE_NAME_WEIGHT   25
#define TABLE_COMMENT_SCORE 10

typedef struct
{
  guint    score;
  GString *evidence;
} Verdict;

static void
find_for (Verdict    *self,
          guint       score,
          const char *reason)
{
  self->score += score;
  if (reason != NULL)
    g_string_append_printf (self->evidence, "%s%s", self->evidence->len > 0 ? ", " : "", reason);
}

/* How many letters have to be changed, added or dropped. */
static guint
count_edits (const char *a,
             const char *b)
{
  guint n = strlen (b);
  g_autofree guint *row = g_new (guint, n + 1);

  for (guint j = 0; j <= n; j++)
    row[j] = j;
  for (guint i = 0; a[i] != '\0'; i++)
    {
      guint corner = row[0];

      row[0] = i + 1;
      for (guint j = 0; j < n; j++)
        {
          guint above = row[j + 1];

          row[j + 1] = MIN (MIN (row[j] + 1, above + 1), corner + (g_ascii_tolower (a[i]) != g_ascii_tolower (b[j])));
          corner = above;
        }
    }

  return row[n];
}

/* 0 to 100. A name within the other is alike too: "name", "full_name". */
static guint
compare_names (const char *a,
               const char *b)
{
  guint longest = MAX (strlen (a), strlen (b)), shortest = MIN (strlen (a), strlen (b));
  guint alike = longest > 0 ? 100 - 100 * count_edits (a, b) / longest : 100;

  if (shortest >= 3 && (strstr (a, b) != NULL || strstr (b, a) != NULL))
    alike = MAX (alike, 70);

  return alike;
}

static void
judge_names (Verdict    *self,
             const char *a,
             const char *b,
             guint       weight)
{
  guint alike = compare_names (a, b);

  find_for (self, alike * weight / 100, alike >= 60 ? _("similar name") : NULL);
}

guint
strata_diff_find_position (const StrataPictureTable *table,
                           const char               *column)
{
  guint i = 0;

  while (table->columns[i] != NULL && strcmp (table->columns[i]->name, column) != 0)
    i++;

  return i;
}

static gboolean
is_list_of (const char * const *columns,
            const char         *name)
{
  return columns != NULL && g_strv_contains (columns, name);
}

/* A constraint or index on both, of the same kind. */
static const char *
find_shared_use (const StrataDiff   *self,
                 const StrataObject *table,
                 const char         *old,
                 const char         *new)
{
  static const struct { StrataObjectKind kind; const char *reason; } kinds[] = {
    { STRATA_OBJECT_PRIMARY_KEY, N_("both in the primary key") },
    { STRATA_OBJECT_FOREIGN_KEY, N_("both a foreign key") },
    { STRATA_OBJECT_UNIQUE, N_("both unique") },
  };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      gboolean is_in[2] = { FALSE, FALSE };
      const StrataPicture *pictures[2] = { self->base, self->to };
      const char *names[2] = { old, new };

      for (guint side = 0; side < 2; side++)
        for (guint i = 0; i < pictures[side]->n_objects; i++)
          {
            const StrataObject *object = pictures[side]->objects[i];

            if (object->kind == kinds[k].kind && object->of.key != NULL && g_strcmp0 (object->table, table->name) == 0
                && g_strcmp0 (object->schema, table->schema) == 0)
              is_in[side] |= is_list_of (kinds[k].kind == STRATA_OBJECT_FOREIGN_KEY ? object->of.reference->columns
                                         : object->of.key->columns, names[side]);
          }
      if (is_in[0] && is_in[1])
        return kinds[k].reason;
    }

  return NULL;
}

static gboolean
judge_column (const StrataDiff     *self,
              const StrataDiffSide *removed,
              const StrataDiffSide *added,
              Verdict              *verdict)
{
  const StrataObject *table = removed->difference->from;
  guint was = removed->position, is = added->position;
  const StrataPictureColumn *old = table->of.table->columns[was];
  const StrataPictureColumn *new = added->difference->to->of.table->columns[is];
  const char *use;

  if ((old->computed == NULL) != (new->computed == NULL) || old->is_inherited || new->is_inherited)
    return FALSE;
  if (g_strcmp0 (old->type_text, new->type_text) == 0)
    find_for (verdict, 40, _("same type"));
  else if (compare_names (old->name, new->name) < 60)
    return FALSE;

  judge_names (verdict, old->name, new->name, 30);
  if (was == is)
    find_for (verdict, 15, _("same position"));
  else if (was + 1 == is || is + 1 == was)
    find_for (verdict, 8, NULL);
  if (old->default_text != NULL && g_strcmp0 (old->default_text, new->default_text) == 0)
    find_for (verdict, 5, _("same default"));
  if (old->comment != NULL && g_strcmp0 (old->comment, new->comment) == 0)
    find_for (verdict, 20, _("same comment"));
  if (old->is_nullable == new->is_nullable)
    find_for (verdict, 5, NULL);
  use = find_shared_use (self, table, old->name, new->name);
  if (use != NULL)
    find_for (verdict, 10, _(use));

  return TRUE;
}

/* Where the number stands; the length where it does not. */
static guint
find_number (const guint *numbers,
             guint        n,
             guint        number)
{
  guint i = 0;

  while (i < n && numbers[i] != number)
    i++;

  return i;
}

static gboolean
judge_table (const StrataDiffSide *removed,
             const StrataDiffSide *added,
             Verdict              *verdict)
{
  const StrataObject *old = removed->difference->from, *new = added->difference->to;
  guint n_old = removed->n_columns, n_new = added->n_columns, n_same = 0, n_typed = 0, n_placed = 0;
  guint most = MAX (n_old, n_new);
  g_autofree char *reason = NULL;

  for (guint i = 0; i < n_old; i++)
    {
      guint column = find_number (added->names, n_new, removed->names[i]);

      /* As if it had a new name too. */
      if (column == n_new)
        {
          n_typed += i < n_new && added->types[i] == removed->types[i]
                     && find_number (removed->names, n_old, added->names[i]) == n_old;
          continue;
        }
      n_same += added->types[column] == removed->types[i];
      n_placed += column == i;
    }
  /* Names and a comment can't add enough to that. */
  if ((60 * n_same + 30 * n_typed) / most + 10 * n_placed / most + TABLE_NAME_WEIGHT + TABLE_COMMENT_SCORE
      < STRATA_DIFF_LEAST_SCORE)
    return FALSE;

  reason = n_same == most ? g_strdup_printf (_("all %u columns are the same"), n_same)
                          : g_strdup_printf (_("%u of %u columns are the same"), n_same, most);
  find_for (verdict, (60 * n_same + 30 * n_typed) / most, reason);
  if (n_typed > 0)
    find_for (verdict, 0, n_same + n_typed == most ? _("the others have the same types") : NULL);
  find_for (verdict, 10 * n_placed / most, NULL);
  judge_names (verdict, old->name, new->name, TABLE_NAME_WEIGHT);
  if (old->comment != NULL && g_strcmp0 (old->comment, new->comment) == 0)
    find_for (verdict, TABLE_COMMENT_SCORE, _("same comment"));

  return TRUE;
}

static gboolean
judge_enum (const StrataObject *old,
            const StrataObject *new,
            Verdict            *verdict)
{
  const char * const *from = old->of.type->values.values, * const *to = new->of.type->values.values;
  guint n_from = from != NULL ? g_strv_length ((char **) from) : 0, n_to = to != NULL ? g_strv_length ((char **) to) : 0;
  guint n_same = 0, most = MAX (n_from, n_to);

  for (guint i = 0; i < n_from; i++)
    n_same += is_list_of (to, from[i]);
  if (n_same == 0)
    return FALSE;

  find_for (verdict, 70 * n_same / most, n_same == most ? _("same values") : _("most values are the same"));
  judge_names (verdict, old->name, new->name, 30);

  return TRUE;
}

static gboolean
judge_definition (const StrataObject *old,
                  const StrataObject *new,
                  Verdict            *verdict)
{
  if (!strata_rename_has_same_parts (old, new))
    return FALSE;

  find_for (verdict, 70, _("same definition"));
  judge_names (verdict, old->name, new->name, 30);

  return TRUE;
}

static gboolean
judge_sequence (const StrataObject *old,
                const StrataObject *new,
                Verdict            *verdict)
{
  const StrataPictureSequence *from = old->of.sequence, *to = new->of.sequence;

  if (g_strcmp0 (from->type_text, to->type_text) != 0 || g_strcmp0 (from->increment, to->increment) != 0)
    return FALSE;
  if ((from->owner_table == NULL) != (to->owner_table == NULL) || compare_names (old->name, new->name) < 40)
    return FALSE;

  find_for (verdict, 40, _("same settings"));
  judge_names (verdict, old->name, new->name, 60);

  return TRUE;
}

static gboolean
judge_object (const StrataObject *old,
              const StrataObject *new,
              Verdict            *verdict)
{
  switch ((guint) old->kind)
    {
    case STRATA_OBJECT_ENUM:
      return judge_enum (old, new, verdict);
    case STRATA_OBJECT_SEQUENCE:
      return judge_sequence (old, new, verdict);
    case STRATA_OBJECT_PRIMARY_KEY:
    case STRATA_OBJECT_UNIQUE:
    case STRATA_OBJECT_CHECK:
    case STRATA_OBJECT_EXCLUSION:
    case STRATA_OBJECT_FOREIGN_KEY:
    case STRATA_OBJECT_INDEX:
    case STRATA_OBJECT_VIEW:
    case STRATA_OBJECT_MATERIALIZED_VIEW:
    case STRATA_OBJECT_TRIGGER:
    case STRATA_OBJECT_ROUTINE:
    case STRATA_OBJECT_DOMAIN:
    case STRATA_OBJECT_COMPOSITE:
    case STRATA_OBJECT_RANGE:
    case STRATA_OBJECT_COLLATION:
    case STRATA_OBJECT_AGGREGATE:
    case STRATA_OBJECT_STATISTICS:
    case STRATA_OBJECT_POLICY:
      return judge_definition (old, new, verdict);
    default:
      return FALSE;
    }
}

static gboolean
judge_pair (const StrataDiff     *self,
            const StrataDiffSide *old,
            const StrataDiffSide *new,
            Verdict              *verdict)
{
  const StrataDifference *removed = old->difference, *added = new->difference;

  if (removed->part != NULL)
    return judge_column (self, old, new, verdict);

  return removed->from->kind == STRATA_OBJECT_TABLE ? judge_table (old, new, verdict)
                                                    : judge_object (removed->from, added->to, verdict);
}

static gboolean
is_denied (const StrataRename         *rename,
           const StrataRename * const *decided)
{
  for (guint i = 0; decided != NULL && decided[i] != NULL; i++)
    if (decided[i]->is_denied && decided[i]->kind == rename->kind && decided[i]->is_column == rename->is_column
        && g_strcmp0 (decided[i]->schema, rename->schema) == 0 && g_strcmp0 (decided[i]->table, rename->table) == 0
        && g_strcmp0 (decided[i]->arguments, rename->arguments) == 0 && strcmp (decided[i]->from, rename->from) == 0
        && strcmp (decided[i]->to, rename->to) == 0)
      return TRUE;

  return FALSE;
}

static void
guess_pair (StrataDiff                 *self,
            const StrataRename * const *decided,
            const StrataDiffPair       *pair)
{
  const StrataDiffSide *old = pair->old, *new = pair->new;
  const StrataDifference *removed = old->difference, *added = new->difference;
  g_autoptr(GString) evidence = g_string_new (NULL);
  Verdict verdict = { 0, evidence };
  const StrataRename rename = {
    .kind = removed->from->kind,
    .schema = removed->from->schema,
    .table = old->table,
    .from = removed->part != NULL ? removed->part : removed->from->name,
    .arguments = removed->part != NULL ? NULL : removed->from->arguments,
    .to = added->part != NULL ? added->part : added->to->name,
    .is_column = removed->part != NULL,
  };
  StrataRenameCandidate *candidate;

  if (is_denied (&rename, decided))
    return;

  if (!judge_pair (self, old, new, &verdict))
    return;
  if (verdict.score < (rename.is_column ? LEAST_COLUMN_SCORE : STRATA_DIFF_LEAST_SCORE))
    return;

  candidate = g_new0 (StrataRenameCandidate, 1);
  candidate->guess.rename = rename;
  candidate->score = verdict.score;
  candidate->evidence = strata_diff_keep (self, evidence->str);
  candidate->removed = removed;
  candidate->added = added;
  g_ptr_array_add (self->candidates, candidate);
}

void
strata_diff_guess (StrataDiff                 *self,
                   const StrataRename * const *decided)
{
  g_autoptr(StrataDiffPairs) pairs = strata_diff_pairs_new (self);

  for (guint i = 0; i < pairs->list->len; i++)
    guess_pair (self, decided, &g_array_index (pairs->list, StrataDiffPair, i));

  strata_diff_guess_swaps (self, decided);
  strata_diff_weigh_rows (self, NULL, NULL);
}

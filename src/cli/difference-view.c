/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/difference-view.h"

#include <string.h>

#include "cli/output.h"
#include "core/base/error.h"
#include "core/workspace/renames.h"

static const struct
{
  const char  *name;
  const char  *sign;
  StrataStyle  style;
} kinds[] = {
  [STRATA_DIFFERENCE_ADDED] = { "added", "+", STRATA_STYLE_GOOD },
  [STRATA_DIFFERENCE_REMOVED] = { "removed", "-", STRATA_STYLE_BAD },
  [STRATA_DIFFERENCE_CHANGED] = { "changed", "~", STRATA_STYLE_WARN },
  [STRATA_DIFFERENCE_RENAMED] = { "renamed", ">", STRATA_STYLE_WARN },
};

static const char *
get_schema (StrataComparison *comparison)
{
  return comparison->from->picture->default_schema;
}

/* One line: whole definitions are for --text. */
static char *
dup_line (const StrataDifference *difference,
          const char             *schema)
{
  char *title = strata_difference_dup_title (difference, schema);

  title[strcspn (title, "\n")] = '\0';

  return title;
}

void
strata_print_risks (const StrataDifference *difference)
{
  if (difference->loss != NULL)
    strata_print (STRATA_STYLE_BAD, "  (loses %s)", difference->loss);
  if (difference->review != NULL)
    strata_print (STRATA_STYLE_DIM, "  (%s)", difference->review);
}

static void
print_difference (const StrataDifference *difference,
                  const char             *schema)
{
  g_autofree char *title = dup_line (difference, schema);

  strata_print (kinds[difference->kind].style, "  %s %s", kinds[difference->kind].sign, title);
  strata_print_risks (difference);
  strata_print (STRATA_STYLE_PLAIN, "\n");
}

/* Where two names change hands; else NULL. */
static char *
dup_other (const StrataRenameGuess *guess,
           const char              *schema)
{
  StrataRename turned;

  if (!guess->is_swap)
    return NULL;

  turned = strata_rename_turn (&guess->rename);

  return strata_rename_dup_text (&turned, schema);
}

static char *
dup_guess (const StrataRenameGuess *guess,
           const char              *schema)
{
  g_autofree char *option = strata_rename_dup_text (&guess->rename, schema);
  g_autofree char *other = dup_other (guess, schema);

  return g_strdup_printf ("--rename '%s'%s%s%s  (%s)", option, other != NULL ? " --rename '" : "", other != NULL ? other : "",
                          other != NULL ? "'" : "", guess->evidence);
}

void
strata_print_guesses (StrataComparison *comparison)
{
  const GPtrArray *guesses = strata_diff_get_guesses (comparison->diff);

  for (guint i = 0; guesses != NULL && i < guesses->len; i++)
    {
      g_autofree char *text = dup_guess (g_ptr_array_index (guesses, i), get_schema (comparison));

      strata_print (STRATA_STYLE_DIM, "%s  %s\n", i == 0 ? "Perhaps renamed:\n" : "", text);
    }
}

void
strata_warn_of_guesses (StrataComparison *comparison)
{
  const GPtrArray *guesses = strata_diff_get_guesses (comparison->diff);

  for (guint i = 0; guesses != NULL && i < guesses->len; i++)
    {
      g_autofree char *text = dup_guess (g_ptr_array_index (guesses, i), get_schema (comparison));

      strata_warn ("Perhaps renamed: %s", text);
    }
}

char *
strata_uncovered_to_string (const StrataUncovered *uncovered)
{
  return g_strdup_printf ("%u of the kind “%s”, such as %s", uncovered->n, uncovered->kind, uncovered->example);
}

void
strata_warn_of_uncovered (StrataTakenSide *side,
                          const char      *prefix)
{
  const StrataUncovered * const *uncovered = side->picture->uncovered;

  for (guint i = 0; uncovered != NULL && uncovered[i] != NULL; i++)
    {
      g_autofree char *text = strata_uncovered_to_string (uncovered[i]);

      strata_warn ("%s: %s", prefix, text);
    }
}

void
strata_warn_of_rows (StrataTakenSide *side,
                     const char      *prefix)
{
  g_auto(GStrv) rows = strata_taken_side_find_rows (side);
  guint n = g_strv_length (rows);
  g_autofree char *more = n > 1 ? g_strdup_printf (", and %u more such %s", n - 1, n == 2 ? "statement" : "statements") : NULL;

  if (n > 0)
    strata_warn ("%s: %s%s. Where every database is to have them, write a revision that does it", prefix, rows[0],
                 more != NULL ? more : "");
}

static void
print_uncovered (StrataTakenSide *side)
{
  const StrataUncovered * const *uncovered = side->picture->uncovered;

  for (guint i = 0; uncovered != NULL && uncovered[i] != NULL; i++)
    {
      g_autofree char *text = strata_uncovered_to_string (uncovered[i]);

      strata_print (STRATA_STYLE_DIM, "Not compared, in %s: %s\n", side->title, text);
    }
}

void
strata_print_comparison (StrataComparison *comparison)
{
  guint n = strata_diff_get_n (comparison->diff);
  g_autofree char *count = strata_count (comparison->n_chosen, "difference", "differences");

  strata_print (STRATA_STYLE_DIM, "From %s\nto %s:\n", comparison->from->title, comparison->to->title);
  for (guint i = 0; i < n; i++)
    if (strata_comparison_tells (comparison, i))
      print_difference (strata_diff_get (comparison->diff, i), get_schema (comparison));

  strata_print_guesses (comparison);
  print_uncovered (comparison->from);
  /* What is declared as a dump of the database has its picture. */
  if (comparison->to->picture != comparison->from->picture)
    print_uncovered (comparison->to);
  strata_print (comparison->n_chosen > 0 ? STRATA_STYLE_WARN : STRATA_STYLE_GOOD, "%s\n",
                comparison->n_chosen > 0 ? count : "No differences");
}

static void
json_difference (JsonBuilder            *builder,
                 const StrataDifference *difference,
                 const char             *schema)
{
  const StrataObject *object = difference->from != NULL ? difference->from : difference->to;
  g_autofree char *title = strata_difference_dup_title (difference, schema);

  json_builder_begin_object (builder);
  strata_json_string (builder, "kind", kinds[difference->kind].name);
  strata_json_string (builder, "object", strata_object_kind_get_name (object->kind));
  strata_json_string (builder, "schema", object->schema);
  strata_json_string (builder, "table", object->table);
  strata_json_string (builder, "name", object->name);
  strata_json_string (builder, "arguments", object->arguments);
  strata_json_string (builder, "part", difference->part);
  strata_json_string (builder, "new_name", difference->kind != STRATA_DIFFERENCE_RENAMED ? NULL
                      : difference->part != NULL ? difference->new_part : difference->to->name);
  strata_json_string (builder, "property", difference->property);
  strata_json_string (builder, "was", difference->was);
  strata_json_string (builder, "is", difference->is);
  strata_json_string (builder, "title", title);
  strata_json_string (builder, "loss", difference->loss);
  strata_json_string (builder, "review", difference->review);
  json_builder_end_object (builder);
}

static void
json_guesses (JsonBuilder      *builder,
              StrataComparison *comparison)
{
  const GPtrArray *guesses = strata_diff_get_guesses (comparison->diff);

  json_builder_set_member_name (builder, "perhaps_renamed");
  json_builder_begin_array (builder);
  for (guint i = 0; guesses != NULL && i < guesses->len; i++)
    {
      const StrataRenameGuess *guess = g_ptr_array_index (guesses, i);
      g_autofree char *option = strata_rename_dup_text (&guess->rename, get_schema (comparison));
      g_autofree char *other = dup_other (guess, get_schema (comparison));

      json_builder_begin_object (builder);
      strata_json_string (builder, "rename", option);
      strata_json_string (builder, "with", other);
      strata_json_int (builder, "score", guess->score);
      strata_json_string (builder, "evidence", guess->evidence);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
json_side (JsonBuilder     *builder,
           const char      *name,
           StrataTakenSide *side)
{
  const StrataUncovered * const *uncovered = side->picture->uncovered;

  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  strata_json_string (builder, "title", side->title);
  strata_json_string (builder, "server", side->picture->server);
  json_builder_set_member_name (builder, "not_covered");
  json_builder_begin_array (builder);
  for (guint i = 0; uncovered != NULL && uncovered[i] != NULL; i++)
    {
      json_builder_begin_object (builder);
      strata_json_string (builder, "kind", uncovered[i]->kind);
      strata_json_string (builder, "example", uncovered[i]->example);
      strata_json_int (builder, "count", uncovered[i]->n);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

void
strata_json_comparison (JsonBuilder      *builder,
                        StrataComparison *comparison)
{
  guint n = strata_diff_get_n (comparison->diff);

  json_side (builder, "from", comparison->from);
  json_side (builder, "to", comparison->to);
  strata_json_string (builder, "dialect", strata_dialect_get_name (comparison->from->picture->dialect));
  json_builder_set_member_name (builder, "differences");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    if (strata_comparison_tells (comparison, i))
      json_difference (builder, strata_diff_get (comparison->diff, i), get_schema (comparison));
  json_builder_end_array (builder);
  json_guesses (builder, comparison);
  strata_json_bool (builder, "suspicious", strata_diff_is_suspicious (comparison->diff, NULL));
}

void
strata_set_differs (StrataComparison  *comparison,
                    GError           **error)
{
  guint n = strata_diff_get_n (comparison->diff);
  g_autoptr(GString) text = g_string_new ("New upgrade operations detected: [");
  gsize empty = text->len;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *title = NULL;

      if (!strata_comparison_tells (comparison, i))
        continue;
      title = dup_line (strata_diff_get (comparison->diff, i), get_schema (comparison));
      g_string_append_printf (text, "%s%s", text->len > empty ? ", " : "", title);
    }
  g_string_append_c (text, ']');
  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_SCHEMA_DIFFERS, text->str);
}

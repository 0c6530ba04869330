/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/autogenerate.h"

#include "cli/ask.h"
#include "cli/difference-view.h"
#include "cli/sides.h"
#include "core/workspace/rename-memory.h"
#include "core/workspace/renames.h"

static char *
dup_question (const StrataRenameGuess *guess)
{
  const StrataRename *rename = &guess->rename;
  const char *table = rename->table != NULL ? rename->table : "", *dot = rename->table != NULL ? "." : "";

  if (guess->is_swap)
    return g_strdup_printf ("Have %s%s%s and %s%s%s changed names (%s)? If not, each is altered to what the other was.", table, dot,
                            rename->from, table, dot, rename->to, guess->evidence);

  return g_strdup_printf ("Is %s%s%s now called %s (%s)? If not, it is dropped and the other one added.", table, dot, rename->from,
                          rename->to, guess->evidence);
}

static void
decide (StrataComparison   *comparison,
        const StrataRename *rename,
        GPtrArray          *decided)
{
  g_ptr_array_insert (decided, decided->len - 1, strata_rename_dup_text (rename, comparison->from->picture->default_schema));
}

/* What a person says of the guesses; TRUE where one of them is a rename, as it may lead to others. */
static gboolean
ask_for_renames (StrataComparison *comparison,
                 GPtrArray        *decided)
{
  const GPtrArray *guesses = strata_diff_get_guesses (comparison->diff);

  for (guint i = 0; i < guesses->len; i++)
    {
      const StrataRenameGuess *guess = g_ptr_array_index (guesses, i);
      StrataRename rename = guess->rename;
      const StrataRename turned = strata_rename_turn (&rename);
      g_autofree char *question = dup_question (guess);
      gboolean is_answered = FALSE;

      rename.is_denied = !strata_ask_yes_or_no (question, FALSE, &is_answered);
      if (!is_answered)
        return FALSE;
      decide (comparison, &rename, decided);
      if (guess->is_swap && !rename.is_denied)
        decide (comparison, &turned, decided);
      if (!rename.is_denied)
        return TRUE;
    }

  return FALSE;
}

/* The same sides with what is given and what is answered; takes the comparison. */
static StrataComparison *
decide_renames (StrataWorkspace   *workspace,
                StrataComparison  *comparison,
                GStrv              given,
                GError           **error)
{
  g_autoptr(GPtrArray) decided = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) local = NULL;
  gboolean is_more = given != NULL;

  for (guint i = 0; given != NULL && given[i] != NULL; i++)
    g_ptr_array_add (decided, g_strdup (given[i]));
  g_ptr_array_add (decided, NULL);

  do
    {
      g_autoptr(StrataComparison) before = comparison;

      comparison = is_more ? strata_comparison_decide (before, (const char * const *) decided->pdata, error)
                           : g_steal_pointer (&before);
      is_more = comparison != NULL && strata_ask_is_possible () && ask_for_renames (comparison, decided);
    }
  while (is_more);

  if (comparison != NULL && decided->len > 1
      && !strata_rename_memory_add (strata_workspace_get_project (workspace), (const char * const *) decided->pdata, &local))
    strata_warn ("What was decided about renames is not kept: %s", local->message);

  return comparison;
}

static void
print_found (StrataComparison *comparison)
{
  for (guint i = 0; i < strata_diff_get_n (comparison->diff); i++)
    if (strata_comparison_tells (comparison, i))
      {
        g_autofree char *text = strata_difference_dup_detected (strata_diff_get (comparison->diff, i), comparison->from->picture);

        strata_print (STRATA_STYLE_PLAIN, "%s", text);
        strata_print_risks (strata_diff_get (comparison->diff, i));
        strata_print (STRATA_STYLE_PLAIN, "\n");
      }
}

/* Where nobody can be asked. */
static void
print_guesses (StrataComparison *comparison)
{
  strata_print_guesses (comparison);
  if (strata_diff_get_guesses (comparison->diff)->len > 0)
    strata_print (STRATA_STYLE_DIM, "  Where it is, delete the file that is written now, and run this again with the option\n");
}

/* What people did to the chosen database alone is nowhere else: the revision drops it there too, or builds on it. No answer,
 * as where revisions need Python, is no reason to write nothing. */
static void
warn_of_drift (StrataWorkspace          *workspace,
               const StrataSideOptions  *options,
               GCancellable             *cancellable)
{
  g_autoptr(StrataComparison) drift = strata_workspace_find_drift (workspace, options, cancellable, NULL);
  g_autofree char *title = NULL;
  guint n = drift != NULL ? strata_diff_get_n (drift->diff) : 0;

  if (n == 0)
    return;

  title = strata_difference_dup_title (strata_diff_get (drift->diff, 0), drift->from->picture->default_schema);
  strata_warn ("This database is not as its own revisions say, %u %s (%s%s). What is written fits this one, and may not run on"
               " others: look at “strata drift”", n, n == 1 ? "difference" : "differences", title, n > 1 ? ", ..." : "");
}

static void
warn (StrataModels *models)
{
  GPtrArray *unseen = strata_models_get_unseen (models);

  for (guint i = 0; i < unseen->len; i++)
    {
      const StrataUnseenModel *model = g_ptr_array_index (unseen, i);

      strata_warn ("%s:%u: %s looks like a model, but env.py does not import it", model->file, model->line, model->name);
    }
  if (strata_models_get_options (models)->has_directives)
    strata_warn ("process_revision_directives of env.py is not asked: what it would change is written as it was found");
}

StrataAutogenerate *
strata_cli_autogenerate (StrataCli                      *cli,
                         StrataWorkspace                *workspace,
                         const StrataAutogenerateFlags  *flags,
                         gboolean                        trust,
                         GError                        **error)
{
  const StrataSideFlags side_flags = { .trust = trust, .scratch = flags->scratch, .privileges = flags->privileges };
  const StrataSide chosen = { STRATA_SIDE_DATABASE };
  const StrataSide declared = { STRATA_SIDE_DECLARED };
  const StrataSide *sides[] = { &chosen, &declared, NULL };
  StrataSideOptions options;
  StrataComparison *comparison;
  StrataAutogenerate *generated;

  if (!strata_cli_prepare_sides (cli, workspace, sides, &side_flags, &options, error))
    return NULL;

  comparison = strata_workspace_check_declared (workspace, &options, cli->cancellable, error);
  if (comparison == NULL)
    {
      strata_cli_add_candidates (workspace, error);
      return NULL;
    }
  comparison = decide_renames (workspace, comparison, flags->renames, error);
  if (comparison == NULL)
    return NULL;

  if (!cli->options.json && !cli->options.quiet)
    {
      print_found (comparison);
      if (!strata_ask_is_possible ())
        print_guesses (comparison);
      strata_warn_of_uncovered (comparison->to, "Not in the revision");
      strata_warn_of_rows (comparison->to, "Not in the revision");
    }
  if (comparison->to->models != NULL)
    warn (comparison->to->models);

  generated = strata_autogenerate_new (workspace, comparison, NULL, &options, flags->expects_drops, cli->cancellable, error);
  if (generated != NULL && strata_autogenerate_get_comparison (generated)->n_chosen > 0
      && strata_autogenerate_get_unproven (generated) == NULL)
    warn_of_drift (workspace, &options, cli->cancellable);

  return generated;
}

gboolean
strata_cli_is_up_to_date (StrataCli                      *cli,
                          StrataAutogenerate             *generated,
                          const StrataAutogenerateFlags  *flags)
{
  g_autoptr(JsonBuilder) builder = NULL;

  if (strata_autogenerate_get_comparison (generated)->n_chosen > 0 || flags->writes_empty)
    return FALSE;

  if (!cli->options.json)
    {
      strata_print (STRATA_STYLE_PLAIN, "No new upgrade operations detected. No revision was written (--empty writes one)\n");
      return TRUE;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "revision");
  json_builder_add_null_value (builder);
  json_builder_end_object (builder);
  strata_print_json (builder);

  return TRUE;
}

void
strata_cli_print_proof (StrataCli          *cli,
                        StrataAutogenerate *generated)
{
  const char *unproven = strata_autogenerate_get_unproven (generated);
  StrataComparison *comparison = strata_autogenerate_get_comparison (generated);

  if (unproven != NULL)
    strata_warn ("Not proven in a scratch database: %s", unproven);
  else if (!cli->options.json && !cli->options.quiet && comparison->n_chosen > 0)
    strata_print (STRATA_STYLE_PLAIN, "  Tried in a scratch database: the upgrade gives what %s, the downgrade what was\n",
                  comparison->to->kind == STRATA_SIDE_DATABASE ? "the database has" : "is declared");
}

void
strata_json_proof (JsonBuilder *builder,
                   const char  *unproven)
{
  json_builder_set_member_name (builder, "proven");
  json_builder_add_boolean_value (builder, unproven == NULL);
  if (unproven != NULL)
    strata_json_string (builder, "unproven", unproven);
}

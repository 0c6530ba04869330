/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/shares.h"
#include "core/engine/run-private.h"
#include "core/engine/script-check.h"
#include "core/project/trust.h"

/* As many as a person reads at once. */
#define MOST_SHOWN 10
/* Fewer are read sooner than a thread is made. */
#define SCRIPTS_A_SHARE 64

/* What stands in the way, in the order of the plan. */
typedef struct
{
  GPtrArray *texts;     /* char, owned */
  int        code;      /* of the first */
} Problems;

const char *
strata_run_action (const StrataRun *run)
{
  static const char * const names[] = { "upgrade", "downgrade", "stamp", "ensure_version" };

  return names[run->request->kind];
}

StrataPlan *
strata_run_make_plan (const StrataRunRequest  *request,
                      const char * const      *rows,
                      GError                 **error)
{
  switch (request->kind)
    {
    case STRATA_RUN_UPGRADE:
      return strata_plan_upgrade (request->graph, rows, request->targets[0], error);

    case STRATA_RUN_DOWNGRADE:
      return strata_plan_downgrade (request->graph, rows, request->targets[0], error);

    case STRATA_RUN_STAMP:
      return strata_plan_stamp (request->graph, rows, request->targets, request->purge, error);

    case STRATA_RUN_ENSURE_VERSION:
    default:
      g_assert_not_reached ();
    }
}

/* "+2", "-1", "label@+1": counted from where the database is, so that planning twice would go twice as far. */
gboolean
strata_run_target_is_relative (const StrataRunRequest *request)
{
  const char *target;
  const char *at;

  if (request->kind != STRATA_RUN_UPGRADE && request->kind != STRATA_RUN_DOWNGRADE)
    return FALSE;

  target = request->targets[0];
  at = strrchr (target, '@');
  if (at != NULL)
    target = at + 1;

  return (*target == '+' || *target == '-') && target[1] != '\0'
         && strspn (target + 1, "0123456789") == strlen (target + 1);
}

static char *
make_key (const StrataStep *step)
{
  return g_strconcat (step->kind == STRATA_STEP_DOWNGRADE ? "downgrade " : "upgrade ",
                      strata_revision_get_id (step->revision), NULL);
}

/* NULL for a stamp; else it was loaded by the check. */
StrataStepScript *
strata_run_get_script (StrataRun        *run,
                       const StrataStep *step)
{
  g_autofree char *key = NULL;

  if (step->kind == STRATA_STEP_STAMP)
    return NULL;

  key = make_key (step);

  return g_hash_table_lookup (run->scripts, key);
}

/* Why it needs Python; NULL where it does not. */
static char *
dup_reason (StrataRun        *run,
            const StrataStep *step)
{
  g_autofree char *key = step->kind != STRATA_STEP_STAMP ? make_key (step) : NULL;

  return key != NULL ? g_strdup (g_hash_table_lookup (run->python, key)) : NULL;
}

gboolean
strata_run_is_handed_over (StrataRun        *run,
                           const StrataStep *step)
{
  g_autofree char *key = NULL;

  if (step->kind == STRATA_STEP_STAMP || g_hash_table_size (run->python) == 0)
    return FALSE;

  key = make_key (step);

  return g_hash_table_contains (run->python, key);
}

gboolean
strata_run_give_to_alembic (StrataRun        *run,
                            const StrataStep *step,
                            const GError     *error)
{
  const StrataHandOver *hand_over = run->request->hand_over;

  if (hand_over == NULL || hand_over->command == NULL || strata_run_is_handed_over (run, step)
      || !g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON))
    return FALSE;

  g_hash_table_insert (run->python, make_key (step), g_strdup (error->message));

  return TRUE;
}

static void
add_problem (Problems *problems,
             int       code,
             char     *text)
{
  if (problems->texts->len == 0)
    problems->code = code;

  g_ptr_array_add (problems->texts, text);
}

static void
check_mode (StrataRun        *run,
            StrataStepScript *script,
            Problems         *problems)
{
  const char *path = strata_step_script_get_path (script);

  if (strata_step_script_is_transactional (script))
    return;

  run->is_split = TRUE;
  if (run->request->single_transaction)
    add_problem (problems, STRATA_ERROR_REFUSED,
                 g_strdup_printf (_("%s: a section with transaction=off cannot be part of a run that is one "
                                    "transaction. Run up to it first, then it, each without --single-transaction"),
                                  path));
  else if ((run->traits & STRATA_TRAIT_POOLED) != 0)
    add_problem (problems, STRATA_ERROR_REFUSED,
                 g_strdup_printf (_("%s: a section with transaction=off needs a session of its own, and a transaction"
                                    " pooler is between. Connect to the server directly for this run"), path));
}

static void
check_script (StrataRun        *run,
              StrataStepScript *script,
              Problems         *problems)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  check_mode (run, script, problems);
  strata_step_script_check (script, run->dialect, findings);

  for (guint i = 0; i < findings->len; i++)
    {
      const StrataFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *place = strata_place_to_string (strata_finding_get_place (finding));

      add_problem (problems, STRATA_ERROR_FINDINGS,
                   g_strdup_printf ("%s: %s", place, strata_finding_get_message (finding)));
    }
}

/* A step's script, or why it can't be had; neither where the run has it already. */
typedef struct
{
  StrataStepScript *script;
  GError           *error;
} Loaded;

typedef struct
{
  StrataRun *run;
  Loaded    *loaded;    /* of each step of the plan */
} Loading;

static gboolean
is_known (StrataRun        *run,
          const StrataStep *step)
{
  g_autofree char *key = make_key (step);

  return g_hash_table_contains (run->scripts, key) || g_hash_table_contains (run->python, key);
}

static void
load_share (const StrataShare *share,
            gpointer           data)
{
  const Loading *loading = data;
  StrataRun *run = loading->run;
  const StrataStepSource *source = run->request->source != NULL ? run->request->source : &strata_step_source_files;

  for (guint i = share->first; i < share->end; i++)
    {
      const StrataStep *step = strata_plan_get_step (run->plan, i);
      Loaded *loaded = &loading->loaded[i];

      if (step->kind != STRATA_STEP_STAMP && !is_known (run, step))
        loaded->script = source->load (step, run->dialect, run->connection == NULL, source->data, &loaded->error);
    }
}

/* Takes what was loaded. */
static void
take_script (StrataRun        *run,
             const StrataStep *step,
             Loaded           *loaded,
             Problems         *problems)
{
  g_autoptr(GError) error = g_steal_pointer (&loaded->error);

  if (loaded->script != NULL)
    {
      g_hash_table_insert (run->scripts, make_key (step), loaded->script);
      check_script (run, loaded->script, problems);
    }
  else if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON))
    g_hash_table_insert (run->python, make_key (step), g_strdup (error->message));
  else if (error != NULL)
    add_problem (problems, error->domain == STRATA_ERROR ? error->code : STRATA_ERROR_FAILED,
                 g_strdup (error->message));
}

static void
check_width (const StrataStep *step,
             guint             width,
             Problems         *problems)
{
  for (guint i = 0; i < step->edits->len; i++)
    {
      const char *to = g_array_index (step->edits, StrataVersionEdit, i).to;

      if (to != NULL && g_utf8_strlen (to, -1) > width)
        add_problem (problems, STRATA_ERROR_FINDINGS,
                     g_strdup_printf (_("the revision id “%s” has %ld characters, and the version table's column "
                                        "takes %u"),
                                      to, g_utf8_strlen (to, -1), width));
    }
}

/* SQLite keeps longer ids than the column was declared for; other servers refuse them in the middle of a run. */
static gboolean
read_width (StrataRun  *run,
            guint      *width,
            GError    **error)
{
  gboolean found = FALSE;

  *width = 0;
  if (run->dialect == STRATA_DIALECT_SQLITE)
    return TRUE;

  if (!strata_connection_find_table (run->connection, run->table.schema, run->table.name, &found, width, error))
    return FALSE;

  if (!found)
    *width = 32;

  return TRUE;
}

static gboolean
report_problems (GPtrArray   *texts,
                 int          code,
                 const char  *lead,
                 const char  *tail,
                 GError     **error)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (texts->len == 0)
    return TRUE;

  for (guint i = 0; i < MIN (texts->len, MOST_SHOWN); i++)
    g_string_append_printf (text, "%s%s", i == 0 ? lead : "\n", (char *) g_ptr_array_index (texts, i));

  if (texts->len > MOST_SHOWN)
    g_string_append_printf (text, _("\nand %u more"), texts->len - MOST_SHOWN);

  g_set_error (error, STRATA_ERROR, code, "%s%s", text->str, tail);

  return FALSE;
}

/* Lines of those steps of the plan that need Python, in its order. */
static GPtrArray *
list_python (StrataRun *run)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < strata_plan_get_n_steps (run->plan); i++)
    {
      const StrataStep *step = strata_plan_get_step (run->plan, i);

      if (strata_run_is_handed_over (run, step))
        g_ptr_array_add (texts, dup_reason (run, step));
    }

  return texts;
}

/* Steps that need Python are the project's own Alembic's, where that is known and may be run. */
static gboolean
check_python (StrataRun  *run,
              GError    **error)
{
  const StrataHandOver *hand_over = run->connection != NULL ? run->request->hand_over : NULL;
  g_autoptr(GPtrArray) texts = list_python (run);
  g_autofree char *line = NULL;
  g_autofree char *tail = NULL;
  const char *end = run->report != NULL && run->report->n_done > 0 ? _("It was not run") : _("Nothing was run");
  gboolean trusted = hand_over != NULL && hand_over->trusted;

  if (texts->len == 0)
    return TRUE;

  if (hand_over == NULL || hand_over->command == NULL)
    {
      tail = g_strdup_printf ("\n%s. %s",
                              hand_over != NULL ? hand_over->advice
                                                : _("Run it with Alembic, or up to a revision before them"), end);
      return report_problems (texts, STRATA_ERROR_NEEDS_PYTHON, _("This run needs Python:\n"), tail, error);
    }

  if (!trusted && !strata_trust_has (run->request->project_key, hand_over->command, &trusted, error))
    return FALSE;
  if (trusted)
    return TRUE;

  line = strata_project_command_to_string (hand_over->command);
  tail = g_strdup_printf (_("\nThe project's own Alembic can run it: “%s” (%s). That was not agreed to: “strata trust” "
                            "shows it and gives consent, --trust does so for one call, say in CI. %s"), line,
                          strata_project_command_get_reason (hand_over->command), end);
  if (run->report != NULL)
    run->report->question = STRATA_QUESTION_CONSENT;

  return report_problems (texts, STRATA_ERROR_NEEDS_CONSENT, _("This run needs Python:\n"), tail, error);
}

gboolean
strata_run_check_server (StrataRun  *run,
                         GError    **error)
{
  g_autofree char *database = strata_url_to_string (strata_connection_get_url (run->connection));
  const char *why = NULL;

  if ((run->traits & STRATA_TRAIT_STANDBY) != 0)
    why = _("is a standby: it only follows another server. Connect to the primary");
  else if ((run->traits & STRATA_TRAIT_READ_ONLY) != 0)
    why = run->dialect == STRATA_DIALECT_SQLITE
            ? _("is read-only: the file, or the folder around it, cannot be written by this user")
            : _("is read-only for this user or session");

  if (why == NULL)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED, "%s %s", database, why);

  return FALSE;
}

/* What needs no database; a width of 0 takes ids of any length. */
gboolean
strata_run_check_scripts (StrataRun  *run,
                          guint       width,
                          GError    **error)
{
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  Problems problems = { texts, STRATA_ERROR_FAILED };
  guint n = strata_plan_get_n_steps (run->plan);
  g_autofree Loaded *loaded = g_new0 (Loaded, n);
  Loading loading = { run, loaded };

  strata_shares_run (n, SCRIPTS_A_SHARE, load_share, &loading);
  for (guint i = 0; i < n; i++)
    {
      const StrataStep *step = strata_plan_get_step (run->plan, i);

      take_script (run, step, &loaded[i], &problems);
      if (width > 0)
        check_width (step, width, &problems);
    }

  return report_problems (texts, problems.code, "", "", error) && check_python (run, error);
}

gboolean
strata_run_check_plan (StrataRun  *run,
                       GError    **error)
{
  guint width = 0;

  return read_width (run, &width, error) && strata_run_check_scripts (run, width, error);
}

static void
free_script (gpointer script)
{
  g_clear_pointer ((StrataStepScript **) &script, strata_step_script_unref);
}

static GPtrArray *
dup_reasons (StrataRun *run)
{
  GPtrArray *reasons = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < strata_plan_get_n_steps (run->plan); i++)
    g_ptr_array_add (reasons, dup_reason (run, strata_plan_get_step (run->plan, i)));

  return reasons;
}

static GPtrArray *
dup_scripts (StrataRun *run)
{
  GPtrArray *scripts = g_ptr_array_new_with_free_func (free_script);

  for (guint i = 0; i < strata_plan_get_n_steps (run->plan); i++)
    {
      StrataStepScript *script = strata_run_get_script (run, strata_plan_get_step (run->plan, i));

      g_ptr_array_add (scripts, script != NULL ? strata_step_script_ref (script) : NULL);
    }

  return scripts;
}

gboolean
strata_engine_check (StrataConnection        *connection,
                     const StrataRunRequest  *request,
                     StrataPlan              *plan,
                     GPtrArray              **scripts,
                     GPtrArray              **python,
                     GCancellable            *cancellable,
                     GError                 **error)
{
  g_autoptr(GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify) strata_step_script_unref);
  g_autoptr(GHashTable) reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  StrataRun run = {
    .connection = connection,
    .request = request,
    .cancellable = cancellable,
    .dialect = strata_connection_get_dialect (connection),
    .traits = strata_connection_get_traits (connection),
    .table = request->version_table,
    .scripts = by_key,
    .python = reasons,
    .plan = plan,
  };
  gboolean good = strata_run_check_plan (&run, error);

  *scripts = dup_scripts (&run);
  *python = dup_reasons (&run);

  return good && strata_run_check_server (&run, error);
}

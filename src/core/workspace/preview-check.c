/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/preview-check.h"

#include <string.h>

#include "core/base/files.h"
#include "core/engine/script-check.h"
#include "core/sql/check.h"
#include "core/workspace/preview-private.h"
#include "core/workspace/scope.h"

/* A person waits for the answer, and runs the first ones first. */
#define MOST_CHECKED 500

typedef struct
{
  guint first;
  guint last;
} Lines;

static void
add_lines (const StrataStatement *statement,
           guint                  step,
           gpointer               data)
{
  Lines lines = { statement->line, statement->line };

  for (gsize i = 0; i < statement->length; i++)
    lines.last += statement->text[i] == '\n';
  g_array_append_val (data, lines);
}

static gboolean
is_within (const GArray *statements,
           guint         line)
{
  for (guint i = 0; i < statements->len; i++)
    if (g_array_index (statements, Lines, i).first <= line && line <= g_array_index (statements, Lines, i).last)
      return TRUE;

  return FALSE;
}

static void
keep (GPtrArray     *kept,
      StrataFinding *finding)
{
  g_ptr_array_add (kept, strata_finding_ref (finding));
}

/* By the server's own grammar, and no other one's. */
static void
check_statements (StrataStepScript *script,
                  StrataSqlServer   server,
                  GPtrArray        *kept)
{
  for (guint i = 0; i < strata_step_script_get_n_sections (script); i++)
    strata_sql_check (server, strata_step_script_get_section (script, i)->statements, strata_step_script_get_path (script), kept);
}

/* It would count as applied, with nothing done. */
static void
check_written (StrataStepScript *script,
               StrataDialect     dialect,
               GPtrArray        *kept)
{
  const char *text = strata_step_script_get_text (script);
  g_autoptr(GPtrArray) found = strata_findings_new ();

  strata_sql_file_check (strata_step_script_get_path (script), text, strlen (text), dialect, found);
  for (guint i = 0; i < found->len; i++)
    if (g_str_equal (strata_finding_get_code (g_ptr_array_index (found, i)), "sql-unwritten"))
      keep (kept, g_ptr_array_index (found, i));
}

/* What Python has to run is not known statement by statement: there only what no tool can run is told. */
static void
check_python (const char      *path,
              StrataProject   *project,
              StrataSqlServer  server,
              GPtrArray       *kept)
{
  gsize length;
  g_autofree char *text = strata_file_read (path, &length, NULL);
  g_autoptr(GPtrArray) found = text != NULL ? strata_script_check (path, text, length, server, project) : NULL;

  for (guint i = 0; found != NULL && i < found->len; i++)
    if (strata_finding_get_severity (g_ptr_array_index (found, i)) == STRATA_SEVERITY_ERROR)
      keep (kept, g_ptr_array_index (found, i));
}

/* Of both directions; those of the statements that run are kept. */
static void
check_names (StrataPreview    *self,
             guint             step,
             StrataKnownNames *names,
             GPtrArray        *kept)
{
  StrataStepScript *script = strata_preview_get_script (self, step);
  const char *text = strata_step_script_get_text (script);
  g_autoptr(GPtrArray) found = strata_findings_new ();
  g_autoptr(StrataScope) scope = strata_scope_new (names, strata_step_script_get_path (script), text, strlen (text), NULL, found);
  g_autoptr(GArray) statements = g_array_new (FALSE, FALSE, sizeof (Lines));

  if (scope == NULL || found->len == 0)
    return;

  strata_preview_each_statement (self->scripts, step, add_lines, statements);
  for (guint i = 0; i < found->len; i++)
    if (is_within (statements, strata_finding_get_place (g_ptr_array_index (found, i)).line))
      keep (kept, g_ptr_array_index (found, i));
}

static GPtrArray *
check_step (StrataPreview    *self,
            guint             step,
            StrataProject    *project,
            StrataSqlServer   server,
            StrataKnownNames *names)
{
  StrataStepScript *script = strata_preview_get_script (self, step);
  const StrataStep *planned = strata_plan_get_step (self->plan, step);
  const char *path = strata_revision_get_path (planned->revision);
  gboolean is_python = g_str_has_suffix (path, ".py");
  g_autoptr(GPtrArray) kept = strata_findings_new ();

  if (script != NULL && !is_python)
    check_statements (script, server, kept);
  if (script != NULL && !is_python && planned->kind == STRATA_STEP_UPGRADE && strata_step_script_get_n_statements (script) == 0)
    check_written (script, self->dialect, kept);
  if (script == NULL && is_python)
    check_python (path, project, server, kept);
  if (script != NULL && names != NULL)
    check_names (self, step, names, kept);
  strata_findings_sort (kept);

  return kept->len > 0 ? g_steal_pointer (&kept) : NULL;
}

void
strata_preview_check (StrataPreview    *self,
                      StrataProject    *project,
                      StrataSqlServer   server,
                      StrataKnownNames *names,
                      GCancellable     *cancellable)
{
  guint n = self->plan != NULL ? strata_plan_get_n_steps (self->plan) : 0;

  for (guint i = 0; i < MIN (n, MOST_CHECKED) && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const StrataStep *step = strata_plan_get_step (self->plan, i);
      gboolean runs = step->kind != STRATA_STEP_STAMP && step->revision != NULL;

      g_ptr_array_add (self->findings, runs ? check_step (self, i, project, server, names) : NULL);
    }
}

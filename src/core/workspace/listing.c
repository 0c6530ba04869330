/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/listing.h"

#include "core/base/error.h"
#include "core/engine/script-check.h"
#include "core/workspace/listing-private.h"
#include "core/workspace/run.h"

typedef struct
{
  StrataListing      *listing;
  StrataDialect       dialect;
  StrataVersionTable  table;
  gboolean            one_transaction;   /* all steps */
  gboolean            makes_table;       /* not written yet */
  gboolean            open;              /* a transaction */
  const StrataStepSource *source;
} Writer;

static void
row_free (StrataListingRow *row)
{
  g_free (row->text);
  g_free (row);
}

void
strata_listing_free (StrataListing *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static StrataListingRow *
add (Writer            *self,
     StrataListingKind  kind,
     char              *text)
{
  StrataListingRow *row = g_new0 (StrataListingRow, 1);

  row->kind = kind;
  row->text = text;
  g_ptr_array_add (self->listing->rows, row);

  return row;
}

static void
begin (Writer *self)
{
  if (self->open)
    return;

  add (self, STRATA_LISTING_BEGIN, g_strdup (self->dialect == STRATA_DIALECT_SQLITE ? "BEGIN IMMEDIATE" : "BEGIN"));
  self->listing->n_transactions++;
  self->open = TRUE;
  if (!self->makes_table)
    return;

  add (self, STRATA_LISTING_VERSION, strata_version_table_dup_ddl (&self->table, self->dialect));
  self->makes_table = FALSE;
}

static void
commit (Writer *self)
{
  if (self->open)
    add (self, STRATA_LISTING_COMMIT, g_strdup ("COMMIT"));
  self->open = FALSE;
}

static void
add_problem (Writer     *self,
             int         code,
             guint       line,
             const char *text)
{
  StrataListingRow *row = add (self, STRATA_LISTING_PROBLEM, g_strdup (text));

  row->code = code;
  row->line = line;
}

static void
add_findings (Writer           *self,
              StrataStepScript *script)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  strata_step_script_check (script, self->dialect, findings);
  for (guint i = 0; i < findings->len; i++)
    {
      const StrataFinding *finding = g_ptr_array_index (findings, i);

      add_problem (self, STRATA_ERROR_BAD_INPUT, strata_finding_get_place (finding).line,
                   strata_finding_get_message (finding));
    }
}

static void
write_section (Writer                  *self,
               const StrataStepSection *section,
               guint                   *number)
{
  if (section->statements->len == 0)
    return;

  if (section->transactional)
    begin (self);
  else
    commit (self);

  for (guint i = 0; i < section->statements->len; i++)
    {
      const StrataStatement *statement = &g_array_index (section->statements, StrataStatement, i);
      StrataListingRow *row = add (self, STRATA_LISTING_STATEMENT, g_strndup (statement->text, statement->length));

      row->number = ++*number;
      row->line = statement->line;
      row->alone = !section->transactional;
      self->listing->n_statements++;
    }
}

/* A step whose script runs inside of one transaction has it from the start; else each section says, and the version
 * rows have one of their own. */
static void
write_script (Writer           *self,
              StrataStepScript *script)
{
  guint number = 0;

  add_findings (self, script);
  if (strata_step_script_is_transactional (script))
    begin (self);

  for (guint i = 0; i < strata_step_script_get_n_sections (script); i++)
    {
      const StrataStepSection *section = strata_step_script_get_section (script, i);

      write_section (self, section, &number);
      if (!strata_step_script_is_transactional (script))
        commit (self);
    }
}

static void
write_step (Writer           *self,
            const StrataStep *step)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStepScript) script = self->source->load (step, self->dialect, FALSE, self->source->data, &error);

  add (self, STRATA_LISTING_STEP, strata_step_to_short_string (step));
  self->listing->n_steps++;
  if (step->kind == STRATA_STEP_DOWNGRADE)
    self->listing->goes_down = TRUE;
  else
    self->listing->goes_up = TRUE;

  /* What else the step would do means nothing then. */
  if (script == NULL)
    {
      add_problem (self, error->domain == STRATA_ERROR ? error->code : STRATA_ERROR_FAILED, 0, error->message);
      return;
    }

  write_script (self, script);
  begin (self);
  for (guint i = 0; i < step->edits->len; i++)
    add (self, STRATA_LISTING_VERSION,
         strata_version_edit_to_sql (&g_array_index (step->edits, StrataVersionEdit, i), &self->table, self->dialect));

  if (!self->one_transaction)
    commit (self);
}

static Writer
make_writer (StrataWorkspace            *workspace,
             const StrataListingRequest *request,
             StrataListing              *listing)
{
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  StrataRunRequest run = strata_workspace_run_request (workspace, request->dialect, &options);

  return (Writer) {
    .listing = listing,
    .dialect = request->dialect,
    .table = run.version_table,
    .one_transaction = run.transaction == STRATA_TRANSACTION_PER_RUN,
    .makes_table = request->makes_table,
    .source = run.source,
  };
}

StrataListing *
strata_workspace_list_sql (StrataWorkspace             *self,
                           const StrataListingRequest  *request,
                           GCancellable                *cancellable,
                           GError                     **error)
{
  g_autoptr(GPtrArray) plans = strata_listing_make_plans (request, error);
  g_autoptr(StrataListing) listing = NULL;
  Writer writer;

  if (plans == NULL)
    return NULL;

  listing = g_new0 (StrataListing, 1);
  listing->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  writer = make_writer (self, request, listing);

  for (guint i = 0; i < plans->len; i++)
    {
      const StrataListingPart *part = g_ptr_array_index (plans, i);

      for (guint j = 0; j < part->n_steps; j++)
        {
          if (g_cancellable_set_error_if_cancelled (cancellable, error))
            return NULL;
          write_step (&writer, strata_plan_get_step (part->plan, part->first + j));
        }
    }
  commit (&writer);

  return g_steal_pointer (&listing);
}

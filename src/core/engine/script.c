/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/script.h"

#include "core/base/error.h"
#include "core/engine/run-private.h"

/* The version column as the script itself makes it, or as Alembic did. */
#define VERSION_WIDTH 32

typedef struct
{
  GString   *text;
  StrataRun *run;
  gboolean   open;     /* a BEGIN without its COMMIT */
} Writer;

static void
write_statement (Writer     *writer,
                 const char *sql,
                 gssize      length)
{
  g_string_append_len (writer->text, sql, length);
  g_string_append (writer->text, ";\n\n");
}

static void
write_begin (Writer *writer)
{
  if (writer->open)
    return;

  write_statement (writer, writer->run->dialect == STRATA_DIALECT_SQLITE ? "BEGIN IMMEDIATE" : "BEGIN", -1);
  writer->open = TRUE;
}

static void
write_commit (Writer *writer)
{
  if (!writer->open)
    return;

  write_statement (writer, "COMMIT", -1);
  writer->open = FALSE;
}

static void
write_section (Writer                  *writer,
               const StrataStepSection *section)
{
  if (section->statements->len == 0)
    return;

  if (section->transactional)
    write_begin (writer);
  else
    write_commit (writer);

  for (guint i = 0; i < section->statements->len; i++)
    {
      const StrataStatement *statement = &g_array_index (section->statements, StrataStatement, i);

      write_statement (writer, statement->text, statement->length);
    }
}

static void
write_step (Writer           *writer,
            const StrataStep *step,
            gboolean          make_table)
{
  StrataRun *run = writer->run;
  StrataStepScript *script = strata_run_get_script (run, step);
  g_autofree char *title = strata_step_to_short_string (step);

  if (make_table || script == NULL || strata_step_script_is_transactional (script))
    write_begin (writer);

  if (make_table)
    {
      g_autofree char *ddl = strata_version_table_dup_ddl (&run->table, run->dialect);

      write_statement (writer, ddl, -1);
    }

  g_string_append_printf (writer->text, "-- %s\n\n", title);

  for (guint i = 0; script != NULL && i < strata_step_script_get_n_sections (script); i++)
    write_section (writer, strata_step_script_get_section (script, i));

  write_begin (writer);
  for (guint i = 0; i < step->edits->len; i++)
    {
      g_autofree char *sql = strata_version_edit_to_sql (&g_array_index (step->edits, StrataVersionEdit, i), &run->table,
                                                         run->dialect);

      write_statement (writer, sql, -1);
    }
}

static void
write_plan (Writer *writer)
{
  StrataRun *run = writer->run;
  gboolean from_nothing = strata_plan_get_start (run->plan)[0] == NULL;

  for (guint i = 0; i < strata_plan_get_n_steps (run->plan); i++)
    {
      write_step (writer, strata_plan_get_step (run->plan, i), from_nothing && i == 0);
      if (!strata_run_is_one_transaction (run))
        write_commit (writer);
    }

  write_commit (writer);
}

static StrataPlan *
make_plan (const StrataRunRequest  *request,
           GError                 **error)
{
  static const StrataStepKind kinds[] = {
    [STRATA_RUN_UPGRADE] = STRATA_STEP_UPGRADE,
    [STRATA_RUN_DOWNGRADE] = STRATA_STEP_DOWNGRADE,
    [STRATA_RUN_STAMP] = STRATA_STEP_STAMP,
  };

  if (request->purge)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "Can't use --purge with --sql mode");
      return NULL;
    }

  return strata_plan_offline (request->graph, kinds[request->kind], request->targets, error);
}

char *
strata_script_write (const StrataRunRequest  *request,
                     StrataDialect            dialect,
                     GError                 **error)
{
  StrataRun run = { .request = request, .dialect = dialect, .table = request->version_table };
  g_autoptr(GHashTable) scripts =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) strata_step_script_unref);
  g_autoptr(GHashTable) python = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(StrataPlan) plan = NULL;
  Writer writer = { NULL, &run, FALSE };

  if (request->kind == STRATA_RUN_ENSURE_VERSION)
    {
      g_autofree char *ddl = strata_version_table_dup_ddl (&run.table, dialect);

      return g_strconcat (ddl, ";\n\n", NULL);
    }

  plan = make_plan (request, error);
  if (plan == NULL)
    return NULL;

  run.plan = plan;
  run.scripts = scripts;
  run.python = python;
  if (dialect == STRATA_DIALECT_SQLITE || dialect == STRATA_DIALECT_POSTGRESQL)
    run.traits = STRATA_TRAIT_TRANSACTIONAL_DDL;

  if (!strata_run_check_scripts (&run, dialect == STRATA_DIALECT_SQLITE ? 0 : VERSION_WIDTH, error))
    return NULL;

  writer.text = g_string_new (NULL);
  write_plan (&writer);

  return g_string_free (writer.text, FALSE);
}

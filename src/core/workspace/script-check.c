/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/script-check.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "core/alembic/py-header.h"
#include "core/engine/collect.h"
#include "core/engine/script-check.h"
#include "core/revision/sql-file.h"

typedef struct
{
  const char      *path;
  const char      *text;
  gsize            length;
  StrataSqlServer  server;      /* of the database */
  StrataProject   *project;     /* or NULL */
  GPtrArray       *findings;
} Check;

/* That a direction has no section for another server is nothing wrong here. */
static void
take (Check     *self,
      GPtrArray *found,
      gboolean   of_other_server)
{
  for (guint i = 0; i < found->len; i++)
    {
      StrataFinding *finding = g_ptr_array_index (found, i);

      if (of_other_server && g_str_equal (strata_finding_get_code (finding), "sql-no-section"))
        continue;
      if (!strata_findings_contain (self->findings, self->findings->len, finding))
        g_ptr_array_add (self->findings, strata_finding_ref (finding));
    }
}

static void
check_grammar (StrataStepScript *script,
               StrataSqlServer   server,
               GPtrArray        *findings)
{
  for (guint i = 0; i < strata_step_script_get_n_sections (script); i++)
    strata_sql_check (server, strata_step_script_get_section (script, i)->statements,
                      strata_step_script_get_path (script), findings);
}

static void
check_for (Check           *self,
           StrataSqlScript *sql,
           StrataSqlServer  server)
{
  static const StrataDirection directions[] = { STRATA_UPGRADE, STRATA_DOWNGRADE };
  g_autoptr(GPtrArray) found = strata_findings_new ();

  strata_sql_file_check (self->path, self->text, self->length, server.dialect, found);
  for (guint i = 0; sql != NULL && i < G_N_ELEMENTS (directions); i++)
    {
      g_autoptr(StrataStepScript) script = NULL;

      /* Why not is among the findings. */
      if (strata_sql_script_has_direction (sql, directions[i]))
        script = strata_step_script_new (self->path, sql, directions[i], server.dialect, NULL);
      if (script != NULL)
        check_grammar (script, server, found);
    }

  take (self, found, server.dialect != self->server.dialect);
}

static void
check_sql (Check *self)
{
  g_autoptr(GPtrArray) found = strata_findings_new ();
  g_autoptr(StrataSqlScript) sql = strata_sql_script_parse (self->path, self->text, self->length, found);
  GArray *sections = strata_sql_script_get_sections (sql);
  gboolean done[STRATA_DIALECT_UNKNOWN + 1] = { FALSE, };

  done[STRATA_DIALECT_UNKNOWN] = TRUE;
  if (strata_findings_count (found, STRATA_SEVERITY_ERROR) > 0)
    {
      take (self, found, FALSE);
      return;
    }

  check_for (self, sql, self->server);
  done[self->server.dialect] = TRUE;

  for (guint i = 0; i < sections->len; i++)
    {
      GStrv names = g_array_index (sections, StrataSqlSection, i).dialects;

      for (guint j = 0; names[j] != NULL; j++)
        {
          StrataDialect dialect = strata_dialect_from_name (names[j]);

          if (done[dialect])
            continue;

          done[dialect] = TRUE;
          check_for (self, sql, (StrataSqlServer) { dialect, 0 });
        }
    }
}

static gboolean
is_code (const StrataEvaluateFailure *failure,
         const char                  *code)
{
  return g_str_equal (failure->code, code);
}

/* What no tool can run is wrong; the rest is only not ours to run. That there is no way back is known to many who write so. */
static StrataSeverity
get_severity (const StrataEvaluateFailure *failure,
              StrataDirection              direction)
{
  if (is_code (failure, STRATA_EVALUATE_RAISES) || is_code (failure, STRATA_EVALUATE_NO_FUNCTION)
      || is_code (failure, STRATA_EVALUATE_UNSUPPORTED))
    return direction == STRATA_UPGRADE ? STRATA_SEVERITY_ERROR : STRATA_SEVERITY_WARNING;

  return STRATA_SEVERITY_NOTE;
}

static char *
dup_hint (const StrataEvaluateFailure *failure)
{
  if (get_severity (failure, STRATA_UPGRADE) != STRATA_SEVERITY_NOTE)
    return NULL;
  if (failure->opaque == NULL)
    return g_strdup (_("The project's own Alembic runs this revision"));

  return g_strdup_printf (_("The project's own Alembic runs this revision, unless [strata:names] gives “%s” a meaning"),
                          failure->opaque);
}

static void
take_failure (Check                       *self,
              const StrataEvaluateFailure *failure,
              StrataDirection              direction)
{
  gboolean here = failure->file == NULL || g_str_equal (failure->file, self->path);
  StrataPlace place = { failure->file, failure->line, failure->column };
  g_autofree char *elsewhere = here ? NULL : strata_place_to_string (place);
  g_autofree char *code = g_strconcat ("python-", failure->code, NULL);
  g_autofree char *hint = dup_hint (failure);
  StrataSeverity severity = get_severity (failure, direction);
  g_autoptr(StrataFinding) finding = NULL;

  finding = strata_finding_new (severity, code,
                                here ? (StrataPlace) { self->path, failure->line, failure->column }
                                     : (StrataPlace) { self->path, 0, 0 },
                                hint, "%s%s%s%s", severity == STRATA_SEVERITY_NOTE ? _("Needs Python: ") : "",
                                here ? "" : elsewhere, here ? "" : ": ", failure->message);
  if (!strata_findings_contain (self->findings, self->findings->len, finding))
    g_ptr_array_add (self->findings, g_steal_pointer (&finding));
}

/* As a run would, which has a database to ask besides. */
static void
evaluate (Check           *self,
          StrataModules   *modules,
          StrataDirection  direction)
{
  const StrataCollectOptions options = {
    .dialect = self->server.dialect,
    .parameters = STRATA_PARAMETERS_NAMED,
    .has_literal_binds = TRUE,
  };
  g_autoptr(StrataEvaluateFailure) failure = NULL;
  g_autoptr(GArray) collected = strata_collect_script (self->path, self->text, self->length,
                                                       direction == STRATA_UPGRADE ? "upgrade" : "downgrade", &options,
                                                       modules, NULL, &failure);

  if (collected == NULL && !is_code (failure, STRATA_EVALUATE_NEEDS_DATABASE))
    take_failure (self, failure, direction);
}

static void
check_python (Check *self)
{
  g_autoptr(StrataRevision) revision = strata_py_header_read (self->path, self->text, self->length, self->findings);
  g_autoptr(GPtrArray) syntax = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse (self->path, self->text, self->length, syntax);
  g_autoptr(StrataModules) modules = NULL;

  take (self, syntax, FALSE);
  if (self->project == NULL || self->server.dialect == STRATA_DIALECT_UNKNOWN
      || strata_findings_count (self->findings, STRATA_SEVERITY_ERROR) > 0)
    return;

  modules = strata_modules_new (self->project);
  evaluate (self, modules, STRATA_UPGRADE);
  evaluate (self, modules, STRATA_DOWNGRADE);
}

GPtrArray *
strata_script_check (const char      *path,
                     const char      *text,
                     gsize            length,
                     StrataSqlServer  server,
                     StrataProject   *project)
{
  Check self = { path, text, length, server, project, strata_findings_new () };

  if (g_str_has_suffix (path, ".py"))
    check_python (&self);
  else
    check_sql (&self);

  strata_findings_sort (self.findings);

  return self.findings;
}

StrataSqlServer
strata_script_server (StrataDialect  dialect,
                      const char    *version)
{
  const char *number = version;

  while (number != NULL && *number != '\0' && !g_ascii_isdigit (*number))
    number++;

  return (StrataSqlServer) { dialect, number != NULL ? (guint) strtoul (number, NULL, 10) : 0 };
}

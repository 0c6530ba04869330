/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/script-check.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/revision/sql-file.h"
#include "core/sql/statement.h"

static void
check_statement (StrataStepScript      *script,
                 StrataDialect          dialect,
                 gboolean               transactional,
                 const StrataStatement *statement,
                 GPtrArray             *findings)
{
  StrataPlace place = { strata_step_script_get_path (script), statement->line, statement->column };
  const char *words = NULL;
  StrataStatementKind kind = strata_statement_classify (dialect, statement, &words);
  const char *why = NULL;

  if (kind == STRATA_STATEMENT_TRANSACTION_CONTROL)
    why = _("is the run's own business: each revision is a transaction, or each statement of a section that is marked"
            " transaction=off. Remove it");
  else if (kind == STRATA_STATEMENT_NO_TRANSACTION && transactional)
    why = _("cannot run inside a transaction. Put it into a section of its own, “-- strata:upgrade transaction=off” "
            "(or strata:downgrade)");
  else if (kind == STRATA_STATEMENT_IN_TRANSACTION_VOID && transactional)
    why = _("does nothing inside a transaction. Put it into a section of its own, “-- strata:upgrade transaction=off” "
            "(or strata:downgrade)");

  if (why != NULL)
    g_ptr_array_add (findings, strata_finding_new (STRATA_SEVERITY_ERROR, "sql-transaction", place, NULL,
                                                   "%s %s", words, why));
}

void
strata_step_script_check (StrataStepScript *self,
                          StrataDialect     dialect,
                          GPtrArray        *findings)
{
  for (guint i = 0; i < strata_step_script_get_n_sections (self); i++)
    {
      const StrataStepSection *section = strata_step_script_get_section (self, i);

      for (guint j = 0; j < section->statements->len; j++)
        check_statement (self, dialect, section->transactional,
                         &g_array_index (section->statements, StrataStatement, j), findings);
    }
}

/* Such a revision runs, and is then applied, with nothing done. */
static void
check_written (StrataStepScript *script,
               GPtrArray        *findings)
{
  const char *text = strata_step_script_get_text (script);
  const char *invitation = strstr (text, STRATA_SQL_INVITATION);
  StrataPlace place = { strata_step_script_get_path (script), 1, 1 };

  if (strata_step_script_get_n_statements (script) > 0 || invitation == NULL)
    return;

  for (const char *p = text; p < invitation; p++)
    place.line += *p == '\n';

  g_ptr_array_add (findings,
                   strata_finding_new (STRATA_SEVERITY_WARNING, "sql-unwritten", place,
                                       _("Where nothing is to be done, remove the comment that asks for it."),
                                       _("Nothing is written here yet")));
}

static void
check_direction (StrataSqlScript *sql,
                 const char      *path,
                 StrataDirection  direction,
                 StrataDialect    dialect,
                 GPtrArray       *findings)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataStepScript) script = NULL;
  const char *code;

  if (!strata_sql_script_has_direction (sql, direction))
    return;

  script = strata_step_script_new (path, sql, direction, dialect, &error);
  if (script != NULL)
    strata_step_script_check (script, dialect, findings);
  if (script != NULL && direction == STRATA_UPGRADE)
    check_written (script, findings);
  if (script != NULL)
    return;

  code = g_error_matches (error, STRATA_ERROR, STRATA_ERROR_REFUSED) ? "sql-no-section" : "sql-statements";
  g_ptr_array_add (findings, strata_finding_new_from_error (code, path, error));
}

void
strata_sql_file_check (const char    *path,
                       const char    *text,
                       gsize          length,
                       StrataDialect  dialect,
                       GPtrArray     *findings)
{
  guint n_errors = strata_findings_count (findings, STRATA_SEVERITY_ERROR);
  g_autoptr(StrataSqlScript) sql = strata_sql_script_parse (path, text, length, findings);

  /* Where a section is not what it was meant to be, what its statements lack means nothing. */
  if (dialect == STRATA_DIALECT_UNKNOWN || strata_findings_count (findings, STRATA_SEVERITY_ERROR) > n_errors)
    return;

  check_direction (sql, path, STRATA_UPGRADE, dialect, findings);
  check_direction (sql, path, STRATA_DOWNGRADE, dialect, findings);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/check.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/engine/script-check.h"
#include "core/workspace/known-names.h"
#include "core/workspace/script-check.h"

/* More are counted. */
#define LISTED 5

/* The header is read once more, with the same findings: those of the project's stay the only ones. */
static void
check_file (StrataRevision *revision,
            StrataDialect   dialect,
            GPtrArray      *findings,
            guint           n_known)
{
  const char *path = strata_revision_get_path (revision);
  gsize length;
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) own = strata_findings_new ();

  if (strata_revision_get_format (revision) != STRATA_REVISION_SQL)
    return;

  text = strata_file_read (path, &length, NULL);
  if (text == NULL)
    return;

  strata_sql_file_check (path, text, length, dialect, own);
  for (guint i = 0; i < own->len; i++)
    if (!strata_findings_contain (findings, n_known, g_ptr_array_index (own, i)))
      g_ptr_array_add (findings, strata_finding_ref (g_ptr_array_index (own, i)));
}

static GPtrArray *
copy_known (StrataWorkspace *self)
{
  GPtrArray *known = strata_project_get_findings (strata_workspace_get_project (self));
  GPtrArray *findings = strata_findings_new ();

  for (guint i = 0; i < known->len; i++)
    g_ptr_array_add (findings, strata_finding_ref (g_ptr_array_index (known, i)));

  return findings;
}

static StrataDialect
get_dialect (StrataWorkspace *self)
{
  StrataDatabaseChoice *choice = strata_workspace_get_choice (self, NULL);
  StrataUrl *url = choice != NULL ? strata_database_choice_get_url (choice) : NULL;

  return url != NULL ? strata_url_get_dialect (url) : STRATA_DIALECT_UNKNOWN;
}

static void
check_names (StrataWorkspace *self,
             StrataDialect    dialect,
             GPtrArray       *findings)
{
  g_autoptr(StrataKnownNamesReader) reader = strata_known_names_begin (strata_workspace_get_project (self), dialect, NULL);
  g_autoptr(StrataKnownNames) names = strata_known_names_read (reader, G_MAXUINT);

  strata_known_names_check_all (names, findings);
}

GPtrArray *
strata_workspace_check_files (StrataWorkspace *self)
{
  GPtrArray *revisions = strata_project_get_revisions (strata_workspace_get_project (self));
  StrataDialect dialect = get_dialect (self);
  GPtrArray *findings = copy_known (self);
  guint n_known = findings->len;

  for (guint i = 0; i < revisions->len; i++)
    check_file (g_ptr_array_index (revisions, i), dialect, findings, n_known);
  check_names (self, dialect, findings);

  return findings;
}

GPtrArray *
strata_workspace_check_plan (StrataWorkspace *self,
                             StrataPlan      *plan)
{
  StrataDialect dialect = get_dialect (self);
  GPtrArray *findings = copy_known (self);
  guint n_known = findings->len;

  for (guint i = 0; i < strata_plan_get_n_steps (plan); i++)
    check_file (strata_plan_get_step (plan, i)->revision, dialect, findings, n_known);

  return findings;
}

static void
check_grammar (StrataRevision   *revision,
               StrataSqlServer   server,
               GPtrArray        *findings)
{
  const char *path = strata_revision_get_path (revision);
  gsize length;
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) found = NULL;

  if (strata_revision_get_format (revision) == STRATA_REVISION_SQL)
    text = strata_file_read (path, &length, NULL);
  if (text == NULL)
    return;

  found = strata_script_check (path, text, length, server, NULL);
  for (guint i = 0; i < found->len; i++)
    if (g_str_equal (strata_finding_get_code (g_ptr_array_index (found, i)), "sql-syntax"))
      g_ptr_array_add (findings, strata_finding_ref (g_ptr_array_index (found, i)));
}

void
strata_workspace_check_grammar (StrataWorkspace *self,
                                StrataPlan      *plan,
                                const char      *version,
                                GPtrArray       *findings)
{
  StrataSqlServer server = strata_script_server (get_dialect (self), version);

  for (guint i = 0; i < strata_plan_get_n_steps (plan); i++)
    check_grammar (strata_plan_get_step (plan, i)->revision, server, findings);
}

gboolean
strata_workspace_require_files (StrataWorkspace  *self,
                                GError          **error)
{
  GPtrArray *findings = strata_project_get_findings (strata_workspace_get_project (self));
  guint n = strata_findings_count (findings, STRATA_SEVERITY_ERROR);
  g_autoptr(GString) list = g_string_new (NULL);
  guint listed = 0;

  if (n == 0)
    return TRUE;

  for (guint i = 0; i < findings->len && listed < LISTED; i++)
    if (strata_finding_get_severity (g_ptr_array_index (findings, i)) == STRATA_SEVERITY_ERROR)
      {
        g_autofree char *text = strata_finding_to_string (g_ptr_array_index (findings, i));

        g_string_append_printf (list, "\n  %s", text);
        listed++;
      }

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FINDINGS,
               g_dngettext (GETTEXT_PACKAGE,
                            "The project has %u error in its files, so nothing was run; “strata status” says more:%s",
                            "The project has %u errors in its files, so nothing was run; “strata status” says more:%s", n),
               n, list->str);

  return FALSE;
}

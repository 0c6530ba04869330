/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/check.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/revision/sql-file.h"

/* More are counted. */
#define LISTED 5

static gboolean
contains (GPtrArray           *findings,
          guint                n,
          const StrataFinding *finding)
{
  for (guint i = 0; i < n; i++)
    if (strata_finding_compare (g_ptr_array_index (findings, i), finding) == 0)
      return TRUE;

  return FALSE;
}

/* The header is read once more, with the same findings: those of the project's stay the only ones. */
static void
check_sections (const char *path,
                GPtrArray  *findings,
                guint       n_known)
{
  gsize length;
  g_autofree char *text = strata_file_read (path, &length, NULL);
  g_autoptr(GPtrArray) own = strata_findings_new ();
  g_autoptr(StrataSqlScript) script = NULL;

  if (text == NULL)
    return;

  script = strata_sql_script_parse (path, text, length, own);
  for (guint i = 0; i < own->len; i++)
    if (!contains (findings, n_known, g_ptr_array_index (own, i)))
      g_ptr_array_add (findings, strata_finding_ref (g_ptr_array_index (own, i)));
}

GPtrArray *
strata_workspace_check_files (StrataWorkspace *self)
{
  StrataProject *project = strata_workspace_get_project (self);
  GPtrArray *known = strata_project_get_findings (project);
  GPtrArray *revisions = strata_project_get_revisions (project);
  GPtrArray *findings = strata_findings_new ();

  for (guint i = 0; i < known->len; i++)
    g_ptr_array_add (findings, strata_finding_ref (g_ptr_array_index (known, i)));

  for (guint i = 0; i < revisions->len; i++)
    {
      const char *path = strata_revision_get_path (g_ptr_array_index (revisions, i));

      if (g_str_has_suffix (path, ".sql"))
        check_sections (path, findings, known->len);
    }

  return findings;
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
               "The project has %u %s in its files, so nothing was run; “strata status” says more:%s",
               n, n == 1 ? "error" : "errors", list->str);

  return FALSE;
}

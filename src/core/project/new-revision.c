/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/new-revision.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/project/project-private.h"
#include "core/project/revision-draft.h"
#include "core/revision/sql-file.h"

static gboolean
has_sql_revision (StrataProject *self)
{
  for (guint i = 0; i < self->revisions->len; i++)
    if (strata_revision_get_format (g_ptr_array_index (self->revisions, i)) == STRATA_REVISION_SQL)
      return TRUE;

  return FALSE;
}

static gboolean
check_format (StrataProject            *self,
              const StrataNewRevision  *options,
              GError                  **error)
{
  gboolean is_alembic = self->kind == STRATA_PROJECT_ALEMBIC;
  const char *format = options->format != NULL ? options->format : is_alembic ? "py" : "sql";

  if (!g_str_equal (format, "sql") && !g_str_equal (format, "py"))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "There is no format “%s”: it is sql or py", format);
      return FALSE;
    }

  if (g_str_equal (format, "py"))
    {
      g_set_error_literal (error, STRATA_ERROR, is_alembic ? STRATA_ERROR_NEEDS_PYTHON : STRATA_ERROR_USAGE,
                           is_alembic
                           ? "This version of Strata does not write Alembic scripts yet. Make it with “alembic "
                             "revision”, or a revision in SQL with --format sql."
                           : "A project of SQL revisions has no .py revisions.");
      return FALSE;
    }

  if (is_alembic && !options->accept_mixed && !has_sql_revision (self))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT,
                           "This would be the first .sql revision of an Alembic project. Alembic does not see it, so "
                           "that from then on only Strata can run the project.");
      return FALSE;
    }

  return TRUE;
}

static StrataRevision *
read_back (StrataProject  *self,
           const char     *path,
           const char     *id,
           GError        **error)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataRevision) revision = NULL;
  g_autofree char *real = realpath (path, NULL);
  g_autofree char *shown = strata_project_dup_shown_path (self, path);
  gsize length;
  g_autofree char *text = strata_file_read (path, &length, error);

  if (text == NULL)
    return NULL;

  revision = strata_sql_header_read (real != NULL ? real : path, text, length, findings);
  if (revision != NULL && g_str_equal (strata_revision_get_id (revision), id))
    return g_steal_pointer (&revision);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED,
               "“%s” was written but does not read back as revision %s%s%s", shown, id, findings->len > 0 ? ": " : "",
               findings->len > 0 ? strata_finding_get_message (g_ptr_array_index (findings, 0)) : "");

  return NULL;
}

/* The body is what stands in both sections where nothing is given: NULL invites to write there. */
static StrataRevision *
write_file (StrataProject              *self,
            const StrataNewRevision    *options,
            const StrataRevisionDraft  *draft,
            const char                 *body,
            GError                    **error)
{
  g_autofree char *created = g_date_time_format (draft->created, "%Y-%m-%d %H:%M:%S%:z");
  g_autofree char *message = g_utf8_make_valid (options->message != NULL ? options->message : "empty message", -1);
  g_autofree char *folder = g_path_get_dirname (draft->path);
  StrataRevisionFields fields = {
    .id = draft->id,
    .down_revisions = (const char * const *) draft->down,
    .branch_labels = options->branch_labels,
    .depends_on = (const char * const *) draft->depends_on,
    .message = message,
    .created = created,
  };
  g_autofree char *text = strata_sql_file_format (&fields, options->upgrade != NULL ? options->upgrade : body,
                                                  options->downgrade != NULL ? options->downgrade : body);

  if (g_mkdir_with_parents (folder, 0777) < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                   "Cannot make the folder “%s”: %s", folder, g_strerror (errno));
      return NULL;
    }

  if (!strata_file_create (draft->path, text, -1, error))
    return NULL;

  return read_back (self, draft->path, draft->id, error);
}

StrataRevision *
strata_project_create_revision (StrataProject            *self,
                                const StrataNewRevision  *options,
                                GError                  **error)
{
  g_auto(StrataRevisionDraft) draft = { .parents = g_array_new (FALSE, FALSE, sizeof (guint)) };

  if (!check_format (self, options, error) ||
      !strata_revision_draft_choose_id (&draft, self, options, error) ||
      !strata_revision_draft_add_parents (&draft, self, options->head != NULL ? options->head : "head", error) ||
      !strata_revision_draft_complete (&draft, self, options, error))
    return NULL;

  return write_file (self, options, &draft, draft.parents->len > 1 ? "" : NULL, error);
}

StrataRevision *
strata_project_create_merge (StrataProject            *self,
                             const char * const       *revisions,
                             const StrataNewRevision  *options,
                             GError                  **error)
{
  g_auto(StrataRevisionDraft) draft = { .parents = g_array_new (FALSE, FALSE, sizeof (guint)) };

  if (!check_format (self, options, error) || !strata_revision_draft_choose_id (&draft, self, options, error))
    return NULL;

  for (guint i = 0; revisions[i] != NULL; i++)
    if (!strata_revision_draft_add_parents (&draft, self, revisions[i], error))
      return NULL;

  if (draft.parents->len < 2)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET, "There is nothing to merge: %s",
                   draft.parents->len == 0 ? "no revision is named" : "that is only one revision");
      return NULL;
    }

  if (!strata_revision_draft_complete (&draft, self, options, error))
    return NULL;

  return write_file (self, options, &draft, "", error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/new-revision.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "core/alembic/py-header.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/project/new-script.h"
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
choose_format (StrataProject            *self,
               const StrataNewRevision  *options,
               StrataRevisionDraft      *draft,
               GError                  **error)
{
  gboolean is_alembic = self->kind == STRATA_PROJECT_ALEMBIC;
  const char *format = options->format != NULL ? options->format : is_alembic ? "py" : "sql";

  draft->format = g_str_equal (format, "sql") ? STRATA_REVISION_SQL : STRATA_REVISION_PYTHON;
  if (draft->format == STRATA_REVISION_PYTHON && !g_str_equal (format, "py"))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, _("There is no format “%s”: it is sql or py"), format);
      return FALSE;
    }

  if (draft->format == STRATA_REVISION_PYTHON && !is_alembic)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                           _("A project of SQL revisions has no .py revisions."));
      return FALSE;
    }

  if (draft->format == STRATA_REVISION_SQL && is_alembic && !options->accept_mixed && !has_sql_revision (self))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT,
                           _("This would be the first .sql revision of an Alembic project. Alembic does not see it, so "
                             "that from then on only Strata can run the project."));
      return FALSE;
    }

  return TRUE;
}

static StrataRevision *
read_back (StrataProject              *self,
           const StrataRevisionDraft  *draft,
           GError                    **error)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataRevision) revision = NULL;
  g_autofree char *real = realpath (draft->path, NULL);
  g_autofree char *shown = strata_project_dup_shown_path (self, draft->path);
  const char *path = real != NULL ? real : draft->path;
  gsize length;
  g_autofree char *text = strata_file_read (draft->path, &length, error);

  if (text == NULL)
    return NULL;

  revision = draft->format == STRATA_REVISION_SQL ? strata_sql_header_read (path, text, length, findings)
                                                  : strata_py_header_read (path, text, length, findings);
  if (revision != NULL && (draft->format == STRATA_REVISION_PYTHON || g_str_equal (strata_revision_get_id (revision), draft->id)))
    return g_steal_pointer (&revision);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED,
               _("“%s” was written but does not read back as revision %s%s%s"), shown, draft->id,
               findings->len > 0 ? ": " : "",
               findings->len > 0 ? strata_finding_get_message (g_ptr_array_index (findings, 0)) : "");

  return NULL;
}

/* Where nothing is given: a merge has nothing to do, any other revision invites to write there. */
static char *
format_sql (const StrataNewRevision    *options,
            const StrataRevisionDraft  *draft,
            gsize                      *length)
{
  g_autofree char *created = g_date_time_format (draft->created, "%Y-%m-%d %H:%M:%S%:z");
  g_autofree char *message = g_utf8_make_valid (options->message != NULL ? options->message : "empty message", -1);
  const char *body = draft->is_merge ? "" : NULL;
  StrataRevisionFields fields = {
    .id = draft->id,
    .down_revisions = (const char * const *) draft->down,
    .branch_labels = options->branch_labels,
    .depends_on = (const char * const *) draft->depends_on,
    .message = message,
    .created = created,
  };
  char *text = strata_sql_file_format (&fields, options->upgrade != NULL ? options->upgrade : body,
                                       options->downgrade != NULL ? options->downgrade : body);

  *length = strlen (text);

  return text;
}

static StrataRevision *
write_file (StrataProject              *self,
            const StrataNewRevision    *options,
            const StrataRevisionDraft  *draft,
            GError                    **error)
{
  g_autofree char *folder = g_path_get_dirname (draft->path);
  gsize length;
  g_autofree char *text = draft->format == STRATA_REVISION_SQL
    ? format_sql (options, draft, &length) : strata_new_script_format (self, options, draft, &length, error);

  if (text == NULL)
    return NULL;

  if (g_mkdir_with_parents (folder, 0777) < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                   _("Cannot make the folder “%s”: %s"), folder, g_strerror (errno));
      return NULL;
    }

  if (!strata_file_create (draft->path, text, length, error))
    return NULL;

  return read_back (self, draft, error);
}

StrataRevision *
strata_project_create_revision (StrataProject            *self,
                                const StrataNewRevision  *options,
                                GError                  **error)
{
  g_auto(StrataRevisionDraft) draft = { .parents = g_array_new (FALSE, FALSE, sizeof (guint)) };

  if (!choose_format (self, options, &draft, error) ||
      !strata_revision_draft_choose_id (&draft, self, options, error) ||
      !strata_revision_draft_add_parents (&draft, self, options->head != NULL ? options->head : "head", error) ||
      !strata_revision_draft_complete (&draft, self, options, error))
    return NULL;

  draft.is_merge = draft.format == STRATA_REVISION_SQL && draft.parents->len > 1;

  return write_file (self, options, &draft, error);
}

StrataRevision *
strata_project_create_merge (StrataProject            *self,
                             const char * const       *revisions,
                             const StrataNewRevision  *options,
                             GError                  **error)
{
  g_auto(StrataRevisionDraft) draft = { .parents = g_array_new (FALSE, FALSE, sizeof (guint)), .is_merge = TRUE };

  if (!choose_format (self, options, &draft, error) || !strata_revision_draft_choose_id (&draft, self, options, error))
    return NULL;

  for (guint i = 0; revisions[i] != NULL; i++)
    if (!strata_revision_draft_add_parents (&draft, self, revisions[i], error))
      return NULL;

  if (draft.parents->len < 2)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET,
                           draft.parents->len == 0 ? _("There is nothing to merge: no revision is named")
                           : _("There is nothing to merge: that is only one revision"));
      return NULL;
    }

  if (!strata_revision_draft_complete (&draft, self, options, error))
    return NULL;

  return write_file (self, options, &draft, error);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/log.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/files.h"

StrataLedger *
strata_workspace_open_ledger (StrataWorkspace   *self,
                              StrataConnection  *connection,
                              GCancellable      *cancellable,
                              GError           **error)
{
  StrataProject *project = strata_workspace_get_project (self);
  const StrataSettings *settings = strata_project_get_settings (project);
  const StrataLedgerOptions options = {
    .mode = settings->ledger,
    .schema = settings->version_table_schema,
    .version_table = settings->version_table,
    .project_key = strata_project_get_root (project),
  };

  return strata_ledger_open (connection, &options, cancellable, error);
}

GPtrArray *
strata_workspace_read_log (StrataWorkspace   *self,
                           StrataConnection  *connection,
                           guint              limit,
                           GCancellable      *cancellable,
                           GError           **error)
{
  g_autoptr(StrataLedger) ledger = strata_workspace_open_ledger (self, connection, cancellable, error);

  return ledger != NULL ? strata_ledger_read (ledger, limit, FALSE, cancellable, error) : NULL;
}

StrataLedgerEntry *
strata_workspace_find_applied (StrataWorkspace   *self,
                               StrataConnection  *connection,
                               const char        *revision,
                               GCancellable      *cancellable,
                               GError           **error)
{
  g_autoptr(StrataLedger) ledger = strata_workspace_open_ledger (self, connection, cancellable, error);
  g_autoptr(GPtrArray) applied = ledger != NULL ? strata_ledger_read_applied (ledger, TRUE, cancellable, error) : NULL;

  if (applied == NULL)
    return NULL;

  for (guint i = 0; i < applied->len; i++)
    {
      const StrataLedgerEntry *entry = g_ptr_array_index (applied, i);

      if (strcmp (entry->revision, revision) == 0 && entry->script != NULL)
        return strata_ledger_entry_copy (entry);
    }

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED,
               _("With which text %s was applied is not known: the ledger has no record of it"), revision);

  return NULL;
}

char *
strata_workspace_read_script (StrataRevision  *revision,
                              GError         **error)
{
  g_autofree char *text = strata_file_read (strata_revision_get_path (revision), NULL, error);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

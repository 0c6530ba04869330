/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialogs that write files of the project or rows of the version table. */

#pragma once

#include <gtk/gtk.h>

#include "app/state/session.h"
#include "core/workspace/author.h"

G_BEGIN_DECLS

/* A revision to be written; strings and lists are owned, NULL as in StrataNewRevision. */
typedef struct
{
  char     *message;
  char     *head;
  gboolean  splice;
  GStrv     branch_labels;
  GStrv     depends_on;
  char     *rev_id;
  char     *version_path;
  gboolean  accept_mixed;      /* SQL in an Alembic project */
  GStrv     merge;             /* what it joins; NULL: not a merge */
} StrataWriteJob;

void  strata_write_job_free   (StrataWriteJob       *self);

/* Writes it on the files' worker; the job goes with it. With the finish function the session reads its files anew and
 * selects it, and the window that the dialog belongs to says what became of the post-write hooks, or asks for consent. */
void     strata_write_job_start  (StrataWriteJob       *self,
                                  StrataSession        *session,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean strata_write_job_finish (StrataSession        *session,
                                  GAsyncResult         *result,
                                  GtkWindow            *dialog,
                                  GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataWriteJob, strata_write_job_free)

G_END_DECLS

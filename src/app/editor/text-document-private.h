/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/text-document.h"
#include "app/editor/text-file.h"

G_BEGIN_DECLS

struct _StrataTextDocument
{
  GObject              parent_instance;

  /* owned */
  char                *path;
  GtkSourceBuffer     *buffer;
  StrataTextFile      *file;          /* without its text; NULL until it was read */
  char                *seen;          /* the stamp at the last look */
  char                *problem;
  GFileMonitor        *monitor;
  GCancellable        *reading;

  /* values */
  StrataTextDocumentState  state;
  StrataDisk           disk;
  guint                n_changes;     /* of the buffer: whether a save has it all, or it was typed into meanwhile */
  guint                n_changes_read; /* as the last reading began */
  guint                settle_source;
  gboolean             filling;       /* with what a file has */
  gboolean             saving;
  gboolean             detached;      /* a text that no file has */
};

void strata_text_document_set_disk    (StrataTextDocument *self,
                                       StrataDisk          disk);
void strata_text_document_set_problem (StrataTextDocument *self,
                                       const char         *problem);

G_END_DECLS

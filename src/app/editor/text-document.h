/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtksourceview/gtksource.h>

#include "core/base/types.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_TEXT_DOCUMENT_LOADING,
  STRATA_TEXT_DOCUMENT_READY,
  STRATA_TEXT_DOCUMENT_FAILED,      /* "problem" says why */
} StrataTextDocumentState;

/* The file against what the buffer was read from or saved as. */
typedef enum
{
  STRATA_DISK_SAME,
  STRATA_DISK_CHANGED,         /* and the buffer has unsaved changes: a clean one is read again instead */
  STRATA_DISK_DELETED,
} StrataDisk;

#define STRATA_TYPE_TEXT_DOCUMENT_STATE (strata_text_document_state_get_type ())
#define STRATA_TYPE_DISK (strata_disk_get_type ())

GType strata_text_document_state_get_type (void);
GType strata_disk_get_type           (void);

#define STRATA_TYPE_TEXT_DOCUMENT (strata_text_document_get_type ())

/* A script that is open: its text, and the file that it came from, which is watched. Reads and writes off the main
 * thread. */
G_DECLARE_FINAL_TYPE (StrataTextDocument, strata_text_document, STRATA, TEXT_DOCUMENT, GObject)

/* Begins to read at once. */
StrataTextDocument      *strata_text_document_new           (const char           *path);
/* A text that no file has, and in a sentence why it can't be edited; the name says which language it is in. */
StrataTextDocument      *strata_text_document_new_for_text  (const char           *name,
                                                             const char           *text,
                                                             gsize                 length,
                                                             const char           *reason);

const char              *strata_text_document_get_path      (StrataTextDocument   *self);
GtkSourceBuffer         *strata_text_document_get_buffer    (StrataTextDocument   *self);
gboolean                 strata_text_document_is_sql        (StrataTextDocument   *self);

/* Properties. */
StrataTextDocumentState  strata_text_document_get_state     (StrataTextDocument   *self);
StrataDisk               strata_text_document_get_disk      (StrataTextDocument   *self);
gboolean                 strata_text_document_get_modified  (StrataTextDocument   *self);
/* Why it can't be edited, or NULL. */
const char              *strata_text_document_get_read_only (StrataTextDocument   *self);
/* Why it can't be read, or was not saved; or NULL. */
const char              *strata_text_document_get_problem   (StrataTextDocument   *self);
/* FALSE where the buffer can't have all of it, as it is. */
gboolean                 strata_text_document_is_whole      (StrataTextDocument   *self);

/* What the buffer has; a copy. */
char                    *strata_text_document_dup_text      (StrataTextDocument   *self);
/* Looks whether the file is still the one that was read. */
void                     strata_text_document_check_disk    (StrataTextDocument   *self);
/* Drops unsaved changes. */
void                     strata_text_document_reload        (StrataTextDocument   *self);
/* The buffer's text counts: the next save writes over what is on the disk. */
void                     strata_text_document_keep          (StrataTextDocument   *self);
/* Fails where the file was changed meanwhile; "disk" and "problem" then say so too. */
void                     strata_text_document_save_async    (StrataTextDocument   *self,
                                                             GAsyncReadyCallback   callback,
                                                             gpointer              user_data);
gboolean                 strata_text_document_save_finish   (StrataTextDocument   *self,
                                                             GAsyncResult         *result,
                                                             GError              **error);

G_END_DECLS

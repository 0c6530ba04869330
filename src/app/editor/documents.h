/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/editor/text-document.h"
#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DOCUMENTS (strata_documents_get_type ())

/* The scripts that are open in a window: those with unsaved text stay, whatever is selected. */
G_DECLARE_FINAL_TYPE (StrataDocuments, strata_documents, STRATA, DOCUMENTS, GObject)

/* The one of a session; it lives as long, and forgets everything when another project is opened. */
StrataDocuments *strata_documents_of           (StrataSession        *session);

/* Opens the file, or gives the document that it is open in; borrowed. */
StrataTextDocument  *strata_documents_open         (StrataDocuments      *self,
                                                const char           *path);
/* NULL where it is not open. */
StrataTextDocument  *strata_documents_find         (StrataDocuments      *self,
                                                const char           *path);

/* What the window asks before it closes; "n-unsaved" is a property. */
guint            strata_documents_get_n_unsaved (StrataDocuments     *self);
gboolean         strata_documents_has_unsaved  (StrataDocuments      *self);
/* Elements are StrataTextDocument, owned, in the order of their paths. */
GPtrArray       *strata_documents_list_unsaved (StrataDocuments      *self);
/* Looks at all of their files. */
void             strata_documents_check_disk   (StrataDocuments      *self);
/* Fails with the first one that can't be saved; the others are saved all the same. */
void             strata_documents_save_async   (StrataDocuments      *self,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
gboolean         strata_documents_save_finish  (StrataDocuments      *self,
                                                GAsyncResult         *result,
                                                GError              **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Reads a whole text file, or says in one sentence why not. Larger than the limit is refused before it is read. */
char     *strata_file_read      (const char  *path,
                                 gsize       *length,
                                 GError     **error);
/* Writes a temporary file beside the path, syncs it, and puts it in place in one step. */
gboolean  strata_file_replace   (const char  *path,
                                 const char  *text,
                                 gssize       length,
                                 GError     **error);
/* The same, but fails with STRATA_ERROR_EXISTS where the path exists already, even if it appears meanwhile. */
gboolean  strata_file_create    (const char  *path,
                                 const char  *text,
                                 gssize       length,
                                 GError     **error);

/* Writes a new text of a file that is there (or not): in one step too, through symbolic links, and with the mode and,
 * where that is allowed, the owner that it had. */
gboolean  strata_file_save      (const char  *path,
                                 const char  *text,
                                 gsize        length,
                                 GError     **error);
/* Names one state of a file, and another one once it was written anew; NULL where there is no file. */
char     *strata_file_dup_stamp (const char  *path);

/* All of it, whatever interrupts; FALSE with errno set. */
gboolean  strata_write_all      (int          fd,
                                 const char  *text,
                                 gsize        length);

const char *strata_resource_text (const char *path);

/* Whether something of that name stands in the folder. */
gboolean  strata_folder_has     (const char  *folder,
                                 const char  *name);

G_END_DECLS

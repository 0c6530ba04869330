/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The detail of one or two selected revisions: their scripts as text to be edited, what is wrong in them, and what they
 * would send to the database. */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* A file as an editor has it: text with LF only, and what it takes to write it back as it was. Blocking. */
typedef struct
{
  char     *path;
  char     *text;             /* valid UTF-8 without NUL; all of the file where it is not read-only */
  gsize     length;
  char     *stamp;            /* of strata_file_dup_stamp() */
  char     *read_only;        /* why it can't be edited, for people; NULL: it can */
  gboolean  is_partial;       /* the text is not all that the file has */
  gboolean  has_bom;
  gboolean  has_long_lines;   /* longer than STRATA_LONG_LINE */
  gboolean  has_crlf;         /* at every line end; where they are mixed, the text has them as they are */
} StrataTextFile;

/* Fails where nothing can be shown at all. */
StrataTextFile *strata_text_file_read (const char            *path,
                                       GError               **error);
/* Of a text that is nowhere on the disk. */
StrataTextFile *strata_text_file_new_for_text (const char    *path,
                                       const char            *text,
                                       gsize                  length);
void            strata_text_file_free (StrataTextFile        *self);
/* Writes another text in the form of the file; its stamp is then the new one. Where the file on the disk has another stamp
 * it fails with STRATA_ERROR_EXISTS; one that is gone is made anew. */
gboolean        strata_text_file_save (StrataTextFile        *self,
                                       const char            *text,
                                       gsize                  length,
                                       GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataTextFile, strata_text_file_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A key file of the user's that several programs may change: read as a whole, and written as a whole under a lock. */
typedef struct
{
  char       *path;
  GKeyFile   *file;
  const char *what;      /* for messages: "profiles" */
  int         lock;      /* a descriptor of the folder; -1: only reading */
} StrataKeptFile;

#define STRATA_KEPT_FILE_INIT { .lock = -1 }

/* Takes the path, also where it fails. A file that is not there reads as empty. */
gboolean strata_kept_file_open  (StrataKeptFile  *self,
                                 char            *path,
                                 const char      *what,
                                 gboolean         to_change,
                                 GError         **error);
gboolean strata_kept_file_save  (StrataKeptFile  *self,
                                 GError         **error);
void     strata_kept_file_clear (StrataKeptFile  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataKeptFile, strata_kept_file_clear)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/kept-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/error.h"

/* Two commands that change it at the same time must not undo each other. */
static gboolean
lock_folder (StrataKeptFile  *self,
             GError         **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    self->lock = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (self->lock >= 0 && flock (self->lock, LOCK_EX) == 0)
    return TRUE;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), _("Cannot use the folder “%s” for %s: %s"), folder,
               self->what, g_strerror (errno));

  return FALSE;
}

gboolean
strata_kept_file_open (StrataKeptFile  *self,
                       char            *path,
                       const char      *what,
                       gboolean         to_change,
                       GError         **error)
{
  g_autoptr(GError) local = NULL;

  self->path = path;
  self->what = what;
  self->file = g_key_file_new ();

  if (to_change && !lock_folder (self, error))
    return FALSE;

  if (g_key_file_load_from_file (self->file, self->path, G_KEY_FILE_KEEP_COMMENTS, &local)
      || g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT, _("The file of %s, “%s”, cannot be read: %s"), self->what,
               self->path, local->message);

  return FALSE;
}

/* A link that a person made to the file, say into a repository of their settings, stays. */
gboolean
strata_kept_file_save (StrataKeptFile  *self,
                       GError         **error)
{
  g_autofree char *text = NULL;
  char *real = realpath (self->path, NULL);
  gboolean saved;
  gsize length;

  text = g_key_file_to_data (self->file, &length, NULL);
  saved = g_file_set_contents_full (real != NULL ? real : self->path, text, length,
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
  free (real);

  return saved;
}

void
strata_kept_file_clear (StrataKeptFile *self)
{
  g_free (self->path);
  g_clear_pointer (&self->file, g_key_file_unref);
  if (self->lock >= 0)
    close (self->lock);
  self->lock = -1;
}

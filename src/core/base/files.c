/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "resources/strata-core-resources.h"

/* No file that people write comes near this; a database or a device node given by mistake does. */
#define LARGEST_FILE (64 * 1024 * 1024)

typedef enum
{
  OPENING,
  READING,
  SAVING,
  WRITING,
} Doing;

static char *
describe_failure (Doing       doing,
                  const char *name)
{
  switch (doing)
    {
    case OPENING:
      return g_strdup_printf (_("Cannot open “%s”"), name);
    case READING:
      return g_strdup_printf (_("Cannot read “%s”"), name);
    case SAVING:
      return g_strdup_printf (_("Cannot save “%s”"), name);
    case WRITING:
    default:
      return g_strdup_printf (_("Cannot write “%s”"), name);
    }
}

static void
set_errno_error (GError     **error,
                 int          number,
                 Doing        doing,
                 const char  *path)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *what = describe_failure (doing, name);

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (number), "%s: %s", what, g_strerror (number));
}

static gboolean
read_all (int     fd,
          char   *text,
          gsize   wanted,
          gsize  *got)
{
  *got = 0;

  while (*got < wanted)
    {
      ssize_t n = read (fd, text + *got, wanted - *got);

      if (n == 0)
        break;
      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        *got += n;
    }

  return TRUE;
}

/* g_file_get_contents() grows a buffer and accepts devices; with ten thousand small files and hostile folders in
 * mind, one fstat() answers both. */
char *
strata_file_read (const char  *path,
                  gsize       *length,
                  GError     **error)
{
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;
  struct stat info;
  gsize got = 0;
  gboolean read_well;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    {
      set_errno_error (error, errno, OPENING, path);
      return NULL;
    }

  if (fstat (fd, &info) < 0 || !S_ISREG (info.st_mode) || info.st_size > LARGEST_FILE)
    {
      close (fd);
      name = g_filename_display_name (path);
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT,
                   S_ISREG (info.st_mode) ? _("“%s” is too large to be a text file") : _("“%s” is not a file"), name);
      return NULL;
    }

  text = g_malloc (info.st_size + 1);
  read_well = read_all (fd, text, info.st_size, &got);
  close (fd);

  if (!read_well)
    {
      set_errno_error (error, errno, READING, path);
      return NULL;
    }

  text[got] = '\0';
  if (length != NULL)
    *length = got;

  return g_steal_pointer (&text);
}

gboolean
strata_file_replace (const char  *path,
                     const char  *text,
                     gssize       length,
                     GError     **error)
{
  return g_file_set_contents_full (path, text, length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0666, error);
}

/* link() is the one call that puts a complete file in place and refuses an existing name. */
gboolean
strata_file_create (const char  *path,
                    const char  *text,
                    gssize       length,
                    GError     **error)
{
  g_autofree char *temporary = g_strdup_printf ("%s.%08x.tmp", path, g_random_int ());
  g_autoptr(GError) local = NULL;
  gboolean linked;
  int number;

  if (!strata_file_replace (temporary, text, length, &local))
    {
      g_autofree char *name = g_filename_display_name (path);
      g_autofree char *what = describe_failure (WRITING, name);
      const char *colon = strrchr (local->message, ':');

      /* GLib names its temporary file, which nobody asked for; the system's words come last. */
      g_set_error (error, local->domain, local->code, "%s: %s", what, colon != NULL ? colon + strspn (colon, ": ") : local->message);
      return FALSE;
    }

  linked = link (temporary, path) == 0;
  number = errno;
  unlink (temporary);

  if (!linked && number == EEXIST)
    {
      g_autofree char *name = g_filename_display_name (path);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_EXISTS, _("“%s” exists already and was left alone"), name);
    }
  else if (!linked)
    set_errno_error (error, number, WRITING, path);

  return linked;
}

gboolean
strata_write_all (int         fd,
                  const char *text,
                  gsize       length)
{
  while (length > 0)
    {
      ssize_t n = write (fd, text, length);

      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        {
          text += n;
          length -= n;
        }
    }

  return TRUE;
}

/* The owner is kept where that is allowed: it is, for whoever wrote the file. */
static gboolean
write_like (int                fd,
            const struct stat *like,
            const char        *text,
            gsize              length)
{
  if (!strata_write_all (fd, text, length))
    return FALSE;

  if (like != NULL && fchown (fd, like->st_uid, like->st_gid) < 0 && errno != EPERM)
    return FALSE;

  return (like == NULL || fchmod (fd, like->st_mode & 07777) == 0) && fsync (fd) == 0;
}

gboolean
strata_file_save (const char  *path,
                  const char  *text,
                  gsize        length,
                  GError     **error)
{
  g_autofree char *resolved = realpath (path, NULL);
  const char *target = resolved != NULL ? resolved : path;
  g_autofree char *temporary = g_strconcat (target, ".XXXXXX", NULL);
  struct stat like;
  gboolean is_there = stat (target, &like) == 0;
  int fd = g_mkstemp_full (temporary, O_RDWR | O_CLOEXEC, is_there ? 0600 : 0666);
  gboolean saved;
  int number;

  if (fd < 0)
    {
      set_errno_error (error, errno, SAVING, path);
      return FALSE;
    }

  saved = write_like (fd, is_there ? &like : NULL, text, length);
  number = errno;
  if (close (fd) < 0 && saved)
    {
      saved = FALSE;
      number = errno;
    }
  if (saved && rename (temporary, target) < 0)
    {
      saved = FALSE;
      number = errno;
    }

  if (!saved)
    {
      unlink (temporary);
      set_errno_error (error, number, SAVING, path);
    }

  return saved;
}

char *
strata_file_dup_stamp (const char *path)
{
  struct stat info;

  if (stat (path, &info) < 0)
    return NULL;

  return g_strdup_printf ("%" G_GINT64_FORMAT ".%09ld %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT,
                          (gint64) info.st_mtim.tv_sec, info.st_mtim.tv_nsec, (gint64) info.st_size,
                          (guint64) info.st_ino);
}

/* A text of resources/, by its path there. Compiled in, so it is there, for the life of the process. */
const char *
strata_resource_text (const char *path)
{
  g_autofree char *full = g_strconcat ("/strata/", path, NULL);
  g_autoptr(GBytes) bytes = g_resource_lookup_data (strata_core_get_resource (), full,
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

  g_return_val_if_fail (bytes != NULL, NULL);

  /* GResource ends each file with a NUL, and the bytes point into the program itself. */
  return g_bytes_get_data (bytes, NULL);
}

gboolean
strata_folder_has (const char *folder,
                   const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

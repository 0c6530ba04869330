/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/process/process.h"

#include <string.h>
#include <sys/stat.h>

/* The fifth field of /proc/PID/stat, counted behind the name, which may have blanks and parentheses in it. */
static int
read_group (const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "stat", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) fields = NULL;
  const char *rest;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (rest = strrchr (text, ')')) == NULL)
    return -1;

  fields = g_strsplit (g_strchug ((char *) rest + 1), " ", 4);

  return g_strv_length (fields) == 4 ? g_ascii_strtoll (fields[2], NULL, 10) : -1;
}

static gboolean
has_open (const char        *pid,
          const struct stat *file)
{
  g_autofree char *folder = g_build_filename ("/proc", pid, "fd", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat info;

      if (stat (path, &info) == 0 && info.st_dev == file->st_dev && info.st_ino == file->st_ino)
        return TRUE;
    }

  return FALSE;
}

gboolean
strata_process_group_has_open (int          group,
                               const char  *path,
                               char       **folder)
{
  g_autoptr(GDir) dir = g_dir_open ("/proc", 0, NULL);
  struct stat file;
  const char *pid;

  if (dir == NULL || stat (path, &file) < 0)
    return FALSE;

  while ((pid = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *cwd = NULL;

      if (!g_ascii_isdigit (*pid) || read_group (pid) != group || !has_open (pid, &file))
        continue;

      cwd = g_build_filename ("/proc", pid, "cwd", NULL);
      if (folder != NULL)
        *folder = g_file_read_link (cwd, NULL);
      return TRUE;
    }

  return FALSE;
}

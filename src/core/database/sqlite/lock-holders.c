/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/sqlite/sqlite-private.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* The process id of a line of /proc/locks where it is about this file, else 0. A line reads
 * "1: POSIX  ADVISORY  WRITE 4711 08:01:1234 1073741824 1073742335". */
static int
parse_line (const char        *line,
            const struct stat *file)
{
  char kind[16];
  unsigned int major_number, minor_number;
  unsigned long inode;
  int pid;

  if (sscanf (line, "%*d: POSIX %*s %15s %d %x:%x:%lu", kind, &pid, &major_number, &minor_number, &inode) != 5)
    return 0;

  if (inode != file->st_ino || major_number != major (file->st_dev) || minor_number != minor (file->st_dev))
    return 0;

  return pid != (int) getpid () ? pid : 0;
}

static char *
describe_process (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/comm", pid);
  g_autofree char *name = NULL;

  if (!g_file_get_contents (path, &name, NULL, NULL))
    return g_strdup_printf ("pid %d", pid);

  return g_strdup_printf ("%s (pid %d)", g_strstrip (name), pid);
}

/* In WAL mode the locks are on the -shm file. */
static void
collect (const char *path,
         char      **lines,
         GHashTable *seen,
         GString    *text)
{
  struct stat file;

  if (stat (path, &file) < 0)
    return;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      int pid = parse_line (lines[i], &file);
      g_autofree char *process = NULL;

      if (pid <= 0 || !g_hash_table_add (seen, GINT_TO_POINTER (pid)))
        continue;

      process = describe_process (pid);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", process);
    }
}

char *
strata_sqlite_dup_lock_holders (const char *path)
{
  g_autofree char *locks = NULL;
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_auto(GStrv) lines = NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  GString *text = g_string_new (NULL);

  if (g_file_get_contents ("/proc/locks", &locks, NULL, NULL))
    {
      lines = g_strsplit (locks, "\n", -1);
      collect (path, lines, seen, text);
      collect (shm, lines, seen, text);
    }

  return g_string_free (text, text->len == 0);
}

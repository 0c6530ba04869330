/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/sqlite/sqlite-private.h"

#include <glib/gi18n-lib.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* The kernel's list of file locks, as far as it is about one database. */
typedef struct
{
  int      pid;
  gboolean writes;
} Holder;

/* A line reads "1: POSIX  ADVISORY  WRITE 4711 08:01:1234 1073741824 1073742335", or FLOCK for POSIX. */
static gboolean
parse_line (const char        *line,
            const char        *wanted,
            const struct stat *file,
            Holder            *holder)
{
  char type[16];
  char kind[16];
  unsigned int major_number, minor_number;
  unsigned long inode;

  if (sscanf (line, "%*d: %15s %*s %15s %d %x:%x:%lu", type, kind, &holder->pid, &major_number, &minor_number, &inode) != 6
      || strcmp (type, wanted) != 0)
    return FALSE;

  holder->writes = strcmp (kind, "WRITE") == 0;

  return inode == file->st_ino && major_number == major (file->st_dev) && minor_number == minor (file->st_dev);
}

/* Several locks of one process are one holder. */
static void
add_holder (GArray       *holders,
            const Holder *holder)
{
  for (guint i = 0; i < holders->len; i++)
    {
      Holder *known = &g_array_index (holders, Holder, i);

      if (known->pid == holder->pid)
        {
          known->writes |= holder->writes;
          return;
        }
    }

  g_array_append_val (holders, *holder);
}

static void
collect (const char *path,
         char      **lines,
         GArray     *holders)
{
  struct stat file;

  if (stat (path, &file) < 0)
    return;

  for (guint i = 0; lines[i] != NULL; i++)
    {
      Holder holder;

      if (parse_line (lines[i], "POSIX", &file, &holder) && holder.pid > 0 && holder.pid != (int) getpid ())
        add_holder (holders, &holder);
    }
}

static char *
dup_user (uid_t uid)
{
  char buffer[1024];
  struct passwd entry;
  struct passwd *found = NULL;

  return getpwuid_r (uid, &entry, buffer, sizeof buffer, &found) == 0 && found != NULL ? g_strdup (entry.pw_name) : NULL;
}

/* "sqlite3 (pid 4711, user ana)", with what can be read of it. */
static void
describe (int      pid,
          GString *text)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%d", pid);
  g_autofree char *file = g_build_filename (folder, "comm", NULL);
  g_autofree char *name = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *user = NULL;
  struct stat owner;

  if (g_file_get_contents (file, &name, NULL, NULL))
    valid = g_utf8_make_valid (g_strstrip (name), -1);
  if (stat (folder, &owner) == 0)
    user = dup_user (owner.st_uid);

  if (text->len > 0)
    g_string_append (text, ", ");
  if (user != NULL)
    g_string_append_printf (text, _("%s (pid %d, user %s)"), valid != NULL ? valid : _("a program"), pid, user);
  else
    g_string_append_printf (text, _("%s (pid %d)"), valid != NULL ? valid : _("a program"), pid);
}

/* Where somebody writes, those who read are not who is waited for. In WAL mode the locks are on the -shm file. */
char *
strata_sqlite_dup_lock_holders (const char *path)
{
  g_autofree char *locks = NULL;
  g_autofree char *shm = g_strconcat (path, "-shm", NULL);
  g_auto(GStrv) lines = NULL;
  g_autoptr(GArray) holders = g_array_new (FALSE, FALSE, sizeof (Holder));
  gboolean writes = FALSE;
  GString *text;

  if (!g_file_get_contents ("/proc/locks", &locks, NULL, NULL))
    return NULL;

  lines = g_strsplit (locks, "\n", -1);
  collect (path, lines, holders);
  collect (shm, lines, holders);

  for (guint i = 0; i < holders->len; i++)
    writes |= g_array_index (holders, Holder, i).writes;

  text = g_string_new (NULL);
  for (guint i = 0; i < holders->len; i++)
    if (g_array_index (holders, Holder, i).writes || !writes)
      describe (g_array_index (holders, Holder, i).pid, text);

  return g_string_free (text, text->len == 0);
}

gboolean
strata_sqlite_is_flocked (const char *path)
{
  g_autofree char *locks = NULL;
  g_auto(GStrv) lines = NULL;
  struct stat file;

  if (stat (path, &file) < 0 || !g_file_get_contents ("/proc/locks", &locks, NULL, NULL))
    return FALSE;

  lines = g_strsplit (locks, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      Holder holder;

      if (parse_line (lines[i], "FLOCK", &file, &holder))
        return TRUE;
    }

  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/sqlite/sqlite-private.h"

#include <string.h>
#include <unistd.h>

/* A file that is in WAL mode and that nobody has open has no -wal file. A read-only connection would make one, and leave
 * it behind; one that may write removes it when it closes; an immutable one needs none, but reads without locks. */

gboolean
strata_sqlite_has_wal (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);

  return g_file_test (wal, G_FILE_TEST_EXISTS);
}

/* SQLite's own descriptor is asked: closing another one of the same file would drop all locks that this process has
 * on it, those of its other connections too. */
static gboolean
is_in_wal_mode (sqlite3 *handle)
{
  enum { READ_VERSION = 19, WAL = 2 };
  unsigned char header[READ_VERSION + 1] = { 0 };
  sqlite3_file *file = NULL;

  return sqlite3_file_control (handle, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK
         && file != NULL && file->pMethods != NULL
         && file->pMethods->xRead (file, header, sizeof header, 0) == SQLITE_OK
         && header[READ_VERSION] == WAL;
}

gboolean
strata_sqlite_may_write (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  /* By the effective user, as open() judges. */
  return eaccess (path, W_OK) == 0 && eaccess (folder, W_OK) == 0;
}

static char *
immutable_uri (const char *path)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

  return g_strconcat ("file:", escaped, "?mode=ro&immutable=1", NULL);
}

/* Looks at the header, which opening alone does not: is it a database at all, and can it be read as it is? */
static int
probe (sqlite3 *handle)
{
  return sqlite3_exec (handle, "PRAGMA schema_version", NULL, NULL, NULL);
}

/* One thread owns one connection, so no call has to lock it; and nobody asks how much memory SQLite uses, which costs a
 * lock at each allocation. */
static int
open_unlocked (const char  *name,
               int          flags,
               sqlite3    **handle)
{
  static gsize configured;

  if (g_once_init_enter (&configured))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&configured, 1);
    }

  return sqlite3_open_v2 (name, handle, flags | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX, NULL);
}

/* VACUUM attaches a file without a name, for itself. */
static int
authorize (void       *data,
           int         action,
           const char *first,
           const char *second,
           const char *database,
           const char *trigger)
{
  static const char * const pragmas[] = { "data_store_directory", "hard_heap_limit", "soft_heap_limit",
                                          "temp_store_directory", NULL };
  gboolean leads_out = (action == SQLITE_ATTACH && (first == NULL || *first != '\0'))
                       || (action == SQLITE_FUNCTION && second != NULL && g_ascii_strcasecmp (second, "load_extension") == 0);

  for (guint i = 0; action == SQLITE_PRAGMA && pragmas[i] != NULL; i++)
    leads_out |= g_ascii_strcasecmp (first, pragmas[i]) == 0;

  return leads_out ? SQLITE_DENY : SQLITE_OK;
}

static int
reopen (StrataSqliteConnection *self,
        const char             *name,
        int                     flags)
{
  int result;

  g_clear_pointer (&self->handle, sqlite3_close);
  result = open_unlocked (name, flags, &self->handle);
  if (result != SQLITE_OK)
    return result;

  strata_sqlite_watch (self);
  if (self->confined)
    sqlite3_set_authorizer (self->handle, authorize, NULL);

  return self->writable ? SQLITE_OK : sqlite3_exec (self->handle, "PRAGMA query_only = 1", NULL, NULL, NULL);
}

/* A program that died in the middle of a transaction left a journal: whoever comes next rolls it back, if it may write. */
static gboolean
needs_recovery (int result)
{
  return result == SQLITE_READONLY_ROLLBACK || result == SQLITE_READONLY_RECOVERY
         || result == SQLITE_READONLY_CANTINIT || result == SQLITE_READONLY_CANTLOCK;
}

static int
open_reader (StrataSqliteConnection *self)
{
  gboolean may_write = strata_sqlite_may_write (self->path);
  int result = reopen (self, self->path, SQLITE_OPEN_READONLY);

  if (result != SQLITE_OK)
    return result;

  if (is_in_wal_mode (self->handle) && !strata_sqlite_has_wal (self->path))
    {
      g_autofree char *uri = immutable_uri (self->path);

      self->immutable = !may_write;
      result = may_write ? reopen (self, self->path, SQLITE_OPEN_READWRITE)
                         : reopen (self, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    }

  if (result == SQLITE_OK)
    result = probe (self->handle);
  if (!needs_recovery (result) || !may_write)
    return result;

  result = reopen (self, self->path, SQLITE_OPEN_READWRITE);

  return result == SQLITE_OK ? probe (self->handle) : result;
}

int
strata_sqlite_open (StrataSqliteConnection *self,
                    gboolean                create)
{
  int result;

  self->immutable = FALSE;
  if (self->path == NULL)
    return reopen (self, ":memory:", SQLITE_OPEN_READWRITE);
  if (!self->writable)
    return open_reader (self);

  result = reopen (self, self->path, SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0));

  return result == SQLITE_OK ? probe (self->handle) : result;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/sqlite/sqlite-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define NAME(code) { code, #code }

/* SQLite has no function for them. First those that say more, then what every code is one of. */
static const struct
{
  int         result;
  const char *name;
} names[] = {
  NAME (SQLITE_BUSY_RECOVERY),
  NAME (SQLITE_BUSY_SNAPSHOT),
  NAME (SQLITE_BUSY_TIMEOUT),
  NAME (SQLITE_CANTOPEN_ISDIR),
  NAME (SQLITE_CONSTRAINT_CHECK),
  NAME (SQLITE_CONSTRAINT_DATATYPE),
  NAME (SQLITE_CONSTRAINT_FOREIGNKEY),
  NAME (SQLITE_CONSTRAINT_NOTNULL),
  NAME (SQLITE_CONSTRAINT_PRIMARYKEY),
  NAME (SQLITE_CONSTRAINT_ROWID),
  NAME (SQLITE_CONSTRAINT_TRIGGER),
  NAME (SQLITE_CONSTRAINT_UNIQUE),
  NAME (SQLITE_IOERR_FSYNC),
  NAME (SQLITE_IOERR_READ),
  NAME (SQLITE_IOERR_SHORT_READ),
  NAME (SQLITE_IOERR_WRITE),
  NAME (SQLITE_READONLY_CANTINIT),
  NAME (SQLITE_READONLY_CANTLOCK),
  NAME (SQLITE_READONLY_DBMOVED),
  NAME (SQLITE_READONLY_DIRECTORY),
  NAME (SQLITE_READONLY_RECOVERY),
  NAME (SQLITE_READONLY_ROLLBACK),
  NAME (SQLITE_ERROR),
  NAME (SQLITE_INTERNAL),
  NAME (SQLITE_PERM),
  NAME (SQLITE_ABORT),
  NAME (SQLITE_BUSY),
  NAME (SQLITE_LOCKED),
  NAME (SQLITE_NOMEM),
  NAME (SQLITE_READONLY),
  NAME (SQLITE_INTERRUPT),
  NAME (SQLITE_IOERR),
  NAME (SQLITE_CORRUPT),
  NAME (SQLITE_FULL),
  NAME (SQLITE_CANTOPEN),
  NAME (SQLITE_PROTOCOL),
  NAME (SQLITE_SCHEMA),
  NAME (SQLITE_TOOBIG),
  NAME (SQLITE_CONSTRAINT),
  NAME (SQLITE_MISMATCH),
  NAME (SQLITE_MISUSE),
  NAME (SQLITE_AUTH),
  NAME (SQLITE_RANGE),
  NAME (SQLITE_NOTADB),
};

static const char *
result_name (int result)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].result == result || names[i].result == (result & 0xff))
      return names[i].name;

  return "SQLITE_ERROR";
}

/* In characters from 1, where SQLite points to a place. */
static guint
error_position (sqlite3    *handle,
                const char *sql)
{
  int offset = sql != NULL && handle != NULL ? sqlite3_error_offset (handle) : -1;

  return offset >= 0 && (gsize) offset <= strlen (sql) ? g_utf8_pointer_to_offset (sql, sql + offset) + 1 : 0;
}

/* By the effective user, as open() judges. */
static GError *
barred (const char                *path,
        const StrataServerMessage *message)
{
  if (eaccess (path, F_OK) != 0 && errno == EACCES)
    return strata_database_error_new (STRATA_DATABASE_ERROR_NO_ACCESS, message,
                                      _("You are not allowed to look into the folder of the database “%s”: its owner can "
                                        "allow it, or run this as a user who is"), path);
  if (eaccess (path, R_OK) != 0 && errno == EACCES)
    return strata_database_error_new (STRATA_DATABASE_ERROR_NO_ACCESS, message,
                                      _("You are not allowed to read the database “%s”: its owner can allow it, or run this "
                                        "as a user who is"), path);

  return NULL;
}

static GError *
cannot_open (const char                *path,
             const StrataServerMessage *message)
{
  g_autofree char *folder = g_path_get_dirname (path);
  GError *error = barred (path, message);

  if (error != NULL)
    return error;
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return strata_database_error_new (STRATA_DATABASE_ERROR_NO_DATABASE, message,
                                      _("There is no folder “%s” for the database “%s”"), folder, path);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return strata_database_error_new (STRATA_DATABASE_ERROR_NOT_A_DATABASE, message,
                                      _("“%s” is a folder, not a database"), path);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return strata_database_error_new (STRATA_DATABASE_ERROR_NO_DATABASE, message,
                                      eaccess (folder, W_OK) == 0
                                      ? _("There is no database file “%s”")
                                      : _("There is no database file “%s”, and its folder cannot be written"), path);

  return strata_database_error_new (STRATA_DATABASE_ERROR_READ_ONLY, message,
                                    _("The database “%s” cannot be opened: %s. Are you allowed to read it and to write "
                                      "to its folder?"), path, message->message);
}

static GError *
locked (const char                *path,
        const StrataServerMessage *message)
{
  g_autofree char *holders = strata_sqlite_dup_lock_holders (path);

  if (holders == NULL)
    return strata_database_error_new (STRATA_DATABASE_ERROR_LOCKED, message,
                                      _("The database is locked: another program has “%s” open and is writing to it"),
                                      path);

  return strata_database_error_new (STRATA_DATABASE_ERROR_LOCKED, message,
                                    _("The database is locked: another program has “%s” open: %s"), path, holders);
}

static GError *
cannot_write (int                        result,
              const char                *path,
              const StrataServerMessage *message)
{
  const char *why = message->message;

  if (result == SQLITE_READONLY_DIRECTORY)
    why = _("its folder cannot be written, where a journal must go");
  else if (result == SQLITE_READONLY_ROLLBACK || result == SQLITE_READONLY_RECOVERY)
    why = _("a program died while it was writing; whoever may write to the file must open it once, so that it is "
            "mended");
  else if (result == SQLITE_READONLY_DBMOVED)
    why = _("the file was moved, replaced or removed meanwhile");

  return strata_database_error_new (STRATA_DATABASE_ERROR_READ_ONLY, message,
                                    _("The database “%s” cannot be written: %s"),
                                    path, why);
}

static GError *
for_result (int                        result,
            const char                *path,
            const StrataServerMessage *message)
{
  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      if (result == SQLITE_BUSY_SNAPSHOT)
        return strata_database_error_new (STRATA_DATABASE_ERROR_RETRY, message,
                                          _("Another program wrote to “%s” in between: %s"), path, message->message);
      return locked (path, message);

    case SQLITE_CANTOPEN:
      return cannot_open (path, message);

    case SQLITE_READONLY:
    case SQLITE_PERM:
      return cannot_write (result, path, message);

    case SQLITE_FULL:
      return strata_database_error_new (STRATA_DATABASE_ERROR_FULL, message,
                                        _("There is no room left for the database “%s”: %s"), path, message->message);

    case SQLITE_NOTADB:
      return strata_database_error_new (STRATA_DATABASE_ERROR_NOT_A_DATABASE, message,
                                        _("“%s” is not a SQLite database, or it is encrypted"), path);

    case SQLITE_CORRUPT:
      return strata_database_error_new (STRATA_DATABASE_ERROR_NOT_A_DATABASE, message,
                                        _("The database “%s” is damaged: %s"), path, message->message);

    case SQLITE_IOERR:
      /* A folder opens, and cannot be read. */
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        return cannot_open (path, message);
      G_GNUC_FALLTHROUGH;

    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
      return strata_database_error_new (STRATA_DATABASE_ERROR_FAILED, message, _("The database “%s”: %s (%s)"), path,
                                        message->message, message->sqlstate);

    default:
      return strata_database_error_new (STRATA_DATABASE_ERROR_STATEMENT, message, "%s", message->message);
    }
}

GError *
strata_sqlite_error_new (sqlite3    *handle,
                         int         result,
                         const char *path,
                         const char *sql)
{
  const StrataServerMessage message = {
    .message = (char *) (handle != NULL ? sqlite3_errmsg (handle) : sqlite3_errstr (result)),
    .sqlstate = (char *) result_name (result),
    .position = error_position (handle, sql),
  };

  return for_result (result, path, &message);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/sqlite/sqlite-private.h"

#include <string.h>

static const struct
{
  int         result;
  const char *name;
} names[] = {
  { SQLITE_ERROR, "SQLITE_ERROR" },
  { SQLITE_INTERNAL, "SQLITE_INTERNAL" },
  { SQLITE_PERM, "SQLITE_PERM" },
  { SQLITE_ABORT, "SQLITE_ABORT" },
  { SQLITE_BUSY, "SQLITE_BUSY" },
  { SQLITE_LOCKED, "SQLITE_LOCKED" },
  { SQLITE_NOMEM, "SQLITE_NOMEM" },
  { SQLITE_READONLY, "SQLITE_READONLY" },
  { SQLITE_INTERRUPT, "SQLITE_INTERRUPT" },
  { SQLITE_IOERR, "SQLITE_IOERR" },
  { SQLITE_CORRUPT, "SQLITE_CORRUPT" },
  { SQLITE_FULL, "SQLITE_FULL" },
  { SQLITE_CANTOPEN, "SQLITE_CANTOPEN" },
  { SQLITE_SCHEMA, "SQLITE_SCHEMA" },
  { SQLITE_TOOBIG, "SQLITE_TOOBIG" },
  { SQLITE_CONSTRAINT, "SQLITE_CONSTRAINT" },
  { SQLITE_MISMATCH, "SQLITE_MISMATCH" },
  { SQLITE_MISUSE, "SQLITE_MISUSE" },
  { SQLITE_AUTH, "SQLITE_AUTH" },
  { SQLITE_RANGE, "SQLITE_RANGE" },
  { SQLITE_NOTADB, "SQLITE_NOTADB" },
};

static const char *
result_name (int result)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].result == (result & 0xff))
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

static GError *
cannot_open (const char                *path,
             const StrataServerMessage *message)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return strata_database_error_new (STRATA_DATABASE_ERROR_NO_DATABASE, message,
                                      "There is no folder “%s” for the database “%s”", folder, path);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return strata_database_error_new (STRATA_DATABASE_ERROR_NOT_A_DATABASE, message,
                                      "“%s” is a folder, not a database", path);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return strata_database_error_new (STRATA_DATABASE_ERROR_NO_DATABASE, message,
                                      "There is no database file “%s”", path);

  return strata_database_error_new (STRATA_DATABASE_ERROR_READ_ONLY, message,
                                    "The database “%s” cannot be opened: %s. Are you allowed to read it and to write to "
                                    "its folder?", path, message->message);
}

static GError *
locked (const char                *path,
        const StrataServerMessage *message)
{
  g_autofree char *holders = strata_sqlite_dup_lock_holders (path);

  if (holders == NULL)
    return strata_database_error_new (STRATA_DATABASE_ERROR_LOCKED, message,
                                      "The database is locked: another program has “%s” open and is writing to it", path);

  return strata_database_error_new (STRATA_DATABASE_ERROR_LOCKED, message,
                                    "The database is locked: another program has “%s” open: %s", path, holders);
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
      return locked (path, message);

    case SQLITE_CANTOPEN:
      return cannot_open (path, message);

    case SQLITE_READONLY:
    case SQLITE_PERM:
      return strata_database_error_new (STRATA_DATABASE_ERROR_READ_ONLY, message,
                                        "The database “%s” cannot be written: %s", path, message->message);

    case SQLITE_FULL:
      return strata_database_error_new (STRATA_DATABASE_ERROR_FULL, message,
                                        "There is no room left for the database “%s”: %s", path, message->message);

    case SQLITE_NOTADB:
      return strata_database_error_new (STRATA_DATABASE_ERROR_NOT_A_DATABASE, message,
                                        "“%s” is not a SQLite database, or it is encrypted", path);

    case SQLITE_CORRUPT:
      return strata_database_error_new (STRATA_DATABASE_ERROR_NOT_A_DATABASE, message,
                                        "The database “%s” is damaged: %s", path, message->message);

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

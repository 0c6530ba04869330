/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/words.h"

/* What a server would be asked about, a person asks of a file in other words: where the second two are there, they are
 * SQLite's. */
static const struct
{
  const char *name;
  const char *title;
  const char *advice;
  const char *file_title;
  const char *file_advice;
} words_of[] = {
  [STRATA_DATABASE_ERROR_STATEMENT] = {
    "statement", "The server refused a statement",
    "Correct the statement that is shown" },
  [STRATA_DATABASE_ERROR_NO_HOST] = {
    "no-host", "There is no such host, or no way to it",
    "Look for a typing error in the host; the names of containers are only known among containers, and some networks "
    "only over a VPN" },
  [STRATA_DATABASE_ERROR_CONNECTION_REFUSED] = {
    "refused", "The host is there, but no server answers on that port",
    "Start the server, or correct the port; a container must publish its port to be reached from outside" },
  [STRATA_DATABASE_ERROR_AUTHENTICATION] = {
    "authentication", "The server does not accept this user or password",
    "Give the right password by STRATA_PASSWORD, --password-stdin, ~/.pgpass or “strata profile add”, and check the user" },
  [STRATA_DATABASE_ERROR_NO_DATABASE] = {
    "no-database", "The server has no database of that name",
    "Correct the name, or let an administrator make the database",
    "There is no such database file",
    "Correct the path; the first upgrade makes the file, but not its folder" },
  [STRATA_DATABASE_ERROR_TLS] = {
    "tls", "This program and the server could not agree on encryption",
    "Set sslmode in the URL (require, or disable on your own machine), and sslrootcert for a certificate of your own" },
  [STRATA_DATABASE_ERROR_TIMEOUT] = {
    "timeout", "The host did not answer in time",
    "Check host, port and firewall, or allow more time with --connect-wait" },
  [STRATA_DATABASE_ERROR_NOT_SUPPORTED] = {
    "not-supported", "This build cannot talk to that server",
    "Use a build with support for it, or a newer server" },
  [STRATA_DATABASE_ERROR_LOST] = {
    "lost", "The connection broke",
    "Ask “strata status” what is in the database, and try again" },
  [STRATA_DATABASE_ERROR_LOCKED] = {
    "locked", "Another connection holds a lock that is needed",
    "Try again later, or allow more time with --lock-timeout",
    "The database is locked: another program has it open and is writing to it",
    "Close the other program, or try again later" },
  [STRATA_DATABASE_ERROR_STATEMENT_TIMEOUT] = {
    "statement-timeout", "A statement took longer than it may",
    "Allow more time with --statement-timeout" },
  [STRATA_DATABASE_ERROR_RETRY] = {
    "retry", "Two transactions were in each other's way",
    "Try the same again" },
  [STRATA_DATABASE_ERROR_CANCELLED] = {
    "cancelled", "It was cancelled",
    "Nothing of the statement is in the database" },
  [STRATA_DATABASE_ERROR_READ_ONLY] = {
    "read-only", "The server can only be read: it is a standby, or the session may not write",
    "Connect to the primary server, or as a user who may write",
    "The database, or its folder, can only be read",
    "Check who may write to the file and to its folder" },
  [STRATA_DATABASE_ERROR_FULL] = {
    "full", "There is no room left for the database",
    "Make room on the server's disk",
    "There is no room left for the database",
    "Make room on the disk" },
  [STRATA_DATABASE_ERROR_NOT_A_DATABASE] = {
    "not-a-database", "This is not a database",
    "Correct the URL",
    "The file is not a SQLite database, or is damaged or encrypted",
    "Correct the path, or put a copy back" },
  [STRATA_DATABASE_ERROR_FAILED] = {
    "failed", "The database could not do it",
    "Look at what the server says" },
};

gboolean
strata_database_error_get_words (const GError        *error,
                                 StrataDialect        dialect,
                                 StrataDatabaseWords *words)
{
  gboolean file;

  if (error == NULL || error->domain != STRATA_DATABASE_ERROR)
    return FALSE;

  g_return_val_if_fail (error->code >= 0 && (guint) error->code < G_N_ELEMENTS (words_of), FALSE);

  file = dialect == STRATA_DIALECT_SQLITE && words_of[error->code].file_title != NULL;
  words->name = words_of[error->code].name;
  words->title = file ? words_of[error->code].file_title : words_of[error->code].title;
  words->advice = file ? words_of[error->code].file_advice : words_of[error->code].advice;

  return TRUE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/words.h"

#include <glib/gi18n-lib.h>

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
    "statement", N_("The server refused a statement"),
    N_("Correct the statement that is shown") },
  [STRATA_DATABASE_ERROR_NO_HOST] = {
    "no-host", N_("There is no such host, or no way to it"),
    N_("Look for a typing error in the host; the names of containers are only known among containers, and some "
       "networks only over a VPN") },
  [STRATA_DATABASE_ERROR_CONNECTION_REFUSED] = {
    "refused", N_("The host is there, but no server answers on that port"),
    N_("Start the server, or correct the port; a container must publish its port to be reached from outside") },
  [STRATA_DATABASE_ERROR_AUTHENTICATION] = {
    "authentication", N_("The server does not accept this user or password"),
    N_("Give the right password by STRATA_PASSWORD, --password-stdin, ~/.pgpass or “strata profile add”, and check the "
       "user") },
  [STRATA_DATABASE_ERROR_NO_DATABASE] = {
    "no-database", N_("The server has no database of that name"),
    N_("Correct the name, or let an administrator make the database"),
    N_("There is no such database file"),
    N_("Correct the path; the first upgrade makes the file, but not its folder") },
  [STRATA_DATABASE_ERROR_TLS] = {
    "tls", N_("This program and the server could not agree on encryption"),
    N_("Set sslmode in the URL (require, or disable on your own machine), and sslrootcert for a certificate of "
       "your own") },
  [STRATA_DATABASE_ERROR_TIMEOUT] = {
    "timeout", N_("The host did not answer in time"),
    N_("Check host, port and firewall, or allow more time with --connect-wait") },
  [STRATA_DATABASE_ERROR_NOT_SUPPORTED] = {
    "not-supported", N_("This build cannot talk to that server"),
    N_("Use a build with support for it, or a newer server") },
  [STRATA_DATABASE_ERROR_LOST] = {
    "lost", N_("The connection broke"),
    N_("Ask “strata status” what is in the database, and try again") },
  [STRATA_DATABASE_ERROR_LOCKED] = {
    "locked", N_("Another connection holds a lock that is needed"),
    N_("Try again later, or allow more time with --lock-timeout"),
    N_("The database is locked: another program has it open and is writing to it"),
    N_("Close the other program, or try again later") },
  [STRATA_DATABASE_ERROR_STATEMENT_TIMEOUT] = {
    "statement-timeout", N_("A statement took longer than it may"),
    N_("Allow more time with --statement-timeout") },
  [STRATA_DATABASE_ERROR_RETRY] = {
    "retry", N_("Two transactions were in each other's way"),
    N_("Try the same again") },
  [STRATA_DATABASE_ERROR_CANCELLED] = {
    "cancelled", N_("It was cancelled"),
    N_("Nothing of the statement is in the database") },
  [STRATA_DATABASE_ERROR_READ_ONLY] = {
    "read-only", N_("The server can only be read: it is a standby, or the session may not write"),
    N_("Connect to the primary server, or as a user who may write"),
    N_("The database, or its folder, can only be read"),
    N_("Check who may write to the file and to its folder") },
  [STRATA_DATABASE_ERROR_FULL] = {
    "full", N_("There is no room left for the database"),
    N_("Make room on the server's disk"),
    N_("There is no room left for the database"),
    N_("Make room on the disk") },
  [STRATA_DATABASE_ERROR_NO_ACCESS] = {
    "no-access", N_("This user may not read the database"),
    N_("Let its owner allow it, or be another user") },
  [STRATA_DATABASE_ERROR_NOT_A_DATABASE] = {
    "not-a-database", N_("This is not a database"),
    N_("Correct the URL"),
    N_("The file is not a SQLite database, or is damaged or encrypted"),
    N_("Correct the path, or put a copy back") },
  [STRATA_DATABASE_ERROR_FAILED] = {
    "failed", N_("The database could not do it"),
    N_("Look at what the server says") },
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
  words->title = _(file ? words_of[error->code].file_title : words_of[error->code].title);
  words->advice = _(file ? words_of[error->code].file_advice : words_of[error->code].advice);

  return TRUE;
}

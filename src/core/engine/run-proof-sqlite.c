/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <sys/stat.h>

#include "core/base/error.h"
#include "core/database/sqlite/gate.h"
#include "core/engine/run-hand-over-private.h"
#include "core/process/process.h"

/* Nobody can begin to read the file while the gate is closed. The program that we have started, or one of its own, is
 * then found with this very file open, by device and inode; and the file that Alembic says it reads is the same one. */

static const char *
get_path (StrataProof *proof)
{
  return strata_url_get_database (strata_connection_get_url (proof->run->connection));
}

static gboolean
shut (StrataProof  *proof,
      GError      **error)
{
  const char *path = get_path (proof);

  if (path == NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
                           _("A database in memory is this program's own: no other can run a step in it"));
      return FALSE;
    }

  proof->gate = strata_sqlite_gate_close (path, error);

  return proof->gate != NULL;
}

static void
open_gate (StrataProof *proof)
{
  StrataSqliteGate *gate = g_steal_pointer (&proof->gate);

  if (gate != NULL)
    strata_sqlite_gate_open (gate);
}

static gboolean
look (StrataProof  *proof,
      int           group,
      GError      **error)
{
  proof->seen = strata_process_group_has_open (group, get_path (proof), &proof->folder);
  if (proof->seen)
    open_gate (proof);

  return TRUE;
}

static gboolean
is_same_file (const char *a,
              const char *b)
{
  struct stat info_a;
  struct stat info_b;

  return stat (a, &info_a) == 0 && stat (b, &info_b) == 0 && info_a.st_dev == info_b.st_dev
         && info_a.st_ino == info_b.st_ino;
}

/* A relative path is one from where the program is, which env.py may have changed. */
static gboolean
names_us (StrataProof *proof,
          const char  *url)
{
  g_autoptr(StrataUrl) parsed = strata_url_parse (url, NULL);
  const char *database = parsed != NULL ? strata_url_get_database (parsed) : NULL;
  g_autofree char *path = NULL;

  if (database == NULL || proof->folder == NULL)
    return FALSE;

  path = g_canonicalize_filename (database, proof->folder);

  return is_same_file (path, get_path (proof));
}

const StrataProofKind strata_proof_sqlite = { shut, look, open_gate, names_us };

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/ledger/ledger.h"

G_BEGIN_DECLS

struct _StrataLedger
{
  StrataLedgerMode  mode;
  gboolean          exists;
  gboolean          lacks_asked; /* a version before that column made it */
  gboolean          local_writable;
  gboolean          synced;      /* of a local file, that each statement waits for the disk */
  StrataConnection *target;      /* the database that the ledger speaks of */
  StrataConnection *store;       /* where it is kept: the target, a local file, or NULL where that is not there yet */
  char             *local_path;  /* NULL where it is kept in the target */
  char             *schema;      /* NULL: the default one, and always for a local file */
  char             *table;       /* quoted and qualified */
  char             *version_key; /* what entries of this project have in version_table */
  char             *insert;      /* statements, made when first needed */
  char             *mark;
};

gboolean strata_ledger_set_synced (StrataLedger  *self,
                                   gboolean       synced,
                                   GError       **error);

G_END_DECLS

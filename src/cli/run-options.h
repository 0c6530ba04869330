/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/cli.h"
#include "core/workspace/run.h"

G_BEGIN_DECLS

/* The options that upgrade, downgrade, stamp, ensure_version and startup share. */
typedef struct
{
  StrataRunOptions  run;
  gboolean          dry_run;
  gboolean          sql;
  gboolean          first_run;
  char             *dialect;        /* for --sql without a database */
  char             *yes_i_mean;
  char             *interrupted;    /* "repeat" or "skip" */
  char             *lock_wait;
  char             *lock_timeout;
  char             *statement_timeout;
  char             *connect_wait;
  int               retries;
  gint64            connect_wait_ms;
} StrataRunFlags;

#define STRATA_RUN_FLAGS_INIT { .run = STRATA_RUN_OPTIONS_INIT, .retries = 5 }

/* The command's own entries (or NULL) and the shared ones; new, the strings are static. */
GOptionEntry *strata_run_flags_entries (StrataRunFlags      *self,
                                        const GOptionEntry  *own);
/* "repeat" or "skip"; FALSE for anything else, NULL included. */
gboolean      strata_in_flight_from_name (const char        *name,
                                        StrataInFlight      *in_flight);
/* After parsing: texts become numbers. */
gboolean      strata_run_flags_finish  (StrataRunFlags      *self,
                                        GError             **error);
void          strata_run_flags_clear   (StrataRunFlags      *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataRunFlags, strata_run_flags_clear)

G_END_DECLS

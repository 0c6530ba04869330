/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/cli.h"
#include "core/workspace/run.h"

G_BEGIN_DECLS

/* The options that the commands share which change a database. */
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

/* Commands that take the same ones of them. */
typedef enum
{
  STRATA_FLAGS_MOVE   = 1 << 0,   /* upgrade, downgrade, startup */
  STRATA_FLAGS_STAMP  = 1 << 1,
  STRATA_FLAGS_TABLE  = 1 << 2,   /* ensure_version */
  STRATA_FLAGS_RESCUE = 1 << 3,
} StrataRunFlagsFor;

/* The command's own entries (or NULL) and its share of these; new, the strings are static. */
GOptionEntry *strata_run_flags_entries (StrataRunFlags      *self,
                                        StrataRunFlagsFor    command,
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

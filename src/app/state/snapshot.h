/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/lanes.h"
#include "core/workspace/script-check.h"
#include "core/workspace/status.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_REVISION_UNKNOWN,   /* no database, or one that has what nobody knows */
  STRATA_REVISION_PENDING,
  STRATA_REVISION_APPLIED,
  STRATA_REVISION_LOST,      /* the database has it, the folder has not */
} StrataRevisionState;

/* A project and its database at one moment. Immutable, atomically reference-counted; made on a worker, fields are read
 * directly. */
typedef struct
{
  StrataProject            *project;
  StrataGraph              *graph;           /* with what a rescue brought back */
  StrataDatabaseChoice     *choice;          /* NULL where the choice itself failed ... */
  GError                   *choice_error;    /* ... and why */
  StrataProfile            *profile;         /* or NULL */
  GPtrArray                *profiles;        /* StrataProfile: all that the project sees; those that cannot be read are left out */
  StrataProfileEnvironment  environment;
  gboolean                  is_protected;
  StrataStatus             *status;          /* never NULL; without a database its applied is NULL */
  guint8                   *applied;         /* one byte a node; NULL: not known */
  gboolean                  applied_partly;  /* the database has what nobody knows: that may imply more than applied says */
  StrataLanes              *lanes;           /* in display order */
  guint                     n_in_state[STRATA_REVISION_LOST];  /* of the lanes' rows, by StrataRevisionState */
  guint                     n_broken;        /* of them, those with STRATA_NODE_BROKEN */
  gint64                    read_at;         /* wall clock, µs; 0: the database was not read */
} StrataSnapshot;

#define STRATA_TYPE_SNAPSHOT (strata_snapshot_get_type ())

GType           strata_snapshot_get_type     (void);

/* On a worker. Without connection and error: what the files say. */
StrataSnapshot *strata_snapshot_new          (StrataWorkspace  *workspace,
                                              StrataConnection *connection,
                                              const GError     *connect_error,
                                              GCancellable     *cancellable);
StrataSnapshot *strata_snapshot_ref          (StrataSnapshot   *self);
void            strata_snapshot_unref        (StrataSnapshot   *self);

/* Of the chosen database; NULL, and unknown, where none is. */
StrataUrl      *strata_snapshot_get_url       (StrataSnapshot  *self);
StrataDialect   strata_snapshot_get_dialect   (StrataSnapshot  *self);
/* By whose rules a script for it is checked. */
StrataSqlServer strata_snapshot_get_server    (StrataSnapshot  *self);
/* What people call the database: the profile's name, else the database's own, a file's without its folder; NULL where
 * none is known. */
char           *strata_snapshot_dup_database_name (StrataSnapshot *self);
/* "orders on db1", "app.db": with where it is; for dialogs that write. */
char           *strata_snapshot_dup_database_title (StrataSnapshot *self);
/* The version rows; NULL where the database is not known. */
const char * const *strata_snapshot_get_rows (StrataSnapshot   *self);
/* Of a node; never STRATA_REVISION_LOST. */
StrataRevisionState strata_snapshot_get_state (StrataSnapshot  *self,
                                              guint             node);
/* Steps to all heads; 0 where that is not known. */
guint           strata_snapshot_get_n_pending (StrataSnapshot  *self);
/* What is not applied and can't run, since what it comes after is not there. */
guint           strata_snapshot_get_n_left_out (StrataSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSnapshot, strata_snapshot_unref)

G_END_DECLS

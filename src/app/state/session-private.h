/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/desk.h"
#include "app/state/session.h"
#include "app/state/worker.h"

G_BEGIN_DECLS

struct _StrataSession
{
  GObject          parent_instance;

  /* owned */
  StrataWorker    *files;          /* its desk has no connection */
  StrataWorker    *database;
  StrataWish      *wish;           /* NULL: nothing is open */
  StrataSnapshot  *snapshot;
  StrataProject   *project;        /* that was read last: the snapshot's, or the next one's; or NULL */
  StrataRunJob    *run;
  GError          *error;
  GStrv            selected;
  GHashTable      *passwords;      /* a profile's name → what was typed for it; both owned */
  GStrv            environ;        /* of who asked for the project; NULL: of this process */
  char            *awaited;        /* to be selected once a snapshot has it; or NULL */
  GCancellable    *reading;        /* of what is asked of the database for the snapshot */
  GCancellable    *opening;

  /* values */
  StrataLink       link;
  gboolean         loading;
  gboolean         refreshing;
  gint64           checked_at;
};

typedef enum
{
  STRATA_SESSION_NO_PROP,
  STRATA_SESSION_CHECKED_AT,
  STRATA_SESSION_ERROR,
  STRATA_SESSION_FOLDER,
  STRATA_SESSION_LINK,
  STRATA_SESSION_LOADING,
  STRATA_SESSION_RUN,
  STRATA_SESSION_SELECTED,
  STRATA_SESSION_SNAPSHOT,
  STRATA_SESSION_N_PROPS
} StrataSessionProp;

/* What a job of the database's worker uses. */
typedef struct
{
  StrataWish    *wish;
  StrataProject *project;
} StrataUse;

void       strata_session_notify        (StrataSession     *self,
                                         StrataSessionProp  property);
void       strata_session_take_wish     (StrataSession     *self,
                                         StrataWish        *wish);
void       strata_session_take_snapshot (StrataSession     *self,
                                         StrataSnapshot    *snapshot);
void       strata_session_take_error    (StrataSession     *self,
                                         GError            *error);
void       strata_session_set_link      (StrataSession     *self,
                                         StrataLink         link);
void       strata_session_set_loading   (StrataSession     *self,
                                         gboolean           loading);
StrataUse *strata_session_dup_use       (StrataSession     *self,
                                         StrataProject     *project);
void       strata_use_free              (StrataUse         *self);
/* The whole database, for the project as it was read last. */
void       strata_session_read_database (StrataSession     *self);

G_END_DECLS

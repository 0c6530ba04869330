/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/run-job.h"
#include "app/state/snapshot.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_LINK_NONE,         /* no project, or which database is not known */
  STRATA_LINK_CONNECTING,
  STRATA_LINK_CONNECTED,
  STRATA_LINK_BROKEN,       /* the snapshot's status->error says why */
} StrataLink;

#define STRATA_TYPE_LINK (strata_link_get_type ())

GType strata_link_get_type (void);

#define STRATA_TYPE_SESSION (strata_session_get_type ())

/* What one window is about: a project, a database, what is selected, and the run that goes on. Main thread only. */
G_DECLARE_FINAL_TYPE (StrataSession, strata_session, STRATA, SESSION, GObject)

StrataSession  *strata_session_new            (void);

/* Reads the project that the folder is in; all else follows by properties. The profile and the URL may be NULL. */
void            strata_session_open           (StrataSession       *self,
                                               const char          *folder,
                                               const char          *profile,
                                               const char          *url);
/* For what is opened next: where the variables come from that say which database. NULL: this process. */
void            strata_session_set_environ    (StrataSession       *self,
                                               const char * const  *variables);
void            strata_session_close          (StrataSession       *self);
/* The files anew, then the database. */
void            strata_session_reload         (StrataSession       *self);
/* Only the version rows; the whole database where they moved. Nothing while a run goes on or without a connection. */
void            strata_session_refresh        (StrataSession       *self);
/* Another database for the same project, NULL for both: what the project says. Connects. */
void            strata_session_choose         (StrataSession       *self,
                                               const char          *profile,
                                               const char          *url);
/* The same for a database that the project's choice offers: its password goes with it, unseen. */
void            strata_session_choose_database (StrataSession      *self,
                                               StrataUrl           *url);
/* A profile's password for this window only, from the next choose on; NULL forgets it. */
void            strata_session_keep_password  (StrataSession       *self,
                                               const char          *profile,
                                               const char          *password);
/* Tries again; the password (NULL: none) is kept in memory for this database only. */
void            strata_session_connect        (StrataSession       *self,
                                               const char          *password);

/* Properties; all but "selected" are read-only. */
const char     *strata_session_get_folder     (StrataSession       *self);
/* The one that was asked for, or NULL. */
const char     *strata_session_get_profile_name (StrataSession     *self);
StrataSnapshot *strata_session_get_snapshot   (StrataSession       *self);   /* NULL: nothing is open */
StrataLink      strata_session_get_link       (StrataSession       *self);
gboolean        strata_session_get_loading    (StrataSession       *self);
const GError   *strata_session_get_error      (StrataSession       *self);   /* why the project does not open */
StrataRunJob   *strata_session_get_run        (StrataSession       *self);   /* the one that goes on, or NULL */
gint64          strata_session_get_checked_at (StrataSession       *self);   /* wall clock, µs, of the last look at the rows */
/* Ids of what is selected: none, one, or two, as strata_selection_is_file() says; never NULL. They follow the snapshot. */
const char * const *strata_session_get_selected (StrataSession     *self);
void            strata_session_set_selected   (StrataSession       *self,
                                               const char * const  *ids);

/* Selects a revision as soon as a snapshot has it: for one that was just written. The signal "arrived" says when. */
void            strata_session_select_later   (StrataSession       *self,
                                               const char          *id);

/* Who answers: questions about files never wait for a server, and what takes its time has a thread of its own, without a
 * connection: it makes those that it needs. */
typedef enum
{
  STRATA_ASK_FILES,
  STRATA_ASK_DATABASE,
  STRATA_ASK_APART,
} StrataAskWhom;

/* Runs on a worker, with the project as it is then. The connection is read-only; NULL for files, and where there is
 * none. Returns NULL exactly where the error is set. */
typedef gpointer (*StrataAskFunc) (StrataWorkspace   *workspace,
                                   StrataConnection  *connection,
                                   gpointer           data,
                                   GCancellable      *cancellable,
                                   GError           **error);

void            strata_session_ask_async      (StrataSession       *self,
                                               StrataAskWhom        whom,
                                               StrataAskFunc        ask,
                                               gpointer             data,
                                               GDestroyNotify       free_data,
                                               GDestroyNotify       free_answer,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
gpointer        strata_session_ask_finish     (StrataSession       *self,
                                               GAsyncResult        *result,
                                               GError             **error);

/* Starts it and keeps it as "run" until it has ended and was read back; one at a time. The options are copied. */
StrataRunJob   *strata_session_start_run      (StrataSession          *self,
                                               const StrataRunOptions *options);
/* The same for putting a copy back over a SQLite database; the name is one of strata_copies_list(). */
StrataRunJob   *strata_session_start_restore  (StrataSession          *self,
                                               const char             *copy);
/* Brings back what the database has and the folder has not (status->lost), as files outside of the project, then steps
 * the database back through it, or with stamp only sets its rows back. The finish function gives the run. */
void            strata_session_rescue_async   (StrataSession          *self,
                                               gboolean                stamp,
                                               GAsyncReadyCallback     callback,
                                               gpointer                user_data);
StrataRunJob   *strata_session_rescue_finish  (StrataSession          *self,
                                               GAsyncResult           *result,
                                               GError                **error);

G_END_DECLS

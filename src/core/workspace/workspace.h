/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One door to everything below, for the command line and the window alike: open a project, say which database, connect,
 * plan, run, look back. What it hands out are immutable snapshots. */

#pragma once

#include "core/database/connection.h"
#include "core/graph/log-line.h"
#include "core/graph/plan.h"
#include "core/graph/target.h"
#include "core/project/database-choice.h"
#include "core/project/password.h"
#include "core/project/profile-store.h"
#include "core/project/project.h"
#include "core/project/secrets.h"
#include "core/workspace/errors.h"

G_BEGIN_DECLS

/* One project and the one database that this call or this window is about. One thread at a time. */
typedef struct _StrataWorkspace StrataWorkspace;

typedef struct
{
  StrataProjectRequest  project;
  const char           *profile;        /* -p */
  const char           *url;            /* --url */
  const char           *password;       /* typed into a window, before all other sources; or NULL */
  gboolean              password_stdin;
} StrataWorkspaceRequest;

StrataWorkspace      *strata_workspace_open            (const StrataWorkspaceRequest  *request,
                                                        GError                       **error);
/* The same for a project that is open already; of the request's project part only the environment counts. */
StrataWorkspace      *strata_workspace_new             (StrataProject                 *project,
                                                        const StrataWorkspaceRequest  *request);
void                  strata_workspace_free            (StrataWorkspace               *self);
StrataProject        *strata_workspace_get_project     (StrataWorkspace               *self);
StrataGraph          *strata_workspace_get_graph       (StrataWorkspace               *self);
/* Fails only for a bad --url or an unknown profile: "not known" is a choice too. */
StrataDatabaseChoice *strata_workspace_get_choice      (StrataWorkspace               *self,
                                                        GError                       **error);
/* A switch that is set in the environment or in the project's .env, as "NAME=true from .env"; else NULL. Only what means
 * no (0, false, no, off, nothing) is no. */
char                 *strata_workspace_dup_switch      (StrataWorkspace               *self,
                                                        const char                    *name);
/* The one named with -p, or the one that is kept for the chosen database; NULL where there is none. These three
 * know only what the choice has told: ask for that first. */
StrataProfile        *strata_workspace_get_profile     (StrataWorkspace               *self);
gboolean              strata_workspace_is_protected    (StrataWorkspace               *self);
/* What the profile says, else by where the database is. */
StrataProfileEnvironment strata_workspace_get_environment (StrataWorkspace            *self);

typedef struct
{
  const char     *command;         /* for application_name */
  gboolean        writable;        /* refused where two sources disagree about the database */
  gboolean        ask_password;    /* may ask on the terminal */
  gint64          wait_ms;         /* tries again for so long while the server is not there yet; 0: one attempt */
  StrataWaitFunc  waiting;         /* the text is why the last attempt failed */
  gpointer        user_data;
} StrataConnectRequest;

/* For reading, a SQLite file that is not there yet counts as an empty database: nothing is created. */
StrataConnection     *strata_workspace_connect         (StrataWorkspace               *self,
                                                        const StrataConnectRequest    *request,
                                                        GCancellable                  *cancellable,
                                                        GError                       **error);
/* Read-only, without a project: does it answer? A password that was just typed comes before all other sources; or NULL. */
StrataConnection     *strata_workspace_test_profile    (StrataProfile                 *profile,
                                                        const char                    *password,
                                                        const StrataConnectRequest    *request,
                                                        GCancellable                  *cancellable,
                                                        GError                       **error);
gboolean              strata_workspace_is_missing_file (StrataUrl                     *url);
/* Where the last password came from. */
StrataPasswordOrigin  strata_workspace_get_password_origin (StrataWorkspace           *self);
/* What is compared and dumped from now on has privileges too; so it has from the start where the project says so. */
void                  strata_workspace_cover_privileges (StrataWorkspace              *self);
/* The rows of the project's version table, sorted; none where there is no table. */
GStrv                 strata_workspace_read_rows       (StrataWorkspace               *self,
                                                        StrataConnection              *connection,
                                                        GCancellable                  *cancellable,
                                                        GError                       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataWorkspace, strata_workspace_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/snapshot.h"

G_BEGIN_DECLS

/* What a session asks for, as it was when a job was pushed. Immutable, atomically reference-counted. */
typedef struct
{
  char  *folder;
  char  *profile;
  char  *url;
  char  *password;
  GStrv  environ;
} StrataWish;

StrataWish       *strata_wish_new           (const char     *folder,
                                             const char     *profile,
                                             const char     *url,
                                             const char     *password,
                                             GStrv           variables);   /* NULL: of this process */
StrataWish       *strata_wish_ref           (StrataWish     *self);
void              strata_wish_unref         (StrataWish     *self);

/* Borrowed from the wish. */
StrataWorkspaceRequest strata_wish_to_request (StrataWish *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataWish, strata_wish_unref)

/* What a worker's jobs share: the project, and for the one that talks to the database a read-only connection. Belongs to
 * the worker's thread. */
typedef struct
{
  StrataWish        *wish;
  StrataWorkspace   *workspace;     /* NULL until a project is open */
  StrataConnection  *connection;
  char              *connected_to;  /* what dup_address() gave then */
} StrataDesk;

StrataDesk       *strata_desk_new           (void);
void              strata_desk_free          (StrataDesk     *self);
/* Reads the project's files anew. */
gboolean          strata_desk_open          (StrataDesk     *self,
                                             StrataWish     *wish,
                                             GError        **error);
/* Another moment of the same project, or another one; the connection is kept where the database is the same. */
void              strata_desk_use           (StrataDesk     *self,
                                             StrataWish     *wish,
                                             StrataProject  *project);
/* Connects where that is not done yet, and reads everything. Never fails: the snapshot says what went wrong. */
StrataSnapshot   *strata_desk_read_database (StrataDesk     *self,
                                             GCancellable   *cancellable);

G_END_DECLS

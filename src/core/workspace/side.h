/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sides of a comparison: each is a whole picture that the same code has taken, of a database or of a scratch one. */

#pragma once

#include "core/process/process.h"
#include "core/schema/picture.h"
#include "core/workspace/models.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_SIDE_DATABASE,      /* the chosen one, or another by URL or profile */
  STRATA_SIDE_DECLARED,      /* the project's schema, schema_command or models */
  STRATA_SIDE_REVISION,      /* as the revisions up to it make it, replayed in scratch */
  STRATA_SIDE_FILE,          /* a DDL file or a folder of them */
  STRATA_SIDE_EMPTY,
} StrataSideKind;

typedef struct
{
  StrataSideKind  kind;
  const char     *argument;  /* a URL, "db:PROFILE", a revision (any target), a path; NULL: the usual one */
} StrataSide;

/* How sides are taken, all of one comparison alike; zero is the least. */
typedef struct
{
  const char            *command;         /* for application_name */
  gboolean               ask_password;    /* may ask on the terminal */
  gboolean               trusted;         /* the project's programs, for this call */
  gboolean               scratch_agreed;  /* where a profile says that it is to be asked */
  gboolean               no_cache;
  StrataProcessLineFunc  line;            /* what the project's programs say; or NULL */
  gpointer               user_data;
  StrataDialect          dialect;         /* the other side's; UNKNOWN: the chosen database's, or that of scratch_url */
  StrataPicture         *database;        /* what is compared with: env.py's filters are asked about it, and a schema that is
                                           * known to come out as this is not loaded again; or NULL */
  gboolean               keep_connection; /* to the database, for looking at its rows */
} StrataSideOptions;

#define STRATA_SIDE_OPTIONS_INIT { .dialect = STRATA_DIALECT_UNKNOWN }

typedef struct
{
  StrataSideKind  kind;
  char           *title;     /* for people: "the database sqlite:////x.db", "schema.sql", "revision ae10" */
  StrataPicture  *picture;
  GStrv           rows;      /* DATABASE: those of its version table; else NULL */
  StrataModels   *models;    /* DECLARED by models; else NULL */
  GPtrArray      *texts;     /* StrataDdlText: FILE, and DECLARED in SQL; else NULL */
  StrataConnection *connection;  /* DATABASE, where it was to be kept; else NULL */
  gboolean        is_missing; /* DATABASE: the chosen one's file is not there yet, which is read as an empty one */
} StrataTakenSide;

/* "db", "db:PROFILE", "schema" or "models", "empty", a URL, a path that is there, else a revision. */
gboolean         strata_side_parse            (const char               *text,
                                               StrataSide               *side,
                                               GError                  **error);
/* The server that the sides are for; UNKNOWN with an error. */
StrataDialect    strata_workspace_get_side_dialect (StrataWorkspace     *self,
                                               const StrataSide         *side,
                                               GError                  **error);
StrataTakenSide *strata_workspace_take_side   (StrataWorkspace          *self,
                                               const StrataSide         *side,
                                               const StrataSideOptions  *options,
                                               GCancellable             *cancellable,
                                               GError                  **error);
/* The picture of a connection's database without the project's own tables: what every side is read by. */
StrataPicture   *strata_workspace_read_picture (StrataWorkspace         *self,
                                               StrataConnection         *connection,
                                               GCancellable             *cancellable,
                                               GError                  **error);
/* Tables and views with their columns, and no more of it: light enough to be read while somebody writes. */
StrataPicture   *strata_workspace_read_tables (StrataConnection         *connection,
                                               GCancellable             *cancellable,
                                               GError                  **error);
/* Places of statements that write rows, which a schema has no part of: "schema.sql:3: INSERT (...)". */
GStrv            strata_taken_side_find_rows  (StrataTakenSide          *self);
/* Canonical DDL, as strata_ddl_dump(). */
char            *strata_taken_side_dup_dump   (StrataTakenSide          *self);
void             strata_taken_side_free       (StrataTakenSide          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataTakenSide, strata_taken_side_free)

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/scratch/scratch.h"
#include "core/sql/splitter.h"

G_BEGIN_DECLS

/* What a kind of server keeps of its scratch database, and takes away. */
struct _StrataScratch
{
  StrataConnection *connection;   /* to the scratch database; owned, as all of it */
  StrataUrl        *url;
  StrataConnection *server;       /* PostgreSQL: where it was made, and is dropped */
  char             *name;         /* PostgreSQL: of the database */
  char             *folder;       /* SQLite: all its own */
  int               lock;         /* SQLite: held as long as the folder is used; -1: none */
};

/* "CREATE DATABASE: it is about other databases"; NULL: it stays within the database. */
char     *strata_scratch_find_in_statement  (StrataDialect    dialect,
                                             const char      *text,
                                             gsize            length);
/* Elements are StrataStatement; with file and line. */
char     *strata_scratch_find_in_statements (StrataDialect    dialect,
                                             const char      *file,
                                             const GArray    *statements);

gboolean  strata_scratch_open_postgresql    (StrataScratch   *self,
                                             StrataUrl       *server,
                                             const char      *search_path,
                                             GCancellable    *cancellable,
                                             GError         **error);
void      strata_scratch_drop_postgresql    (StrataScratch   *self);
gboolean  strata_scratch_open_sqlite        (StrataScratch   *self,
                                             GCancellable    *cancellable,
                                             GError         **error);
void      strata_scratch_drop_sqlite        (StrataScratch   *self);

G_END_DECLS

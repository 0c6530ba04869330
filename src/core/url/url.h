/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* A database URL as SQLAlchemy and libpq write them, taken apart. Immutable, atomically reference-counted. Only
 * strata_url_get_password() gives the password away: every text form masks it. */
typedef struct _StrataUrl StrataUrl;

#define STRATA_TYPE_URL (strata_url_get_type ())

typedef struct
{
  StrataDialect  dialect;
  const char    *driver;      /* "psycopg2" of "postgresql+psycopg2", or NULL */
  const char    *user;
  const char    *password;
  const char    *host;        /* a name, an address, or a socket's folder; several: "db1,db2" */
  guint          port;        /* 0: the server's own default, or several in the query: "port" = "5432,5433" */
  const char    *database;    /* SQLite: the path (also of a file: URI), NULL for a database in memory */
  const char   **query;       /* key, value, key, value, ..., NULL; or NULL */
} StrataUrlParts;

GType          strata_url_get_type      (void);
StrataUrl     *strata_url_new           (const StrataUrlParts  *parts);
/* By SQLAlchemy's rules. host, port, user, password and dbname in the query become parts. No error quotes what may be a
 * password. */
StrataUrl     *strata_url_parse         (const char            *text,
                                         GError               **error);
StrataUrl     *strata_url_ref           (StrataUrl             *self);
void           strata_url_unref         (StrataUrl             *self);

StrataDialect  strata_url_get_dialect   (const StrataUrl       *self);
/* The server's name as written: of an unknown dialect too ("oracle"). */
const char    *strata_url_get_scheme    (const StrataUrl       *self);
const char    *strata_url_get_driver    (const StrataUrl       *self);
const char    *strata_url_get_user      (const StrataUrl       *self);
const char    *strata_url_get_password  (const StrataUrl       *self);
const char    *strata_url_get_host      (const StrataUrl       *self);
guint          strata_url_get_port      (const StrataUrl       *self);
const char    *strata_url_get_database  (const StrataUrl       *self);
const char    *strata_url_get_query     (const StrataUrl       *self,
                                         const char            *key);
/* Key, value, ..., NULL in the order written. */
const char * const *strata_url_get_query_list (const StrataUrl *self);

/* "postgresql://ana:***@db1:5432/orders": what people and logs see. */
char          *strata_url_to_string     (const StrataUrl       *self);
/* What strata_mask() is to hide in the words of others: the password, and the like in the query. */
GStrv          strata_url_get_secrets   (const StrataUrl       *self);
/* The same place, whichever driver, user or password is written: for "do these two sources agree?". */
gboolean       strata_url_same_database (const StrataUrl       *a,
                                         const StrataUrl       *b);
gboolean       strata_url_is_local      (const StrataUrl       *self);
StrataUrl     *strata_url_with_password (const StrataUrl       *self,
                                         const char            *password);
/* SQLite: with the path made absolute and canonical against the folder; others: itself, with a new reference. */
StrataUrl     *strata_url_resolve       (StrataUrl             *self,
                                         const char            *folder);
/* PostgreSQL: what it leaves open filled in as libpq will (PGHOST, PGHOSTADDR, PGPORT, PGDATABASE, PGUSER, PGSERVICE), never a
 * password; others: itself. Without this, "is it local" and "is it the same" do not know of those variables. */
StrataUrl     *strata_url_with_environment (StrataUrl          *self,
                                         const char * const    *environment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataUrl, strata_url_unref)

G_END_DECLS

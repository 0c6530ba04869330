/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/url/url.h"

G_BEGIN_DECLS

/* Strings that would be empty are NULL. */
struct _StrataUrl
{
  gatomicrefcount ref_count;
  StrataDialect   dialect;
  char           *scheme;     /* as written before "+", for dialects that have no name here */
  char           *driver;
  char           *user;
  char           *password;
  char           *host;
  guint           port;
  char           *database;
  GStrv           query;      /* key, value, ..., NULL; never NULL */
};

/* A copy that nobody else sees yet and that may still be changed. */
StrataUrl *strata_url_copy             (const StrataUrl *self);
void       strata_url_add_query        (StrataUrl       *self,
                                        const char      *key,
                                        const char      *value);
/* PostgreSQL: parts that stand in the query become parts; several hosts become a list. SQLite: a file: URI becomes its
 * path. */
gboolean   strata_url_normalise        (StrataUrl       *self,
                                        GError         **error);
/* Whether the value of such a key is nobody's business. */
gboolean   strata_url_key_is_secret    (const char      *key);
/* "True", "1", "on" and so on, as SQLAlchemy reads flags in a query. */
gboolean   strata_url_query_is_true    (const StrataUrl *self,
                                        const char      *key);

G_END_DECLS
